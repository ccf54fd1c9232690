#include "guess.h"

#include <stdlib.h>

#include "columns.h"
#include "heading.h"
#include "mem.h"
#include "snake.h"
#include "timeshape.h"

#define SCORE_MIN 20 /* of a name that is taken for a target */

/* Finds the form of a column's times. */
static void
see_times(struct guess_column *c)
{
	const struct timeshape *t = &c->profile->times;
	const struct timeshape_form *best = timeshape_best(t), *rival;

	if (c->kind == PROFILE_CLOCK)
		c->format = buf_slice(&t->clock);
	if (c->kind != PROFILE_TIME || best == NULL)
		return;
	c->format = buf_slice(&best->format);
	rival = timeshape_rival(t, best);
	if (rival != NULL && rival->fits == best->fits)
		c->rival = buf_slice(&rival->format);
	if (t->times < t->seen ||
	    (rival != NULL && c->rival.n == 0 && best->fits < t->seen))
		c->asks |= GUESS_UNREAD;
}

/* Whole numbers that can be times are, where the name says so. */
static void
see_numbers(struct guess_column *c)
{
	const struct profile_counts *n = &c->profile->looked;

	if (!heading_is_time(c->name))
		return;
	if (profile_mostly(c->profile, n->epoch_s)) {
		c->kind = PROFILE_TIME;
		c->format = (struct slice)SLICE("%s");
	} else if (profile_mostly(c->profile, n->epoch_ms)) {
		c->kind = PROFILE_TIME;
		c->format = (struct slice)SLICE("%Q");
	} else if (profile_mostly(c->profile, n->day_number)) {
		c->asks |= GUESS_DAYS;
	}
}

/* What is said of a column whatever its target. */
static void
see_column(struct guess_column *c, struct slice words)
{
	const struct profile *p = c->profile;
	const struct profile_counts *n = &p->looked;

	c->kind = profile_kind(p);
	see_times(c);
	if (c->kind != PROFILE_TIME)
		see_numbers(c);
	if (c->kind == PROFILE_TIME && !timeshape_has_zone(c->format))
		c->asks |= GUESS_ZONE;
	if (profile_mostly(p, n->arrays))
		c->asks |= GUESS_ARRAY;
	if (profile_is_floats(p))
		c->asks |= GUESS_FLOATS;
	if (n->exponent + n->grouped + n->error > 0 && c->kind != PROFILE_TIME)
		c->asks |= GUESS_SPOILED;
	if (p->filled > 0 && c->kind != PROFILE_TIME &&
	    c->kind != PROFILE_CLOCK &&
	    (profile_mostly(p, n->mail) || profile_mostly(p, n->phone) ||
		profile_mostly(p, n->ip) ||
		(heading_is_person(words) && c->kind != PROFILE_YES_NO)))
		c->asks |= GUESS_PERSON;
}

/* How well a column's values and its name fit a target; 0: not. */
static int
score(const struct heading *h, const struct guess_column *c, struct slice words)
{
	const struct profile *p = c->profile;
	int score = heading_fits(h, words);

	if (score == 0 || !heading_takes(h, p, c->kind))
		return 0;
	if (c->kind == PROFILE_EMPTY)
		score -= 40;
	else if (p->n == 1 && p->filled >= 10 && h->form != HEADING_TIME)
		score -= 30; /* the same in every row tells nothing */
	if (h->form == HEADING_ID && c->kind != PROFILE_IDENTIFIER)
		score -= 5;
	if (h->form == HEADING_ID && p->filled < p->rows)
		score -= 30;
	if (h->form == HEADING_TIME && !timeshape_has_clock(c->format) &&
	    c->clock == GUESS_NONE)
		score -= 9; /* a date alone */
	return score > SCORE_MIN ? score : 0;
}

/* Gives each target the column that fits it best, the surest ones first. */
static void
assign(struct guess *g, const struct slice *words)
{
	size_t targets;
	const struct heading *h = headings(&targets);
	int *table = mem_new(targets * g->n + 1, sizeof *table);
	bool *given = mem_new(targets, sizeof *given);

	for (size_t t = 0; t < targets; t++) {
		for (size_t i = 0; i < g->n; i++)
			table[t * g->n + i] =
			    score(&h[t], &g->column[i], words[i]);
	}
	for (;;) {
		size_t t = 0, i = 0;
		int best = 0;

		for (size_t k = 0; k < targets * g->n; k++) {
			if (table[k] <= best || given[k / g->n] ||
			    g->column[k % g->n].target != NULL)
				continue;
			best = table[k];
			t = k / g->n;
			i = k % g->n;
		}
		if (best == 0)
			break;
		given[t] = true;
		g->column[i].target = h[t].target;
		g->column[i].score = best;
	}
	free(table);
	free(given);
}

size_t
guess_find(const struct guess *g, const char *target)
{
	for (size_t i = 0; i < g->n; i++) {
		if (g->column[i].target != NULL &&
		    strcmp(g->column[i].target, target) == 0)
			return i;
	}
	return GUESS_NONE;
}

/*
 * Where other columns tell the order of day and month, this one has it too;
 * where none does, a person must tell.
 */
static void
settle_order(struct guess *g)
{
	bool seen[2] = {false, false};

	for (size_t i = 0; i < g->n; i++) {
		const struct guess_column *c = &g->column[i];
		int first = c->kind == PROFILE_TIME && c->rival.n == 0
		    ? timeshape_day_first(c->format)
		    : -1;

		if (first >= 0)
			seen[first] = true;
	}
	for (size_t i = 0; i < g->n; i++) {
		struct guess_column *c = &g->column[i];
		struct slice other = c->rival;

		if (other.n == 0)
			continue;
		if (seen[0] == seen[1]) {
			c->asks |= GUESS_ORDER;
			continue;
		}
		if (timeshape_day_first(c->format) != (seen[1] ? 1 : 0))
			c->format = other;
		c->rival = (struct slice){"", 0};
	}
}

/* The words of a date's name with time for date, as a clock's would be. */
static void
add_clock_name(struct buf *out, struct slice name)
{
	struct buf snake = {0};
	struct slice rest, word;

	snake_add(&snake, name, 0);
	rest = buf_slice(&snake);
	while (slice_split(&rest, '_', &word)) {
		buf_add_char(out, '_');
		buf_add_slice(
		    out, slice_is(word, "date") ? slice_of("time") : word);
	}
	buf_release(&snake);
}

/* Finds the time of day for each date, as TimeOfCall is for DateOfCall. */
static void
pair_clocks(struct guess *g)
{
	struct columns clocks = {0};
	size_t *at = mem_new(g->n + 1, sizeof *at);
	struct buf name = {0};

	for (size_t i = 0; i < g->n; i++) {
		size_t n = clocks.n;

		buf_clear(&name);
		add_clock_name(&name, g->column[i].name);
		if (g->column[i].kind == PROFILE_CLOCK &&
		    columns_add(&clocks, buf_slice(&name)) == n)
			at[n] = i;
	}
	for (size_t i = 0; i < g->n; i++) {
		struct guess_column *c = &g->column[i];
		size_t k;

		if (c->kind != PROFILE_TIME || timeshape_has_clock(c->format))
			continue;
		buf_clear(&name);
		add_clock_name(&name, c->name);
		k = columns_find(&clocks, buf_slice(&name));
		if (k == COLUMNS_NONE || g->column[at[k]].is_clock)
			continue;
		c->clock = at[k];
		g->column[at[k]].is_clock = true;
	}
	columns_release(&clocks);
	free(at);
	buf_release(&name);
}

/* What follows from the targets. */
static void
see_targets(struct guess *g, const struct slice *words)
{
	static const char *const coded[] = {
	    "priority", "impact", "urgency", "state"};
	size_t received = guess_find(g, "received"), at;

	g->id = guess_find(g, "id");
	g->trail = g->id != GUESS_NONE &&
	    profile_repeats(g->column[g->id].profile) >= 1.1;
	/* The time of a row, in an audit trail, is that of the change. */
	if (g->trail && received != GUESS_NONE &&
	    guess_find(g, "updated") == GUESS_NONE &&
	    heading_is_bare_time(words[received]))
		g->column[received].target = "updated";
	for (size_t i = 0; i < sizeof coded / sizeof *coded; i++) {
		at = guess_find(g, coded[i]);
		if (at != GUESS_NONE &&
		    !profile_mostly(g->column[at].profile,
			g->column[at].profile->looked.ranked))
			g->column[at].asks |= GUESS_WORDS;
	}
	for (size_t i = 0; i < g->n; i++) {
		struct guess_column *c = &g->column[i];

		if (c->kind == PROFILE_EMPTY && c->target != NULL &&
		    heading_is_time(c->name))
			c->asks |= GUESS_FORM;
		for (size_t k = 0; k < PROFILE_MARKS; k++)
			g->missing[k] =
			    g->missing[k] || c->profile->mark[k] > 0;
	}
}

void
guess_make(struct guess *g, const struct slice *name,
    const struct profile *profile, size_t n)
{
	struct slice *words = mem_new(n + 1, sizeof *words);
	struct columns seen = {0};
	struct arena arena = {0};
	struct buf text = {0};

	g->column = mem_new(n + 1, sizeof *g->column);
	g->n = n;
	for (size_t i = 0; i < n; i++) {
		struct guess_column *c = &g->column[i];
		size_t known = seen.n;

		*c = (struct guess_column){
		    .name = name[i], .profile = &profile[i]};
		c->clock = GUESS_NONE;
		buf_clear(&text);
		heading_words(&text, name[i]);
		words[i].p = arena_copy(&arena, text.p, text.n);
		words[i].n = text.n;
		see_column(c, words[i]);
		if (columns_add(&seen, name[i]) == known)
			continue;
		c->asks |= GUESS_TWICE;
		words[i].n = 0; /* the first of them has the target */
	}
	settle_order(g);
	pair_clocks(g);
	assign(g, words);
	see_targets(g, words);
	columns_release(&seen);
	arena_release(&arena);
	buf_release(&text);
	free(words);
}

void
guess_release(struct guess *g)
{
	free(g->column);
	*g = (struct guess){0};
}
