#include "roster.h"

#include "test.h"

static const char table_text_of[] =
    "role\tparty\tfrom\tuntil\tdays\twindows\tzone\torder\n"
    "# who is asked\n"
    "desk\tdesk\n"
    "duty\tann\t2026-03-23\t2026-03-29\tmon-sun\t08:00-20:00\t"
    "Europe/London\t1\n"
    "duty\tbob\t2026-03-23\t2026-03-29\tmon-sun\t20:00-08:00\t"
    "Europe/London\t1\n"
    "duty\tcy\t\t\tsat sun\t\t\t2\n"
    "duty\tdee\t\t\tsat\n"
    "duty\teve\t\t\tsat\t\t\t0\n"
    "duty\tcy\t\t\tsat\t\t\t3\n"
    "la\tkim\t2026-03-08\t2026-03-08\t\t00:00-24:00\tAmerica/Los_Angeles\n"
    "pack\tlee\t2026-07-01\t2026-07-01\n";

/* The parties on call, separated by blanks. */
static void
check_on_call(const char *role, const char *at, const char *want)
{
	struct fault f = {0};
	struct zone *zone = zone_open(slice_of("Europe/London"), &f);
	struct table t = {0};
	struct roster r = {0};
	struct roster_team team = {0};
	struct buf out = {0};
	struct stamp s;

	CHECK(stamp_parse(slice_of(at), &s) == 0);
	CHECK(table_read(
		  &t, "roster.tsv", slice_of(table_text_of), false, &f) == 0);
	CHECK(roster_load(&r, &t, zone, &f) == 0);
	if (f.text.n > 0)
		printf("# %s\n", buf_str(&f.text));
	CHECK(roster_on_call(&r, slice_of(role), s, &team) == team.n);
	for (size_t i = 0; i < team.n; i++) {
		if (i > 0)
			buf_add_char(&out, ' ');
		buf_add_slice(&out, team.party[i]);
	}
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
	roster_team_release(&team);
	roster_release(&r);
	table_release(&t);
	zone_free(zone);
	fault_release(&f);
}

static void
a_row_without_times_is_always_on_call(void)
{
	check_on_call("desk", "1970-01-01T00:00:00Z", "desk");
	check_on_call("desk", "9999-12-31T23:59:59Z", "desk");
}

static void
day_and_night_hand_over(void)
{
	check_on_call("duty", "2026-03-25T07:59:59Z", "bob");
	check_on_call("duty", "2026-03-25T08:00:00Z", "ann");
	check_on_call("duty", "2026-03-25T19:59:59Z", "ann");
	check_on_call("duty", "2026-03-25T20:00:00Z", "bob");
}

static void
the_first_day_has_no_morning_from_the_night_before(void)
{
	check_on_call("duty", "2026-03-23T07:59:59Z", "");
	check_on_call("duty", "2026-03-23T08:00:00Z", "ann");
}

static void
the_last_night_runs_into_the_next_morning(void)
{
	/* Summer time began on 29 March: 08:00 is 07:00Z. */
	check_on_call("duty", "2026-03-30T06:59:59Z", "bob");
	check_on_call("duty", "2026-03-30T07:00:00Z", "");
}

static void
parties_come_by_order_then_by_row_and_once(void)
{
	check_on_call("duty", "2026-04-04T12:00:00Z", "eve cy dee");
	check_on_call("duty", "2026-04-05T12:00:00Z", "cy");
	check_on_call("duty", "2026-03-28T12:00:00Z", "eve ann cy dee");
}

static void
dates_are_of_the_rows_zone(void)
{
	check_on_call("la", "2026-03-08T07:59:59Z", "");
	check_on_call("la", "2026-03-08T08:00:00Z", "kim");
	/* A day of 23 hours. */
	check_on_call("la", "2026-03-09T06:59:59Z", "kim");
	check_on_call("la", "2026-03-09T07:00:00Z", "");
	check_on_call("pack", "2026-06-30T22:59:59Z", "");
	check_on_call("pack", "2026-06-30T23:00:00Z", "lee");
	check_on_call("pack", "2026-07-01T23:00:00Z", "");
}

static void
an_unknown_role_has_nobody(void)
{
	check_on_call("gold", "2026-03-25T08:00:00Z", "");
	check_on_call("", "2026-03-25T08:00:00Z", "");
}

/* A roster of one row with a fault in it. */
static void
check_fault(const char *row, const char *want)
{
	struct fault f = {0};
	struct zone *zone = zone_open(slice_of("UTC"), &f);
	struct table t = {0};
	struct roster r = {0};
	struct buf text = {0};

	buf_addf(&text,
	    "role\tparty\tfrom\tuntil\tdays\twindows\tzone\torder\n%s\n", row);
	CHECK(table_read(&t, "r.tsv", buf_slice(&text), false, &f) == 0);
	CHECK(roster_load(&r, &t, zone, &f) < 0);
	CHECK_SLICE(buf_slice(&f.text), want);
	buf_release(&text);
	roster_release(&r);
	table_release(&t);
	zone_free(zone);
	fault_release(&f);
}

static void
what_is_wrong_is_named_with_its_place(void)
{
	check_fault("\tann", "r.tsv:2:1: a role was expected");
	check_fault(
	    "duty\t\t", "r.tsv:2:6: a party was expected, who is on call");
	check_fault("duty\tann\t2026-02-29",
	    "r.tsv:2:10: '2026-02-29' is no date: YYYY-MM-DD was expected");
	check_fault("duty\tann\t2026-03-02\t2026-03-01",
	    "r.tsv:2:21: until is before from: nobody would be on call");
	check_fault("duty\tann\t\t\tmo",
	    "r.tsv:2:12: 'mo' is no day: mon tue wed thu fri sat sun or a "
	    "range as mon-fri was expected");
	check_fault("duty\tann\t\t\t\t8-20",
	    "r.tsv:2:13: '8-20' is no window: HH:MM-HH:MM was expected");
	check_fault("duty\tann\t\t\t\t\tEurope/Lodnon",
	    "r.tsv:2:14: unknown time zone 'Europe/Lodnon' (did you mean "
	    "'Europe/London'?)");
	check_fault(
	    "duty\tann\t\t\t\t\t\tfirst", "r.tsv:2:15: 'first' is no number");
}

static void
roles_are_known_on_call_or_not(void)
{
	struct fault f = {0};
	struct zone *zone = zone_open(slice_of("UTC"), &f);
	struct table t = {0};
	struct roster r = {0};

	CHECK(table_read(
		  &t, "roster.tsv", slice_of(table_text_of), false, &f) == 0);
	CHECK(roster_load(&r, &t, zone, &f) == 0);
	CHECK(roster_has(&r, slice_of("la")));
	CHECK(roster_has(&r, slice_of("desk")));
	CHECK(!roster_has(&r, slice_of("du")));
	CHECK(!roster_has(&(struct roster){0}, slice_of("desk")));
	roster_release(&r);
	table_release(&t);
	zone_free(zone);
	fault_release(&f);
}

int
main(void)
{
	RUN(a_row_without_times_is_always_on_call);
	RUN(day_and_night_hand_over);
	RUN(the_first_day_has_no_morning_from_the_night_before);
	RUN(the_last_night_runs_into_the_next_morning);
	RUN(parties_come_by_order_then_by_row_and_once);
	RUN(dates_are_of_the_rows_zone);
	RUN(an_unknown_role_has_nobody);
	RUN(what_is_wrong_is_named_with_its_place);
	RUN(roles_are_known_on_call_or_not);
	return test_done();
}
