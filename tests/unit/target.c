#include "target.h"

#include "buf.h"
#include "test.h"

static struct stamp
at(const char *text)
{
	struct stamp t = {0, 0};

	CHECK(stamp_parse(slice_of(text), &t) == 0);
	return t;
}

/* from + seconds over holds, as text; "never" where it does not come. */
static const char *
due(const char *from, int64_t seconds, const char *holds)
{
	static struct buf text;
	static struct holds held;
	struct stamp t;

	holds_read(&held, slice_of(holds));
	buf_clear(&text);
	if (target_due(at(from), seconds, &held, &t))
		stamp_add(&text, t);
	else
		buf_add_str(&text, "never");
	holds_release(&held);
	return buf_str(&text);
}

#define CHECK_DUE(from, seconds, holds, want) \
	CHECK_SLICE(slice_of(due(from, seconds, holds)), want)

static void
elapsed_time_is_added(void)
{
	CHECK_DUE("2026-03-02T09:00:00Z", 900, "", "2026-03-02T09:15:00Z");
	CHECK_DUE("2026-03-02T09:00:00.5Z", 0, "", "2026-03-02T09:00:00.5Z");
	CHECK_DUE("2026-12-31T23:59:59Z", 1, "\\N", "2027-01-01T00:00:00Z");
}

static void
holds_do_not_count(void)
{
	const char *nine = "2026-03-02T09:00:00Z";

	/* within the clock's time */
	CHECK_DUE(nine, 900, "2026-03-02T09:05:00Z/2026-03-02T10:05:00Z",
	    "2026-03-02T10:15:00Z");
	/* over its start */
	CHECK_DUE(nine, 900, "2026-03-02T08:00:00Z/2026-03-02T09:10:00Z",
	    "2026-03-02T09:25:00Z");
	/* before it, and after its end */
	CHECK_DUE(nine, 900,
	    "2026-03-02T08:00:00Z/2026-03-02T08:30:00Z "
	    "2026-03-02T09:15:00Z/2026-03-02T11:00:00Z",
	    "2026-03-02T09:15:00Z");
	/* in any order, over each other, with fractions */
	CHECK_DUE(nine, 900,
	    "2026-03-02T09:06:00Z/2026-03-02T09:08:00.25Z "
	    "2026-03-02T09:05:00Z/2026-03-02T09:07:00Z",
	    "2026-03-02T09:18:00.25Z");
	/* a hold that the first one pushes the end into */
	CHECK_DUE(nine, 900,
	    "2026-03-02T09:05:00Z/2026-03-02T09:10:00Z "
	    "2026-03-02T09:16:00Z/2026-03-02T10:16:00Z",
	    "2026-03-02T10:20:00Z");
}

static void
a_hold_that_lasts_stops_the_clock(void)
{
	const char *nine = "2026-03-02T09:00:00Z";

	CHECK_DUE(nine, 900, "2026-03-02T09:05:00Z/", "never");
	CHECK_DUE(nine, 900, "2026-03-02T09:15:00Z/", "2026-03-02T09:15:00Z");
}

static void
a_time_past_the_last_year_never_comes(void)
{
	CHECK_DUE("9999-12-31T23:59:59Z", 1, "", "never");
	CHECK_DUE("2026-03-02T09:00:00Z", INT64_MAX, "", "never");
	CHECK_DUE("2026-03-02T09:00:00Z", -1, "", "never");
}

static void
unreadable_holds_are_told_and_the_others_kept(void)
{
	static const char *const bad[] = {"x", "/", "2026-03-02T09:00:00Z",
	    "/2026-03-02T09:00:00Z",
	    "2026-03-02T09:00:00Z/2026-03-02T08:00:00Z",
	    "2026-03-02T09:00:00Z/2026-03-02T10:00:00Z/"};
	struct holds h = {0};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK(holds_read(&h, slice_of(bad[i])) == -1);
		CHECK(h.n == 0);
	}
	CHECK(holds_read(&h, slice_of("x 2026-03-02T09:00:00Z/")) == -1);
	CHECK(h.n == 1 && h.hold[0].lasts);
	CHECK(holds_read(&h, slice_of("")) == 0);
	CHECK(h.n == 0);
	holds_release(&h);
}

static void
our_deadlines_are_known_again(void)
{
	struct target two[] = {
	    {.limit_s = {900, 14400}}, {.limit_s = {3600, -1}}};
	struct targets t = {.target = two, .n = 2};
	struct stamp nine = at("2026-03-02T09:00:00Z");
	struct holds h = {0};

	CHECK(targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-02T10:00:00Z")));
	CHECK(!targets_gave(
	    &t, TARGET_RESOLVE, nine, &h, at("2026-03-02T10:00:00Z")));
	CHECK(!targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-02T10:00:01Z")));
	holds_read(&h,
	    slice_of("2026-03-02T09:05:00Z/2026-03-02T09:10:00Z "
		     "2026-03-02T09:12:00Z/2026-03-02T09:13:00Z"));
	/* before the holds, after the first, after both */
	CHECK(targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-02T09:15:00Z")));
	CHECK(targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-02T09:20:00Z")));
	CHECK(targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-02T09:21:00Z")));
	holds_release(&h);
}

int
main(void)
{
	RUN(elapsed_time_is_added);
	RUN(holds_do_not_count);
	RUN(a_hold_that_lasts_stops_the_clock);
	RUN(a_time_past_the_last_year_never_comes);
	RUN(unreadable_holds_are_told_and_the_others_kept);
	RUN(our_deadlines_are_known_again);
	return test_done();
}
