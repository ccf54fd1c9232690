#include "arrival.h"

#include "dir.h"
#include "item.h"

static struct arrival a;
static struct fault fault;
static struct buf text;
static struct letter l = {.ack_s = -1};
static struct slice field[MESSAGE_COLUMNS];

static void
set_row(const char *medium, const char *body)
{
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		field[i] = slice_of("");
	field[MESSAGE_ID] = slice_of("0123");
	field[MESSAGE_PARTY] = slice_of("\\N");
	field[MESSAGE_MEDIUM] = slice_of(medium);
	field[MESSAGE_BODY] = slice_of(body);
}

static int
add(const char *medium, const char *body, struct drill *drill)
{
	set_row(medium, body);
	fault_release(&fault);
	return arrival_add(&a, field, drill, &fault);
}

/* Reads its letter, queued at 100 s. */
static void
make_letter(bool adopted)
{
	arrival_letter(&a, &text, 60, adopted, (struct stamp){100, 0});
	CHECK(letter_read(&l, buf_slice(&text), "queue", &fault) == 0);
}

static void
its_rows_become_a_letter(void)
{
	CHECK(add("sms", "one", NULL) == 0 && add("email", "two", NULL) == 0);
	CHECK_SLICE(a.identity, "0123");
	make_letter(false);
	CHECK(l.n == 2 && l.ack_s == 60 && l.queued.s == 100);
	CHECK(l.nevents == 1 && l.last.delivery == LETTER_QUEUED);
	if (l.n == 2)
		CHECK_SLICE(l.try[1].field[MESSAGE_BODY], "two");
	CHECK_SLICE(letter_field(&l, MESSAGE_PARTY), "");
	CHECK(l.drill.n == 0);
	/* the next one has none of them */
	arrival_clear(&a);
	CHECK(a.n == 0 && add("voice", "three", NULL) == 0);
	make_letter(false);
	CHECK(l.n == 1);
	arrival_clear(&a);
}

static void
what_is_adopted_is_dropped(void)
{
	CHECK(add("sms", "one", NULL) == 0);
	make_letter(true);
	CHECK(l.last.delivery == LETTER_DROPPED && l.last.at.s == 100);
	CHECK_SLICE(l.last.error, "adopted: not sent");
	arrival_clear(&a);
}

static void
a_drill_says_of_which_message_it_is_one(void)
{
	struct pack pack = {0};
	struct drill d = {0};

	dir_begin();
	dir_make("pack");
	dir_put("pack/pack.tsv", "name\nours\n");
	dir_put("pack/channels.tsv", "medium\nsms\nwebhook\n");
	CHECK(pack_open(&pack, in_dir("pack"), "share", &fault) == 0);
	CHECK(drill_load(&d, &pack, &fault) == 0);
	/* of one that is data no row is left */
	CHECK(add("webhook", "{}", &d) == -1 && a.n == 0 && !a.drilled);
	CHECK(add("sms", "one", &d) == 0 && a.drilled);
	CHECK(add("webhook", "{}", &d) == -1 && a.n == 1);
	make_letter(false);
	CHECK_SLICE(l.drill, "0123");
	CHECK(!slice_is(letter_field(&l, MESSAGE_ID), "0123"));
	CHECK_SLICE(letter_field(&l, MESSAGE_STATUS), "exercise");
	arrival_clear(&a);
	CHECK(!a.drilled);
	drill_release(&d);
	pack_release(&pack);
	dir_end();
}

static void
no_more_than_an_item_may_have_is_taken(void)
{
	struct buf words = {0};

	for (size_t i = 0; i < ARRIVAL_ROWS; i++)
		CHECK(add("sms", "one", NULL) == 0);
	CHECK(add("sms", "one", NULL) == -1 && a.n == ARRIVAL_ROWS);
	CHECK_SLICE(buf_slice(&fault.text), "more than a message may have");
	arrival_clear(&a);
	for (size_t i = 0; i < ITEM_MOST / 8; i++)
		buf_add_str(&words, "ab");
	CHECK(add("sms", buf_str(&words), NULL) == 0);
	CHECK(add("sms", buf_str(&words), NULL) == -1 && a.n == 1);
	CHECK(add("sms", "one", NULL) == 0);
	buf_release(&words);
}

int
main(void)
{
	RUN(its_rows_become_a_letter);
	RUN(what_is_adopted_is_dropped);
	RUN(a_drill_says_of_which_message_it_is_one);
	RUN(no_more_than_an_item_may_have_is_taken);
	arrival_release(&a);
	letter_release(&l);
	buf_release(&text);
	fault_release(&fault);
	return test_done();
}
