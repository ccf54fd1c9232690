#include "blank.h"

#include "delivery.h"
#include "letters.h"
#include "test.h"

static struct buf text;
static struct fault fault;
static struct letter l = {.ack_s = -1};
static struct letter_try rows[2];

/* The rows of a message to a caller, by two media, with these words. */
static void
set_words(const char *role, const char *words)
{
	set_rows(rows);
	for (size_t i = 0; i < 2; i++) {
		rows[i].field[MESSAGE_ROLE] = slice_of(role);
		rows[i].field[MESSAGE_PARTY] = slice_of("Ann");
		rows[i].field[MESSAGE_ADDRESS] = slice_of("a@b");
		rows[i].field[MESSAGE_SUBJECT] = slice_of(i == 0 ? "" : words);
		rows[i].field[MESSAGE_BODY] = slice_of(words);
	}
}

static void
add(int64_t at, size_t try, enum letter_delivery delivery, uint64_t attempts,
    const char *error)
{
	add_event(&text, at, try, delivery, attempts, error);
}

static void
read_it(void)
{
	CHECK(letter_read(&l, buf_slice(&text), "queue", &fault) == 0);
}

/* A drill that was queued at 100 s and failed once. */
static void
begin(const char *role)
{
	set_words(role, "call Ann");
	queue_letter(&text, rows, 2, 60, 100);
	add(100, 0, LETTER_QUEUED, 0, "drill of 99");
	add(110, 0, LETTER_FAILED, 1, "no a@b");
	add(110, 1, LETTER_QUEUED, 0, "");
	read_it();
}

/* Takes its words out. */
static void
blank(void)
{
	struct buf other = {0};

	blank_make(&other, &l);
	buf_clear(&text);
	buf_add_slice(&text, buf_slice(&other));
	buf_release(&other);
	read_it();
}

/* Takes what d says into the letter. */
static void
take(struct delivery *d)
{
	for (size_t i = 0; i < d->n; i++)
		letter_add(&text, &d->event[i]);
	read_it();
}

static bool
wanted(int64_t until)
{
	return blank_wanted(&l, (struct stamp){until, 0});
}

static void
words_go_and_what_happened_stays(void)
{
	begin("caller");
	CHECK(blank_first(&l) == 0 && !blank_is(&l, 1));
	CHECK(!wanted(99) && wanted(100));
	blank();
	CHECK(blank_first(&l) == 2 && blank_is(&l, 0) && blank_is(&l, 1));
	CHECK(!wanted(1000));
	CHECK(l.n == 2 && l.nevents == 4 && l.ack_s == 60 && l.last.try == 1);
	CHECK_SLICE(letter_field(&l, MESSAGE_ID), "0123");
	CHECK_SLICE(letter_field(&l, MESSAGE_MEDIUM), "email");
	CHECK_SLICE(l.drill, "99");
	CHECK(strstr(buf_str(&text), "Ann") == NULL);
	CHECK(strstr(buf_str(&text), "a@b") == NULL);
}

static void
the_address_of_another_than_the_caller_stays(void)
{
	begin("");
	blank();
	CHECK_SLICE(letter_field(&l, MESSAGE_PARTY), "Ann");
	CHECK_SLICE(letter_field(&l, MESSAGE_ADDRESS), "a@b");
	CHECK_SLICE(letter_field(&l, MESSAGE_BODY), "\\N");
}

static void
what_is_said_of_it_later_goes_by_its_own_time(void)
{
	begin("");
	blank();
	add(200, 1, LETTER_DROPPED, 0, "Ann is away");
	read_it();
	CHECK(!wanted(199) && wanted(200));
}

static void
without_words_it_is_withdrawn_once_it_is_due(void)
{
	struct delivery d = {.n = 0};
	struct stamp until;

	begin("");
	CHECK(delivery_next(&d, &l, NULL, (struct stamp){120, 0}, &until) ==
	    DELIVERY_ATTEMPT);
	blank();
	CHECK(delivery_next(&d, &l, NULL, (struct stamp){120, 0}, &until) ==
	    DELIVERY_RECORD);
	take(&d);
	CHECK(l.withdrawn);
	CHECK(delivery_next(&d, &l, NULL, (struct stamp){120, 0}, &until) ==
	    DELIVERY_OVER);
	delivery_release(&d);
}

static void
with_other_words_it_begins_with_those(void)
{
	struct letter other = {.ack_s = -1};
	struct buf more = {0}, both = {0};
	struct delivery d = {.n = 0};

	begin("");
	blank();
	delivery_withdraw(&d, &l, (struct stamp){130, 0});
	take(&d);
	set_words("", "no words");
	queue_letter(&more, rows, 2, -1, 140);
	CHECK(letter_read(&other, buf_slice(&more), "other", &fault) == 0);
	blank_refill(&both, &l, &other);
	buf_clear(&text);
	buf_add_slice(&text, buf_slice(&both));
	read_it();
	CHECK(l.n == 4 && blank_first(&l) == 2 && l.ack_s == -1);
	CHECK(l.withdrawn && l.nevents == 5);
	delivery_again(&d, &l, (struct stamp){150, 0});
	take(&d);
	CHECK(l.last.try == 2 && l.since.s == 150);
	CHECK_SLICE(letter_field(&l, MESSAGE_BODY), "no words");
	/* These words came in at 150. */
	CHECK(!wanted(149) && wanted(150));
	blank();
	CHECK(blank_first(&l) == 4 && !wanted(1000));
	letter_release(&other);
	delivery_release(&d);
	buf_release(&more);
	buf_release(&both);
}

int
main(void)
{
	RUN(words_go_and_what_happened_stays);
	RUN(the_address_of_another_than_the_caller_stays);
	RUN(what_is_said_of_it_later_goes_by_its_own_time);
	RUN(without_words_it_is_withdrawn_once_it_is_due);
	RUN(with_other_words_it_begins_with_those);
	letter_release(&l);
	buf_release(&text);
	fault_release(&fault);
	return test_done();
}
