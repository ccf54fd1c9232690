#include "drill.h"

#include "dir.h"
#include "test.h"

static struct arena arena;
static struct fault fault;
static struct drill d;
static struct slice field[MESSAGE_COLUMNS];

/* A row with these words. */
static void
row(const char *medium, const char *subject, const char *body)
{
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		field[i] = slice_of("");
	field[MESSAGE_ID] = slice_of("f8ace18385228a535ab4c5b2a3080e2a");
	field[MESSAGE_MEDIUM] = slice_of(medium);
	field[MESSAGE_SUBJECT] = slice_of(subject);
	field[MESSAGE_BODY] = slice_of(body);
	field[MESSAGE_STATUS] = slice_of("actual");
}

static int
make(void)
{
	fault_release(&fault);
	return drill_make(&d, field, &arena, &fault);
}

static void
status_and_words_say_that_it_is_one(void)
{
	row("email", "down", "line 1\\nline 2");
	CHECK(make() == 1);
	CHECK_SLICE(field[MESSAGE_STATUS], "exercise");
	CHECK_SLICE(field[MESSAGE_SUBJECT], "EXERCISE: down");
	CHECK_SLICE(field[MESSAGE_BODY], "EXERCISE: line 1\\nline 2");
	row("voice", "", "two calls");
	CHECK(make() == 1);
	CHECK_SLICE(
	    field[MESSAGE_BODY], "exercise exercise exercise. two calls");
	CHECK_SLICE(field[MESSAGE_SUBJECT], "");
	CHECK(d.cut == 0);
}

static void
its_identity_is_another_and_always_the_same(void)
{
	/* printf 'exercise\tf8ac...' | sha256sum */
	row("sms", "", "x");
	CHECK(make() == 1);
	CHECK_SLICE(field[MESSAGE_ID], "361df8d83c4802fa28feb127bb25cb3b");
}

static void
an_exercise_is_left_as_it_is(void)
{
	row("sms", "", "EXERCISE: x");
	field[MESSAGE_STATUS] = slice_of("exercise");
	CHECK(make() == 0);
	CHECK_SLICE(field[MESSAGE_ID], "f8ace18385228a535ab4c5b2a3080e2a");
	CHECK_SLICE(field[MESSAGE_BODY], "EXERCISE: x");
}

static void
words_are_cut_to_what_the_medium_carries(void)
{
	struct buf long_text = {0};

	for (size_t i = 0; i < 490; i++)
		buf_add_char(&long_text, 'a');
	row("screen", "", buf_str(&long_text)); /* 500 characters */
	CHECK(make() == 1 && field[MESSAGE_BODY].n == 500 && d.cut == 0);
	buf_add_char(&long_text, 'b');
	row("screen", "", buf_str(&long_text));
	CHECK(make() == 1 && d.cut == 1);
	CHECK(slice_characters(field[MESSAGE_BODY]) == 500);
	CHECK(slice_starts(field[MESSAGE_BODY], "EXERCISE: aaa"));
	/* 3 parts of an SMS are 459 septets */
	row("sms", "", buf_str(&long_text));
	CHECK(make() == 1 && d.cut == 2 && field[MESSAGE_BODY].n == 459);
	/* a subject has 200 */
	row("email", buf_str(&long_text), "x");
	CHECK(make() == 1 && d.cut == 3);
	CHECK(slice_characters(field[MESSAGE_SUBJECT]) == 200);
	CHECK_SLICE(field[MESSAGE_BODY], "EXERCISE: x");
	buf_release(&long_text);
}

static void
data_has_no_room_for_a_word(void)
{
	row("webhook", "", "{\"status\":\"actual\"}");
	CHECK(make() == -1);
	CHECK_SLICE(buf_slice(&fault.text),
	    "data can't be marked as a drill: a record with status exercise "
	    "was expected");
}

static void
a_medium_that_no_channel_has_is_marked_too(void)
{
	row("pigeon", "", "x");
	CHECK(make() == 1);
	CHECK_SLICE(field[MESSAGE_BODY], "EXERCISE: x");
}

int
main(void)
{
	struct pack pack = {0};

	dir_begin();
	dir_make("p");
	dir_put("p/pack.tsv", "name\ntest\n");
	dir_put("p/codes.tsv",
	    "field\tcode\tword\tspoken\n"
	    "status\texercise\tEXERCISE\texercise exercise exercise\n");
	dir_put("p/channels.tsv",
	    "medium\tlimit\tcharset\n"
	    "voice\t60s\tspeech\nsms\t3 parts\tgsm7\n"
	    "email\t1 MiB\tutf-8\nscreen\t500\tutf-8\nwebhook\t\t\n");
	CHECK(pack_open(&pack, in_dir("p"), "share", &fault) == 0);
	CHECK(drill_load(&d, &pack, &fault) == 0);
	RUN(status_and_words_say_that_it_is_one);
	RUN(its_identity_is_another_and_always_the_same);
	RUN(an_exercise_is_left_as_it_is);
	RUN(words_are_cut_to_what_the_medium_carries);
	RUN(data_has_no_room_for_a_word);
	RUN(a_medium_that_no_channel_has_is_marked_too);
	drill_release(&d);
	pack_release(&pack);
	dir_end();
	arena_release(&arena);
	fault_release(&fault);
	return test_done();
}
