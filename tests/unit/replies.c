#include "replies.h"

#include "test.h"

static struct buf all;

/* All replies of a text that comes in blocks, as LINE(TEXT) each. */
static const char *
read_blocks(struct replies *r, struct slice text, size_t block)
{
	int got;

	buf_clear(&all);
	while ((got = replies_next(r)) != REPLIES_END) {
		struct slice part = {text.p, text.n < block ? text.n : block};

		if (got == REPLIES_ONE) {
			buf_addf(&all, "%zu%s(%.*s)", r->line,
			    r->cut ? "cut" : "", SLICE_ARG(r->text));
			continue;
		}
		replies_feed(r, part);
		text.p += part.n;
		text.n -= part.n;
	}
	return buf_str(&all);
}

/* Checks that a text has these replies, whatever the blocks. */
static void
check(const char *text, bool plain, enum reply_form form, const char *wanted)
{
	for (size_t block = 1; block < 12; block++) {
		struct replies r = {.plain = plain};

		CHECK_SLICE(
		    slice_of(read_blocks(&r, slice_of(text), block)), wanted);
		CHECK(wanted[0] == '\0' || r.form == form);
		replies_release(&r);
	}
}

static void
a_mail_is_one_reply(void)
{
	check("From: a\n\nFrom b\n\nFrom c\n", false, REPLY_MAIL,
	    "1(From: a\n\nFrom b\n\nFrom c\n)");
	check("\n \n\xef\xbb\xbf"
	      "a",
	    false, REPLY_MAIL, "3(a)");
	check("", false, REPLY_MAIL, "");
	check("\n\n", false, REPLY_MAIL, "");
}

static void
an_mbox_has_several(void)
{
	check("From a\nx\n\nFrom b\ny\nFrom c\n\r\nFrom d", false, REPLY_MAIL,
	    "1(From a\nx\n\n)4(From b\ny\nFrom c\n\r\n)8(From d)");
	check("From a\n\nFro\n\n>From", false, REPLY_MAIL,
	    "1(From a\n\nFro\n\n>From)");
}

static void
json_has_elements_or_lines(void)
{
	check("{\"a\":1}\n{\"b\":2}\n", false, REPLY_JSON,
	    "1({\"a\":1})2({\"b\":2})");
	check("\n [{\"a\":1},\n\n{\"b\":2}]", false, REPLY_JSON,
	    "2({\"a\":1})4({\"b\":2})");
	check("{}", false, REPLY_JSON, "1({})");
}

static void
a_text_alone_is_one_whatever_it_is(void)
{
	check("{\"a\":1}\n\nFrom b\n", true, REPLY_TEXT,
	    "1({\"a\":1}\n\nFrom b\n)");
	check("\nack", true, REPLY_TEXT, "1(\nack)");
	check("", true, REPLY_TEXT, "1()");
}

/* Feeds more than is kept; returns how much is. */
static size_t
feed_much(struct replies *r, const char *start, const char *more, size_t *kept)
{
	size_t n = 0;

	*kept = 0;
	replies_feed(r, slice_of(start));
	for (size_t i = 0; i < 100; i++) {
		int got;

		while ((got = replies_next(r)) == REPLIES_ONE) {
			n++;
			*kept = r->text.n;
		}
		if (got == REPLIES_END)
			break;
		buf_clear(&all);
		while (all.n < 65536)
			buf_add_str(&all, more);
		replies_feed(r, buf_slice(&all));
		CHECK(r->block.cap < 1048576 && r->one.cap < 4194304 &&
		    r->json.text.cap < 4194304);
	}
	replies_feed(r, slice_of(""));
	while (replies_next(r) == REPLIES_ONE) {
		n++;
		*kept = r->text.n;
	}
	return n;
}

static void
of_a_long_one_a_part_is_kept(void)
{
	struct replies r = {.plain = false};
	size_t kept;

	CHECK(feed_much(&r, "From: a\n\n", "xxxx", &kept) == 1);
	CHECK(r.cut && kept == REPLIES_BYTES);
	replies_release(&r);
	r = (struct replies){.plain = true};
	CHECK(feed_much(&r, "ack\n", "\n", &kept) == 1);
	CHECK(r.cut && kept == REPLIES_BYTES);
	replies_release(&r);
	r = (struct replies){.plain = false};
	CHECK(feed_much(&r, "     \n", "      \n", &kept) == 0);
	replies_release(&r);
	r = (struct replies){.plain = false};
	CHECK(feed_much(&r, "{\"from\":\"", "[[[[", &kept) == 1);
	CHECK(r.cut && kept == 0);
	replies_release(&r);
	r = (struct replies){.plain = false};
	CHECK(feed_much(&r, "{\"a\":1}", "\n{}", &kept) > 1000000);
	CHECK(!r.cut);
	replies_release(&r);
}

int
main(void)
{
	RUN(a_mail_is_one_reply);
	RUN(an_mbox_has_several);
	RUN(json_has_elements_or_lines);
	RUN(a_text_alone_is_one_whatever_it_is);
	RUN(of_a_long_one_a_part_is_kept);
	buf_release(&all);
	return test_done();
}
