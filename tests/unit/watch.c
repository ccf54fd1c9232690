#include "watch.h"

#include "surveyed.h"

#define MONDAY "2026-03-02T00:00:00Z" /* 30 days later: 2026-04-01 */
#define ROSTER "role\tparty\tfrom\tuntil\tdays\twindows\n"
#define ROUTES "reason\twhen\tto\twording\n"

/* A pack in which `duty` leads and is told, with these rows of the roster. */
static void
begin(const char *rows)
{
	struct buf text = {0};

	begin_pack();
	put_people();
	put_table("routes", ROUTES "new\t*\tduty\tnew\n");
	buf_addf(&text, "%s%s", ROSTER, rows);
	put_table("roster", buf_str(&text));
	buf_release(&text);
}

static struct slice
found(void)
{
	return found_at(MONDAY, watch_check);
}

/* What is found with these rows. */
static struct slice
found_with(const char *rows)
{
	begin(rows);
	return found();
}

static void
a_pack_without_people_has_no_watch(void)
{
	begin_pack();
	CHECK_SLICE(found(), "");
}

static void
a_role_that_somebody_always_holds_has_no_gap(void)
{
	CHECK_SLICE(found_with("duty\tann\t\t\t\t\n"), "");
	CHECK_SLICE(found_with("duty\tann\t\t\t\t08:00-20:00\n"
			       "duty\tbob\t\t\t\t20:00-08:00\n"),
	    "");
	CHECK_SLICE(found_with("duty\tann\t\t\tmon-fri\t\n"
			       "duty\tbob\t\t\tsat sun\t\n"),
	    "");
	/* a long turn that began first covers the ends of shorter ones */
	CHECK_SLICE(found_with("duty\tann\t\t\t\t\n"
			       "duty\tbob\t\t\t\t01:00-02:00\n"),
	    "");
}

static void
the_first_gap_of_a_role_is_told_where_it_is_named_first(void)
{
	CHECK_SLICE(found_with("duty\tann\t\t\t\t08:00-20:00\n"
			       "duty\tbob\t\t\tmon-sat\t20:00-08:00\n"),
	    "roster.tsv:2:6 INC242 nobody is 'duty' from "
	    "2026-03-02T00:00:00Z to 2026-03-02T08:00:00Z\n");
	CHECK_SLICE(found_with("duty\tann\t\t\tmon\t\n"
			       "duty\tbob\t\t\ttue-sun\t00:00-23:59\n"),
	    "roster.tsv:2:6 INC242 nobody is 'duty' from "
	    "2026-03-03T23:59:00Z to 2026-03-04T00:00:00Z\n");
}

static void
a_gap_is_one_within_thirty_days(void)
{
	CHECK_SLICE(found_with("duty\tann\t2026-03-02\t2026-03-31\t\t\n"), "");
	CHECK_SLICE(found_with("duty\tann\t2026-03-02\t2026-03-30\t\t\n"),
	    "roster.tsv:2:6 INC242 nobody is 'duty' from "
	    "2026-03-31T00:00:00Z to 2026-04-01T00:00:00Z\n");
	CHECK_SLICE(found_with("duty\tann\t2026-03-03\t\t\t\n"),
	    "roster.tsv:2:6 INC242 nobody is 'duty' from "
	    "2026-03-02T00:00:00Z to 2026-03-03T00:00:00Z\n");
	/* somebody's first turn comes later still */
	CHECK_SLICE(found_with("duty\tann\t2027-03-03\t\t\t\n"),
	    "roster.tsv:2:6 INC242 nobody is 'duty' from "
	    "2026-03-02T00:00:00Z to 2026-04-01T00:00:00Z\n");
}

static void
a_day_is_that_of_its_zone(void)
{
	begin("");
	put_table(
	    "roster", "role\tparty\tzone\nduty\tann\tPacific/Kiritimati\n");
	CHECK_SLICE(found(), "");
	put_table("roster",
	    "role\tparty\tuntil\tzone\n"
	    "duty\tann\t2026-03-31\tPacific/Kiritimati\n");
	CHECK_SLICE(found(),
	    "roster.tsv:2:6 INC242 nobody is 'duty' from "
	    "2026-03-31T10:00:00Z to 2026-04-01T00:00:00Z\n");
	put_table("roster",
	    "role\tparty\twindows\tzone\n"
	    "duty\tann\t20:00-20:00\tPacific/Pago_Pago\n");
	CHECK_SLICE(found(), "");
}

static void
at_the_end_of_time_there_are_fewer_days(void)
{
	static const char last[] = "9999-12-31T12:00:00Z";

	begin("duty\tann\t\t\t\t\n");
	CHECK_SLICE(found_at(last, watch_check), "");
	begin("duty\tann\t\t9999-12-30\t\t\n");
	CHECK_SLICE(found_at(last, watch_check),
	    "roster.tsv:2:6 INC242 nobody is 'duty' from "
	    "9999-12-31T12:00:00Z to 9999-12-31T23:59:59Z\n");
}

static void
only_a_role_that_something_names_is_looked_at(void)
{
	static const char gap[] =
	    "roster.tsv:3:7 INC242 nobody is 'night' from "
	    "2026-03-02T06:00:00Z to 2026-03-02T22:00:00Z\n";

	begin("duty\tann\t\t\t\t\nnight\tbob\t\t\t\t22:00-06:00\n");
	CHECK_SLICE(found(), "");
	put_table("routes", ROUTES "new\t*\tnight\tnew\n");
	CHECK_SLICE(found(), gap);
	put_table("routes", ROUTES "new\t*\tduty\tnew\n");
	put_table("escalation",
	    "boundary\twhen\tdirection\tlevel\trole\none\t*\tup\t1\tnight\n");
	CHECK_SLICE(found(), gap);
}

static void
a_level_that_nobody_ever_leads_is_told(void)
{
	begin("duty\tann\t\t\t\t\n");
	put_table("levels", "level\trole\n0\tduty\n1\tbob\n2\t\n3\tchief\n");
	CHECK_SLICE(found(),
	    "levels.tsv:5:1 INC212 nobody ever is 'chief', who leads level "
	    "3\n");
}

static void
who_is_on_call_and_in_no_directory_is_told_until_that_is_over(void)
{
	CHECK_SLICE(found_with("duty\tann\t\t\t\t\n"
			       "duty\teve\t2027-01-01\t\t\t\n"
			       "duty\tdan\t\t2026-03-01\t\t\n"
			       "duty\tcat\t\t2026-02-28\t\t\n"),
	    "roster.tsv:3:6 INC243 'eve' is not in the directory\n"
	    "roster.tsv:4:6 INC243 'dan' is not in the directory\n");
}

static void
people_that_can_t_be_loaded_are_not_looked_at(void)
{
	CHECK_SLICE(found_with("duty\teve\t\t2026-03-30\tmon\t24\n"),
	    "roster.tsv:2:26 INC241 '24' is no window: HH:MM-HH:MM was "
	    "expected\n");
}

int
main(void)
{
	dir_begin();
	RUN(a_pack_without_people_has_no_watch);
	RUN(a_role_that_somebody_always_holds_has_no_gap);
	RUN(the_first_gap_of_a_role_is_told_where_it_is_named_first);
	RUN(a_gap_is_one_within_thirty_days);
	RUN(a_day_is_that_of_its_zone);
	RUN(at_the_end_of_time_there_are_fewer_days);
	RUN(only_a_role_that_something_names_is_looked_at);
	RUN(a_level_that_nobody_ever_leads_is_told);
	RUN(who_is_on_call_and_in_no_directory_is_told_until_that_is_over);
	RUN(people_that_can_t_be_loaded_are_not_looked_at);
	return surveyed_end();
}
