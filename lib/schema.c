#include "schema.h"

#include <string.h>

#include "buf.h"

static const struct slice pack_columns[] = {SLICE("name"), SLICE("version"),
    SLICE("zone"), SLICE("id_prefix"), SLICE("language")};
static const struct slice services[] = {SLICE("service"), SLICE("name"),
    SLICE("what"), SLICE("calendar"), SLICE("limit"), SLICE("referral")};
static const struct slice fields[] = {SLICE("name"), SLICE("label"),
    SLICE("type"), SLICE("required"), SLICE("pattern"), SLICE("values"),
    SLICE("personal"), SLICE("help"), SLICE("longest")};
static const struct slice trees[] = {SLICE("node"), SLICE("when"), SLICE("row"),
    SLICE("ask"), SLICE("field"), SLICE("next"), SLICE("note")};
static const struct slice targets[] = {SLICE("priority"), SLICE("meaning"),
    SLICE("respond"), SLICE("resolve"), SLICE("calendar"), SLICE("tell")};
static const struct slice calendars[] = {SLICE("calendar"), SLICE("zone"),
    SLICE("days"), SLICE("windows"), SLICE("holidays")};
static const struct slice holidays[] = {
    SLICE("holidays"), SLICE("date"), SLICE("what"), SLICE("windows")};
static const struct slice escalation[] = {SLICE("boundary"), SLICE("when"),
    SLICE("level"), SLICE("direction"), SLICE("from"), SLICE("after"),
    SLICE("calendar"), SLICE("until"), SLICE("role"), SLICE("repeat"),
    SLICE("note")};
static const struct slice levels[] = {
    SLICE("level"), SLICE("role"), SLICE("name"), SLICE("command")};
static const struct slice directory[] = {SLICE("party"), SLICE("medium"),
    SLICE("address"), SLICE("name"), SLICE("organisation"), SLICE("prefer"),
    SLICE("calendar"), SLICE("language")};
static const struct slice roster[] = {SLICE("role"), SLICE("party"),
    SLICE("from"), SLICE("until"), SLICE("days"), SLICE("windows"),
    SLICE("zone"), SLICE("order")};
static const struct slice routes[] = {SLICE("reason"), SLICE("when"),
    SLICE("to"), SLICE("wording"), SLICE("tell"), SLICE("per"), SLICE("repeat"),
    SLICE("ack"), SLICE("due"), SLICE("wake"), SLICE("hold_until")};
static const struct slice channels[] = {SLICE("medium"), SLICE("kind"),
    SLICE("limit"), SLICE("charset"), SLICE("delay"), SLICE("cost"),
    SLICE("tell"), SLICE("calendar"), SLICE("deliver"), SLICE("form"),
    SLICE("timeout"), SLICE("failures"), SLICE("acknowledge"),
    SLICE("throttle")};
static const struct slice codes[] = {SLICE("field"), SLICE("code"),
    SLICE("word"), SLICE("spoken"), SLICE("map")};
static const struct slice advice[] = {SLICE("advice"), SLICE("when"),
    SLICE("say"), SLICE("must_not_say"), SLICE("limit"), SLICE("roles"),
    SLICE("referral"), SLICE("closing"), SLICE("source"), SLICE("dated"),
    SLICE("review_by")};
static const struct slice resources[] = {SLICE("resource"), SLICE("name"),
    SLICE("capability"), SLICE("base"), SLICE("latitude"), SLICE("longitude"),
    SLICE("speed"), SLICE("calendar")};
static const struct slice response[] = {SLICE("code"), SLICE("level"),
    SLICE("capability"), SLICE("count"), SLICE("within")};
static const struct slice regulations[] = {SLICE("regulation"), SLICE("when"),
    SLICE("from"), SLICE("limit"), SLICE("event"), SLICE("to"), SLICE("retain"),
    SLICE("source"), SLICE("dated")};
static const struct slice cases[] = {SLICE("case"), SLICE("now")};

static const struct schema schemas[] = {
    {"pack", pack_columns, LEN(pack_columns), 1, SCHEMA_NONE},
    {"services", services, LEN(services), 1, SCHEMA_NONE},
    {"fields", fields, LEN(fields), 1, SCHEMA_NONE},
    {"call", trees, LEN(trees), 2, SCHEMA_OUTPUTS},
    {"triage", trees, LEN(trees), 2, SCHEMA_OUTPUTS},
    {"targets", targets, LEN(targets), 1, SCHEMA_NONE},
    {"calendars", calendars, LEN(calendars), 1, SCHEMA_NONE},
    {"holidays", holidays, LEN(holidays), 2, SCHEMA_NONE},
    {"escalation", escalation, LEN(escalation), 4, SCHEMA_NONE},
    {"levels", levels, LEN(levels), 2, SCHEMA_NONE},
    {"directory", directory, LEN(directory), 3, SCHEMA_NONE},
    {"roster", roster, LEN(roster), 2, SCHEMA_NONE},
    {"routes", routes, LEN(routes), 4, SCHEMA_NONE},
    {"channels", channels, LEN(channels), 1, SCHEMA_NONE},
    {"codes", codes, LEN(codes), 2, SCHEMA_NONE},
    {"advice", advice, LEN(advice), 3, SCHEMA_NONE},
    {"resources", resources, LEN(resources), 1, SCHEMA_NONE},
    {"response", response, LEN(response), 3, SCHEMA_NONE},
    {"cases", cases, LEN(cases), 2, SCHEMA_CASES},
    {"regulations", regulations, LEN(regulations), 4, SCHEMA_NONE},
};

const struct schema *
schema_list(size_t *n)
{
	*n = LEN(schemas);
	return schemas;
}

bool
schema_is_output(struct slice column)
{
	for (size_t i = 0; i < LEN(trees); i++) {
		if (slice_eq(column, trees[i]))
			return false;
	}
	return true;
}

/* An output must not look like a slip of the pen for what is known. */
static int
check_outputs(const struct schema *s, const struct table *t,
    const struct columns *known, struct fault *f)
{
	struct columns all = {0};
	int result = 0;

	columns_add_all(&all, known);
	for (size_t i = 0; i < s->n; i++)
		columns_add(&all, s->column[i]);
	for (size_t i = 0; i < t->columns.n && result == 0; i++) {
		struct slice meant = columns_meant(&all, t->columns.name[i]);

		if (meant.n == 0)
			continue;
		fault_at(f, table_header_place(t, i),
		    "unknown column '%.*s' (did you mean '%.*s'?)",
		    SLICE_ARG(t->columns.name[i]), SLICE_ARG(meant));
		result = fault_keep(f);
	}
	columns_release(&all);
	return result;
}

/* That the first columns of the schema are there. */
static int
check_required(const struct schema *s, const struct table *t, struct fault *f)
{
	for (size_t i = 0; i < s->required; i++) {
		if (columns_find(&t->columns, s->column[i]) == COLUMNS_NONE)
			return fault_at(f, table_header_line(t),
			    "no column '%.*s'", SLICE_ARG(s->column[i]));
	}
	return 0;
}

int
schema_check(const char *name, const struct table *t,
    const struct columns *known, struct fault *f)
{
	const struct schema *s = NULL;

	for (size_t i = 0; i < LEN(schemas) && s == NULL; i++) {
		if (strcmp(schemas[i].table, name) == 0)
			s = &schemas[i];
	}
	if (s == NULL)
		return 0;
	if (s->others == SCHEMA_NONE)
		return table_check(t, s->column, s->n, s->required, f);
	if (s->others == SCHEMA_OUTPUTS && check_outputs(s, t, known, f) < 0)
		return -1;
	return check_required(s, t, f);
}

/* ---- files ---- */

/* Sets out to the same in small letters. */
static struct slice
lower(struct slice s, struct buf *out)
{
	for (size_t i = 0; i < s.n; i++) {
		bool capital = s.p[i] >= 'A' && s.p[i] <= 'Z';

		buf_add_char(
		    out, (char)(capital ? s.p[i] + 'a' - 'A' : s.p[i]));
	}
	return buf_slice(out);
}

/* Takes off what a browser adds to a file that is there: " (1)". */
static struct slice
without_count(struct slice base)
{
	size_t n = base.n;

	if (n == 0 || base.p[n - 1] != ')')
		return base;
	for (n--; n > 0 && slice_is_digit(base.p[n - 1]); n--)
		;
	if (n < 2 || base.p[n - 1] != '(' || base.p[n - 2] != ' ')
		return base;
	return (struct slice){base.p, n - 2};
}

/* The table that a name is, or with near is one slip away from. */
static bool
find_table(struct slice base, bool near, struct slice *table)
{
	for (size_t i = 0; i < LEN(schemas); i++) {
		*table = slice_of(schemas[i].table);
		if (slice_eq(base, *table) ||
		    (near && slice_distance(base, *table) == 1))
			return true;
	}
	return false;
}

static bool
is_table_ending(struct slice ending)
{
	return slice_is(ending, "tsv") || slice_is(ending, "csv");
}

/* The same for names in small letters, of what is no table by its own. */
static enum schema_file
file_meant(struct slice base, struct slice ending, struct slice *table)
{
	static const char *const sources[] = {"txt", "xlsx", "xls", "ods"};

	if (is_table_ending(ending))
		return find_table(without_count(base), true, table)
		    ? SCHEMA_MEANT
		    : SCHEMA_OTHER;
	for (size_t i = 0; i < LEN(sources); i++) {
		if (slice_is(ending, sources[i]) &&
		    find_table(base, false, table))
			return SCHEMA_SOURCE;
	}
	return SCHEMA_OTHER;
}

enum schema_file
schema_file(struct slice file, struct slice *table)
{
	struct slice ending = {"", 0}, base = file;
	struct buf small = {0}, type = {0};
	enum schema_file kind;

	for (size_t i = file.n; i > 0 && ending.n == 0; i--) {
		if (file.p[i - 1] != '.')
			continue;
		ending = slice_from(file, i);
		base.n = i - 1;
	}
	if (is_table_ending(ending) && find_table(base, false, table))
		return SCHEMA_TABLE;
	kind = file_meant(lower(base, &small), lower(ending, &type), table);
	buf_release(&small);
	buf_release(&type);
	return kind;
}
