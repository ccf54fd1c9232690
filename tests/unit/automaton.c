#include "automaton.h"

#include <stdlib.h>

#include "mem.h"
#include "rules.h"
#include "test.h"

#define MOST 60

static struct literal literal[MOST];
static const struct literal *list[MOST];
static size_t n;

static void
add(const char *text, size_t bytes)
{
	literal[n] = (struct literal){.n = (unsigned char)bytes};
	memcpy(literal[n].text, text, bytes);
	list[n] = &literal[n];
	n++;
}

static bool
word(int c)
{
	return c == '_' || (c >= '0' && c <= '9') ||
	    ((c | 0x20) >= 'a' && (c | 0x20) <= 'z');
}

static char
lower(char c)
{
	return (char)(c >= 'A' && c <= 'Z' ? c | 0x20 : c);
}

/* 0: no border there, 1: it may be one, 2: it is one. */
static int
border(struct slice text, size_t at)
{
	int before = at > 0 ? (unsigned char)text.p[at - 1] : ' ';
	int after = at < text.n ? (unsigned char)text.p[at] : ' ';

	if (before > 0x7f || after > 0x7f)
		return 1;
	return word(before) != word(after) ? 2 : 0;
}

/* The same for a literal: whether it stands at a place of the text. */
static int
stands(const struct literal *l, struct slice text, size_t at)
{
	int left = l->left ? border(text, at) : 2;
	int right = l->right ? border(text, at + l->n) : 2;

	for (size_t i = 0; i < l->n; i++) {
		char a = text.p[at + i], b = l->text[i];

		if (a != b && (!l->caseless || lower(a) != lower(b)))
			return 0;
	}
	return left < right ? left : right;
}

/* How often each stands, and how often surely. */
struct counts {
	size_t all[MOST], sure[MOST];
};

static void
count(void *ctx, size_t i, bool sure)
{
	struct counts *c = ctx;

	c->all[i]++;
	c->sure[i] += sure;
}

static size_t total;

/* Compares with a look at every place for every literal. */
static void
compare(struct slice text)
{
	struct automaton *a = automaton_new(list, n);
	struct counts got = {0}, want = {0};
	/* A block of just these bytes, so that a sanitizer sees reads past. */
	char *copy = malloc(text.n > 0 ? text.n : 1);

	if (text.n > 0)
		memcpy(copy, text.p, text.n);
	automaton_scan(a, (struct slice){copy, text.n}, count, &got);
	for (size_t i = 0; i < n; i++) {
		for (size_t at = 0; at + literal[i].n <= text.n; at++) {
			int is = stands(&literal[i], text, at);

			want.all[i] += is > 0;
			want.sure[i] += is > 1;
		}
		total += want.all[i];
		CHECK(got.all[i] == want.all[i]);
		CHECK(got.sure[i] == want.sure[i]);
	}
	free(copy);
	automaton_free(a);
}

static void
all_places_are_found(void)
{
	struct buf text = {0};

	for (size_t set = 0; set < 2000 && !test_now; set++) {
		static const char bytes[] = "abAB. \xc3\xa9";

		n = 0;
		for (size_t most = rule_random(MOST); n < most;) {
			char some[5];
			size_t k = 2 + rule_random(4);

			for (size_t i = 0; i < k; i++)
				some[i] = bytes[rule_random(8)];
			add(some, k);
			literal[n - 1].left = rule_random(2);
			literal[n - 1].right = rule_random(2);
			literal[n - 1].caseless = rule_random(2);
			for (size_t i = 0; i < k; i++) {
				char *c = &literal[n - 1].text[i];

				*c = literal[n - 1].caseless ? lower(*c) : *c;
			}
		}
		buf_clear(&text);
		for (size_t k = rule_random(120); k > 0; k--)
			buf_add_char(&text, bytes[rule_random(8)]);
		compare(buf_slice(&text));
	}
	CHECK(total > 10000);
	buf_release(&text);
}

static void
one_literal_in_another_is_found(void)
{
	n = 0;
	add("he", 2);
	add("she", 3);
	add("his", 3);
	add("hers", 4);
	add("she", 3);
	compare(slice_of("ushers, ushe"));
	compare(slice_of("h"));
	compare(slice_of(""));
	compare(slice_of("hishe"));
}

static void
nothing_is_found_by_no_literals(void)
{
	n = 0;
	compare(slice_of("any text"));
}

static void
no_table_is_too_large(void)
{
	static struct literal many[9000];
	const struct literal **all = mem_new(9000, sizeof(struct literal *));

	for (size_t i = 0; i < 9000; i++) {
		many[i].n = PIECE_MAX_BYTES;
		for (size_t k = 0; k < PIECE_MAX_BYTES; k++)
			many[i].text[k] = (char)('!' + rule_random(30));
		all[i] = &many[i];
	}
	CHECK(automaton_new(all, 9000) == NULL);
	free(all);
}

int
main(void)
{
	RUN(all_places_are_found);
	RUN(one_literal_in_another_is_found);
	RUN(nothing_is_found_by_no_literals);
	RUN(no_table_is_too_large);
	return test_done();
}
