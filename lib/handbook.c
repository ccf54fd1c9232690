#include "handbook.h"

#include "files.h"
#include "inert.h"
#include "table.h"

/* The tables in the order of the handbook, and what their rows are called. */
static const struct section {
	const char *table;
	const char *about;
	const char *name[2]; /* the columns of a row's heading; or empty */
	bool asked; /* it names people: printed where it is asked for */
} sections[] = {
    {"services", "what the centre does for whom, and where it stops",
	{"service", ""}, false},
    {"call", "what a caller is asked, and what comes next", {"node", "row"},
	false},
    {"fields", "what is recorded", {"name", ""}, false},
    {"triage", "how an incident is assessed", {"node", "row"}, false},
    {"targets", "within what time an incident is dealt with", {"priority", ""},
	false},
    {"calendars", "when the clocks run", {"calendar", ""}, false},
    {"holidays", "days on which they run otherwise", {"holidays", "date"},
	false},
    {"levels", "who leads at which level", {"level", ""}, false},
    {"escalation", "the boundaries at which the level rises or falls",
	{"boundary", ""}, false},
    {"routes", "who is told what", {"reason", ""}, false},
    {"channels", "by which media", {"medium", ""}, false},
    {"wording", "in which words", {"", ""}, false},
    {"codes", "what codes mean, and how they are said; the first ranks highest",
	{"field", "code"}, false},
    {"advice", "what may be said to a contact, what not, and who else knows",
	{"advice", ""}, false},
    {"resources", "what can be sent", {"resource", ""}, false},
    {"response", "what is sent for which code, from which level on",
	{"code", "level"}, false},
    {"regulations", "duties: who must be told of what, within what time",
	{"regulation", ""}, false},
    {"roster", "who is on duty when", {"role", "party"}, true},
    {"directory", "how people are reached", {"party", "medium"}, true},
};

#define LABEL 14 /* characters before a value, the indent not counted */

/* ---- text ---- */

static void
indent(struct buf *out, size_t n)
{
	while (n-- > 0)
		buf_add_char(out, ' ');
}

/* Adds words that start at a column, and go on below it. */
static void
add_words(struct handbook *h, struct slice text, size_t from)
{
	size_t at = from;
	struct slice word;

	while (slice_word(&text, &word)) {
		size_t n = slice_characters(word);

		if (at > from && at + 1 + n > h->width) {
			buf_add_char(&h->out, '\n');
			indent(&h->out, from);
			at = from;
		} else if (at > from) {
			buf_add_char(&h->out, ' ');
			at++;
		}
		inert_add(&h->out, word);
		at += n;
	}
	buf_add_char(&h->out, '\n');
}

/* "    must not say  WORDS" */
static void
add_line(struct handbook *h, struct slice label, struct slice text)
{
	size_t n = slice_characters(label);
	struct slice part;

	indent(&h->out, 4);
	for (bool more = false; slice_split(&label, '_', &part); more = true) {
		if (more)
			buf_add_char(&h->out, ' ');
		inert_add(&h->out, part);
	}
	indent(&h->out, n < LABEL ? LABEL - n : 1);
	add_words(h, text, 4 + (n < LABEL ? LABEL : n + 1));
}

static void
add_title(struct handbook *h, const struct section *s)
{
	if (h->out.n > 0)
		buf_add_char(&h->out, '\n');
	for (const char *p = s->table; *p != '\0'; p++)
		buf_add_char(&h->out,
		    (char)(*p >= 'a' && *p <= 'z' ? *p - 'a' + 'A' : *p));
	buf_addf(&h->out, ": %s\n", s->about);
}

/* ---- tables ---- */

static bool
is_condition(struct slice column)
{
	return slice_is(column, "when") || slice_is(column, "required") ||
	    slice_is(column, "pattern");
}

/* What a cell says, conditions as they are written and codes with words. */
static struct slice
cell_text(struct handbook *h, struct table_row *row, size_t at)
{
	struct slice column = row->table->columns.name[at], text, word;

	if (is_condition(column)) {
		text = slice_trim(row->cell[at]);
		return slice_is(text, "*") ? slice_of("always") : text;
	}
	text = table_text_at(row, at);
	word = codes_word(&h->codes, column, text);
	if (slice_eq(word, text))
		return text;
	buf_clear(&h->text);
	buf_addf(&h->text, "%.*s (%.*s)", SLICE_ARG(text), SLICE_ARG(word));
	return buf_slice(&h->text);
}

static bool
names_row(const struct section *s, struct slice column)
{
	return slice_is(column, s->name[0]) || slice_is(column, s->name[1]);
}

/* A row of a tree that has no name is called by its number in its node. */
static void
add_heading(struct handbook *h, const struct section *s, struct table_row *row,
    size_t n)
{
	struct slice second = table_text(row, s->name[1]);
	bool tree = slice_is(slice_of(s->name[0]), "node");

	buf_add_str(&h->out, "\n  ");
	inert_add(&h->out, table_text(row, s->name[0]));
	if (second.n > 0 || tree)
		buf_add_char(&h->out, tree ? '.' : ' ');
	if (second.n > 0)
		inert_add(&h->out, second);
	else if (tree)
		buf_addf(&h->out, "%zu", n);
	buf_add_char(&h->out, '\n');
}

static void
add_rows(struct handbook *h, const struct section *s, struct table *t)
{
	struct slice before = {"", 0};
	size_t n = 0; /* of the row among those with its first name */

	for (size_t i = 0; i < t->n; i++) {
		struct slice first = table_text(&t->row[i], s->name[0]);

		n = slice_eq(first, before) ? n + 1 : 1;
		before = first;
		add_heading(h, s, &t->row[i], n);
		for (size_t j = 0; j < t->columns.n; j++) {
			struct slice text = cell_text(h, &t->row[i], j);

			if (text.n > 0 && !names_row(s, t->columns.name[j]))
				add_line(h, t->columns.name[j], text);
		}
	}
}

/* ---- the agreed words ---- */

/* Adds the words of a file, line by line. */
static int
add_file(struct handbook *h, struct slice medium, struct slice name,
    const char *path, struct fault *f)
{
	struct buf text = {0};
	struct slice rest, line;
	int got = file_check_regular(path, f);

	if (got == 0)
		got = file_read(path, TABLE_MAX_BYTES, &text, f);
	if (got == 0) {
		rest = slice_trim(buf_slice(&text));
		buf_addf(&h->out, "\n  %.*s by %.*s\n", SLICE_ARG(name),
		    SLICE_ARG(medium));
		while (slice_split(&rest, '\n', &line)) {
			indent(&h->out, line.n > 0 ? 4 : 0);
			add_words(h, line, 4);
		}
	}
	buf_release(&text);
	return got;
}

static int
add_medium(struct handbook *h, struct slice medium, struct fault *f)
{
	struct buf dir = {0};
	struct columns names = {0};
	int got;

	buf_addf(&dir, "wording/%.*s", SLICE_ARG(medium));
	got = pack_names(h->pack, buf_str(&dir), &names, f);
	for (size_t i = 0; got == 0 && i < names.n; i++) {
		struct slice name = names.name[i];
		struct buf file = {0};
		const char *path;

		buf_addf(&file, "%s/%.*s", buf_str(&dir), SLICE_ARG(name));
		path = pack_file(h->pack, buf_str(&file));
		if (path != NULL && slice_ends(name, ".txt"))
			got = add_file(h, medium,
			    (struct slice){name.p, name.n - 4}, path, f);
		buf_release(&file);
	}
	columns_release(&names);
	buf_release(&dir);
	return got;
}

/* The words by each medium.  As add_section() below. */
static int
add_wording(struct handbook *h, const struct section *s, struct fault *f)
{
	struct table *t;
	struct columns media = {0}; /* one may have several rows */
	size_t before = h->out.n, title;
	int got = pack_table(h->pack, "channels", &t, f);

	if (got <= 0)
		return got;
	add_title(h, s);
	title = h->out.n;
	for (size_t i = 0; i < t->n; i++)
		columns_add(&media, table_text(&t->row[i], "medium"));
	for (size_t i = 0; got > 0 && i < media.n; i++) {
		if (add_medium(h, media.name[i], f) < 0)
			got = -1;
	}
	columns_release(&media);
	if (got > 0 && h->out.n == title) {
		h->out.n = before;
		return 0;
	}
	return got;
}

/* Returns 1, 0 where the procedures have no such table, or -1 and the fault. */
static int
add_section(struct handbook *h, const struct section *s, struct fault *f)
{
	struct table *t;
	int got;

	if (slice_is(slice_of(s->table), "wording"))
		return add_wording(h, s, f);
	got = pack_table(h->pack, s->table, &t, f);
	if (got > 0) {
		add_title(h, s);
		add_rows(h, s, t);
	}
	return got;
}

/* ---- the handbook ---- */

/* The section of a table.  Returns it, or NULL and the fault. */
static const struct section *
find(const char *table, struct fault *f)
{
	struct slice names[LEN(sections)];

	for (size_t i = 0; i < LEN(sections); i++) {
		if (slice_is(slice_of(table), sections[i].table))
			return &sections[i];
		names[i] = slice_of(sections[i].table);
	}
	fault_at(f, (struct place){0}, "there is no table '%s'", table);
	fault_suggest(f, slice_of(table), names, LEN(names));
	return NULL;
}

int
handbook_open(
    struct handbook *h, struct pack *pack, size_t width, struct fault *f)
{
	struct table *t;
	int got;

	*h = (struct handbook){.pack = pack, .width = width};
	got = pack_table(pack, "codes", &t, f);
	if (got > 0)
		got = codes_load(&h->codes, t, f);
	return got;
}

int
handbook_table(struct handbook *h, const char *table, struct fault *f)
{
	const struct section *s = find(table, f);

	return s != NULL ? add_section(h, s, f) : -1;
}

int
handbook_whole(struct handbook *h, struct fault *f)
{
	buf_addf(&h->out, "Procedures %.*s\n", SLICE_ARG(h->pack->rules));
	for (size_t i = 0; i < LEN(sections); i++) {
		if (!sections[i].asked && add_section(h, &sections[i], f) < 0)
			return -1;
	}
	return 0;
}

void
handbook_release(struct handbook *h)
{
	codes_release(&h->codes);
	buf_release(&h->out);
	buf_release(&h->text);
}
