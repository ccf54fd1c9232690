#include "csvsheet.h"

#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "input.h"
#include "utf8.h"

#define LOOK_BYTES ((size_t)1024 * 1024) /* looked at for a delimiter */

static struct place
here(const struct csvsheet *s)
{
	return (struct place){.file = s->file, .line = s->line};
}

/* Whether a byte that ends a line is there. */
static bool
has_line(struct slice text)
{
	return text.n > 0 &&
	    (memchr(text.p, '\n', text.n) != NULL ||
		memchr(text.p, '\r', text.n) != NULL);
}

/*
 * The delimiter of a text by its first line: of tab, comma and semicolon the
 * one that stands there most often outside quotes, in doubt the one named
 * first; a comma where there is none.
 */
static char
look_for_delimiter(struct slice text)
{
	static const char choice[] = {'\t', ',', ';'};
	size_t count[sizeof choice] = {0}, best = 0;
	bool quoted = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '"')
			quoted = !quoted;
		if (!quoted && (c == '\n' || c == '\r'))
			break;
		for (size_t k = 0; !quoted && k < sizeof choice; k++)
			count[k] += c == choice[k];
	}
	for (size_t k = 1; k < sizeof choice; k++)
		best = count[k] > count[best] ? k : best;
	return count[best] > 0 ? choice[best] : ',';
}

/*
 * Makes ready for the records of the file just opened, whose delimiter its
 * first line tells.  Returns 0, or -1.
 */
static int
start_file(struct csvsheet *s, struct fault *f)
{
	char delimiter = s->form.delimiter;
	struct textin *t = &s->in;

	while (!t->ended && t->text.n < LOOK_BYTES &&
	    !has_line(buf_slice(&t->text))) {
		if (textin_fill(t, f) < 0)
			return -1;
	}
	if (delimiter == 0)
		delimiter = look_for_delimiter(buf_slice(&t->text));
	csvin_free(s->csv);
	s->csv = csvin_new(delimiter, delimiter != '\t');
	s->delimiter = delimiter;
	s->encoding = t->encoding != NULL ? t->encoding : "UTF-8";
	return 0;
}

/*
 * The next record of the open file: CSVIN_RECORD, CSVIN_BAD, CSVIN_END, or -1
 * and the fault; or CSVIN_MORE where nothing is to be read.
 */
static int
next_record(struct csvsheet *s, struct fault *f)
{
	int got;

	while ((got = csvin_next(s->csv)) == CSVIN_MORE) {
		while (s->in.text.n == 0 && !s->in.ended) {
			if (s->no_wait)
				return got;
			if (textin_fill(&s->in, f) < 0)
				return -1;
		}
		csvin_feed(s->csv, buf_slice(&s->in.text));
		buf_clear(&s->in.text);
	}
	if (got == CSVIN_END)
		return got;
	s->line = csvin_line(s->csv);
	s->row = csvin_raw(s->csv);
	return got;
}

static int
fail_not_utf8(struct csvsheet *s, struct fault *f)
{
	s->not_utf8 += s->in.encoding == NULL;
	return textin_fail(&s->in, here(s), f);
}

/* Keeps names as those of the columns. */
static void
set_names(struct csvsheet *s, const struct slice *name, size_t n)
{
	s->n = n;
	s->name = arena_new(&s->arena, n * sizeof *s->name);
	for (size_t i = 0; i < n; i++) {
		s->name[i].p = arena_copy(&s->arena, name[i].p, name[i].n);
		s->name[i].n = name[i].n;
	}
}

/* Adds what is wrong with a name, ", " before all but the first. */
static void
add_wrong(struct buf *wrong, const char *fmt, struct slice name, size_t i)
{
	if (wrong->n > 1000)
		return; /* enough for a person */
	if (wrong->n > 0)
		buf_add_str(wrong, ", ");
	if (name.n > 0)
		buf_addf(wrong, fmt, SLICE_ARG(name));
	else
		buf_addf(wrong, "column %zu has no name", i + 1);
}

static bool
may_repeat(const struct csvsheet *s, struct slice name)
{
	return s->form.joins != NULL && joins_find(s->form.joins, name) != NULL;
}

/* Checks that the names are there and differ.  Returns 0, or -1. */
static int
check_names(struct csvsheet *s, struct fault *f)
{
	struct columns seen = {0}, told = {0};
	struct buf wrong = {0};
	bool twice = false;
	int result = 0;

	for (size_t i = 0; i < s->n && !s->form.loose; i++) {
		struct slice name = s->name[i];

		if (name.n > 0 && columns_find(&seen, name) == COLUMNS_NONE) {
			columns_add(&seen, name);
			continue;
		}
		if (name.n > 0 &&
		    (may_repeat(s, name) ||
			columns_find(&told, name) != COLUMNS_NONE))
			continue;
		columns_add(&told, name);
		twice = twice || name.n > 0;
		add_wrong(&wrong, "two columns are called '%.*s'", name, i);
	}
	columns_release(&seen);
	columns_release(&told);
	if (wrong.n > 0)
		result = fault_at(f, here(s), "%s%s", buf_str(&wrong),
		    twice ? " (a map can join them: inc-import(1), Maps)" : "");
	buf_release(&wrong);
	return result;
}

int
csvsheet_names(struct csvsheet *s, struct fault *f)
{
	struct slice rest = slice_of(s->form.names), name;
	struct slice *names = NULL;
	size_t n = 0, cap = 0;

	while (slice_split(&rest, ',', &name)) {
		names = mem_grow(names, n, &cap, sizeof *names);
		names[n++] = name;
	}
	set_names(s, names, n);
	free(names);
	s->file = "--header";
	return check_names(s, f);
}

/* Columns without a name are called by their number. */
static void
number_columns(struct csvsheet *s, size_t n)
{
	struct buf text = {0};

	s->n = n;
	s->name = arena_new(&s->arena, n * sizeof *s->name);
	for (size_t i = 0; i < n; i++) {
		buf_clear(&text);
		buf_addf(&text, "%zu", i + 1);
		s->name[i].p = arena_copy(&s->arena, text.p, text.n);
		s->name[i].n = text.n;
	}
	buf_release(&text);
}

static bool
is_header(const struct csvsheet *s, const struct slice *field, size_t n)
{
	if (n != s->n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!slice_eq(field[i], s->name[i]))
			return false;
	}
	return true;
}

/*
 * Takes the first record of a file: the header, or what tells the number of
 * columns.  Returns 0, or -1 and the fault.
 */
static int
take_header(struct csvsheet *s, struct fault *f)
{
	const struct slice *field;
	size_t n;
	int got = next_record(s, f);

	if (got < 0)
		return -1;
	if (got == CSVIN_END)
		return fault_at(f, (struct place){.file = s->file},
		    "empty, a %s was expected",
		    s->form.headless ? "record" : "header line");
	if (got == CSVIN_BAD)
		return fault_at(f, here(s), "%s%s",
		    s->form.headless ? "" : "the header: ",
		    csvin_fault(s->csv));
	if (!utf8_is_valid(s->row))
		return fail_not_utf8(s, f);
	field = csvin_fields(s->csv, &n);
	if (s->name != NULL)
		return is_header(s, field, n)
		    ? 0
		    : fault_at(f, here(s), "the header differs from the first");
	if (s->form.headless) {
		number_columns(s, n);
		s->pending = true;
		return 0;
	}
	set_names(s, field, n);
	return check_names(s, f);
}

/*
 * Opens the next operand and takes its header.  Returns 1, 0 when there is
 * no other operand, or -1 and the fault.
 */
static int
next_file(struct csvsheet *s, struct fault *f)
{
	bool headless = s->form.headless || s->form.names != NULL;

	if (s->left == 0)
		return 0;
	s->left--;
	s->line = 0;
	s->file = *s->operands;
	if (!s->opened &&
	    textin_open(&s->in, *s->operands, s->form.encoding, f) < 0)
		return -1;
	s->operands++;
	s->opened = false;
	s->file = s->in.file;
	if (start_file(s, f) < 0)
		return -1;
	if (headless && s->name != NULL)
		return 1;
	return take_header(s, f) < 0 ? -1 : 1;
}

/* Looks at each regular file, as a whole sheet of its own. */
static int
look_ahead(struct csvsheet *s, char *const *operands, size_t n, struct fault *f)
{
	for (size_t i = 0; i < n; i++) {
		int got = input_look(operands[i], f);

		if (got < 0)
			return -1;
		if (got == 0)
			continue;
		s->operands = &operands[i];
		s->left = 1;
		if (next_file(s, f) < 0)
			return -1;
	}
	s->pending = false;
	return 0;
}

int
csvsheet_open(
    struct csvsheet *s, char *const *operands, size_t n, struct fault *f)
{
	struct textin first = s->in;

	s->in = (struct textin){0};
	/* One file is opened at once anyway, and read but once. */
	if (n > 1 && look_ahead(s, operands, n, f) < 0) {
		textin_release(&first);
		return -1;
	}
	textin_release(&s->in);
	s->in = first;
	s->opened = true;
	s->operands = operands;
	s->left = n;
	return next_file(s, f) < 0 ? -1 : 0;
}

/* Whether the columns are called by their numbers. */
static bool
nameless(const struct csvsheet *s)
{
	return s->form.headless && s->form.names == NULL;
}

static int
bad_number(const struct csvsheet *s, size_t n, struct fault *f)
{
	fault_at(f, here(s), "%zu field%s, the %s %zu", n, n == 1 ? "" : "s",
	    nameless(s) ? "first record has" : "header names", s->n);
	if (n < s->n && !nameless(s))
		buf_addf(
		    &f->text, " ('%.*s' is missing)", SLICE_ARG(s->name[n]));
	return CSVSHEET_BAD;
}

/* Judges the record just read; 0 where it is passed over. */
static int
check_record(struct csvsheet *s, int got, struct fault *f)
{
	size_t n;

	if (got == CSVIN_BAD) {
		fault_at(f, here(s), "%s", csvin_fault(s->csv));
		return CSVSHEET_BAD;
	}
	s->field = csvin_fields(s->csv, &n);
	if (s->n > 1 && s->row.n == 0)
		return 0;
	if (!csvin_is_ascii(s->csv) && !utf8_is_valid(s->row)) {
		fail_not_utf8(s, f);
		return CSVSHEET_BAD;
	}
	if (n != s->n)
		return bad_number(s, n, f);
	if (!s->form.headless && s->form.names == NULL &&
	    is_header(s, s->field, n))
		return 0;
	return CSVSHEET_ROW;
}

int
csvsheet_next(struct csvsheet *s, struct fault *f)
{
	for (;;) {
		int got = CSVIN_RECORD;

		if (!s->pending)
			got = next_record(s, f);
		if (s->no_wait && (got == CSVIN_MORE || got == CSVIN_END))
			return CSVSHEET_MORE;
		s->pending = false;
		if (got < 0)
			return CSVSHEET_FAILED;
		if (got == CSVIN_END) {
			got = next_file(s, f);
			if (got <= 0)
				return got; /* CSVSHEET_END or CSVSHEET_FAILED
					     */
			continue;
		}
		got = check_record(s, got, f);
		if (got != 0)
			return got;
	}
}

void
csvsheet_release(struct csvsheet *s)
{
	textin_release(&s->in);
	csvin_free(s->csv);
	arena_release(&s->arena);
}
