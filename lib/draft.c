#include "draft.h"

#include "columns.h"
#include "escape.h"
#include "heading.h"
#include "inert.h"
#include "map.h"
#include "portrait.h"
#include "snake.h"
#include "vocabulary.h"

#define DIGEST_PARTS 3   /* with a time */
#define DIGEST_COLUMNS 8 /* without */
#define CODES_SHOWN 8

/* A draft under way. */
struct draft {
	struct buf *out;
	const struct guess *g;
	const struct draft_form *form;
	struct columns names;  /* of the export */
	struct columns fields; /* of the map */
	size_t named;          /* rows that name a column: not by number */
	size_t digested;       /* columns, from the first on, in a made id */
	size_t numbered;       /* rows that go by number */
	struct buf from, text; /* scratch */
};

/* The cells of a row that are not empty; capture is a pattern, raw. */
struct cells {
	const char *value, *capture;
	struct slice format;
};

static void
add_row(struct draft *d, struct slice field, const struct cells *c)
{
	struct buf *out = d->out;

	columns_add(&d->fields, field);
	buf_add_slice(out, field);
	buf_add_str(out, "\t*\t");
	escape_add(out, buf_slice(&d->from));
	buf_addf(out, "\t%s\t", c->value != NULL ? c->value : "");
	buf_add_slice(out, c->format);
	buf_addf(out, "\t\t%s\n", c->capture != NULL ? c->capture : "");
}

bool
draft_can_name(struct slice name)
{
	struct buf inert = {0};
	bool safe = name.n > 0;

	inert_add(&inert, name);
	safe = safe && slice_eq(name, buf_slice(&inert));
	for (size_t i = 0; i < name.n; i++)
		safe = safe && strchr("{}|", name.p[i]) == NULL;
	buf_release(&inert);
	return safe;
}

static bool
is_number(struct slice name)
{
	size_t number;

	return mapwant_number(name, &number);
}

/*
 * Adds a slot for a column to d->from: by its name or, where that can't stand
 * in a map, by its number.  Returns 0, or -1 where that can't either, being
 * another's name.  JSON has no numbers: a name that looks like one is none.
 */
static int
add_slot(struct draft *d, size_t i)
{
	struct slice name = d->g->column[i].name, number;

	if (!d->form->headless && draft_can_name(name) &&
	    !(d->form->json && is_number(name))) {
		d->named += !is_number(name);
		d->numbered += is_number(name);
		buf_addf(&d->from, "{%.*s}", SLICE_ARG(name));
		return 0;
	}
	buf_clear(&d->text);
	buf_addf(&d->text, "%zu", i + 1);
	number = buf_slice(&d->text);
	if (d->form->json ||
	    (!d->form->headless &&
		columns_find(&d->names, number) != COLUMNS_NONE))
		return -1;
	d->numbered++;
	buf_addf(&d->from, "{%zu}", i + 1);
	return 0;
}

/* Makes d->from the column, or the date with its time of day. */
static int
set_from(struct draft *d, size_t i)
{
	size_t clock = d->g->column[i].clock;
	size_t named = d->named, numbered = d->numbered;

	buf_clear(&d->from);
	if (add_slot(d, i) < 0)
		return -1;
	if (clock == GUESS_NONE)
		return 0;
	buf_add_char(&d->from, ' ');
	if (add_slot(d, clock) == 0)
		return 0;
	d->named = named;
	d->numbered = numbered;
	return -1;
}

/* Whether a form says what an earlier one of the column does not. */
static bool
is_other_form(const struct timeshape *t, size_t i, struct slice chosen)
{
	struct slice form = buf_slice(&t->form[i].format);

	if (slice_eq(form, chosen) || timeshape_rivals(form, chosen))
		return false;
	for (size_t k = 0; k < i; k++) {
		if (timeshape_rivals(form, buf_slice(&t->form[k].format)))
			return false;
	}
	return true;
}

/* Adds the rows of a time: one for each form that was found. */
static void
add_time(struct draft *d, struct slice field, const struct guess_column *c)
{
	struct cells cells = {.format = c->format};
	const struct timeshape *t = &c->profile->times;
	struct buf both = {0};

	if (c->rival.n > 0)
		buf_addf(d->out, "# ASK: %.*s, or %.*s?\n",
		    SLICE_ARG(c->format), SLICE_ARG(c->rival));
	if (c->clock != GUESS_NONE) {
		buf_addf(&both, "%.*s %.*s", SLICE_ARG(c->format),
		    SLICE_ARG(d->g->column[c->clock].format));
		cells.format = buf_slice(&both);
	}
	add_row(d, field, &cells);
	for (size_t i = 0; i < t->n && c->clock == GUESS_NONE; i++) {
		cells.format = buf_slice(&t->form[i].format);
		if (is_other_form(t, i, c->format))
			add_row(d, field, &cells);
	}
	buf_release(&both);
}

/* Adds a comment with a column's words, and how a row for one would look. */
static void
add_words(struct draft *d, struct slice field, const struct guess_column *c)
{
	const struct profile *p = c->profile;

	buf_addf(d->out, "# ASK: %.*s is", SLICE_ARG(field));
	for (size_t i = 0; i < p->n && i < CODES_SHOWN; i++) {
		buf_addf(d->out, "%s '", i > 0 ? "," : "");
		inert_add(d->out, p->value[i].text);
		buf_add_char(d->out, '\'');
	}
	buf_addf(d->out,
	    "%s: what is that here? Above the next row one for "
	    "each word, such as\n# %.*s\t%.*s = 'WORD'\t\t%s\n",
	    p->n > CODES_SHOWN ? " ..." : "", SLICE_ARG(field),
	    SLICE_ARG(buf_slice(&d->from)),
	    slice_is(field, "priority")    ? "P1"
		: slice_is(field, "state") ? "closed"
					   : "1");
}

/* Adds the rows of a column, for a field. */
static void
add_column(struct draft *d, struct slice field, size_t i)
{
	const struct guess_column *c = &d->g->column[i];
	struct cells cells = {0};

	if (set_from(d, i) < 0)
		return;
	if (c->kind == PROFILE_TIME) {
		add_time(d, field, c);
		return;
	}
	if ((c->asks & GUESS_WORDS) != 0) {
		add_words(d, field, c);
	} else if (slice_is(field, "priority")) {
		cells.value = "P{1}";
		cells.capture = "^[Pp]?(\\d)\\b";
	} else if (slice_is(field, "impact") || slice_is(field, "urgency")) {
		cells.capture = "^[Pp]?(\\d)\\b";
	} else if ((c->asks & GUESS_FLOATS) != 0) {
		cells.capture = "^(-?\\d+)(?:\\.0)?$";
	}
	add_row(d, field, &cells);
}

/* Adds a slot to those before it, unless there is no such column. */
static void
add_part(struct draft *d, size_t i, const char *between, size_t *n)
{
	size_t end = d->from.n;

	if (i == GUESS_NONE)
		return;
	buf_add_str(&d->from, *n > 0 ? between : "");
	if (add_slot(d, i) == 0)
		++*n;
	else
		d->from.n = end;
}

/*
 * Without an id one is made of what hardly comes twice together: the time, and
 * what was said; without a time of the first columns.
 */
static void
add_made_id(struct draft *d)
{
	static const char *const part[] = {"received", "updated", "summary",
	    "location", "caller", "category", "details"};
	bool timed = guess_find(d->g, "received") != GUESS_NONE ||
	    guess_find(d->g, "updated") != GUESS_NONE;
	size_t n = 0;

	buf_clear(&d->from);
	buf_add_str(&d->from, "digest(");
	for (size_t k = 0; timed && k < LEN(part) && n < DIGEST_PARTS; k++)
		add_part(d, guess_find(d->g, part[k]), ",", &n);
	for (size_t i = 0; !timed && i < d->g->n && n < DIGEST_COLUMNS; i++) {
		add_part(d, i, ",", &n);
		d->digested = i + 1;
	}
	buf_add_char(&d->from, ')');
	if (n == 0)
		return;
	buf_add_str(d->out,
	    "# ASK: no column is an id: one is made of these; rows in which "
	    "they are the same are one incident\n");
	add_row(d, slice_of("id"), &(struct cells){0});
}

/* Without a summary one is made of what sort of thing it is. */
static void
add_made_summary(struct draft *d)
{
	static const char *const part[] = {
	    "category", "subcategory", "service"};
	size_t n = 0;

	buf_clear(&d->from);
	for (size_t k = 0; k < LEN(part); k++)
		add_part(d, guess_find(d->g, part[k]), ", ", &n);
	if (n == 0)
		return;
	buf_add_str(d->out,
	    "# ASK: no column says in a line what is wrong: it is made of "
	    "these\n");
	add_row(d, slice_of("summary"), &(struct cells){0});
}

/*
 * Adds a row for a column that is kept under its own name, where it needs one:
 * a time, so that it is read; floats; one that has no name; one of which else
 * nothing but a digest would be left.
 */
static void
add_own(struct draft *d, size_t i)
{
	const struct guess_column *c = &d->g->column[i];
	struct buf name = {0};
	struct slice field;

	if ((c->asks & GUESS_TWICE) != 0 || c->is_clock ||
	    (!d->form->headless && c->kind != PROFILE_TIME && c->name.n > 0 &&
		(c->asks & GUESS_FLOATS) == 0 && i >= d->digested))
		return;
	buf_add_str(&name, "src_");
	snake_add(&name, c->name, i + 1);
	field = slice_from(buf_slice(&name), 4);
	if (!columns_plain_name(field)) { /* "Fällig" */
		name.n = 4;
		buf_addf(&name, "column_%zu", i + 1);
		field = slice_from(buf_slice(&name), 4);
	}
	if (vocabulary_has(field) || slice_is(field, MAP_UNREAD) ||
	    columns_find(&d->fields, field) != COLUMNS_NONE)
		field = buf_slice(&name);
	if (columns_find(&d->fields, field) == COLUMNS_NONE)
		add_column(d, field, i);
	buf_release(&name);
}

/* Adds what means missing, and that columns of one name are joined. */
static void
add_all(struct draft *d)
{
	size_t n = 0;
	bool twice = false;

	buf_add_str(d->out, "*\t");
	for (size_t i = 0; i < PROFILE_MARKS; i++) {
		struct slice mark = profile_mark(i);
		bool plain = true;

		if (!d->g->missing[i] || mark.n == 0)
			continue;
		for (size_t k = 0; k < mark.n; k++)
			plain = plain && strchr("()/#", mark.p[k]) == NULL;
		buf_addf(d->out, plain ? "%s %.*s" : "%s '%.*s'",
		    n++ == 0 ? "{X} in" : "", SLICE_ARG(mark));
	}
	buf_addf(d->out, "%s{X} ~ /^\\s*$/\n", n > 0 ? " or " : "");
	for (size_t i = 0; i < d->g->n; i++)
		twice = twice || (d->g->column[i].asks & GUESS_TWICE) != 0;
	if (twice && !d->form->headless)
		buf_add_str(d->out, "*\t\t{X}\n");
	if (d->form->records.n == 0)
		return;
	buf_add_str(d->out, "*\t\t{");
	escape_add(d->out, d->form->records);
	buf_add_str(d->out, "}\t\trecords\n");
}

/* Adds the first lines: what it is for, and what a person has to decide. */
static void
add_head(struct draft *d)
{
	buf_add_str(d->out, "# Draft for ");
	inert_add(d->out, slice_of(d->form->file));
	buf_add_str(d->out, ": see to the lines with ASK\n");
	for (size_t i = 0; i < PORTRAIT_ASKS; i++) {
		size_t start = d->out->n;

		buf_add_str(d->out, "# ASK: ");
		if (portrait_add_question(d->out, d->g, i) > 0)
			buf_add_char(d->out, '\n');
		else
			d->out->n = start;
	}
	if (d->g->trail)
		buf_add_str(d->out,
		    "# One id stands on several rows: inc-log current - makes "
		    "one of them.\n"
		    "# ASK: does a row tell of a later one, as that it was "
		    "closed? Such a field needs a condition in when.\n");
	buf_add_str(
	    d->out, "field\twhen\tfrom\tvalue\tformat\tzone\tcapture\n");
}

/*
 * A map in which all is by number reads what has no header: this one has one,
 * so one of its columns must be named.
 */
static int
add_named(struct draft *d, struct fault *f)
{
	for (size_t i = 0; i < d->g->n && d->named == 0; i++) {
		const struct guess_column *c = &d->g->column[i];
		size_t start = d->out->n;
		struct buf field = {0};

		if (!draft_can_name(c->name) || is_number(c->name))
			continue;
		buf_addf(&field, "named_%zu", i + 1);
		add_column(d, buf_slice(&field), i);
		if (d->named == 0)
			d->out->n = start;
		buf_release(&field);
	}
	return d->named > 0 ? 0
			    : fault_at(f, (struct place){.file = d->form->file},
				  "no name of its columns can stand in a map%s",
				  d->form->json ? ""
						: ": take its header off and "
						  "name them with -H");
}

/*
 * A header in which a name is empty is read where a row goes by number: here
 * none could, its number being another's name.
 */
static int
check_nameless(const struct draft *d, struct fault *f)
{
	for (size_t i = 0; i < d->g->n && d->numbered == 0; i++) {
		if (d->g->column[i].name.n == 0)
			return fault_at(f,
			    (struct place){.file = d->form->file},
			    "column %zu has no name, and '%zu' is that of "
			    "another: take its header off and name them with "
			    "-H",
			    i + 1, i + 1);
	}
	return 0;
}

/* Loads the map, and binds it to the columns, as inc-import will. */
static int
prove(const struct draft *d, struct slice text, struct fault *f)
{
	struct slice *name = mem_new(d->g->n, sizeof *name);
	struct arena numbers = {0};
	struct map *m = map_read("the draft", text, NULL, f);
	int result = -1;

	for (size_t i = 0; i < d->g->n; i++) {
		struct buf number = {0};

		name[i] = d->g->column[i].name;
		if (!d->form->headless)
			continue;
		buf_addf(&number, "%zu", i + 1);
		name[i].p = arena_copy(&numbers, number.p, number.n);
		name[i].n = number.n;
		buf_release(&number);
	}
	if (m != NULL)
		result = map_bind(m, name, d->g->n, (struct place){0}, f);
	map_free(m);
	free(name);
	arena_release(&numbers);
	return result;
}

static int
add_map(struct draft *d, struct fault *f)
{
	size_t n;
	const struct heading *h = headings(&n);

	add_head(d);
	add_all(d);
	if (d->g->id == GUESS_NONE)
		add_made_id(d);
	for (size_t i = 0; i < n; i++) {
		size_t at = guess_find(d->g, h[i].target);

		if (at != GUESS_NONE)
			add_column(d, slice_of(h[i].target), at);
		else if (strcmp(h[i].target, "summary") == 0)
			add_made_summary(d);
	}
	for (size_t i = 0; i < d->g->n; i++) {
		if (d->g->column[i].target == NULL)
			add_own(d, i);
	}
	if (d->form->headless)
		return 0;
	if (add_named(d, f) < 0)
		return -1;
	return d->form->json ? 0 : check_nameless(d, f);
}

int
draft_add(struct buf *out, const struct guess *g, const struct draft_form *form,
    struct fault *f)
{
	struct draft d = {.out = out, .g = g, .form = form};
	size_t start = out->n;
	int result;

	if (g->n == 0)
		return fault_at(f, (struct place){.file = form->file},
		    "no record, so nothing to make a map of");
	for (size_t i = 0; i < g->n; i++)
		columns_add(&d.names, g->column[i].name);
	result = add_map(&d, f);
	if (result == 0)
		result = prove(
		    &d, (struct slice){out->p + start, out->n - start}, f);
	columns_release(&d.names);
	columns_release(&d.fields);
	buf_release(&d.from);
	buf_release(&d.text);
	return result;
}
