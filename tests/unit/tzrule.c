#include "tzrule.h"

#include <stdlib.h>

#include "mem.h"
#include "stamp.h"
#include "test.h"

/* Reads a copy of just the rule's bytes: a sanitizer sees reads past them. */
static int
parse(const char *rule, struct tzrule *r)
{
	struct slice text = slice_of(rule);
	char *copy = mem_new(text.n, 1);
	int result;

	if (text.n > 0)
		memcpy(copy, text.p, text.n);
	result = tzrule_parse((struct slice){copy, text.n}, r);
	free(copy);
	return result;
}

static int64_t
seconds_of(const char *time)
{
	struct stamp t = {0};

	CHECK(stamp_parse(slice_of(time), &t) == 0);
	return t.s;
}

static void
check_rule(const char *rule, const char *time, int offset_s)
{
	struct tzrule r;
	int offset;

	CHECK(parse(rule, &r) == 0);
	CHECK(r.is_set == (rule[0] != '\0'));
	offset = tzrule_offset(&r, seconds_of(time));
	if (offset != offset_s)
		printf("# %s at %s: %d\n", rule, time, offset);
	CHECK(offset == offset_s);
}

static void
every_form_of_rule_is_read(void)
{
	const char *never = "XXX3EDT4,0/0,J365/23"; /* RFC 9636: always EDT */
	const char *gaza = "EET-2EEST,M3.4.4/50,M10.4.4/50";

	check_rule("", "2026-07-01T00:00:00Z", 0);
	check_rule("<+03>-3", "2026-07-01T00:00:00Z", 3 * 3600);
	check_rule("<-0330>3:30", "2026-07-01T00:00:00Z", -12600);
	check_rule("NPT-5:45:30", "2026-07-01T00:00:00Z", 20730);
	check_rule("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T06:59:59Z", -18000);
	check_rule("EST5EDT,M3.2.0,M11.1.0", "2026-03-08T07:00:00Z", -14400);
	check_rule("EST5EDT,M3.2.0,M11.1.0", "2026-11-01T06:00:00Z", -18000);
	check_rule("AAA0BBB-2,J60/0,J61/0", "2028-03-01T00:00:00Z", 7200);
	check_rule("AAA0BBB-2,J60/0,J61/0", "2028-02-29T23:59:59Z", 0);
	check_rule("AAA0BBB-2,59/0,60/2", "2028-02-29T00:00:00Z", 7200);
	check_rule("AAA0BBB-2,59/0,60/2", "2027-03-01T00:00:00Z", 7200);
	check_rule(never, "2026-12-31T23:00:00Z", -14400);
	check_rule(never, "2027-01-01T04:00:00Z", -14400);
	check_rule(gaza, "2026-03-27T23:59:59Z", 7200);
	check_rule(gaza, "2026-03-28T00:00:00Z", 10800);
	check_rule(
	    "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T00:59:59Z", -7200);
	check_rule(
	    "<-02>2<-01>,M3.5.0/-1,M10.5.0/0", "2026-03-29T01:00:00Z", -3600);
	check_rule("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-01T00:00:00Z", 0);
	check_rule("IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-01T00:00:00Z", 3600);
}

static void
a_broken_rule_is_refused(void)
{
	static const char *const broken[] = {"UT", "UTC", "UTC25", "U1C0",
	    "<UTC0", "<U>0", "AAA0BBB", "AAA0BBB,", "AAA0BBB,M3.2.0",
	    "AAA0BBB,M13.2.0,M11.1.0", "AAA0BBB,M3.6.0,M11.1.0",
	    "AAA0BBB,M3.2.7,M11.1.0", "AAA0BBB,J0,J5", "AAA0BBB,J366,J5",
	    "AAA0BBB,366,5", "AAA0BBB,J1/168,J5", "AAA0BBB,J1/1:60,J5",
	    "AAA0BBB,J1,J5 ", "AAA0BBB,J1,J5,J6", "AAA0:60", " AAA0"};

	for (size_t i = 0; i < sizeof broken / sizeof *broken; i++) {
		struct tzrule r;
		int result = parse(broken[i], &r);

		if (result == 0)
			printf("# read: %s\n", broken[i]);
		CHECK(result < 0);
	}
}

/* The changes that come after a time. */
static void
check_next(
    const char *rule, const char *time, const char *first, const char *second)
{
	struct tzrule r;
	int64_t next;

	CHECK(parse(rule, &r) == 0);
	next = tzrule_next(&r, seconds_of(time));
	CHECK(next == seconds_of(first));
	CHECK(tzrule_next(&r, next - 1) == next);
	CHECK(tzrule_next(&r, next) == seconds_of(second));
}

static void
changes_come_in_their_order(void)
{
	const char *london = "GMT0BST,M3.5.0/1,M10.5.0";
	struct tzrule r;

	check_next(london, "2026-01-01T00:00:00Z", "2026-03-29T01:00:00Z",
	    "2026-10-25T01:00:00Z");
	check_next(london, "2026-12-01T00:00:00Z", "2027-03-28T01:00:00Z",
	    "2027-10-31T01:00:00Z");
	check_next("NZST-12NZDT,M9.5.0,M4.1.0/3", "2026-01-01T00:00:00Z",
	    "2026-04-04T14:00:00Z", "2026-09-26T14:00:00Z");
	CHECK(parse("<+03>-3", &r) == 0);
	CHECK(tzrule_next(&r, 0) == INT64_MAX);
	CHECK(parse("", &r) == 0);
	CHECK(tzrule_next(&r, 0) == INT64_MAX);
}

int
main(void)
{
	RUN(every_form_of_rule_is_read);
	RUN(a_broken_rule_is_refused);
	RUN(changes_come_in_their_order);
	return test_done();
}
