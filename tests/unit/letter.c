#include "letter.h"

#include "letters.h"
#include "test.h"

static struct buf text, line;
static struct fault fault;
static struct letter l = {.ack_s = -1};
static struct letter_try rows[2];

/* A message with two media, queued at 100 s. */
static void
begin(int64_t ack_s)
{
	set_rows(rows);
	for (size_t i = 0; i < 2; i++) {
		rows[i].field[MESSAGE_TRY] = slice_of(i == 0 ? "1" : "2");
		rows[i].field[MESSAGE_RECORD] = slice_of("INC\\t1");
		rows[i].field[MESSAGE_PARTY] = slice_of("ann");
		rows[i].field[MESSAGE_BODY] = slice_of("one\\ntwo");
		rows[i].field[MESSAGE_STATUS] = slice_of("actual");
	}
	queue_letter(&text, rows, 2, ack_s, 100);
}

static void
add(int64_t at, size_t try, enum letter_delivery delivery, uint64_t attempts,
    const char *error)
{
	add_event(&text, at, try, delivery, attempts, error);
}

static int
read_it(void)
{
	fault_release(&fault);
	return letter_read(&l, buf_slice(&text), "queue", &fault);
}

static void
a_letter_is_read_as_it_was_written(void)
{
	begin(300);
	CHECK(read_it() == 0);
	CHECK(l.n == 2 && l.ack_s == 300 && l.queued.s == 100);
	CHECK(l.last.delivery == LETTER_QUEUED && l.last.next.s == 100);
	CHECK(l.nhands == 0 && l.since.s == 100);
	CHECK_SLICE(letter_field(&l, MESSAGE_MEDIUM), "sms");
	CHECK_SLICE(letter_field(&l, MESSAGE_BODY), "one\\ntwo");
	begin(-1);
	CHECK(read_it() == 0 && l.ack_s == -1);
}

static void
what_happened_last_is_its_state(void)
{
	begin(-1);
	add(110, 0, LETTER_QUEUED, 1, "busy");
	add(150, 0, LETTER_FAILED, 2, "gone");
	add(150, 1, LETTER_QUEUED, 0, "");
	CHECK(read_it() == 0);
	CHECK(l.last.try == 1 && l.since.s == 150 && l.nhands == 0);
	CHECK_SLICE(letter_field(&l, MESSAGE_MEDIUM), "email");
	add(160, 1, LETTER_HANDED_OVER, 1, "");
	add(170, 1, LETTER_ACKNOWLEDGED, 1, "");
	CHECK(read_it() == 0);
	CHECK(l.last.delivery == LETTER_ACKNOWLEDGED);
	CHECK(l.nhands == 1 && l.hand[0].at.s == 160 && l.since.s == 150);
	CHECK(l.nevents == 6);
	for (size_t i = 2; i < l.nevents && i < 3; i++) {
		CHECK(l.event[i].at.s == 150 && l.event[i].attempts == 2);
		CHECK_SLICE(l.event[i].error, "gone");
	}
}

static void
a_receipt_tells_of_the_try_under_way(void)
{
	struct letter_text told = {{0}, {0}};
	struct slice field[LETTER_RECEIPT];

	begin(-1);
	add(110, 0, LETTER_HANDED_OVER, 3, "");
	CHECK(read_it() == 0);
	letter_tell(&l, l.nevents - 1, &told, field);
	CHECK_SLICE(field[0], "0123");
	CHECK_SLICE(field[1], "1");
	CHECK_SLICE(field[2], "INC\\t1");
	CHECK_SLICE(field[3], "ann");
	CHECK_SLICE(field[4], "sms");
	CHECK_SLICE(field[5], "handed-over");
	CHECK_SLICE(field[6], "3");
	CHECK_SLICE(field[7], "1970-01-01T00:01:50Z");
	CHECK_SLICE(field[8], "");
	CHECK_SLICE(field[9], "actual");
	/* of another try: it was not by this one */
	add(150, 0, LETTER_FAILED, 3, "not acknowledged within 5m");
	add(150, 1, LETTER_QUEUED, 0, "");
	CHECK(read_it() == 0);
	letter_tell(&l, l.nevents - 1, &told, field);
	CHECK_SLICE(field[1], "2");
	CHECK_SLICE(field[7], "");
	/* and what was told before is told again in the same words */
	letter_tell(&l, 1, &told, field);
	CHECK_SLICE(field[1], "1");
	CHECK_SLICE(field[5], "handed-over");
	CHECK_SLICE(field[7], "1970-01-01T00:01:50Z");
	letter_tell(&l, 0, &told, field);
	CHECK_SLICE(field[5], "queued");
	CHECK_SLICE(field[6], "0");
	CHECK_SLICE(field[7], "");
	letter_text_release(&told);
}

static void
one_that_is_taken_up_again_begins_anew(void)
{
	begin(-1);
	add(150, 0, LETTER_FAILED, 3, "no longer to be told");
	CHECK(read_it() == 0 && l.withdrawn && l.since.s == 100);
	add(900, 0, LETTER_QUEUED, 0, "");
	CHECK(read_it() == 0 && !l.withdrawn && l.since.s == 900);
	CHECK(l.queued.s == 100);
	begin(-1);
	add(150, 0, LETTER_DROPPED, 0, "dropped by ann: wrong");
	CHECK(read_it() == 0 && !l.withdrawn);
	CHECK(l.last.delivery == LETTER_DROPPED);
	add(900, 0, LETTER_QUEUED, 0, "");
	CHECK(read_it() == 0 && l.since.s == 900);
}

static void
a_drill_says_of_which_message_it_is_one(void)
{
	begin(-1);
	/* what a command says is no such thing */
	add(100, 0, LETTER_QUEUED, 1, "drill of a well");
	CHECK(read_it() == 0 && l.drill.n == 0);
	begin(-1);
	add(100, 0, LETTER_QUEUED, 0, "drill of 4567");
	add(110, 0, LETTER_HANDED_OVER, 1, "");
	CHECK(read_it() == 0);
	CHECK_SLICE(l.drill, "4567");
}

static void
what_was_said_with_an_acknowledgement_is_no_error(void)
{
	struct letter_text told = {0};
	struct slice field[LETTER_RECEIPT];

	begin(300);
	add(200, 0, LETTER_HANDED_OVER, 2, "");
	add(500, 1, LETTER_QUEUED, 0, "");
	/* The first try is answered, though the second is under way. */
	add(600, 0, LETTER_ACKNOWLEDGED, 2, letter_withdrawn.p);
	CHECK(read_it() == 0);
	CHECK(l.last.delivery == LETTER_ACKNOWLEDGED && l.last.try == 0);
	CHECK(!l.withdrawn);
	CHECK(slice_eq(l.last.error, letter_withdrawn));
	letter_tell(&l, l.nevents - 1, &told, field);
	CHECK_SLICE(field[4], "sms");
	CHECK_SLICE(field[5], "acknowledged");
	CHECK_SLICE(field[6], "2");
	CHECK_SLICE(field[7], "1970-01-01T00:03:20Z");
	CHECK_SLICE(field[8], "");
	letter_text_release(&told);
}

static void
what_is_no_letter_is_refused_with_its_line(void)
{
	static const struct {
		const char *from, *to, *says;
	} wrong[] = {
	    {"message\ttry", "massage\ttry",
		"queue:1: the header of a message was expected"},
	    {"INC\\t1", "INC\t1", "queue:2: 16 fields were expected"},
	    {"5m", "5x", "queue:2: ack '5x' is no duration"},
	    {"at\ttry", "at\ttri",
		"queue:5: the header of what happened was expected"},
	    {"queued", "queueing", "queue:6: this is no event of a message"},
	    {"Z\t1\t", "Z\t3\t", "queue:6: this is no event of a message"},
	    {"Z\t1\t", "Z\t0\t", "queue:6: this is no event of a message"},
	};

	for (size_t i = 0; i < LEN(wrong); i++) {
		struct slice rest;
		char *found;

		begin(300);
		found = strstr(buf_str(&text), wrong[i].from);
		CHECK(found != NULL);
		if (found == NULL)
			continue;
		buf_clear(&line);
		rest = slice_of(found + strlen(wrong[i].from));
		buf_add_str(&line, wrong[i].to);
		buf_add_slice(&line, rest);
		text.n = (size_t)(found - text.p);
		buf_add_slice(&text, buf_slice(&line));
		CHECK(read_it() == -1);
		CHECK_SLICE(buf_slice(&fault.text), wrong[i].says);
	}
}

static void
half_a_letter_is_refused_wherever_it_ends(void)
{
	size_t whole;

	begin(300);
	whole = text.n;
	for (size_t n = 0; n < whole; n++) {
		text.n = n;
		CHECK(read_it() == -1);
	}
	text.n = whole;
	CHECK(read_it() == 0);
}

int
main(void)
{
	RUN(a_letter_is_read_as_it_was_written);
	RUN(what_happened_last_is_its_state);
	RUN(a_receipt_tells_of_the_try_under_way);
	RUN(one_that_is_taken_up_again_begins_anew);
	RUN(a_drill_says_of_which_message_it_is_one);
	RUN(what_was_said_with_an_acknowledgement_is_no_error);
	RUN(what_is_no_letter_is_refused_with_its_line);
	RUN(half_a_letter_is_refused_wherever_it_ends);
	letter_release(&l);
	buf_release(&text);
	buf_release(&line);
	fault_release(&fault);
	return test_done();
}
