#include "automaton.h"

#include <stdlib.h>

#include "mem.h"

#define NO_OUTPUT UINT32_MAX
#define START_BITS 14 /* of the numbers that start[] is asked by */
#define START_BYTES 3 /* that such a number is made of */

/* What stands before a place, as bits of start[]. */
enum { AFTER_WORD = 1, AFTER_OTHER = 2 };

/* A literal and its place in the caller's array. */
struct word {
	const struct literal *literal;
	size_t place;
};

/* What ends in a state: some words, and all that end in a shorter one. */
struct output {
	uint32_t word, n; /* in word[] */
	uint32_t shorter; /* in output[], or NO_OUTPUT */
};

struct automaton {
	uint8_t class[256]; /* of bytes; 0: those of no literal */
	uint32_t classes;
	uint8_t after[256];             /* AFTER_WORD or AFTER_OTHER */
	uint8_t start[1 << START_BITS]; /* by three bytes: after what a literal
				may start with them */
	uint32_t *next; /* of state and class.  A state is known by where
			   its row starts; those with output are last */
	uint32_t states;
	uint32_t deep;         /* the first state of two bytes or more */
	uint32_t ending;       /* the first state with output */
	struct output *output; /* of the last state first */
	size_t noutputs, outputs_cap;
	struct word *word; /* in the order of their folded bytes */
	size_t n;
};

static bool
is_word(unsigned char c)
{
	return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') ||
	    (c >= 'a' && c <= 'z') || c == '_';
}

static unsigned char
lower(char c)
{
	return (unsigned char)(c >= 'A' && c <= 'Z' ? c - 'A' + 'a' : c);
}

/* How many bytes two literals start with in common. */
static size_t
in_common(const struct literal *a, const struct literal *b)
{
	size_t n = 0;

	while (n < a->n && n < b->n && lower(a->text[n]) == lower(b->text[n]))
		n++;
	return n;
}

static int
cmp_words(const void *left, const void *right)
{
	const struct word *a = left, *b = right;
	size_t n = in_common(a->literal, b->literal);

	if (n < a->literal->n && n < b->literal->n)
		return lower(a->literal->text[n]) < lower(b->literal->text[n])
		    ? -1
		    : 1;
	if (a->literal->n != b->literal->n)
		return a->literal->n < b->literal->n ? -1 : 1;
	return a->place < b->place ? -1 : a->place > b->place;
}

/* Gives a class to each byte of the words, and counts the states. */
static void
measure(struct automaton *a)
{
	a->classes = 1;
	a->states = 1;
	for (size_t i = 0; i < a->n; i++) {
		const struct literal *l = a->word[i].literal;

		for (size_t k = 0; k < l->n; k++) {
			uint8_t *class = &a->class[lower(l->text[k])];

			if (*class == 0)
				*class = (uint8_t)a->classes++;
		}
		a->states += l->n;
		if (i > 0)
			a->states -=
			    (uint32_t)in_common(l, a->word[i - 1].literal);
	}
	for (int c = 'A'; c <= 'Z'; c++)
		a->class[c] = a->class[c - 'A' + 'a'];
	for (int c = 0; c < 256; c++)
		a->after[c] =
		    is_word((unsigned char)c) ? AFTER_WORD : AFTER_OTHER;
}

/* A number for three bytes, the same for both cases of letters. */
static uint32_t
start_number(const char *three)
{
	uint32_t x = (uint32_t)(unsigned char)three[2] << 16;
	uint16_t two;

	memcpy(&two, three, sizeof two);
	x |= two | UINT32_C(0x202020);
	return x * UINT32_C(0x9e3779b1) >> (32 - START_BITS);
}

/* Says where a word may start. */
static void
note_start(struct automaton *a, const struct literal *l)
{
	char three[START_BYTES] = {l->text[0], l->text[1], l->text[2]};
	uint8_t after = AFTER_OTHER;

	if (!l->left || !is_word((unsigned char)l->text[0]))
		after |= AFTER_WORD;
	for (int c = 0; c < (l->n < START_BYTES ? 256 : 1); c++) {
		three[2] = (char)(l->n < START_BYTES ? c : l->text[2]);
		a->start[start_number(three)] |= after;
	}
}

/* A state while the table is filled: the words that start with it. */
struct growing {
	uint32_t state, fallback; /* the state of the next shorter end */
	uint32_t word, end;       /* in word[] */
	uint32_t depth;           /* bytes */
};

/* The tables are filled by depth, so that a fallback's row is always done. */
struct growth {
	struct automaton *a;
	struct growing *queue;
	size_t n;
	uint32_t low, high; /* states not yet given away */
};

static uint32_t
output_of(const struct automaton *a, uint32_t state)
{
	return a->states - 1 - state / a->classes;
}

/* Makes the state to which a class leads from g: that of words i to end. */
static uint32_t
grow(struct growth *t, const struct growing *g, size_t i, size_t end,
    uint32_t fallback)
{
	struct automaton *a = t->a;
	uint32_t depth = g->depth + 1, words = 0, shorter = NO_OUTPUT, number;

	while (i + words < end && a->word[i + words].literal->n == depth)
		words++;
	if (fallback / a->classes > t->high)
		shorter = output_of(a, fallback);
	number = words > 0 || shorter != NO_OUTPUT ? t->high-- : t->low++;
	if (words > 0 || shorter != NO_OUTPUT) {
		a->output = mem_grow(
		    a->output, a->noutputs, &a->outputs_cap, sizeof *a->output);
		a->output[a->noutputs++] =
		    (struct output){(uint32_t)i, words, shorter};
	}
	t->queue[t->n++] = (struct growing){number * a->classes, fallback,
	    (uint32_t)i + words, (uint32_t)end, depth};
	return number * a->classes;
}

/* Fills the row of a state and makes the states that it leads to. */
static void
fill(struct growth *t, struct growing g)
{
	struct automaton *a = t->a;
	uint32_t *row = a->next + g.state;

	if (g.depth > 0)
		memcpy(row, a->next + g.fallback, a->classes * sizeof *row);
	for (size_t i = g.word, end; i < g.end; i = end) {
		unsigned char byte = lower(a->word[i].literal->text[g.depth]);
		uint32_t *next = &row[a->class[byte]];

		for (end = i + 1; end < g.end &&
		     lower(a->word[end].literal->text[g.depth]) == byte;
		     end++)
			;
		*next = grow(t, &g, i, end, g.depth > 0 ? *next : 0);
	}
}

static void
fill_all(struct automaton *a)
{
	struct growth t = {
	    .a = a,
	    .queue = mem_new(a->states, sizeof *t.queue),
	    .n = 1,
	    .low = 1,
	    .high = a->states - 1,
	};

	t.queue[0].end = (uint32_t)a->n;
	for (size_t i = 0; i < t.n; i++) {
		fill(&t, t.queue[i]);
		if (i == 0)
			a->deep = t.low * a->classes;
	}
	a->ending = t.low * a->classes;
	free(t.queue);
}

struct automaton *
automaton_new(const struct literal *const *literal, size_t n)
{
	struct automaton *a = mem_new(1, sizeof *a);

	a->n = n;
	a->word = mem_new(n, sizeof *a->word);
	for (size_t i = 0; i < n; i++)
		a->word[i] = (struct word){literal[i], i};
	if (n > 0)
		qsort(a->word, n, sizeof *a->word, cmp_words);
	measure(a);
	if (a->states *
		(a->classes * sizeof *a->next + sizeof(struct growing)) >
	    AUTOMATON_MAX_BYTES) {
		automaton_free(a);
		return NULL;
	}
	for (size_t i = 0; i < n; i++)
		note_start(a, literal[i]);
	a->next = mem_new((size_t)a->states * a->classes, sizeof *a->next);
	fill_all(a);
	return a;
}

void
automaton_free(struct automaton *a)
{
	if (a == NULL)
		return;
	free(a->next);
	free(a->output);
	free(a->word);
	free(a);
}

/* Whether a \b may be at a place; beyond ASCII it may, but is not sure. */
static bool
may_be_border(struct slice text, size_t at, bool *sure)
{
	unsigned char before = at > 0 ? (unsigned char)text.p[at - 1] : ' ';
	unsigned char after = at < text.n ? (unsigned char)text.p[at] : ' ';

	if (before < 0x80 && after < 0x80)
		return is_word(before) != is_word(after);
	*sure = false;
	return true;
}

/* Whether a literal whose bytes end there is meant. */
static bool
stands(const struct literal *l, struct slice text, size_t end, bool *sure)
{
	size_t at = end - l->n;

	*sure = true;
	return (l->caseless || memcmp(text.p + at, l->text, l->n) == 0) &&
	    (!l->left || may_be_border(text, at, sure)) &&
	    (!l->right || may_be_border(text, end, sure));
}

static void
say(const struct automaton *a, uint32_t state, struct slice text, size_t end,
    void (*hit)(void *ctx, size_t literal, bool sure), void *ctx)
{
	uint32_t i = output_of(a, state);
	bool sure;

	for (; i != NO_OUTPUT; i = a->output[i].shorter) {
		const struct word *w = &a->word[a->output[i].word];

		for (uint32_t k = 0; k < a->output[i].n; k++) {
			if (stands(w[k].literal, text, end, &sure))
				hit(ctx, w[k].place, sure);
		}
	}
}

/* The next place from i on where a literal may start; text.n: none. */
static size_t
find_start(const struct automaton *a, struct slice text, size_t i)
{
	const unsigned char *p = (const unsigned char *)text.p;
	unsigned after = i > 0 ? a->after[p[i - 1]] : AFTER_OTHER;
	char end[START_BYTES] = {0};

	for (; i + START_BYTES <= text.n; i++) {
		if ((a->start[start_number(text.p + i)] & after) != 0)
			return i;
		after = a->after[p[i]];
	}
	if (i + 2 > text.n)
		return text.n;
	memcpy(end, text.p + i, 2);
	return (a->start[start_number(end)] & after) != 0 ? i : text.n;
}

void
automaton_scan(const struct automaton *a, struct slice text,
    void (*hit)(void *ctx, size_t literal, bool sure), void *ctx)
{
	const unsigned char *p = (const unsigned char *)text.p;
	size_t i = a->n > 0 ? 0 : text.n;

	while (i < text.n && (i = find_start(a, text, i)) < text.n) {
		uint32_t state = a->next[a->class[p[i++]]];

		do {
			state = a->next[state + a->class[p[i++]]];
			if (state >= a->ending)
				say(a, state, text, i, hit, ctx);
		} while (state >= a->deep && i < text.n);
		i -= state < a->deep; /* its last byte may be a first */
	}
}
