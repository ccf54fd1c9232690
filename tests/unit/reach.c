#include "reach.h"

#include "dir.h"
#include "test.h"
#include "times.h"

#define NOON "2026-03-02T12:00:00Z"
#define NIGHT "2026-03-02T23:00:00Z"
#define MORNING "2026-03-03T08:00:00Z"

static struct pack pack;
static struct calendars calendars;
static struct directory directory;
static struct routes routes;
static struct arena arena;
static struct reach r;
static struct fault fault;

/* A pack in which ann has three media, of which voice answers by day alone. */
static int
load(void)
{
	struct table *channels, *parties;

	dir_put("pack.tsv", "name\nunit\n");
	dir_put("calendars.tsv", "calendar\twindows\nday\t08:00-20:00\n");
	dir_put("channels.tsv",
	    "medium\tkind\ttell\tcalendar\n"
	    "voice\tvoice\turgent\tday\n"
	    "sms\tdata\turgent high\t\n"
	    "email\tdata\tlow\t\n"
	    "pager\tdata\turgent\t\n");
	dir_put("directory.tsv",
	    "party\tmedium\taddress\tcalendar\n"
	    "ann\tvoice\t1\t\nann\tsms\t2\t\nann\temail\ta@b\t\n"
	    "bob\tsms\t3\tday\nbob\tpager\t4\t\n"
	    "cy\temail\tc@d\t\n"
	    "dan\tpager\t5\t\n");
	dir_make("wording");
	dir_make("wording/voice");
	dir_make("wording/sms");
	dir_make("wording/email");
	dir_put("wording/voice/new.txt", "{id}\n");
	dir_put("wording/sms/new.txt", "{id}\n");
	dir_put("wording/sms/new.cy.txt", "cy {id}\n");
	dir_put("wording/email/new.txt", "Subject: {id}\n\n{id}\n");
	dir_put("routes.tsv", "reason\twhen\tto\twording\nnew\t*\tann\tnew\n");
	if (pack_open(&pack, dir, "/nonexistent", &fault) < 0 ||
	    calendars_load(&calendars, &pack, &fault) < 0 ||
	    pack_table(&pack, "channels", &channels, &fault) < 1 ||
	    pack_table(&pack, "directory", &parties, &fault) < 1 ||
	    directory_load(&directory, channels, parties, &calendars, &fault) <
		0)
		return -1;
	return routes_load(&routes, &pack, &directory, &calendars, &fault);
}

/* Judges a party's addresses; language is the one of its words. */
static void
judge(const char *name, const char *tell, const char *now, bool may_wake,
    const char *language)
{
	const struct party *p = directory_find(&directory, slice_of(name));
	struct occasion occasion = {
	    .now = at(now), .at = at(now), .tell = slice_of(tell)};
	struct reach_means means = {.directory = &directory,
	    .routes = &routes,
	    .occasion = &occasion,
	    .wording = routes.route[0].wording,
	    .may_wake = may_wake,
	    .language = slice_of(language)};

	arena_reset(&arena);
	reach_judge(&r, &means, p->address, p->n, &arena);
	CHECK(r.all == p->n && r.n <= r.all);
}

/* The address at a place. */
static struct slice
address(size_t i)
{
	return r.medium[i].address->text;
}

static void
what_serves_is_tried_and_the_rest_comes_after(void)
{
	judge("ann", "urgent", NOON, true, "");
	CHECK(r.n == 2 && !r.any && !r.held);
	CHECK_SLICE(address(0), "1");
	CHECK_SLICE(address(1), "2");
	CHECK_SLICE(address(2), "a@b");
	CHECK(r.medium[2].left == REACH_OTHER && !r.medium[2].serves);
	judge("ann", "low", NOON, true, "");
	CHECK(r.n == 1);
	CHECK_SLICE(address(0), "a@b");
}

static void
where_nothing_serves_all_do(void)
{
	judge("cy", "urgent", NOON, true, "");
	CHECK(r.n == 1 && r.any);
	CHECK_SLICE(address(0), "c@d");
}

static void
without_words_nothing_is_tried(void)
{
	judge("dan", "urgent", NOON, true, "");
	CHECK(r.n == 0 && r.medium[0].left == REACH_NO_WORDS);
	judge("bob", "urgent", NOON, true, "");
	CHECK(r.n == 1);
	CHECK_SLICE(address(0), "3");
	CHECK(r.medium[1].left == REACH_NO_WORDS);
}

static void
the_words_are_in_the_language_that_is_wanted(void)
{
	const struct wording *any;

	judge("bob", "urgent", NOON, true, "");
	any = r.medium[0].words;
	judge("bob", "urgent", NOON, true, "cy-GB");
	CHECK(r.medium[0].words != NULL && r.medium[0].words != any);
	judge("bob", "urgent", NOON, true, "de");
	CHECK(r.medium[0].words == any);
}

static void
what_answers_now_comes_before_what_is_out_of_hours(void)
{
	judge("ann", "urgent", NIGHT, true, "");
	CHECK(r.n == 2 && r.wakes && !r.held);
	CHECK_SLICE(address(0), "2");
	CHECK(r.medium[0].open);
	CHECK_SLICE(address(1), "1");
	CHECK(!r.medium[1].open);
	judge("ann", "high", NIGHT, true, "");
	CHECK(r.n == 1 && !r.wakes);
	judge("ann", "urgent", NOON, true, "");
	CHECK(r.wakes); /* it rings */
}

static void
where_nobody_may_be_woken_what_is_closed_is_left_out(void)
{
	judge("ann", "urgent", NIGHT, false, "");
	CHECK(r.n == 1 && !r.wakes && !r.held);
	CHECK_SLICE(address(0), "2");
	CHECK(r.medium[1].left == REACH_CLOSED);
	CHECK(stamp_cmp(r.at, at(NIGHT)) == 0);
}

static void
or_all_wait_until_the_first_opens(void)
{
	judge("bob", "urgent", NIGHT, false, "");
	CHECK(r.n == 1 && r.held && !r.wakes);
	CHECK(stamp_cmp(r.until, at(MORNING)) == 0);
	CHECK(stamp_cmp(r.at, at(MORNING)) == 0);
	judge("bob", "urgent", NOON, false, "");
	CHECK(r.n == 1 && !r.held);
	CHECK(stamp_cmp(r.at, at(NOON)) == 0);
}

int
main(void)
{
	dir_begin();
	if (load() < 0) {
		printf("# %s\n", buf_str(&fault.text));
		return 1;
	}
	RUN(what_serves_is_tried_and_the_rest_comes_after);
	RUN(where_nothing_serves_all_do);
	RUN(without_words_nothing_is_tried);
	RUN(the_words_are_in_the_language_that_is_wanted);
	RUN(what_answers_now_comes_before_what_is_out_of_hours);
	RUN(where_nobody_may_be_woken_what_is_closed_is_left_out);
	RUN(or_all_wait_until_the_first_opens);
	routes_release(&routes);
	directory_release(&directory);
	calendars_release(&calendars);
	pack_release(&pack);
	arena_release(&arena);
	fault_release(&fault);
	dir_end();
	return test_done();
}
