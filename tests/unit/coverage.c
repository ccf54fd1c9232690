#include "coverage.h"

#include "desk.h"

#define NOW "2026-07-01T09:00:00Z"
#define AN_HOUR_AGO "2026-07-01T08:00:00Z"

static struct coverage coverage;
static struct buf text;

/* Gets ready for records of these columns; nothing is reached yet. */
static void
start(void)
{
	coverage_release(&coverage);
	coverage = (struct coverage){0};
	CHECK(desk_load() == 0);
	coverage_open(&coverage, &rehearsal);
	CHECK(desk_bind("id,received,summary,boundary,level,closed,"
			"reports") == 0);
}

static void
add(const char *fields)
{
	desk_go(fields, NOW);
	coverage_add(&coverage, &rehearsal);
}

/* The rows of a kind: "name:line:column", those that were reached with a *. */
static struct slice
rows(enum coverage_kind kind)
{
	const struct coverage_part *part = &coverage.part[kind];
	size_t reached = 0;

	buf_clear(&text);
	for (size_t i = 0; i < part->names.n; i++) {
		buf_addf(&text, "%s%.*s:%zu:%zu%s", i > 0 ? " " : "",
		    SLICE_ARG(part->names.name[i]), part->where[i].line,
		    part->where[i].column, part->reached[i] ? "*" : "");
		reached += part->reached[i];
	}
	CHECK(part->n == reached);
	return buf_slice(&text);
}

static void
each_row_is_there_with_its_condition_s_place_and_not_reached(void)
{
	start();
	CHECK_SLICE(rows(COVERAGE_BRANCHES), "start.else:3:12");
	CHECK_SLICE(rows(COVERAGE_LEAVES),
	    "start.1:2:8 more.flood:4:12 more.else:5:11");
	CHECK_SLICE(rows(COVERAGE_BOUNDARIES), "slow:2:6 many:3:6");
	CHECK_SLICE(rows(COVERAGE_ROUTES), "new.1:2:5 up.1:3:4 off.1:4:5");
	CHECK(strcmp(coverage.part[COVERAGE_ROUTES].where[0].file,
		  in_dir(in_pack("routes.tsv"))) == 0);
}

static void
what_records_reach_is_marked_once(void)
{
	start();
	add("a," NOW ",fire,,,,10");
	CHECK_SLICE(rows(COVERAGE_BRANCHES), "start.else:3:12");
	CHECK_SLICE(rows(COVERAGE_LEAVES),
	    "start.1:2:8* more.flood:4:12 more.else:5:11");
	CHECK_SLICE(rows(COVERAGE_BOUNDARIES), "slow:2:6 many:3:6*");
	CHECK_SLICE(rows(COVERAGE_ROUTES), "new.1:2:5* up.1:3:4* off.1:4:5");
	add("b," AN_HOUR_AGO ",flood,,,,");
	add("b," AN_HOUR_AGO ",flood,,,,");
	CHECK_SLICE(rows(COVERAGE_BRANCHES), "start.else:3:12*");
	CHECK_SLICE(rows(COVERAGE_LEAVES),
	    "start.1:2:8* more.flood:4:12* more.else:5:11");
	CHECK_SLICE(rows(COVERAGE_BOUNDARIES), "slow:2:6* many:3:6*");
}

static void
what_the_record_came_with_is_not_reached(void)
{
	start();
	add("a," NOW ",x,many,1," NOW ",");
	CHECK_SLICE(rows(COVERAGE_LEAVES),
	    "start.1:2:8 more.flood:4:12 more.else:5:11*");
	CHECK_SLICE(rows(COVERAGE_BOUNDARIES), "slow:2:6 many:3:6");
	CHECK_SLICE(rows(COVERAGE_ROUTES), "new.1:2:5 up.1:3:4 off.1:4:5");
}

static void
a_pack_without_rules_has_nothing_to_reach(void)
{
	begin_pack();
	desk_open(false);
	start();
	add("a," NOW ",fire,,,,");
	for (size_t i = 0; i < COVERAGE_KINDS; i++)
		CHECK_SLICE(rows((enum coverage_kind)i), "");
}

int
main(void)
{
	desk_begin();
	RUN(each_row_is_there_with_its_condition_s_place_and_not_reached);
	RUN(what_records_reach_is_marked_once);
	RUN(what_the_record_came_with_is_not_reached);
	RUN(a_pack_without_rules_has_nothing_to_reach);
	coverage_release(&coverage);
	buf_release(&text);
	return desk_end();
}
