#include "feed.h"

#include "test.h"

static struct feed feed;

static void
say(size_t incident, int64_t updated, const char *value)
{
	said_set(
	    feed_said(&feed, incident), 0, slice_of("state"), slice_of(value));
	feed_note(&feed, incident, (struct stamp){updated, 0});
}

/* Whether a row that says value is there already. */
static bool
has(size_t incident, int64_t updated, const char *value)
{
	struct said *said = feed_said(&feed, incident);
	struct content content = content_with(said->content, slice_of("state"),
	    said_value(said, 0), slice_of(value));

	return feed_has(&feed, incident, (struct stamp){updated, 0}, content);
}

static void
a_row_is_known_by_its_time_and_content(void)
{
	feed_release(&feed);
	say(0, 1, "new");
	say(0, 2, "active");
	say(0, 2, "held");
	CHECK(has(0, 1, "new"));
	CHECK(has(0, 2, "active"));
	CHECK(has(0, 2, "held"));
	CHECK(!has(0, 2, "new"));
	CHECK(!has(0, 3, "new"));
	CHECK(!has(1, 1, "new"));
}

static void
a_row_that_said_what_held_then_is_known(void)
{
	feed_release(&feed);
	say(0, 10, "a");
	say(0, 20, "b");
	CHECK(has(0, 15, "a"));
	CHECK(has(0, 25, "b"));
	CHECK(!has(0, 25, "a"));
	CHECK(!has(0, 5, "a"));
}

static void
acknowledged_is_no_part_of_the_content(void)
{
	struct content none = {{0, 0}};
	struct said *said;

	feed_release(&feed);
	said = feed_said(&feed, 0);
	said_set(said, 1, slice_of("acknowledged"), slice_of("x"));
	CHECK_SLICE(said_value(said, 1), "x");
	CHECK(memcmp(&said->content, &none, sizeof none) == 0);
}

static void
what_a_run_told_of_is_known_until_the_next(void)
{
	feed_release(&feed);
	feed_tell(&feed, 1);
	CHECK(!feed_said(&feed, 0)->told);
	CHECK(feed_said(&feed, 1)->told);
	feed_begin(&feed);
	CHECK(!feed_said(&feed, 1)->told);
	/* What is gone is gone until it is told of again. */
	feed_said(&feed, 1)->gone = true;
	feed_begin(&feed);
	CHECK(feed_said(&feed, 1)->gone);
	feed_tell(&feed, 1);
	CHECK(!feed_said(&feed, 1)->gone);
}

int
main(void)
{
	RUN(a_row_is_known_by_its_time_and_content);
	RUN(a_row_that_said_what_held_then_is_known);
	RUN(acknowledged_is_no_part_of_the_content);
	RUN(what_a_run_told_of_is_known_until_the_next);
	feed_release(&feed);
	return test_done();
}
