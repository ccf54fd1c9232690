#include "decision.h"

#include "dir.h"

#define LEN(array) (sizeof(array) / sizeof *(array))

#define TREE                                      \
	"node\trow\twhen\tnext\tpriority\tcode\n" \
	"start\t\timpact = 1\t\tP1\tTOP\n"        \
	"start\t\timpact = 2\t\tP2\t\n"           \
	"start\t\timpact = 9\t\tP9\tODD\n"        \
	"start\t\t*\t\t\tLOW\n"

#define TARGETS                        \
	"priority\trespond\tresolve\n" \
	"P1\t15m\t4h\nP2\t1h\t\nP9\t\t\n"

/* When the records were received, and their deadlines. */
#define NINE "2026-03-02T09:00:00Z"
#define RESPOND "2026-03-02T09:15:00Z" /* of P1 */
#define RESOLVE "2026-03-02T13:00:00Z"
#define LATER "2026-03-02T10:00:00Z" /* respond_by of P2 */

/* The columns of the records, as they come in. */
static const char *const names[] = {"received", "impact", "priority",
    "priority_by", "suggested", "code", "respond_by", "resolve_by", "holds",
    "path", "rules", "because"};

#define COLUMNS LEN(names)

static struct pack pack;
static struct decision decision;
static struct columns in, out;
static struct slice field[2 * COLUMNS];
static struct fault fault;

/* Loads the pack that was made, and binds it to the columns.  0, or -1. */
static int
load(const char *prefix, bool explain)
{
	decision = (struct decision){.prefix = prefix, .explain = explain};
	CHECK(pack_open(&pack, dir, "/nowhere", &fault) == 0);
	if (decision_load(&decision, &pack, NULL, &fault) < 0)
		return -1;
	for (size_t i = 0; i < COLUMNS; i++)
		columns_add(&in, slice_of(names[i]));
	columns_add_all(&out, &in);
	return decision_bind(&decision, &in, &out, &pack.known, &fault);
}

static void
done(void)
{
	decision_release(&decision);
	pack_release(&pack);
	columns_release(&in);
	columns_release(&out);
}

/* Gives a column of the record a value. */
static void
set(const char *name, const char *value)
{
	field[columns_find(&in, slice_of(name))] = slice_of(value);
}

/* What a column of the record holds. */
static struct slice
get(const char *name)
{
	size_t at = columns_find(&out, slice_of(name));

	CHECK(at != COLUMNS_NONE);
	return columns_field(field, at);
}

/* An empty record that was received at nine. */
static void
begin(const char *impact)
{
	for (size_t i = 0; i < LEN(field); i++)
		field[i] = slice_of("");
	set("received", NINE);
	set("impact", impact);
}

static void
decide(void)
{
	struct slice came[COLUMNS];

	memcpy(came, field, sizeof came);
	decision_record(&decision, came, field);
}

static void
a_person_s_priority_is_kept(void)
{
	static const struct {
		const char *impact, *is, *by, *suggested; /* the record */
		const char *becomes, *then_by, *suggests;
	} row[] = {
	    /* Nobody has set one. */
	    {"1", "", "", "", "P1", "rules", ""},
	    {"1", "\\N", "", "", "P1", "rules", ""},
	    {"1", "", "anna", "", "P1", "rules", ""},
	    {"3", "", "", "", "", "", ""},
	    /* The rules have. */
	    {"1", "P2", "rules", "", "P1", "rules", ""},
	    {"1", "P2", "rules", "P3", "P1", "rules", "\\N"},
	    {"3", "P2", "rules", "P3", "P2", "rules", "\\N"},
	    /* Somebody has. */
	    {"1", "P2", "anna", "", "P2", "anna", "P1"},
	    {"1", "P2", "", "", "P2", "", "P1"},
	    {"1", "P1", "anna", "P2", "P1", "anna", "P1"},
	    {"3", "P2", "anna", "P1", "P2", "anna", "P1"},
	};

	CHECK(load(NULL, false) == 0);
	for (size_t i = 0; i < LEN(row); i++) {
		begin(row[i].impact);
		set("priority", row[i].is);
		set("priority_by", row[i].by);
		set("suggested", row[i].suggested);
		decide();
		CHECK_SLICE(get("priority"), row[i].becomes);
		CHECK_SLICE(get("priority_by"), row[i].then_by);
		CHECK_SLICE(get("suggested"), row[i].suggests);
	}
	done();
}

static void
another_output_is_set_where_it_is_empty_or_the_rules_own(void)
{
	static const struct {
		const char *impact, *path, *rules, *is, *becomes;
	} row[] = {
	    {"1", "", "", "", "TOP"},
	    {"1", "", "", "\\N", "TOP"},
	    {"1", "", "", "LOW", "LOW"},
	    {"1", "start.4", "small 1", "LOW", "TOP"},
	    {"1", "start.4", "", "LOW", "LOW"},        /* not decided yet */
	    {"1", "start.4", "small 1", "MY", "MY"},   /* set since */
	    {"2", "start.4", "small 1", "LOW", "LOW"}, /* says nothing */
	    {"1", "start.77", "small 1", "LOW", "LOW"},
	};

	CHECK(load(NULL, false) == 0);
	for (size_t i = 0; i < LEN(row); i++) {
		begin(row[i].impact);
		set("path", row[i].path);
		set("rules", row[i].rules);
		set("code", row[i].is);
		decide();
		CHECK_SLICE(get("code"), row[i].becomes);
		CHECK_SLICE(get("rules"), "small 1");
	}
	done();
}

static void
deadlines_are_those_of_the_priority_unless_somebody_s(void)
{
	static const struct {
		const char *received, *priority, *holds, *rules;
		const char *respond, *resolve;       /* the record */
		const char *respond_by, *resolve_by; /* then */
		bool untargeted;
		unsigned unreadable;
	} row[] = {
	    {NINE, "P1", "", "", "", "", RESPOND, RESOLVE, false, 0},
	    {NINE, "P2", "", "", "", "", LATER, "", false, 0},
	    {NINE, "P9", "", "", "", "", "", "", false, 0},
	    {NINE, "P7", "", "", "", "", "", "", true, 0},
	    /* The rules' own follows the priority, a person's stays. */
	    {NINE, "P1", "", "small 1", LATER, "", RESPOND, RESOLVE, false, 0},
	    {NINE, "P2", "", "small 1", RESPOND, RESOLVE, LATER, "\\N", false,
		0},
	    {NINE, "P1", "", "", LATER, "", LATER, RESOLVE, false, 0},
	    {NINE, "P1", "", "small 1", "2026-03-02T11:11:00Z", "",
		"2026-03-02T11:11:00Z", RESOLVE, false, 0},
	    /* A hold puts them off; while it lasts there is none. */
	    {NINE, "P1", "2026-03-02T09:05:00Z/2026-03-02T09:10:00Z", "", "",
		"", "2026-03-02T09:20:00Z", "2026-03-02T13:05:00Z", false, 0},
	    {NINE, "P1", "2026-03-02T09:05:00Z/", "small 1", RESPOND, RESOLVE,
		"\\N", "\\N", false, 0},
	    /* What can't be read is counted. */
	    {"", "P1", "", "", "", "", "", "", false, 0},
	    {"soon", "P1", "", "", "", "", "", "", false, 1},
	    {"soon", "P1", "junk", "small 1", LATER, "", LATER, "", false, 2},
	};

	CHECK(load(NULL, false) == 0);
	for (size_t i = 0; i < LEN(row); i++) {
		decision.unreadable = 0;
		begin("3");
		set("received", row[i].received);
		set("priority", row[i].priority);
		set("priority_by", "anna");
		set("holds", row[i].holds);
		set("rules", row[i].rules);
		set("respond_by", row[i].respond);
		set("resolve_by", row[i].resolve);
		decide();
		CHECK_SLICE(get("respond_by"), row[i].respond_by);
		CHECK_SLICE(get("resolve_by"), row[i].resolve_by);
		CHECK(decision.untargeted == row[i].untargeted);
		CHECK(decision.unreadable == row[i].unreadable);
	}
	done();
}

static void
with_a_prefix_the_rules_answer_beside_what_is_there(void)
{
	CHECK(load("r.", false) == 0);
	CHECK(columns_find(&out, slice_of("r.priority_by")) == COLUMNS_NONE);
	CHECK(columns_find(&out, slice_of("r.suggested")) == COLUMNS_NONE);
	CHECK(columns_find(&out, slice_of("r.rules")) == COLUMNS_NONE);
	begin("1");
	set("priority", "P2");
	set("priority_by", "anna");
	set("respond_by", LATER);
	decide();
	CHECK_SLICE(get("r.priority"), "P1");
	CHECK_SLICE(get("r.code"), "TOP");
	CHECK_SLICE(get("r.respond_by"), RESPOND);
	CHECK_SLICE(get("r.resolve_by"), RESOLVE);
	CHECK_SLICE(get("r.path"), "start.1");
	CHECK_SLICE(get("priority"), "P2");
	CHECK_SLICE(get("priority_by"), "anna");
	CHECK_SLICE(get("suggested"), "");
	CHECK_SLICE(get("code"), "");
	CHECK_SLICE(get("respond_by"), LATER);
	CHECK_SLICE(get("path"), "");
	/* Nothing of the last record stays. */
	begin("3");
	decide();
	CHECK_SLICE(get("r.priority"), "");
	CHECK_SLICE(get("r.code"), "LOW");
	CHECK_SLICE(get("r.respond_by"), "");
	done();
}

static void
reasons_are_given_where_asked_and_else_follow_the_path(void)
{
	static const struct {
		bool explain;
		const char *path, *is, *becomes;
	} row[] = {
	    {false, "start.1", "old", "old"},
	    {false, "start.2", "old", "\\N"},
	    {false, "start.2", "", ""},
	    {true, "start.1", "old",
		"triage.tsv:2 impact=1; respond_by 15m: "
		"Mon 2026-03-02 15m; resolve_by 4h: Mon 2026-03-02 4h"},
	};

	for (size_t i = 0; i < LEN(row); i++) {
		CHECK(load(NULL, row[i].explain) == 0);
		begin("1");
		set("path", row[i].path);
		set("because", row[i].is);
		decide();
		CHECK_SLICE(get("because"), row[i].becomes);
		done();
	}
}

static void
a_tree_that_can_t_be_is_refused_with_its_place(void)
{
	static const struct {
		const char *head, *row, *prefix, *want;
	} row[] = {
	    {"suggested", "x", NULL,
		"/triage.tsv:1:20: a tree can't set "
		"'suggested'"},
	    {"respond_by", "x", NULL,
		"/triage.tsv:1:20: a tree can't set "
		"'respond_by'"},
	    {"priority", "P8", NULL,
		"/triage.tsv:2:11: priority 'P8' has no target in "},
	    {"by", "x", "priority_",
		"--prefix 'priority_' would overwrite 'priority_by'"},
	};

	for (size_t i = 0; i < LEN(row); i++) {
		struct buf text = {0};
		struct slice got;

		buf_addf(&text, "node\trow\twhen\tnext\t%s\nstart\t\t*\t\t%s\n",
		    row[i].head, row[i].row);
		dir_put("triage.tsv", buf_str(&text));
		CHECK(load(row[i].prefix, false) == -1);
		got = buf_slice(&fault.text);
		if (slice_starts(got, dir)) {
			got.p += strlen(dir);
			got.n -= strlen(dir);
		}
		CHECK(slice_starts(got, row[i].want));
		buf_release(&text);
		done();
	}
}

int
main(void)
{
	dir_begin();
	dir_put("pack.tsv", "name\tversion\nsmall\t1\n");
	dir_put("triage.tsv", TREE);
	dir_put("targets.tsv", TARGETS);
	RUN(a_person_s_priority_is_kept);
	RUN(another_output_is_set_where_it_is_empty_or_the_rules_own);
	RUN(deadlines_are_those_of_the_priority_unless_somebody_s);
	RUN(with_a_prefix_the_rules_answer_beside_what_is_there);
	RUN(reasons_are_given_where_asked_and_else_follow_the_path);
	RUN(a_tree_that_can_t_be_is_refused_with_its_place);
	fault_release(&fault);
	dir_end();
	return test_done();
}
