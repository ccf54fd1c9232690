#include "erasure.h"

#include "blank.h"
#include "dir.h"
#include "item.h"
#include "letters.h"
#include "staging.h"
#include "test.h"

static struct buf text;
static struct fault fault;
static struct spool s;
static struct staging staging = {.spool = &s};
static struct letter l = {.ack_s = -1};

/* A message of an incident, queued at 100 s. */
static void
put_in(const char *name, const char *id)
{
	struct letter_try row = empty_row();

	row.field[MESSAGE_ID] = slice_of(name);
	row.field[MESSAGE_RECORD] = slice_of(id);
	row.field[MESSAGE_BODY] = slice_of("words");
	queue_letter(&text, &row, 1, -1, 100);
	CHECK(staging_add(&staging, slice_of(name), buf_slice(&text),
		  (struct stamp){100, 0}, &fault) == 0);
	CHECK(staging_commit(&staging, &fault) == 0);
}

/* Where a message is, which is read into l; -1 where it can't be. */
static int
where(const char *name)
{
	int found;

	buf_clear(&text);
	found = item_read(&s, slice_of(name), &text, &fault);
	if (found != SPOOL_NOWHERE &&
	    letter_read(&l, buf_slice(&text), name, &fault) < 0)
		return -1;
	return found;
}

/* Of A the words go that came in up to the time that ctx is, B goes. */
static enum erasure_fate
judge(void *ctx, struct slice id, struct stamp *until)
{
	*until = *(const struct stamp *)ctx;
	return slice_is(id, "A") ? ERASURE_WORDS
	    : slice_is(id, "B")  ? ERASURE_WHOLE
				 : ERASURE_NONE;
}

static void
without_a_spool_there_is_nothing(void)
{
	struct erasure e = {.judge = judge};

	CHECK(erasure_find(&e) == 0 && e.n == 0);
	CHECK(erasure_do(&e, 0, (struct stamp){0, 0}) == 0);
	erasure_release(&e);
}

static void
words_that_came_later_stay(void)
{
	struct stamp until = {99, 0};
	struct erasure e = {.spool = &s, .judge = judge, .ctx = &until};

	put_in("a", "A");
	CHECK(erasure_find(&e) == 0 && e.n == 0 && e.unreadable == 0);
	erasure_release(&e);
}

static void
what_waits_is_withdrawn_without_its_words(void)
{
	struct stamp until = {100, 0};
	struct erasure e = {.spool = &s, .judge = judge, .ctx = &until};

	put_in("b", "B");
	put_in("c", "C");
	CHECK(erasure_find(&e) == 0 && e.n == 2);
	CHECK(erasure_do(&e, 0, (struct stamp){200, 0}) == 0);
	CHECK(e.words == 1 && e.whole == 1);
	CHECK(where("a") == SPOOL_DONE);
	CHECK(blank_first(&l) == 1 && l.withdrawn && l.last.at.s == 200);
	CHECK(where("b") == SPOOL_NOWHERE);
	CHECK(where("c") == SPOOL_NEW && blank_first(&l) == 0);
	erasure_release(&e);
	e = (struct erasure){.spool = &s, .judge = judge, .ctx = &until};
	CHECK(erasure_find(&e) == 0 && e.n == 0);
	erasure_release(&e);
}

static void
what_others_work_on_is_left_for_later(void)
{
	struct stamp until = {100, 0};
	struct erasure e = {.spool = &s, .judge = judge, .ctx = &until};
	struct item item = {.fd = -1};

	put_in("d", "A");
	put_in("e", "A");
	CHECK(item_claim(&s, "d", SPOOL_NEW, &item, &fault) == 1);
	CHECK(erasure_find(&e) == 0 && e.n == 2);
	CHECK(erasure_do(&e, 0, (struct stamp){200, 0}) == 1 && e.words == 1);
	CHECK(where("d") == SPOOL_WORK && blank_first(&l) == 0);
	CHECK(
	    item_put(&s, &item, SPOOL_DEAD, (struct stamp){1, 0}, &fault) == 0);
	CHECK(erasure_do(&e, 0, (struct stamp){200, 0}) == 0 && e.words == 2);
	/* It was put there by hand: it waits, and so is withdrawn. */
	CHECK(where("d") == SPOOL_DONE && blank_first(&l) == 1);
	item_release(&item);
	erasure_release(&e);
}

static void
what_can_t_be_read_is_counted(void)
{
	struct stamp until = {100, 0};
	struct erasure e = {.spool = &s, .judge = judge, .ctx = &until};

	CHECK(staging_add(&staging, slice_of("f"), slice_of("x\n"),
		  (struct stamp){100, 0}, &fault) == 0);
	CHECK(staging_commit(&staging, &fault) == 0);
	CHECK(erasure_find(&e) == 0 && e.n == 0 && e.unreadable == 1);
	CHECK(strstr(buf_str(&e.odd.text), "f:1: ") != NULL);
	erasure_release(&e);
}

int
main(void)
{
	dir_begin();
	CHECK(spool_create(in_dir("spool"), CUSTODY_OWN, &fault) == 0);
	CHECK(spool_open(&s, in_dir("spool"), &fault) == 0);
	RUN(without_a_spool_there_is_nothing);
	RUN(words_that_came_later_stay);
	RUN(what_waits_is_withdrawn_without_its_words);
	RUN(what_others_work_on_is_left_for_later);
	RUN(what_can_t_be_read_is_counted);
	staging_release(&staging);
	spool_release(&s);
	letter_release(&l);
	dir_end();
	buf_release(&text);
	fault_release(&fault);
	return test_done();
}
