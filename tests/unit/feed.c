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
content_does_not_go_by_the_order_of_columns(void)
{
	struct content none = {{0, 0}}, a, b;
	struct slice x = slice_of("x"), y = slice_of("y"), no = {"", 0};

	a = content_with(none, x, no, slice_of("1"));
	a = content_with(a, y, no, slice_of("2"));
	b = content_with(none, y, no, slice_of("2"));
	b = content_with(b, x, no, slice_of("1"));
	CHECK(memcmp(&a, &b, sizeof a) == 0);
	b = content_with(b, x, slice_of("1"), no);
	b = content_with(b, y, slice_of("2"), no);
	CHECK(memcmp(&b, &none, sizeof b) == 0);
	a = content_with(none, x, no, slice_of("2"));
	b = content_with(none, y, no, slice_of("2"));
	CHECK(memcmp(&a, &b, sizeof a) != 0);
}

static void
acknowledged_is_no_part_of_the_content(void)
{
	struct content none = {{0, 0}}, a;

	a = content_with(none, slice_of("acknowledged"), (struct slice){"", 0},
	    slice_of("x"));
	CHECK(memcmp(&a, &none, sizeof a) == 0);
}

int
main(void)
{
	RUN(a_row_is_known_by_its_time_and_content);
	RUN(a_row_that_said_what_held_then_is_known);
	RUN(content_does_not_go_by_the_order_of_columns);
	RUN(acknowledged_is_no_part_of_the_content);
	feed_release(&feed);
	return test_done();
}
