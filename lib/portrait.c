#include "portrait.h"

#include "inert.h"

#define EXAMPLES ((size_t)3)
#define EXAMPLE_CHARS ((size_t)24)
#define NAME_CHARS ((size_t)60)
#define NAMES ((size_t)6) /* in one question */

static const struct slice title[PORTRAIT_CELLS] = {
    SLICE("column"),
    SLICE("filled"),
    SLICE("distinct"),
    SLICE("looks_like"),
    SLICE("target"),
    SLICE("ask"),
    SLICE("examples"),
};

/*
 * What a person is asked, in the order of the bits of guess.h: in a column's
 * line, and of all such columns.
 */
static const struct {
	const char *ask, *question;
} words[PORTRAIT_ASKS] = {
    {"which zone",
	"times without a zone: write it into the map's column zone; left "
	"empty, that of the procedures or UTC is taken"},
    {"day or month first",
	"no value tells whether the day or the month comes first: the day was "
	"taken"},
    {"not all are such times",
	"some values are no times of that form and would stay unread"},
    {"how are its times written",
	"empty here: nothing tells how its times are written"},
    {"export it as a date",
	"a spreadsheet's numbers of days, which no map reads: export them as "
	"dates"},
    {"what its words mean",
	"its words are the source's: say in the map what they mean here"},
    {"floats",
	"whole numbers that were spoiled into floats, as 2127.0: the .0 is "
	"left out"},
    {"spoiled by a spreadsheet",
	"values that a spreadsheet has spoiled: export them anew, as text"},
    {"personal",
	"personal: the log seals those that fields.tsv of the procedures calls "
	"so"},
    {"several columns have this name",
	"several columns of one name: their texts are joined"},
    {"arrays",
	"arrays, which stay as they are: of an export in JSON a row of the "
	"map's field * makes records, rows or one text of them"},
};

struct slice
portrait_title(size_t cell)
{
	return title[cell];
}

/* Adds at most so many characters of text. */
static void
add_short(struct buf *out, struct slice text, size_t characters)
{
	struct slice start = slice_first(text, characters);

	inert_add(out, start);
	if (start.n < text.n)
		buf_add_str(out, "\xe2\x80\xa6");
}

/* Per mille of a whole; 0 and 1000 for none and all alone. */
static size_t
per_mille(size_t n, size_t all)
{
	size_t share = all > 0 ? (size_t)((double)n * 1000 / (double)all) : 0;

	if (n == 0 || n == all)
		return n == 0 ? 0 : 1000;
	return share == 0 ? 1 : share > 999 ? 999 : share;
}

static void
add_filled(struct buf *out, const struct profile *p)
{
	size_t share = per_mille(p->filled, p->rows);

	if (share % 10 == 0)
		buf_addf(out, "%zu%%", share / 10);
	else
		buf_addf(out, "%zu.%zu%%", share / 10, share % 10);
}

/* Adds in which form times are written. */
static void
add_form(struct buf *out, const struct guess_column *c)
{
	int first = timeshape_day_first(c->format);

	if (slice_is(c->format, "%Q"))
		buf_add_str(out, "milliseconds since 1970");
	else if (slice_is(c->format, "%s"))
		buf_add_str(out, "seconds since 1970");
	else if (slice_is(c->format, "%Y-%m-%dT%H:%M:%S%z"))
		buf_add_str(out, "RFC 3339");
	else
		buf_add_slice(out, c->format);
	if (first >= 0 && c->rival.n == 0)
		buf_add_str(out, first ? ", day first" : ", month first");
	if ((c->asks & GUESS_ZONE) != 0)
		buf_add_str(out, ", no zone");
}

static void
add_lengths(struct buf *out, const struct profile *p)
{
	if (p->shortest == p->longest)
		buf_addf(out, ", %zu character%s", p->longest,
		    p->longest == 1 ? "" : "s");
	else
		buf_addf(
		    out, ", %zu to %zu characters", p->shortest, p->longest);
}

static void
add_looks(struct buf *out, const struct guess_column *c)
{
	static const char *const kind[] = {
	    [PROFILE_EMPTY] = "empty",
	    [PROFILE_TIME] = "time ",
	    [PROFILE_CLOCK] = "time of day ",
	    [PROFILE_YES_NO] = "yes or no",
	    [PROFILE_CODE] = "code",
	    [PROFILE_IDENTIFIER] = "identifier",
	    [PROFILE_NUMBER] = "whole number",
	    [PROFILE_DECIMAL] = "decimal number",
	    [PROFILE_COMMA] = "decimal number with comma",
	    [PROFILE_TEXT] = "text",
	};
	const struct profile *p = c->profile;

	buf_add_str(out, kind[c->kind]);
	if (c->kind == PROFILE_TIME || c->kind == PROFILE_CLOCK)
		add_form(out, c);
	else if (c->kind == PROFILE_CODE && profile_mostly(p, p->looked.whole))
		buf_add_str(out, " of numbers");
	else if (c->kind == PROFILE_TEXT || c->kind == PROFILE_IDENTIFIER)
		add_lengths(out, p);
	if ((c->asks & GUESS_PERSON) == 0)
		return;
	if (profile_mostly(p, p->looked.mail))
		buf_add_str(out, ", mail addresses");
	else if (profile_mostly(p, p->looked.ip))
		buf_add_str(out, ", IP addresses");
	else if (profile_mostly(p, p->looked.phone))
		buf_add_str(out, ", telephone numbers");
}

static void
add_asks(struct buf *out, unsigned asks)
{
	size_t start = out->n;

	for (size_t i = 0; i < PORTRAIT_ASKS; i++) {
		if ((asks & 1U << i) == 0)
			continue;
		if (out->n > start)
			buf_add_str(out, "; ");
		buf_add_str(out, words[i].ask);
	}
}

static void
add_examples(struct buf *out, const struct profile *p)
{
	for (size_t i = 0; i < EXAMPLES && i < p->n; i++) {
		if (i > 0)
			buf_add_str(out, " | ");
		add_short(out, p->value[i].text, EXAMPLE_CHARS);
	}
}

/* Adds what the column becomes in the stream. */
static void
add_target(struct buf *out, const struct guess *g, const struct guess_column *c)
{
	if (c->target != NULL)
		buf_add_str(out, c->target);
	if (!c->is_clock)
		return;
	for (size_t i = 0; i < g->n; i++) {
		const struct guess_column *date = &g->column[i];

		if (date->clock != GUESS_NONE && &g->column[date->clock] == c &&
		    date->target != NULL)
			buf_add_str(out, date->target);
	}
}

void
portrait_add(struct buf *out, const struct guess *g, size_t column, size_t cell)
{
	const struct guess_column *c = &g->column[column];
	const struct profile *p = c->profile;

	switch (cell) {
	case PORTRAIT_COLUMN:
		if (c->name.n == 0)
			buf_addf(out, "(%zu)", column + 1);
		add_short(out, c->name, NAME_CHARS);
		break;
	case PORTRAIT_FILLED:
		add_filled(out, p);
		break;
	case PORTRAIT_DISTINCT:
		buf_addf(out, p->more ? "more than %zu" : "%zu", p->n);
		break;
	case PORTRAIT_LOOKS:
		add_looks(out, c);
		break;
	case PORTRAIT_TARGET:
		add_target(out, g, c);
		break;
	case PORTRAIT_ASK:
		add_asks(out, c->asks);
		break;
	default:
		add_examples(out, p);
	}
}

/* Adds an example to a question that is best understood by one. */
static void
add_case(struct buf *out, const struct guess_column *c, size_t n)
{
	unsigned ask = 1U << n;

	if ((ask != GUESS_ORDER && ask != GUESS_WORDS) || c->profile->n == 0)
		return;
	buf_add_str(out, " (");
	if (ask == GUESS_ORDER)
		add_short(out, c->profile->value[0].text, EXAMPLE_CHARS);
	else
		add_examples(out, c->profile);
	buf_add_char(out, ')');
}

size_t
portrait_add_question(struct buf *out, const struct guess *g, size_t n)
{
	size_t count = 0;

	for (size_t i = 0; i < g->n; i++) {
		const struct guess_column *c = &g->column[i];

		if ((c->asks & 1U << n) == 0 || ++count > NAMES)
			continue;
		if (count > 1)
			buf_add_str(out, ", ");
		portrait_add(out, g, i, PORTRAIT_COLUMN);
		add_case(out, c, n);
	}
	if (count > NAMES)
		buf_addf(out, " and %zu more", count - NAMES);
	if (count > 0)
		buf_addf(out, ": %s", words[n].question);
	return count;
}

void
portrait_add_marks(struct buf *out, const struct guess *g)
{
	size_t start = out->n;

	for (size_t i = 0; i < PROFILE_MARKS; i++) {
		struct slice mark = profile_mark(i);
		size_t count = 0;

		if (!g->missing[i] || mark.n == 0)
			continue;
		buf_addf(out, "%s'%.*s' (", out->n > start ? ", " : "",
		    SLICE_ARG(mark));
		for (size_t k = 0; k < g->n; k++) {
			if (g->column[k].profile->mark[i] > 0 && count++ == 0)
				portrait_add(out, g, k, PORTRAIT_COLUMN);
		}
		if (count > 1)
			buf_addf(out, " and %zu more", count - 1);
		buf_add_char(out, ')');
	}
}
