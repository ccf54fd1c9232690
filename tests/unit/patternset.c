#include "patternset.h"

#include <stdlib.h>

#include "escape.h"
#include "rules.h"
#include "test.h"

#define SETS 300
#define MOST 40  /* patterns of a set */
#define TEXTS 25 /* for each set */

static struct pattern *pattern[MOST];
static size_t npatterns;

static void
add(struct slice body, const char *flags)
{
	struct fault f = {0};
	struct pattern *p =
	    pattern_new(body, slice_of(flags), (struct place){0}, &f);

	if (p != NULL)
		pattern[npatterns++] = p;
	fault_release(&f);
}

static void
clear(void)
{
	while (npatterns > 0)
		pattern_free(pattern[--npatterns]);
}

static struct patternset *
make(void)
{
	return patternset_new(
	    (const struct pattern *const *)pattern, npatterns);
}

static void
show(size_t i, struct slice text, int got, int want)
{
	printf("# /%.*s/%.*s on '%.*s': %d, not %d\n",
	    SLICE_ARG(pattern_body(pattern[i])),
	    SLICE_ARG(pattern_flags(pattern[i])), SLICE_ARG(text), got, want);
}

/* What the tests below went through. */
static struct {
	size_t pairs, passed_over, matches, limits;
} seen;

/* Compares the set's answers with those of the patterns in turn. */
static void
compare(struct sightings *f, struct slice text, struct pattern_scratch *scratch)
{
	struct buf escaped = {0};
	struct slice field = escape(text, &escaped);

	sightings_clear(f);
	for (size_t i = 0; i < npatterns; i++) {
		int want = pattern_match(pattern[i], text, scratch);
		int got = sightings_match(f, 0, field, i, scratch);
		uint64_t bits = sightings_candidates(f, 0, field)[i / 64];

		seen.pairs++;
		seen.passed_over += (bits >> i % 64 & 1) == 0;
		seen.matches += want == PATTERN_YES;
		seen.limits += want == PATTERN_LIMIT;
		if (got != want && want != PATTERN_LIMIT) {
			show(i, text, got, want);
			CHECK(got == want);
		}
	}
	buf_release(&escaped);
}

static void
a_set_answers_as_the_patterns_in_turn(void)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct buf b = {0};

	for (size_t set = 0; set < SETS; set++) {
		size_t most = 1 + rule_random(MOST);
		struct patternset *s;
		struct sightings *f;

		for (size_t i = 0; i < most; i++) {
			buf_clear(&b);
			rule_add_pattern(&b);
			add(buf_slice(&b), rule_flags());
		}
		s = make();
		f = sightings_new(s);
		for (size_t i = 0; i < TEXTS; i++) {
			buf_clear(&b);
			rule_add_text(&b);
			compare(f, buf_slice(&b), scratch);
		}
		sightings_free(f);
		patternset_free(s);
		clear();
	}
	buf_release(&b);
	pattern_scratch_free(scratch);
	CHECK(seen.pairs > 100000);
	CHECK(seen.passed_over > seen.pairs / 4);
	CHECK(seen.matches > seen.pairs / 100);
	CHECK(seen.limits < seen.pairs / 1000);
}

static size_t
put_utf8(char *out, uint32_t c)
{
	if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		return 2;
	}
	if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		return 3;
	}
	out[0] = (char)(0xf0 | c >> 18);
	out[1] = (char)(0x80 | (c >> 12 & 0x3f));
	out[2] = (char)(0x80 | (c >> 6 & 0x3f));
	out[3] = (char)(0x80 | (c & 0x3f));
	return 4;
}

/* Whether every character that folds to an ASCII letter is known. */
static void
no_other_character_is_an_ascii_letter(void)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct patternset *s;
	struct sightings *f;
	char body[] = "[a-z]a", text[] = "....a";
	size_t found = 0;

	add(slice_of(body), "i");
	for (int c = 'a'; c <= 'z'; c++) {
		body[0] = (char)c;
		body[1] = 'a';
		add((struct slice){body, 2}, "i");
	}
	s = make();
	f = sightings_new(s);
	for (uint32_t c = 0x80; c < 0x30000; c++) {
		size_t n = put_utf8(text, c);

		text[n] = 'a';
		if (pattern_match(pattern[0], (struct slice){text, n + 1},
			scratch) != PATTERN_YES)
			continue;
		found++;
		compare(f, (struct slice){text, n + 1}, scratch);
	}
	CHECK(found == 2); /* U+017F and U+212A */
	sightings_free(f);
	patternset_free(s);
	clear();
	pattern_scratch_free(scratch);
}

static void
a_literal_between_its_borders_decides(void)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct patternset *s;
	struct sightings *f;

	add(slice_of("\\bpump\\b"), "");
	add(slice_of("\\bpump\\d"), "");
	add(slice_of("drain"), "");
	s = make();
	f = sightings_new(s);
	CHECK(*sightings_candidates(f, 0, slice_of("a pump")) == 3);
	CHECK(*sightings_candidates(f, 0, slice_of("pumps")) == 2);
	CHECK(*sightings_candidates(f, 0, slice_of("xpump")) == 0);
	CHECK(*sightings_candidates(f, 0, slice_of("Pump")) == 0);
	/* Not escaped, a newline stands before it. */
	CHECK(*sightings_candidates(f, 0, slice_of("\\npump")) == 3);
	compare(f, slice_of("\xc3\xa9pump"), scratch);
	compare(f, slice_of("\xe2\x80\x93pump"), scratch);
	sightings_free(f);
	patternset_free(s);
	clear();
	pattern_scratch_free(scratch);
}

static void
a_field_is_passed_over_once_for_a_row(void)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	char text[] = "pump";
	struct slice field = slice_of(text), other = slice_of("drain");
	struct patternset *s;
	struct sightings *f;

	add(slice_of("pump|drains|desk"), "");
	s = make();
	f = sightings_new(s);
	CHECK(sightings_match(f, 3, field, 0, scratch) == PATTERN_YES);
	text[0] = 'b';
	CHECK(sightings_match(f, 3, field, 0, scratch) == PATTERN_YES);
	CHECK(sightings_match(f, 3, other, 0, scratch) == PATTERN_NO);
	CHECK(sightings_match(f, 1, field, 0, scratch) == PATTERN_NO);
	text[0] = 'p';
	CHECK(sightings_match(f, 1, field, 0, scratch) == PATTERN_NO);
	sightings_clear(f);
	CHECK(sightings_match(f, 1, field, 0, scratch) == PATTERN_YES);
	CHECK(sightings_set(f) == s);
	sightings_free(f);
	patternset_free(s);
	clear();
	pattern_scratch_free(scratch);
}

/* So many long words that no automaton holds them all. */
static void
what_would_be_too_much_is_searched_for(void)
{
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct buf b = {0};
	struct patternset *s;
	struct sightings *f;

	for (size_t i = 0; i < MOST; i++) {
		buf_clear(&b);
		for (size_t k = 0; k < (i % 2 > 0 ? 300 : 3); k++) {
			for (size_t n = 0; n < 40; n++)
				buf_add_char(&b, (char)('!' + rule_random(90)));
			buf_add_char(&b, '|');
		}
		for (size_t k = 0; k < b.n; k++) {
			if (strchr("^$.[]()*+?{}\\", b.p[k]) != NULL)
				b.p[k] = 'x';
		}
		buf_addf(&b, "drain%zu|pump", i);
		add(buf_slice(&b), "");
	}
	CHECK(npatterns == MOST);
	s = make();
	f = sightings_new(s);
	CHECK(*sightings_candidates(f, 0, slice_of("nothing")) ==
	    UINT64_C(0xaaaaaaaaaa));
	compare(f, slice_of("nothing"), scratch);
	compare(f, slice_of("the pump"), scratch);
	compare(f, slice_of("drain27"), scratch);
	sightings_free(f);
	patternset_free(s);
	clear();
	buf_release(&b);
	pattern_scratch_free(scratch);
}

int
main(void)
{
	RUN(a_set_answers_as_the_patterns_in_turn);
	RUN(no_other_character_is_an_ascii_letter);
	RUN(a_literal_between_its_borders_decides);
	RUN(a_field_is_passed_over_once_for_a_row);
	RUN(what_would_be_too_much_is_searched_for);
	return test_done();
}
