#include "throttle.h"

#include <stdint.h>

#include "test.h"

static struct means_window windows[] = {{3, 900}, {5, 3600}};
static const struct means sms = {
    .medium = SLICE("sms"), .window = windows, .nwindows = 2};
static const struct means mail = {.medium = SLICE("email")};
static struct throttle t;
static struct stamp until;

static size_t
room(const struct means *m, const char *party, int64_t now)
{
	return throttle_room(
	    &t, m, slice_of(party), (struct stamp){now, 0}, &until);
}

static void
had(const char *party, int64_t at)
{
	throttle_note(&t, sms.medium, slice_of(party), (struct stamp){at, 0});
}

static void
a_medium_without_windows_has_room_for_all(void)
{
	CHECK(room(&mail, "ann", 0) == SIZE_MAX);
}

static void
each_window_lets_so_many_through(void)
{
	CHECK(room(&sms, "ann", 10000) == 3);
	had("ann", 10000);
	had("ann", 10010);
	CHECK(room(&sms, "ann", 10020) == 1);
	had("ann", 10020);
	CHECK(room(&sms, "ann", 10020) == 0 && until.s == 10900);
	CHECK(room(&sms, "ann", 10899) == 0 && until.s == 10900);
	CHECK(room(&sms, "ann", 10900) == 1);
	CHECK(room(&sms, "bob", 10020) == 3);
}

static void
the_longest_wait_counts(void)
{
	had("ann", 10900);
	had("ann", 10910);
	/* three in 15 minutes, and five in an hour */
	CHECK(room(&sms, "ann", 10915) == 0 && until.s == 13600);
	CHECK(room(&sms, "ann", 13600) == 1);
}

static void
what_went_together_counts_as_one(void)
{
	had("cat", 50);
	had("cat", 50);
	CHECK(room(&sms, "cat", 60) == 2);
}

static void
notes_come_in_any_order(void)
{
	had("dan", 30);
	had("dan", 10);
	had("dan", 20);
	CHECK(room(&sms, "dan", 40) == 0 && until.s == 910);
}

int
main(void)
{
	RUN(a_medium_without_windows_has_room_for_all);
	RUN(each_window_lets_so_many_through);
	RUN(the_longest_wait_counts);
	RUN(what_went_together_counts_as_one);
	RUN(notes_come_in_any_order);
	throttle_release(&t);
	return test_done();
}
