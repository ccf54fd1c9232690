#include "judge.h"

#include "escalation.h"
#include "times.h"

/* A desk: clocks, circumstances and a way down. */
#define DESK                                                                 \
	"slow\tpriority = P1\treceived\t15m\t\tacknowledged resolved\tup\t1" \
	"\t\t\tnobody took it\n"                                             \
	"slower\tpriority = P1\treceived\t30m\t\tacknowledged resolved\tup"  \
	"\t2\n"                                                              \
	"half\tpriority in P1 P2\treceived\t50% resolve\ttarget\tresolved"   \
	"\tup\t1\n"                                                          \
	"late\t*\treceived\t100% resolve\ttarget\tresolved\tup\t2\n"         \
	"major\tpriority = P1 and reports >= 10\t\t\t\t\tup\t3\tgold\n"      \
	"watch\tcode = SEC\t\t\t\t\tup\t1\n"                                 \
	"calm\tlevel = 3 and reports < 4\t\t\t\t\tdown\t1\t\t\tit calms "    \
	"down\n"

/* Rows that work against each other as much as rows can. */
#define QUARREL                                                             \
	"a\treports > 2\t\t\t\t\tup\t1\n"                                   \
	"b\tlevel = 1 and priority = P1\t\t\t\t\tup\t3\n"                   \
	"c\t*\treceived\t10m\t\t\tup\t2\n"                                  \
	"d\tpriority = P2\tacknowledged\t5m\t\tresolved\tup\t3\n"           \
	"e\tlevel >= 2 and code = SEC and not reports > 2\t\t\t\t\tdown\t1" \
	"\n"                                                                \
	"f\tlevel = 1 and code = SEC and not reports > 2\t\t\t\t\tdown\t0"  \
	"\n"

static const char *const names[] = {"received", "priority", "code", "reports",
    "acknowledged", "resolved", "closed", "parent", "vanished", "holds",
    "level", "level_by", "escalated", "escalate_to", "boundary", "why"};

#define COLUMNS (sizeof names / sizeof *names)
#define FIRST_SET (COLUMNS - 6)

static struct columns columns;
static struct judge judge;

static void
use(const char *rows)
{
	for (size_t i = 0; i < COLUMNS; i++)
		columns_add(&columns, slice_of(names[i]));
	boundaries_begin(rows);
	boundaries_use(&columns);
	judge = (struct judge){0};
	judge_start(&judge, &boundaries, &columns);
}

static void
done(void)
{
	judge_release(&judge);
	boundaries_end();
	columns_release(&columns);
}

/* What was set, joined by '|', with 2026-03-02T09:15:00Z as 09:15. */
static void
result(const struct slice *field, struct buf *out)
{
	buf_clear(out);
	for (size_t i = FIRST_SET; i < COLUMNS; i++) {
		struct slice s = field[i];

		if (slice_starts(s, "2026-03-02T") && s.n == 20)
			s = (struct slice){s.p + 11, 5};
		buf_addf(out, "%s%.*s", i > FIRST_SET ? "|" : "", SLICE_ARG(s));
	}
}

/* Judges a record at a time of day; what the columns hold then. */
static const char *
judged(const char *text, const char *now)
{
	static struct buf out;
	struct slice field[COLUMNS];
	struct arena a = {0};
	struct buf time = {0};
	bool changed;

	buf_addf(&time, "2026-03-02T%s:00Z", now);
	judge.crossings.when.now = at(buf_str(&time));
	record(&columns, text, field, &a);
	changed = judge_record(&judge, field);
	result(field, &out);
	if (!changed)
		buf_add_str(&out, " same");
	buf_release(&time);
	arena_release(&a);
	return buf_str(&out);
}

#define CHECK_JUDGED(text, now, want) \
	CHECK_SLICE(slice_of(judged(text, now)), want)

static void
a_row_is_crossed_when_its_clock_has_run_out(void)
{
	CHECK_JUDGED("priority=P1;received=09:00", "09:14", "||||| same");
	CHECK_JUDGED("priority=P1;received=09:00", "09:15",
	    "1|rules|09:15|duty|slow|nobody took it");
	/* the highest, at its own instant, whenever that is seen */
	CHECK_JUDGED("priority=P1;received=09:00", "12:59",
	    "2|rules|09:30|head|slower|");
	CHECK_JUDGED("priority=P3;received=09:00", "23:59", "||||| same");
}

static void
a_time_in_until_stops_the_clock_only_when_it_came_before(void)
{
	CHECK_JUDGED("priority=P1;received=09:00;acknowledged=09:15", "09:59",
	    "||||| same");
	CHECK_JUDGED("priority=P1;received=09:00;acknowledged=09:16", "09:59",
	    "1|rules|09:15|duty|slow|nobody took it");
	CHECK_JUDGED("priority=P1;received=09:00;acknowledged=09:10", "12:00",
	    "1|rules|11:00|duty|half|");
}

static void
a_level_latches(void)
{
	const char *up =
	    "priority=P1;received=09:00;acknowledged=09:20;"
	    "level=2;level_by=rules;escalated=09:30;boundary=slower";

	CHECK_JUDGED(up, "10:00", "2|rules|09:30||slower| same");
	CHECK_JUDGED("priority=P4;received=09:00;level=2;level_by=rules",
	    "10:00", "2|rules|||| same");
}

static void
changed_circumstances_cross_old_clocks_at_once(void)
{
	/* A P2 that had been raised at 09:40 becomes a P1. */
	CHECK_JUDGED("priority=P1;received=09:00;level=1;level_by=rules;"
		     "escalated=09:40;boundary=x",
	    "10:00", "2|rules|09:40|head|slower|");
	CHECK_JUDGED("priority=P1;received=09:55;reports=10", "10:00",
	    "3|rules|10:00|gold|major|");
}

static void
a_stand_down_lasts(void)
{
	const char *calm =
	    "priority=P1;received=09:00;reports=3;level=3;level_by=rules;"
	    "escalated=10:00;escalate_to=gold;boundary=major;why=x";

	/* clocks that have run out by then are used up */
	CHECK_JUDGED(calm, "11:30", "1|rules|11:30|duty|calm|it calms down");
	CHECK_JUDGED("priority=P1;received=09:00;reports=3;level=1;"
		     "level_by=rules;escalated=11:00;boundary=calm",
	    "12:30", "1|rules|11:00||calm| same");
	/* those that run out later are not, and the stand-down is kept */
	CHECK_JUDGED("priority=P1;received=09:00;reports=3;level=1;"
		     "level_by=rules;escalated=11:00;boundary=calm",
	    "13:00", "2|rules:0|13:00|head|late|");
	CHECK_JUDGED("priority=P1;received=09:00;reports=3;level=1;"
		     "level_by=rules:0;escalated=11:00;boundary=late",
	    "12:00", "1|rules:0|11:00||late| same");
	/* nor are circumstances that come anew */
	CHECK_JUDGED("priority=P1;received=09:00;reports=12;level=1;"
		     "level_by=rules;escalated=11:00;boundary=calm",
	    "12:30", "3|rules:0|12:30|gold|major|");
}

static void
nothing_falls_below_what_a_person_set(void)
{
	CHECK_JUDGED("priority=P1;received=09:00;reports=3;level=3;"
		     "level_by=anna;escalated=10:00",
	    "10:30", "3|anna|10:00||| same");
	CHECK_JUDGED("priority=P1;received=09:00;reports=3;level=3;"
		     "level_by=anna:2;escalated=11:10;boundary=major",
	    "11:30", "2|anna:2|11:30|duty|calm|it calms down");
	/* a level that came with the record is somebody's */
	CHECK_JUDGED("priority=P1;received=09:00;reports=3;level=3", "10:30",
	    "3||||| same");
	CHECK_JUDGED("priority=P1;received=09:00;reports=12;level=2", "09:10",
	    "3|person:2|09:10|gold|major|");
}

static void
a_person_s_stand_down_is_not_undone(void)
{
	/* level 0 from 3 at 10:00, major named */
	const char *down = "priority=P1;received=09:00;reports=12;level=0;"
			   "level_by=person;escalated=10:00;boundary=major";

	CHECK_JUDGED(down, "10:01", "0|person|10:00||major| same");
	/* a later clock raises it, and major stays down */
	CHECK_JUDGED(down, "11:00", "1|person:0|11:00|duty|half major|");
	CHECK_JUDGED("priority=P1;received=09:00;reports=12;level=1;"
		     "level_by=person:0;escalated=11:00;boundary=half major",
	    "11:30", "1|person:0|11:00||half major| same");
	CHECK_JUDGED("priority=P1;received=09:00;reports=12;level=1;"
		     "level_by=person:0;escalated=11:00;boundary=half",
	    "11:30", "3|person:0|11:30|gold|major|");
}

static void
closed_linked_and_vanished_records_cross_nothing(void)
{
	CHECK_JUDGED(
	    "priority=P1;received=09:00;closed=09:50", "12:00", "||||| same");
	CHECK_JUDGED(
	    "priority=P1;received=09:00;parent=7", "12:00", "||||| same");
	CHECK_JUDGED("priority=P1;received=09:00;reports=12;vanished=10:00",
	    "12:00", "||||| same");
}

static void
holds_stop_the_clock(void)
{
	CHECK_JUDGED("priority=P1;received=09:00;"
		     "holds=2026-03-02T09:05:00Z/2026-03-02T10:05:00Z",
	    "10:14", "||||| same");
	CHECK_JUDGED("priority=P1;received=09:00;"
		     "holds=2026-03-02T09:05:00Z/2026-03-02T10:05:00Z",
	    "10:15", "1|rules|10:15|duty|slow|nobody took it");
	CHECK_JUDGED("priority=P1;received=09:00;holds=2026-03-02T09:05:00Z/",
	    "23:00", "||||| same");
}

static void
what_cannot_be_judged_is_told(void)
{
	CHECK_JUDGED("priority=P1", "10:00", "||||| same");
	CHECK_SLICE(judge.unjudged, "slow");
	CHECK_JUDGED("priority=P5;received=09:00", "10:00", "||||| same");
	CHECK_SLICE(judge.unjudged, "late");
	CHECK(strcmp(judge.unjudged_why, "no target for the priority") == 0);
	/* what can be judged still is */
	CHECK_JUDGED("priority=P1;reports=10;received=soon", "10:00",
	    "3|rules|10:00|gold|major|");
	CHECK(judge.unreadable + judge.crossings.unreadable == 1);
	CHECK_JUDGED("priority=P1;received=09:00", "09:01", "||||| same");
	CHECK_SLICE(judge.unjudged, "");
}

/* A person sets a level of a record, at 10:00. */
static const char *
decided(const char *text, const char *level)
{
	static struct buf out;
	struct slice field[COLUMNS];
	struct arena a = {0};

	judge.crossings.when.now = at("2026-03-02T10:00:00Z");
	record(&columns, text, field, &a);
	judge_person(&judge, field,
	    levels_find(&boundaries.levels, slice_of(level)),
	    slice_of("so\tbe"));
	result(field, &out);
	arena_release(&a);
	return buf_str(&out);
}

static void
a_person_sets_the_level(void)
{
	const char *up =
	    "priority=P1;received=09:00;reports=12;code=SEC;"
	    "level=2;level_by=rules;escalated=09:30;boundary=slower";

	CHECK_SLICE(slice_of(decided("", "2")), "2|person|10:00|head||so\\tbe");
	/* raising forgets the boundary, lowering keeps it and names those
	   that would raise it again */
	CHECK_SLICE(
	    slice_of(decided(up, "3")), "3|person|10:00|gold|\\N|so\\tbe");
	CHECK_SLICE(slice_of(decided(up, "0")),
	    "0|person|10:00|desk|slower major watch|so\\tbe");
	CHECK_SLICE(slice_of(decided(up, "1")),
	    "1|person|10:00|duty|slower major|so\\tbe");
	CHECK_SLICE(slice_of(decided("closed=09:00", "1")), "|||||");
}

/* A number below n, the same in every run of the test. */
static unsigned
pick(unsigned n)
{
	static uint64_t x = 42;

	x ^= x << 13;
	x ^= x >> 7;
	x ^= x << 17;
	return (unsigned)(x >> 33) % n;
}

/* A record at random, from what the tables look at. */
static void
random_record(struct buf *out)
{
	static const char *const value[COLUMNS][7] = {
	    {"09:00", "09:40", "08:00", "10:00", "", "junk", "09:50"},
	    {"P1", "P2", "P3", "", "P1", "P2", "P1"},
	    {"", "SEC", "", "SEC", "", "", ""},
	    {"", "1", "3", "5", "12", "x", "20"},
	    {"", "", "09:05", "09:35", "10:00", "", ""},
	    {"", "", "", "09:20", "10:10", "", ""},
	    {"", "", "", "", "", "", ""}, {"", "", "", "", "", "", ""},
	    {"", "", "", "2026-03-02T09:10:00Z/",
		"2026-03-02T09:10:00Z/2026-03-02T09:20:00Z", "", "?"},
	    {"", "0", "1", "2", "3", "", "x"},
	    {"", "rules", "anna", "anna:1", "rules:0", "rules", ""},
	    {"", "09:30", "10:00", "09:15", "", "", "?"},
	    {"", "duty", "", "", "", "", ""},
	    {"", "slow", "calm", "major watch", "half major", "a", "e b"},
	    {"", "", "x", "", "", "", ""}};

	buf_clear(out);
	for (size_t i = 0; i < COLUMNS; i++)
		buf_addf(out, "%s%s=%s", i > 0 ? ";" : "", names[i],
		    value[i][pick(7)]);
}

/* A record of its own memory. */
static void
keep(struct slice *to, const struct slice *from, struct arena *a)
{
	for (size_t k = 0; k < COLUMNS; k++)
		to[k] = (struct slice){
		    arena_copy(a, from[k].p, from[k].n), from[k].n};
}

/* Judges random records up to `runs` times; the last changes nothing. */
static void
check_again(unsigned runs)
{
	struct buf text = {0}, said = {0};
	struct arena a = {0};

	judge.crossings.when.now = at("2026-03-02T10:20:00Z");
	for (unsigned i = 0; i < 20000; i++) {
		struct slice field[COLUMNS], own[COLUMNS];
		bool changed = true;

		random_record(&text);
		record(&columns, buf_str(&text), field, &a);
		for (unsigned run = 0; run < runs && changed; run++) {
			keep(own, field, &a);
			changed = judge_record(&judge, own);
			keep(field, own, &a);
		}
		result(own, &said);
		if (changed)
			printf("# %s: %s\n", buf_str(&text), buf_str(&said));
		CHECK(!changed);
		arena_reset(&a);
	}
	arena_release(&a);
	buf_release(&text);
	buf_release(&said);
}

static void
judging_again_changes_nothing(void)
{
	check_again(2);
}

static void
rows_against_each_other_raise_once_and_then_lower_once(void)
{
	check_again(3);
}

static void
conditions_see_what_a_row_set(void)
{
	/* a raises to 1, and b looks at the level */
	CHECK_JUDGED("priority=P1;reports=5", "10:00", "3|rules|10:00|gold|b|");
	/* e and then f take it down */
	CHECK_JUDGED("code=SEC;level=3;level_by=rules;escalated=09:30", "10:00",
	    "0|rules|10:00|desk|f|");
}

int
main(void)
{
	pack_begin();
	use(DESK);
	RUN(a_row_is_crossed_when_its_clock_has_run_out);
	RUN(a_time_in_until_stops_the_clock_only_when_it_came_before);
	RUN(a_level_latches);
	RUN(changed_circumstances_cross_old_clocks_at_once);
	RUN(a_stand_down_lasts);
	RUN(nothing_falls_below_what_a_person_set);
	RUN(a_person_s_stand_down_is_not_undone);
	RUN(closed_linked_and_vanished_records_cross_nothing);
	RUN(holds_stop_the_clock);
	RUN(what_cannot_be_judged_is_told);
	RUN(a_person_sets_the_level);
	RUN(judging_again_changes_nothing);
	done();
	use(QUARREL);
	RUN(conditions_see_what_a_row_set);
	RUN(rows_against_each_other_raise_once_and_then_lower_once);
	done();
	dir_end();
	return test_done();
}
