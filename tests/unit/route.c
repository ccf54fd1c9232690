#include "route.h"

#include <stdio.h>

#include "dir.h"
#include "occasion.h"
#include "recipient.h"
#include "test.h"
#include "times.h"

static struct pack pack;
static struct recipients recipients;
static struct routes routes;
static struct occasions occasions;
static struct when_state state;
static struct columns columns;
static struct buf said;
static struct fault fault;

static void
make_pack(void)
{
	dir_begin();
	dir_make("wording");
	dir_make("wording/sms");
	dir_put("wording/sms/new.txt", "{id} {summary|else -}\n");
	dir_put("wording/sms/new.cy.txt", "cy\n");
	dir_put("wording/sms/old.en.txt", "en\n");
	dir_put("calendars.tsv", "calendar\twindows\nday\t08:00-20:00\n");
	dir_put("pack.tsv", "name\nunit\n");
	dir_put("channels.tsv", "medium\ttell\nsms\turgent\n");
	dir_put("directory.tsv",
	    "party\tmedium\taddress\n"
	    "ann\tsms\t1\nbob\tsms\t2\ncy\t\t\n");
	dir_put("roster.tsv",
	    "role\tparty\torder\n"
	    "duty\tcy\t1\nduty\tann\t2\nduty\tbob\t3\n");
	dir_put("levels.tsv", "level\trole\n0\tbob\n1\tduty\n2\thead\n");
	dir_put("escalation.tsv",
	    "boundary\twhen\tlevel\tdirection\tuntil\trepeat\n"
	    "slow\t*\t1\tup\tacknowledged\t10m\n");
}

static void
release(void)
{
	routes_release(&routes);
	recipients_release(&recipients);
	occasions_release(&occasions);
	pack_release(&pack);
}

/* Loads the pack with these routes: 0 or -1. */
static int
load(const char *table)
{
	release();
	dir_put("routes.tsv", table);
	return pack_open(&pack, dir, "/nonexistent", &fault) < 0 ||
		occasions_load(&occasions, &pack, &fault) < 0 ||
		recipients_load(&recipients, &pack,
		    &occasions.targets.calendars, &fault) < 0 ||
		routes_load(&routes, &pack, &recipients.directory,
		    &occasions.targets.calendars, &fault) < 0 ||
		recipients_check(&recipients, &routes, &fault) < 0
	    ? -1
	    : 0;
}

static const char *const names[] = {"id", "received", "level", "escalated",
    "boundary", "acknowledged", "assigned", "callback", "caller", "status"};
#define NNAMES (sizeof names / sizeof *names)

/* Binds everything to the columns above. */
static int
bind_all(void)
{
	columns_release(&columns);
	for (size_t i = 0; i < NNAMES; i++)
		columns_add(&columns, slice_of(names[i]));
	occasions_bind(&occasions, &columns);
	recipients_bind(&recipients, &columns);
	return routes_bind(&routes, &columns, &pack.known, &fault);
}

/* A row of them from text with tabs. */
static struct slice *
row(const char *text)
{
	static struct slice field[NNAMES];
	struct slice rest = slice_of(text);

	for (size_t i = 0; i < NNAMES; i++) {
		if (!slice_split(&rest, '\t', &field[i]))
			field[i] = (struct slice){"", 0};
	}
	return field;
}

static void
report(void *ctx, const struct fault *f)
{
	(void)ctx;
	buf_add_slice(&said, buf_slice(&f->text));
	buf_add_char(&said, '\n');
}

static struct occasion
occasion(const char *text, const char *now)
{
	struct occasion o;

	occasion_read(&occasions, &routes.route[0], row(text), at(now), &o);
	return o;
}

static void
routes_are_numbered_by_reason_and_taken_in_turn(void)
{
	const struct route *r;

	CHECK(load("reason\twhen\tto\twording\n"
		   "new\tlevel = 1\tduty\tnew\nend\t*\tann\tnew\n"
		   "new\t*\tann\tnew\n") == 0);
	CHECK(bind_all() == 0);
	CHECK(routes.reasons.n == 2);
	r = routes_take(&routes, 0, row("a\t\t1"), &state, report, NULL);
	CHECK(r == &routes.route[0]);
	r = routes_take(&routes, 0, row("a\t\t2"), &state, report, NULL);
	CHECK(r == &routes.route[2]);
	CHECK_SLICE(routes.route[2].name, "new.2");
	CHECK_SLICE(routes.route[1].name, "end.1");
	CHECK(wordings_words(&routes.wordings, r->wording, 0,
		  (struct slice){"", 0}) != NULL);
}

static void
names_in_braces_are_columns(void)
{
	CHECK(
	    load(
		"reason\twhen\tto\twording\tper\n"
		"new\t*\t ann {assigned} {caller}\tnew\tlevel {escalated}\n") ==
	    0);
	CHECK(bind_all() == 0);
	CHECK(routes.route[0].nto == 3 && routes.route[0].nper == 2);
	CHECK(routes.route[0].to[0].column.name.n == 0);
	CHECK(routes.route[0].to[1].column.index == 6);
	CHECK(routes.route[0].to[2].caller);
	CHECK(!routes.route[0].per[0].time && routes.route[0].per[1].time);
}

static void
the_fact_is_the_last_time_in_per(void)
{
	struct occasion o;
	struct stamp due;

	CHECK(load("reason\twhen\tto\twording\tper\trepeat\tdue\n"
		   "new\t*\tann\tnew\tescalated level\t1h\t5m\n") == 0);
	CHECK(bind_all() == 0);
	o = occasion("a\t2026-01-01T00:00:00Z\t1\t2026-01-01T06:00:00Z",
	    "2026-01-01T08:30:00Z");
	CHECK(o.known && o.wrong.n == 0 && o.n == 2);
	CHECK(stamp_cmp(o.at, at("2026-01-01T08:00:00Z")) == 0);
	CHECK(occasion_due(&o, routes.route, o.at, &due) == 1);
	CHECK(stamp_cmp(due, at("2026-01-01T08:05:00Z")) == 0);
	CHECK_SLICE(o.tell, "urgent");
	o = occasion("a\t2026-01-01T00:00:00Z\t1\tx", "2026-01-01T08:30:00Z");
	CHECK(o.known && o.n == 8);
	CHECK_SLICE(o.wrong, "escalated");
	o = occasion("a\t\\N\t1\t", "2026-01-01T08:30:00Z");
	CHECK(!o.known && o.n == 0 && o.wrong.n == 0);
	CHECK(occasion_due(&o, routes.route, o.at, &due) == 0);
	CHECK(stamp_cmp(o.at, at("2026-01-01T08:30:00Z")) == 0);
}

static void
a_boundary_repeats_until_what_it_waits_for(void)
{
	const char *open = "a\t2026-01-01T00:00:00Z\t\t\tslow late";

	CHECK(load("reason\twhen\tto\twording\nnew\t*\tann\tnew\n") == 0);
	CHECK(bind_all() == 0);
	CHECK(occasion(open, "2026-01-01T00:35:00Z").n == 3);
	CHECK(occasion("a\t2026-01-01T00:00:00Z\t\t\tslow\t"
		       "2026-01-01T00:20:00Z",
		  "2026-01-01T00:35:00Z")
		  .n == 0);
	CHECK(occasion("a\t2026-01-01T00:00:00Z\t\t\tslow\t"
		       "2026-01-01T00:20:00Z",
		  "2026-01-01T00:19:00Z")
		  .n == 1);
	CHECK(load("reason\twhen\tto\twording\trepeat\n"
		   "new\t*\tann\tnew\t0s\n") == 0);
	CHECK(bind_all() == 0);
	CHECK(occasion(open, "2026-01-01T00:35:00Z").n == 0);
}

static void
what_is_held_counts_from_its_opening(void)
{
	struct occasion o;

	CHECK(load("reason\twhen\tto\twording\trepeat\twake\thold_until\n"
		   "new\t*\tann\tnew\t1h\tno\tday\n") == 0);
	CHECK(bind_all() == 0);
	CHECK(!routes.route[0].wakes && routes.route[0].hold != NULL);
	o = occasion("a\t2026-01-01T05:30:00Z", "2026-01-01T07:59:59Z");
	CHECK(o.held && o.n == 2);
	CHECK(stamp_cmp(o.until, at("2026-01-01T08:00:00Z")) == 0);
	CHECK(stamp_cmp(o.at, at("2026-01-01T08:00:00Z")) == 0);
	o = occasion("a\t2026-01-01T05:30:00Z", "2026-01-01T08:00:00Z");
	CHECK(!o.held && o.n == 2);
	CHECK(stamp_cmp(o.at, at("2026-01-01T08:00:00Z")) == 0);
	o = occasion("a\t2026-01-01T05:30:00Z", "2026-01-01T08:45:00Z");
	CHECK(!o.held && o.n == 3);
	CHECK(stamp_cmp(o.at, at("2026-01-01T08:30:00Z")) == 0);
	o = occasion("a\t2026-01-01T05:30:00Z", "2026-01-01T20:00:00Z");
	CHECK(o.held && o.n == 14);
	CHECK(stamp_cmp(o.until, at("2026-01-02T08:00:00Z")) == 0);
}

static void
words_are_found_by_language(void)
{
	struct wordings *w = &routes.wordings;
	const struct wording *any, *welsh;
	size_t place;

	CHECK(load("reason\twhen\tto\twording\nnew\t*\tann\tnew\n") == 0);
	place = routes.route[0].wording;
	any = wordings_words(w, place, 0, slice_of("en-GB"));
	welsh = wordings_words(w, place, 0, slice_of("cy-GB"));
	CHECK(any != NULL && welsh != NULL && any != welsh);
	CHECK(wordings_words(w, place, 0, (struct slice){"", 0}) == any);
	CHECK(wordings_words(w, routes.summary, 0, slice_of("en")) == NULL);
	CHECK(wordings_find(w, slice_of("old"), &place, &fault) == 1);
	CHECK(wordings_words(w, place, 0, slice_of("en-GB")) != NULL);
	CHECK(wordings_words(w, place, 0, slice_of("cy")) == NULL);
	CHECK(wordings_find(w, slice_of("ol"), &place, &fault) == 0);
}

static void
far_times_stay_in_range(void)
{
	struct occasion o;
	struct stamp due;

	CHECK(load("reason\twhen\tto\twording\trepeat\tdue\n"
		   "new\t*\tann\tnew\t1s\t9223372036854775807s\n") == 0);
	CHECK(bind_all() == 0);
	o = occasion("a\t1970-01-01T00:00:00Z", "9999-12-31T23:59:59Z");
	CHECK(o.n == (uint64_t)STAMP_MAX_S);
	CHECK(occasion_due(&o, routes.route, o.at, &due) == 1);
	CHECK(o.at.s == STAMP_MAX_S && due.s == STAMP_MAX_S);
}

static void
an_identity_is_the_digest_of_its_facts(void)
{
	struct occasion o = {.n = 7};
	char hex[OCCASION_ID + 1], other[OCCASION_ID + 1];

	CHECK(load("reason\twhen\tto\twording\tper\n"
		   "new\t*\tann\tnew\tlevel\n") == 0);
	CHECK(bind_all() == 0);
	occasion_identity(&occasions, &o, &routes, &routes.route[0],
	    row("a\t\t1"), slice_of("row"), slice_of("ann"), hex);
	/* printf 'actual\ta\tnew\t1\tann\t7' | sha256sum | cut -c 1-32 */
	CHECK_SLICE(slice_of(hex), "082891f1b25ca9286b06ea63943e951b");
	occasion_identity(&occasions, &o, &routes, &routes.route[0],
	    row("\t\t1"), slice_of("row"), slice_of("ann"), hex);
	occasion_identity(&occasions, &o, &routes, &routes.route[0],
	    row("\t\t1"), slice_of("roe"), slice_of("ann"), other);
	CHECK(memcmp(hex, other, OCCASION_ID) != 0);
}

/* Finds the recipients of the first route and says how many. */
static size_t
find(const char *text)
{
	struct occasion o = occasion(text, "2026-01-01T00:00:00Z");

	buf_clear(&said);
	return recipients_find(&recipients, &routes, &routes.route[0], &o,
	    row(text), report, NULL);
}

static void
the_next_order_is_asked_where_the_first_has_no_address(void)
{
	CHECK(load("reason\twhen\tto\twording\nnew\t*\tduty ann\tnew\n") == 0);
	CHECK(bind_all() == 0);
	CHECK(find("a") == 1);
	CHECK_SLICE(recipients.found[0].name, "ann");
	CHECK_SLICE(recipients.found[0].role, "duty");
	CHECK(recipients.found[0].by.n == 1);
	CHECK_SLICE(recipients.found[0].by.medium[0].address->text, "1");
	CHECK_SLICE(buf_slice(&said), "'cy' has no address\n");
}

static void
levels_are_asked_in_turn_and_the_lowest_last(void)
{
	CHECK(load("reason\twhen\tto\twording\n"
		   "new\t*\t{assigned}\tnew\n") == 0);
	CHECK(bind_all() == 0);
	CHECK(find("a\t\t1\t\t\t\tcy") == 1);
	CHECK_SLICE(recipients.found[0].name, "bob");
	CHECK_SLICE(buf_slice(&said),
	    "'cy' has no address; asking 'head'\n"
	    "nobody is on call for 'head' at 2026-01-01T00:00:00Z; "
	    "asking 'bob'\n");
	CHECK(find("a\t\t0\t\t\t\tx\\ty") == 1);
	CHECK_SLICE(recipients.found[0].name, "ann");
}

static void
a_caller_is_not_called_by_name(void)
{
	CHECK(load("reason\twhen\tto\twording\nnew\t*\t{caller}\tnew\n") == 0);
	CHECK(bind_all() == 0);
	CHECK(find("a\t\t\t\t\t\t\t0113\tJo\\tX") == 1);
	CHECK_SLICE(recipients.found[0].name, "caller");
	CHECK_SLICE(recipients.found[0].role, "caller");
	CHECK(find("a\t\t\t\t\t\t\t0113\tann") == 1);
	CHECK_SLICE(recipients.found[0].name, "caller");
	CHECK(find("a\t\t\t\t\t\t\tx@y\tJo") == 1);
	CHECK_SLICE(buf_slice(&said),
	    "no medium reaches the caller; asking 'duty'\n"
	    "'cy' has no address\n");
}

int
main(void)
{
	make_pack();
	RUN(routes_are_numbered_by_reason_and_taken_in_turn);
	RUN(names_in_braces_are_columns);
	RUN(the_fact_is_the_last_time_in_per);
	RUN(a_boundary_repeats_until_what_it_waits_for);
	RUN(what_is_held_counts_from_its_opening);
	RUN(words_are_found_by_language);
	RUN(far_times_stay_in_range);
	RUN(an_identity_is_the_digest_of_its_facts);
	RUN(the_next_order_is_asked_where_the_first_has_no_address);
	RUN(levels_are_asked_in_turn_and_the_lowest_last);
	RUN(a_caller_is_not_called_by_name);
	release();
	dir_end();
	columns_release(&columns);
	when_state_release(&state);
	buf_release(&said);
	fault_release(&fault);
	return test_done();
}
