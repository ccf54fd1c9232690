#include "feed.h"

#include "chance.h"
#include "test.h"

#define INCIDENTS 3
#define COLUMNS 3

static struct incidents all;
static struct feed feed;
static size_t state, acknowledged, incomplete;

/* Forgets all; the incidents of before are there. */
static void
start(void)
{
	feed_release(&feed);
	incidents_release(&all);
	state = incidents_column(&all, slice_of("state"));
	acknowledged = incidents_column(&all, slice_of("acknowledged"));
	incomplete = incidents_column(&all, slice_of("incomplete"));
	feed.all = &all;
	feed.received = feed.whom = COLUMNS_NONE;
	feed.incomplete = incomplete;
	hash_draw(&feed.key);
}

/* Folds an entry of some columns, from the first on, into an incident. */
static void
fold(size_t incident, int64_t updated, const char *const *value, size_t n)
{
	static const char *const ids[INCIDENTS] = {"A", "B", "C"};
	static uint64_t seq;
	struct slice field[COLUMNS];
	size_t column[COLUMNS];

	for (size_t i = 0; i < n; i++) {
		field[i] = slice_of(value[i]);
		column[i] = i;
	}
	CHECK(incidents_fold(&all,
		  &(struct entry){.seq = ++seq,
		      .updated = {updated, 0},
		      .id = slice_of(ids[incident]),
		      .event = slice_of("updated"),
		      .own = true,
		      .field = field,
		      .column = column,
		      .n = n}) == incident);
}

static void
say(size_t incident, int64_t updated, const char *value)
{
	feed_set(&feed, incident, state, slice_of(value));
	feed_note(&feed, incident, (struct stamp){updated, 0});
}

/* Whether a row that says value is there already. */
static bool
has(size_t incident, int64_t updated, const char *value)
{
	struct content content =
	    content_with(&feed.key, feed_content(&feed, incident), state,
		feed_value(&feed, incident, state), slice_of(value));

	return feed_has(&feed, incident, (struct stamp){updated, 0}, content);
}

static void
a_row_is_known_by_its_time_and_content(void)
{
	start();
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
	start();
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
	struct content none = {{0, 0}}, content;

	start();
	feed_set(&feed, 0, acknowledged, slice_of("x"));
	feed_note(&feed, 0, (struct stamp){1, 0});
	CHECK_SLICE(feed_value(&feed, 0, acknowledged), "x");
	content = feed_content(&feed, 0);
	CHECK(memcmp(&content, &none, sizeof none) == 0);
}

static void
what_an_only_entry_says_is_what_was_said(void)
{
	static const char *const first[] = {"new", "x", "received"};

	for (int spread = 0; spread < 2; spread++) {
		start();
		fold(0, 5, first, COLUMNS);
		feed_alone(&feed, 0, true);
		if (spread)
			feed_spread(&feed, 0);
		CHECK_SLICE(feed_value(&feed, 0, state), "new");
		CHECK_SLICE(feed_value(&feed, 0, acknowledged), "x");
		/* which is the log's own */
		CHECK_SLICE(feed_value(&feed, 0, incomplete), "");
		CHECK(feed_said(&feed, 0)->latest.s == 5);
		CHECK(has(0, 5, "new") && has(0, 6, "new"));
		CHECK(!has(0, 4, "new") && !has(0, 5, "open"));
	}
}

/* A row as it was noted. */
struct noted {
	size_t incident;
	int64_t updated;
	const char *state;
};

/* Whether rows adds nothing to some that were noted, by looking at each. */
static bool
is_noted(const struct noted *noted, size_t n, const struct noted *row)
{
	const struct noted *last = NULL;
	bool same = false;

	for (size_t i = 0; i < n; i++) {
		if (noted[i].incident != row->incident ||
		    noted[i].updated > row->updated)
			continue;
		if (last == NULL || noted[i].updated >= last->updated)
			last = &noted[i];
		same = same ||
		    (noted[i].updated == row->updated &&
			strcmp(noted[i].state, row->state) == 0);
	}
	return same || (last != NULL && strcmp(last->state, row->state) == 0);
}

/* Notes a row; an incident's first one is its only entry for a while. */
static void
note(const struct noted *row, bool first)
{
	if (first) {
		fold(row->incident, row->updated, &row->state, 1);
		feed_alone(&feed, row->incident, false);
		return;
	}
	feed_spread(&feed, row->incident);
	fold(row->incident, row->updated, &row->state, 1);
	say(row->incident, row->updated, row->state);
}

static void
rows_in_any_order_are_known_as_by_looking_at_each(void)
{
	static const char *const states[] = {"", "a", "b"};

	for (size_t run = 0; run < 500; run++) {
		struct noted noted[24];
		bool there[INCIDENTS] = {false};

		start();
		for (size_t n = 0; n < LEN(noted); n++) {
			struct noted *row = &noted[n];

			/* places are given in order */
			row->incident = n < INCIDENTS ? n : chance(INCIDENTS);
			row->updated = (int64_t)chance(6);
			row->state = states[chance(LEN(states))];
			if (there[row->incident])
				CHECK(
				    has(row->incident, row->updated,
					row->state) == is_noted(noted, n, row));
			note(row, !there[row->incident]);
			there[row->incident] = true;
			CHECK_SLICE(feed_value(&feed, row->incident, state),
			    row->state);
		}
	}
}

static void
what_a_run_told_of_is_known_until_the_next(void)
{
	start();
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
	RUN(what_an_only_entry_says_is_what_was_said);
	RUN(rows_in_any_order_are_known_as_by_looking_at_each);
	RUN(what_a_run_told_of_is_known_until_the_next);
	feed_release(&feed);
	incidents_release(&all);
	return test_done();
}
