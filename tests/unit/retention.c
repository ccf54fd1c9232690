#include "retention.h"

#include "dir.h"
#include "times.h"

static struct incidents all;
static struct fault fault;

/* Says something of an incident, later than all before. */
static void
say(const char *id, const char *column, const char *value)
{
	static uint64_t seq;
	struct slice field = slice_of(value);
	size_t place = incidents_column(&all, slice_of(column));
	struct entry entry = {.seq = seq + 1,
	    .updated = {(int64_t)seq + 1, 0},
	    .id = slice_of(id),
	    .event = slice_of("updated"),
	    .field = &field,
	    .column = &place,
	    .n = 1};

	incidents_fold(&all, &entry);
	seq++;
}

/*
 * By which rule of a table an incident is kept, and until when: "name time";
 * "never"; or what is wrong with the table.
 */
static const char *
kept(const char *rows, const char *id)
{
	static struct buf text;
	struct retention r = {0};
	struct pack p = {0};
	const struct retention_rule *rule;
	struct stamp until;

	buf_clear(&text);
	buf_addf(&text, "regulation\twhen\tfrom\tlimit\tretain\n%s", rows);
	dir_put("p/regulations.tsv", buf_str(&text));
	buf_clear(&text);
	CHECK(pack_open(&p, in_dir("p"), dir, &fault) == 0);
	if (retention_load(&r, &p, &fault) < 0 ||
	    retention_bind(&r, &all.columns, &p.known, &fault) < 0) {
		buf_add_slice(&text, fault_reason(&fault));
	} else {
		rule = retention_of(&r, &all,
		    &all.list[incidents_find(&all, slice_of(id))], &until);
		if (rule == NULL) {
			buf_add_str(&text, "never");
		} else {
			buf_addf(&text, "%.*s ", SLICE_ARG(rule->name));
			stamp_add(&text, until);
		}
	}
	retention_release(&r);
	pack_release(&p);
	return buf_str(&text);
}

static void
it_counts_from_closed_in_the_packs_zone(void)
{
	CHECK_SLICE(
	    slice_of(kept("a\t*\t\t\t1mo\n", "A")), "a 2026-02-28T10:00:00Z");
	/* By the clock on the wall, which is put forward in March. */
	CHECK_SLICE(
	    slice_of(kept("a\t*\t\t\t3mo\n", "A")), "a 2026-04-30T09:00:00Z");
	CHECK_SLICE(
	    slice_of(kept("a\t\t\t\t2d\n", "A")), "a 2026-02-02T10:00:00Z");
	CHECK_SLICE(slice_of(kept("a\t\treceived\t72h\t1d\n", "A")),
	    "a 2026-02-01T10:00:00Z");
}

static void
without_a_limit_it_counts_from_another_column(void)
{
	CHECK_SLICE(slice_of(kept("a\t*\treceived\t\t1d\n", "A")),
	    "a 2026-01-02T10:00:00Z");
	CHECK_SLICE(slice_of(kept("a\t*\tresolved\t\t1d\n", "A")), "never");
}

static void
the_longest_that_holds_counts(void)
{
	CHECK_SLICE(slice_of(kept("a\t*\t\t\t1d\n"
				  "b\tstate = x\t\t\t3d\n"
				  "c\tstate = y\t\t\t9d\n"
				  "d\t*\t\t\t\n"
				  "e\t*\t\t\t2d\n",
			"A")),
	    "b 2026-02-03T10:00:00Z");
	/* Where one of them can't be told, none is. */
	CHECK_SLICE(slice_of(kept("a\t*\t\t\t1d\n"
				  "b\t*\tresolved\t\t1d\n",
			"A")),
	    "never");
}

static void
what_is_open_held_or_meant_by_none_never_expires(void)
{
	CHECK_SLICE(slice_of(kept("a\t*\t\t\t1d\n", "open")), "never");
	CHECK_SLICE(slice_of(kept("a\t*\t\t\t1d\n", "odd")), "never");
	CHECK_SLICE(slice_of(kept("a\tstate = y\t\t\t1d\n", "A")), "never");
	CHECK_SLICE(slice_of(kept("", "A")), "never");
	say("A", "legal_hold", "case 7");
	CHECK(retention_held(&all, &all.list[0]));
	CHECK_SLICE(slice_of(kept("a\t*\t\t\t1d\n", "A")), "never");
	say("A", "legal_hold", "\\N");
	CHECK_SLICE(
	    slice_of(kept("a\t*\t\t\t1d\n", "A")), "a 2026-02-01T10:00:00Z");
}

static void
what_cant_be_read_is_refused(void)
{
	CHECK_SLICE(slice_of(kept("a\t*\t\t\tsoon\n", "A")),
	    "'soon': a time to keep was expected, such as 72mo or 90d");
	CHECK_SLICE(slice_of(kept("a\t*\t\t\t9wd\n", "A")),
	    "'9wd': what is kept is kept on all days: mo, cd or d was "
	    "expected");
	CHECK_SLICE(slice_of(kept("a\tstat = x\t\t\t1d\n", "A")),
	    "unknown column 'stat' (did you mean 'state'?)");
}

int
main(void)
{
	dir_begin();
	dir_make("p");
	dir_put("p/pack.tsv", "name\tzone\nx\tEurope/London\n");
	say("A", "received", "2026-01-01T10:00:00Z");
	say("A", "closed", "2026-01-31T10:00:00Z");
	say("A", "state", "x");
	say("open", "received", "2026-01-01T10:00:00Z");
	say("odd", "closed", "yesterday");
	RUN(it_counts_from_closed_in_the_packs_zone);
	RUN(without_a_limit_it_counts_from_another_column);
	RUN(the_longest_that_holds_counts);
	RUN(what_is_open_held_or_meant_by_none_never_expires);
	RUN(what_cant_be_read_is_refused);
	incidents_release(&all);
	fault_release(&fault);
	dir_end();
	return test_done();
}
