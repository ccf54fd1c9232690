#include "delivery.h"

#include "letters.h"
#include "test.h"

#define DUE "1970-01-01T01:00:00Z" /* 3600 */

static struct buf text;
static struct fault fault;
static struct letter l = {.ack_s = -1};
static struct letter_try rows[3];
static struct delivery d;
static struct stamp until;
static const struct means plain, answers = {.acknowledges = true};

/* A message with so many media, queued at 0 s. */
static void
begin(size_t n, int64_t ack_s, const char *due)
{
	for (size_t i = 0; i < n; i++) {
		rows[i] = empty_row();
		rows[i].field[MESSAGE_ID] = slice_of("0123");
		rows[i].field[MESSAGE_DUE] = slice_of(due);
	}
	queue_letter(&text, rows, n, ack_s, 0);
	CHECK(letter_read(&l, buf_slice(&text), "queue", &fault) == 0);
}

static enum delivery_step
next(const struct means *means, int64_t now)
{
	return delivery_next(&d, &l, means, (struct stamp){now, 0}, &until);
}

/* Takes what d says into the letter. */
static void
take(void)
{
	for (size_t i = 0; i < d.n; i++)
		letter_add(&text, &d.event[i]);
	CHECK(letter_read(&l, buf_slice(&text), "queue", &fault) == 0);
}

/* An attempt that comes to something. */
static void
attempt(enum means_verdict verdict, int64_t retry_after_s, int64_t now)
{
	struct delivery_outcome o = {.verdict = verdict,
	    .retry_after_s = retry_after_s,
	    .error = SLICE("no\tway")};

	CHECK(next(&plain, now) == DELIVERY_ATTEMPT);
	if (verdict == MEANS_DONE)
		o.error = slice_of("");
	delivery_attempted(&d, &l, &o, (struct stamp){now, 0});
	take();
}

static void
what_is_handed_over_is_over(void)
{
	begin(1, -1, DUE);
	attempt(MEANS_DONE, -1, 5);
	CHECK(l.last.delivery == LETTER_HANDED_OVER && l.last.attempts == 1);
	CHECK(next(&plain, 6) == DELIVERY_OVER);
}

static void
attempts_come_at_growing_distances(void)
{
	static const int64_t want[] = {
	    30, 60, 120, 240, 480, 960, 1920, 3600, 3600};
	int64_t now = 0;

	begin(1, -1, "1970-01-02T00:00:00Z");
	for (size_t i = 0; i < LEN(want); i++) {
		int64_t waited;

		attempt(MEANS_TEMPORARY, -1, now);
		CHECK(l.last.delivery == LETTER_QUEUED);
		CHECK(l.last.attempts == i + 1);
		CHECK_SLICE(l.last.error, "no\\tway");
		waited = l.last.next.s - now;
		CHECK(waited >= want[i] * 4 / 5 && waited <= want[i] * 6 / 5);
		CHECK(next(&plain, l.last.next.s - 1) == DELIVERY_WAIT);
		CHECK(until.s == l.last.next.s);
		now = l.last.next.s;
	}
}

static void
a_receiver_may_ask_for_more_time(void)
{
	begin(1, -1, DUE);
	attempt(MEANS_TEMPORARY, 300, 0);
	CHECK(l.last.next.s == 300);
	begin(1, -1, DUE);
	attempt(MEANS_TEMPORARY, 1, 0); /* not for less */
	CHECK(l.last.next.s >= 24);
	begin(1, -1, DUE);
	attempt(MEANS_TEMPORARY, INT64_MAX, 0);
	CHECK(l.last.next.s == 3600); /* the end: once more */
}

static void
the_last_attempt_is_at_the_end_and_then_it_is_dead(void)
{
	int64_t now = 0;
	size_t n = 0;

	begin(1, -1, DUE);
	while (l.last.delivery == LETTER_QUEUED && n++ < 50) {
		attempt(MEANS_TEMPORARY, -1, now);
		CHECK(
		    l.last.delivery != LETTER_QUEUED || l.last.next.s <= 3600);
		if (l.last.delivery == LETTER_QUEUED)
			now = l.last.next.s;
	}
	CHECK(now == 3600);
	CHECK(l.last.delivery == LETTER_DEAD);
	CHECK(next(&plain, now) == DELIVERY_DEAD);
}

static void
what_fails_for_good_goes_on_to_the_next_medium_at_once(void)
{
	begin(2, -1, DUE);
	attempt(MEANS_PERMANENT, -1, 7);
	CHECK(d.n == 2 && d.event[0].delivery == LETTER_FAILED);
	CHECK(l.last.try == 1 && l.last.attempts == 0 && l.last.error.n == 0);
	attempt(MEANS_PERMANENT, -1, 7);
	CHECK(l.last.delivery == LETTER_DEAD && l.last.try == 1);
}

static void
each_medium_has_its_share_of_the_time(void)
{
	int64_t now = 0;
	size_t n = 0;

	begin(2, -1, DUE); /* 30 minutes for each */
	while (l.last.try == 0 && n++ < 50) {
		attempt(MEANS_TEMPORARY, -1, now);
		if (l.last.delivery == LETTER_QUEUED)
			now = l.last.next.s;
	}
	CHECK(l.last.try == 1 && now > 800 && now <= 1800);
	/* long after it was due each has ten minutes */
	begin(2, -1, DUE);
	attempt(MEANS_TEMPORARY, -1, 90000);
	CHECK(l.last.try == 1); /* queued at 0: its share was long over */
	attempt(MEANS_TEMPORARY, -1, 90001);
	CHECK(l.last.try == 1 && l.last.delivery == LETTER_QUEUED);
}

static void
what_nobody_acknowledges_goes_on_to_the_next_medium(void)
{
	begin(2, 300, DUE);
	attempt(MEANS_DONE, -1, 10);
	CHECK(next(&plain, 20) == DELIVERY_OVER); /* it can't be by this one */
	CHECK(next(&answers, 20) == DELIVERY_WAIT && until.s == 310);
	CHECK(next(&answers, 310) == DELIVERY_RECORD);
	CHECK(d.n == 2);
	CHECK_SLICE(d.event[0].error, "not acknowledged within 5m");
	take();
	CHECK(l.last.try == 1 && l.since.s == 310);
	attempt(MEANS_DONE, -1, 310);
	CHECK(next(&answers, 610) == DELIVERY_RECORD);
	take();
	CHECK(l.last.delivery == LETTER_DEAD);
}

static void
what_is_acknowledged_is_over(void)
{
	struct delivery_outcome o = {
	    .verdict = MEANS_DONE, .acknowledged = true};

	begin(2, 300, DUE);
	delivery_attempted(&d, &l, &o, (struct stamp){10, 0});
	take();
	CHECK(l.last.delivery == LETTER_ACKNOWLEDGED);
	CHECK(next(&answers, 10000) == DELIVERY_OVER);
}

static void
one_that_died_between_two_lines_goes_on(void)
{
	begin(2, -1, DUE);
	attempt(MEANS_PERMANENT, -1, 7);
	d.n = 1; /* as if the second had not been written */
	begin(2, -1, DUE);
	d.event[0].delivery = LETTER_FAILED;
	d.event[0].at = (struct stamp){7, 0};
	d.event[0].error = slice_of("no");
	take();
	CHECK(next(&plain, 9) == DELIVERY_RECORD);
	take();
	CHECK(l.last.try == 1 && l.last.delivery == LETTER_QUEUED);
}

static void
what_is_withdrawn_is_over_and_can_be_taken_up_again(void)
{
	begin(2, -1, DUE);
	attempt(MEANS_PERMANENT, -1, 7);
	delivery_withdraw(&d, &l, (struct stamp){8, 0});
	take();
	CHECK(l.withdrawn && next(&plain, 9) == DELIVERY_OVER);
	delivery_again(&d, &l, (struct stamp){20, 0});
	take();
	CHECK(!l.withdrawn && l.last.try == 0 && l.since.s == 20);
	CHECK(next(&plain, 20) == DELIVERY_ATTEMPT);
	attempt(MEANS_DONE, -1, 21);
	delivery_withdraw(&d, &l, (struct stamp){22, 0});
	CHECK(d.n == 0); /* it was handed over: that stands */
}

static void
what_is_dropped_is_over_and_can_be_taken_up_again(void)
{
	begin(1, -1, DUE);
	attempt(MEANS_PERMANENT, -1, 7);
	CHECK(next(&plain, 8) == DELIVERY_DEAD);
	delivery_drop(&d, &l, slice_of("by ann:\tno"), (struct stamp){8, 0});
	take();
	CHECK(l.last.delivery == LETTER_DROPPED && l.last.attempts == 1);
	CHECK_SLICE(l.last.error, "by ann:\\tno");
	CHECK(next(&plain, 9) == DELIVERY_OVER);
	delivery_again(&d, &l, (struct stamp){20, 0});
	take();
	CHECK(l.since.s == 20 && next(&plain, 20) == DELIVERY_ATTEMPT);
}

static void
an_acknowledgement_is_of_the_try_that_is_answered(void)
{
	begin(2, 300, DUE);
	attempt(MEANS_DONE, -1, 5);
	CHECK(next(&answers, 400) == DELIVERY_RECORD);
	take();
	CHECK(l.last.try == 1 && l.last.delivery == LETTER_QUEUED);
	delivery_acknowledge(&d, &l, 1, slice_of(""), (struct stamp){500, 0});
	CHECK(d.n == 1 && d.event[0].try == 1 && d.event[0].attempts == 0);
	delivery_acknowledge(
	    &d, &l, 0, slice_of("on\tmy way"), (struct stamp){500, 0});
	take();
	CHECK(l.last.delivery == LETTER_ACKNOWLEDGED && l.last.at.s == 500);
	CHECK(l.last.try == 0 && l.last.attempts == 1);
	CHECK_SLICE(l.last.error, "on\\tmy way");
	CHECK(next(&answers, 600) == DELIVERY_OVER);
}

int
main(void)
{
	RUN(what_is_handed_over_is_over);
	RUN(attempts_come_at_growing_distances);
	RUN(a_receiver_may_ask_for_more_time);
	RUN(the_last_attempt_is_at_the_end_and_then_it_is_dead);
	RUN(what_fails_for_good_goes_on_to_the_next_medium_at_once);
	RUN(each_medium_has_its_share_of_the_time);
	RUN(what_nobody_acknowledges_goes_on_to_the_next_medium);
	RUN(what_is_acknowledged_is_over);
	RUN(an_acknowledgement_is_of_the_try_that_is_answered);
	RUN(one_that_died_between_two_lines_goes_on);
	RUN(what_is_withdrawn_is_over_and_can_be_taken_up_again);
	RUN(what_is_dropped_is_over_and_can_be_taken_up_again);
	letter_release(&l);
	delivery_release(&d);
	buf_release(&text);
	fault_release(&fault);
	return test_done();
}
