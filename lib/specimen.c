#include "specimen.h"

#include <stdlib.h>

#include "escape.h"
#include "longest.h"
#include "vocabulary.h"

/* Which tables give a column its values, beside codes. */
static const struct {
	const char *column, *table, *from;
} sources[] = {{"priority", "targets", "priority"},
    {"level", "levels", "level"}, {"escalate_to", "escalation", "role"},
    {"escalate_to", "levels", "role"}, {"escalate_to", "roster", "role"},
    {"escalate_to", "directory", "party"}, {"assigned", "roster", "role"},
    {"assigned", "directory", "party"}, {"boundary", "escalation", "boundary"},
    {"service", "services", "service"}};

/* What loading needs beside the specimens. */
struct loading {
	struct specimens *all;
	struct pack *pack;
	const struct codes *codes;
	struct table *fields; /* NULL: there is none */
	struct dict rows;     /* of fields, by name */
	struct buf text;
	struct fault *fault;
};

/* Sets one more value of a column, which has room for it. */
static void
add_value(struct loading *l, struct specimen *s, struct slice text)
{
	s->value[s->n++] = escape_copy(text, &l->all->arena);
}

static void
make_room(struct loading *l, struct specimen *s, size_t n)
{
	s->value = arena_new(&l->all->arena, n * sizeof *s->value);
}

static void
set_only(struct loading *l, struct specimen *s, struct slice text)
{
	make_room(l, s, 1);
	add_value(l, s, text);
}

/* So many characters of words, or of one word, made of a column's name. */
static void
set_text(struct loading *l, struct specimen *s, struct slice name, size_t n,
    bool words)
{
	char letter[LONGEST_WORD] = "text";
	size_t letters = 0;

	for (size_t i = 0; i < name.n && letters < LONGEST_WORD - 1; i++) {
		if (name.p[i] >= 'a' && name.p[i] <= 'z')
			letter[letters++] = name.p[i];
	}
	letters = letters > 0 ? letters : LONGEST_WORD - 1;
	buf_clear(&l->text);
	for (size_t i = 0; i < n; i++) {
		size_t at = i % (letters + words);

		if (at < letters)
			buf_add_char(&l->text, letter[at]);
		else /* no blank at the end */
			buf_add_char(&l->text, i + 1 < n ? ' ' : letter[0]);
	}
	set_only(l, s, buf_slice(&l->text));
}

static void
index_fields(struct loading *l)
{
	for (size_t i = 0; l->fields != NULL && i < l->fields->n; i++)
		dict_add(
		    &l->rows, table_text(&l->fields->row[i], "name"), i, NULL);
}

/* The row of fields for a column, or NULL. */
static struct table_row *
find_field(struct loading *l, struct slice name)
{
	size_t at = dict_find(&l->rows, name);

	return at != DICT_NONE ? &l->fields->row[at] : NULL;
}

/* By `longest`.  Returns 1, 0 where the cell is empty, -1. */
static int
take_longest(struct loading *l, struct specimen *s, struct table_row *row,
    struct slice name)
{
	struct slice cell = table_text(row, "longest");
	unsigned long long n;

	if (cell.n == 0)
		return 0;
	if (slice_number(cell, SPECIMEN_MOST, &n) < 0 || n == 0)
		return fault_at(l->fault, table_place(row, "longest"),
		    "'%.*s': a number of characters up to %d was expected",
		    SLICE_ARG(cell), SPECIMEN_MOST);
	set_text(l, s, name, (size_t)n, true);
	return 1;
}

static bool
take_values(struct loading *l, struct specimen *s, struct table_row *row)
{
	struct slice rest = table_text(row, "values"), word;

	make_room(l, s, rest.n + 1);
	while (slice_word(&rest, &word))
		add_value(l, s, word);
	return s->n > 0;
}

static bool
take_codes(struct loading *l, struct specimen *s, struct slice name)
{
	const struct codes *codes = l->codes;
	size_t n = 0;

	for (size_t i = 0; i < codes->n; i++)
		n += slice_eq(codes->code[i].field, name);
	make_room(l, s, n);
	for (size_t i = 0; s->n < n; i++) {
		if (slice_eq(codes->code[i].field, name))
			add_value(l, s, codes->code[i].code);
	}
	return n > 0;
}

static bool
take_pattern(struct loading *l, struct specimen *s, struct table_row *row)
{
	struct slice pattern = table_raw(row, "pattern");

	if (pattern.n == 0 || !longest_text(pattern, &l->text))
		return false;
	set_only(l, s, buf_slice(&l->text));
	return true;
}

/* The longest cell of a column of a table, if longer than *longest. */
static int
see_table(struct loading *l, const char *table, const char *column,
    struct slice *longest)
{
	struct table *t;
	int got = pack_table(l->pack, table, &t, l->fault);

	for (size_t i = 0; got > 0 && i < t->n; i++) {
		struct slice cell = table_text(&t->row[i], column);

		if (slice_characters(cell) > slice_characters(*longest))
			*longest = cell;
	}
	return got < 0 ? -1 : 0;
}

/* What an incomplete record lacks at most: every field. */
static struct slice
all_fields(struct loading *l)
{
	buf_clear(&l->text);
	for (size_t i = 0; l->fields != NULL && i < l->fields->n; i++)
		buf_addf(&l->text, "%s%.*s", i > 0 ? " " : "",
		    SLICE_ARG(table_text(&l->fields->row[i], "name")));
	return buf_slice(&l->text);
}

/* By the other tables.  Returns 1, 0 where they say nothing, -1. */
static int
take_tables(struct loading *l, struct specimen *s, struct slice name)
{
	struct slice longest = {"", 0};

	if (slice_is(name, "rules"))
		longest = l->pack->rules;
	if (slice_is(name, "status"))
		longest = (struct slice)SLICE("exercise");
	if (slice_is(name, "incomplete"))
		longest = all_fields(l);
	for (size_t i = 0; i < sizeof sources / sizeof *sources; i++) {
		if (slice_is(name, sources[i].column) &&
		    see_table(l, sources[i].table, sources[i].from, &longest) <
			0)
			return -1;
	}
	if (longest.n > 0)
		set_only(l, s, longest);
	return longest.n > 0;
}

static void
take_kind(struct loading *l, struct specimen *s, struct table_row *row,
    struct slice name)
{
	enum column_kind kind = vocabulary_kind(name);
	struct slice type = {"", 0};

	if (row != NULL)
		type = table_text(row, "type");
	if (kind == COLUMN_TIME || slice_is(type, "time")) {
		set_only(l, s,
		    (struct slice)SLICE("2026-12-28T22:58:58.888888888Z"));
	} else if (kind == COLUMN_NUMBER || slice_is(type, "number")) {
		buf_clear(&l->text);
		for (int i = 0; i < SPECIMEN_DIGITS; i++)
			buf_add_char(&l->text, '8');
		set_only(l, s, buf_slice(&l->text));
	} else if (slice_is(name, "id")) {
		buf_clear(&l->text);
		buf_add_slice(&l->text, l->pack->id_prefix);
		buf_add_str(&l->text, "20261228-8888");
		set_only(l, s, buf_slice(&l->text));
	} else if (slice_is(type, "code")) {
		set_text(l, s, name, SPECIMEN_CODE, false);
	} else {
		set_text(l, s, name, SPECIMEN_TEXT, true);
	}
}

static int
load_column(struct loading *l, struct specimen *s, struct slice name)
{
	struct table_row *row = find_field(l, name);
	int got = 0;

	s->always = slice_is(name, "id");
	if (row != NULL) {
		s->always |= slice_is(table_raw(row, "required"), "*");
		got = take_longest(l, s, row, name);
		if (got == 0)
			got = take_values(l, s, row);
	}
	if (got == 0)
		got = take_codes(l, s, name) ||
		    (row != NULL && take_pattern(l, s, row));
	if (got == 0)
		got = take_tables(l, s, name);
	if (got == 0)
		take_kind(l, s, row, name);
	return got < 0 ? -1 : 0;
}

/*
 * The columns of records: the incident's and those that the pack adds, not
 * those that only log entries, messages and receipts have.
 */
static void
list_columns(struct loading *l)
{
	struct columns *columns = &l->all->columns;
	size_t n;
	const struct slice *own = vocabulary(&n);

	for (size_t i = 0; i < n; i++)
		columns_add(columns, own[i]);
	for (size_t i = 0; i < l->pack->known.n; i++) {
		struct slice name = l->pack->known.name[i];

		if (!vocabulary_has(name) || find_field(l, name) != NULL)
			columns_add(columns, name);
	}
}

static int
load(struct loading *l)
{
	struct specimens *s = l->all;

	if (pack_table(l->pack, "fields", &l->fields, l->fault) < 0)
		return -1;
	index_fields(l);
	list_columns(l);
	s->of = mem_new(s->columns.n, sizeof *s->of);
	for (size_t i = 0; i < s->columns.n; i++) {
		if (load_column(l, &s->of[i], s->columns.name[i]) < 0)
			return -1;
	}
	return 0;
}

int
specimens_load(struct specimens *s, struct pack *pack,
    const struct codes *codes, struct fault *f)
{
	struct loading l = {.all = s, .pack = pack, .codes = codes, .fault = f};
	int result = load(&l);

	dict_release(&l.rows);
	buf_release(&l.text);
	return result;
}

/* Adds a column that always has this value. */
static void
add_column(struct specimens *s, struct slice name, const struct buf *text)
{
	size_t at = columns_add(&s->columns, name);
	struct slice *value = arena_new(&s->arena, sizeof *value);

	*value = escape_copy(buf_slice(text), &s->arena);
	s->of = mem_resize(s->of, s->columns.n, sizeof *s->of);
	s->of[at] = (struct specimen){.value = value, .n = 1, .always = true};
}

void
specimens_add_summary(struct specimens *s)
{
	size_t id = columns_find(&s->columns, slice_of("id"));
	struct buf text = {0};

	buf_addf(&text, "%d", SPECIMEN_COUNT);
	add_column(s, slice_of("count"), &text);
	buf_clear(&text);
	for (int i = 0; i < SPECIMEN_COUNT; i++) {
		buf_add_str(&text, i > 0 ? ", " : "");
		buf_add_slice(&text, s->of[id].value[0]);
	}
	add_column(s, slice_of("ids"), &text);
	buf_release(&text);
}

void
specimens_release(struct specimens *s)
{
	free(s->of);
	columns_release(&s->columns);
	arena_release(&s->arena);
	*s = (struct specimens){0};
}
