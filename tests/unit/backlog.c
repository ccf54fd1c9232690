#include "backlog.h"

#include "letters.h"
#include "test.h"

#define NOW 1000000

static struct buf text;
static struct fault fault;
static struct letter l = {.ack_s = -1};
static struct backlog b;

/* A message with two media and this status, queued at NOW - ago. */
static void
begin_as(const char *status, int64_t ago, const char *due)
{
	struct letter_try rows[2];

	set_rows(rows);
	rows[1].field[MESSAGE_MEDIUM] = slice_of("e\\tmail");
	for (size_t i = 0; i < 2; i++) {
		rows[i].field[MESSAGE_DUE] = slice_of(due);
		rows[i].field[MESSAGE_STATUS] = slice_of(status);
	}
	queue_letter(&text, rows, 2, 300, NOW - ago);
}

static void
begin(int64_t ago, const char *due)
{
	begin_as("actual", ago, due);
}

static void
add(int64_t ago, size_t try, enum letter_delivery delivery, uint64_t attempts,
    const char *error)
{
	add_event(&text, NOW - ago, try, delivery, attempts, error);
}

static void
count(enum spool_where where, int64_t ago)
{
	CHECK(letter_read(&l, buf_slice(&text), "x", &fault) == 0);
	backlog_add(&b, where, &l, (struct stamp){NOW - ago, 0});
}

static void
start(void)
{
	backlog_release(&b);
	b.now.s = NOW;
}

static const struct backlog_count *
of(const char *medium)
{
	static const struct backlog_count none;
	size_t place = dict_find(&b.media, slice_of(medium));

	return place == DICT_NONE ? &none : &b.count[place];
}

static void
each_counts_by_its_place_and_state(void)
{
	start();
	begin(10, "");
	count(SPOOL_NEW, 10);
	count(SPOOL_WORK, 10);
	add(5, 0, LETTER_HANDED_OVER, 1, "");
	count(SPOOL_NEW, -300);
	add(4, 0, LETTER_FAILED, 1, "not acknowledged within 5m");
	add(4, 1, LETTER_QUEUED, 0, "");
	add(3, 1, LETTER_FAILED, 1, "gone");
	add(3, 1, LETTER_DEAD, 1, "gone");
	count(SPOOL_DEAD, 3);
	/* what is over counts only for what happened */
	begin(10, "");
	add(5, 0, LETTER_DELIVERED, 1, "");
	add(4, 0, LETTER_ACKNOWLEDGED, 1, "");
	count(SPOOL_NEW, 4);
	count(SPOOL_DONE, 4);
	CHECK(b.all.waiting == 1 && b.all.sending == 1);
	CHECK(b.all.unacknowledged == 1 && b.all.dead == 1);
	CHECK(b.all.handed_over == 2 && b.all.delivered == 2);
	CHECK(b.all.acknowledged == 2 && b.all.failed == 2);
	CHECK(of("sms")->waiting == 1 && of("sms")->failed == 1);
	CHECK(of("e\tmail")->dead == 1 && of("e\tmail")->failed == 1);
	CHECK(!backlog_is_well(&b));
}

static void
what_is_a_day_ago_is_forgotten(void)
{
	start();
	begin(200000, "");
	add(86401, 0, LETTER_FAILED, 1, "x");
	add(86400, 1, LETTER_HANDED_OVER, 1, "");
	count(SPOOL_DONE, 86400);
	CHECK(b.all.failed == 0 && b.all.handed_over == 1);
}

static void
who_decided_did_not_fail(void)
{
	start();
	begin(10, "1970-01-01T00:00:00Z");
	add(5, 0, LETTER_FAILED, 0, "no longer to be told");
	count(SPOOL_NEW, 5);
	begin(10, "1970-01-01T00:00:00Z");
	add(5, 0, LETTER_DROPPED, 0, "dropped by ann: wrong");
	count(SPOOL_NEW, 5);
	CHECK(b.all.failed == 0 && b.all.waiting == 0 && b.overdue == 0);
	CHECK(backlog_is_well(&b));
}

static void
one_is_overdue_until_it_was_handed_over(void)
{
	start();
	begin(100, "1970-01-12T13:46:39Z"); /* NOW - 1 */
	count(SPOOL_NEW, 100);
	CHECK(b.overdue == 1 && b.oldest.due.s == NOW - 1);
	CHECK(!backlog_is_well(&b));
	begin(100, "1970-01-12T13:46:30Z");
	count(SPOOL_WORK, 100);
	CHECK(b.overdue == 2 && b.oldest.due.s == NOW - 10);
	CHECK_SLICE(b.oldest.message, "0123");
	start();
	begin(100, "1970-01-12T13:46:40Z"); /* NOW */
	count(SPOOL_NEW, 100);
	begin(100, "");
	count(SPOOL_NEW, 100);
	begin(100, "1970-01-12T13:46:30Z");
	add(50, 0, LETTER_HANDED_OVER, 1, "");
	count(SPOOL_NEW, 100);
	add(40, 0, LETTER_FAILED, 1, "not acknowledged within 5m");
	add(40, 1, LETTER_QUEUED, 0, "");
	count(SPOOL_NEW, 40);
	CHECK(b.overdue == 0 && backlog_is_well(&b));
}

static void
it_is_stalled_where_nobody_sends_what_can_be_sent(void)
{
	start();
	CHECK(!backlog_is_stalled(&b));
	begin(1000, "");
	count(SPOOL_NEW, 299);
	CHECK(!backlog_is_stalled(&b));
	count(SPOOL_NEW, 300);
	CHECK(backlog_is_stalled(&b) && !backlog_is_well(&b));
	CHECK(b.waits_since.s == NOW - 300);
	/* what waits for its time is no sign */
	count(SPOOL_NEW, -500);
	CHECK(backlog_is_stalled(&b));
	/* nor is there one where others are sent meanwhile */
	add(299, 0, LETTER_QUEUED, 1, "busy");
	count(SPOOL_NEW, -500);
	CHECK(!backlog_is_stalled(&b));
}

static void
drills_count_apart(void)
{
	start();
	begin_as("exercise", 100, "1970-01-12T13:46:30Z");
	count(SPOOL_WORK, 100);
	add(50, 0, LETTER_FAILED, 1, "gone");
	add(50, 0, LETTER_DEAD, 1, "gone");
	count(SPOOL_DEAD, 50);
	begin_as("test", 100, "");
	add(50, 0, LETTER_HANDED_OVER, 1, "");
	count(SPOOL_NEW, -300);
	CHECK(b.drills.sending == 1 && b.drills.dead == 1);
	CHECK(b.drills.unacknowledged == 1 && b.drills.handed_over == 1);
	CHECK(b.drills.failed == 1);
	CHECK(b.all.sending + b.all.dead + b.all.unacknowledged == 0);
	CHECK(b.all.handed_over + b.all.failed + b.media.n == 0);
	CHECK(b.overdue == 0 && backlog_is_well(&b));
	/* no status is the real thing, and that nobody sends is true of all */
	begin_as("", 1000, "");
	count(SPOOL_NEW, 200);
	CHECK(b.all.waiting == 1 && !backlog_is_stalled(&b));
	begin_as("exercise", 1000, "");
	count(SPOOL_NEW, 400);
	b.worked.s = 0;
	CHECK(backlog_is_stalled(&b) && !backlog_is_well(&b));
}

static void
what_can_not_be_read_is_dead(void)
{
	start();
	backlog_add_unreadable(&b);
	CHECK(b.unreadable == 1 && b.all.dead == 1 && !backlog_is_well(&b));
}

int
main(void)
{
	RUN(each_counts_by_its_place_and_state);
	RUN(what_is_a_day_ago_is_forgotten);
	RUN(who_decided_did_not_fail);
	RUN(one_is_overdue_until_it_was_handed_over);
	RUN(it_is_stalled_where_nobody_sends_what_can_be_sent);
	RUN(drills_count_apart);
	RUN(what_can_not_be_read_is_dead);
	backlog_release(&b);
	letter_release(&l);
	buf_release(&text);
	fault_release(&fault);
	return test_done();
}
