#include "reply.h"

#include "test.h"

static struct reply r;
static struct fault fault;

static int
read_as(enum reply_form form, const char *text)
{
	static const struct slice word[] = {
	    SLICE("kabul"), SLICE("re\xc3\xa7u")};

	fault_release(&fault);
	return reply_read(&r, form, slice_of(text), word, LEN(word),
	    (struct place){"in", 7, 0}, &fault);
}

/* Checks that a text acknowledges this with these words. */
#define CHECK_TEXT(text, wanted_said, wanted_words)    \
	do {                                           \
		CHECK(read_as(REPLY_TEXT, text) == 0); \
		CHECK_SLICE(r.said, wanted_said);      \
		CHECK_SLICE(r.words, wanted_words);    \
	} while (0)

static void
a_line_acknowledges_by_its_first_word(void)
{
	CHECK_TEXT("ack 42", "42", "");
	CHECK_TEXT("ACK INC0010005.\n", "INC0010005", "");
	CHECK_TEXT(
	    "\xef\xbb\xbf Ack: #25-0042, on my way", "25-0042", "on my way");
	CHECK_TEXT("ack42", "42", "");
	CHECK_TEXT("* ack", "", "");
	CHECK_TEXT("ack, on my way in 5 minutes", "", "on my way in 5 minutes");
	CHECK_TEXT("Kabul 42", "42", "");
	CHECK_TEXT("RE\xc3\xa7u 42", "42", "");
	CHECK_TEXT("ack ?42! (\xff\x1b[2J\tok)", "42", "(? [2J\tok)");
}

static void
a_time_names_nothing(void)
{
	static const char *const times[] = {"5 min", "5min", "15 MINS.",
	    "1 minute, at most", "10 minutes", "5 m", "1h", "2 hrs!", "1 Hour",
	    "2\thours", "007 hr"};

	for (size_t i = 0; i < LEN(times); i++) {
		struct buf text = {0};

		buf_addf(&text, "ack %s", times[i]);
		CHECK_TEXT(buf_str(&text), "", times[i]);
		buf_release(&text);
	}
	CHECK_TEXT("ack: 5 min", "", "5 min");
	CHECK_TEXT("ack 42 5 min", "42", "5 min");
	/* but these are no times */
	CHECK_TEXT("ack 42 mine", "42", "mine");
	CHECK_TEXT("ack 42, min cost", "42", "min cost");
	CHECK_TEXT("ack 42-5 min", "42-5", "min");
	CHECK_TEXT("ack 5m30", "5m30", "");
	CHECK_TEXT("ack 42 hm", "42", "hm");
	CHECK_TEXT("ack 42 h\xc3\xa9", "42", "h\xc3\xa9");
	CHECK_TEXT("ack m", "", "m");
}

static void
other_lines_do_not(void)
{
	static const char *const no[] = {"", "\n\n", "42", "nack 42",
	    "I ack 42", "acknowledge 42", "ok\nack 42", "> ack 42\n",
	    "no\n\nack 42", "ackack", "hold:\nack 42"};

	for (size_t i = 0; i < LEN(no); i++)
		CHECK(read_as(REPLY_TEXT, no[i]) < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "in:7: its first line does not begin with 'ack'");
}

static void
quotes_and_what_introduces_them_do_not_count(void)
{
	CHECK_TEXT("\n> ack 41\n>\n\nack 42\n", "42", "");
	CHECK_TEXT("On Monday\nDesk wrote:\n> ack 41\nack 42", "42", "");
	CHECK_TEXT("Desk wrote:\n\n> ack 41\n\nack 42", "42", "");
	CHECK_TEXT("ack 42\nDesk wrote:\n> ack 41\nack 43", "42", "");
	CHECK(read_as(REPLY_TEXT, "no\n> ack 41\nack 42") < 0);
}

static void
a_mail_acknowledges_by_text_or_subject(void)
{
	struct slice identity;

	CHECK(read_as(REPLY_MAIL,
		  "From: Ann <ann@example.org>\nSubject: Re: [P1] INC1\n"
		  "In-Reply-To: <0a1b@example.org>\n"
		  "References: x <@> <> <2c@example.org> <2d>\n\nack\n") == 0);
	CHECK_SLICE(r.from, "ann@example.org");
	CHECK_SLICE(r.said, "");
	CHECK_SLICE(r.subject, "Re: [P1] INC1");
	CHECK(reply_answer(&r.answers, &identity));
	CHECK_SLICE(identity, "0a1b");
	CHECK(reply_answer(&r.answers, &identity));
	CHECK_SLICE(identity, "2c");
	CHECK(!reply_answer(&r.answers, &identity));
	CHECK(read_as(REPLY_MAIL, "From: a@b\nSubject: ack 42 ok\n\n") == 0);
	CHECK_SLICE(r.said, "42");
	CHECK_SLICE(r.words, "ok");
	CHECK(
	    read_as(REPLY_MAIL, "From: a@b\nSubject: Re: ack 42\n\nno\n") < 0);
}

static void
a_mail_of_nobody_or_by_no_person_does_not(void)
{
	CHECK(read_as(REPLY_MAIL, "Subject: ack 42\n\nack 42\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "in:7: a mail with one address in From was expected");
	CHECK(read_as(REPLY_MAIL, "From: desk\n\nack 42\n") < 0);
	CHECK(read_as(REPLY_MAIL,
		  "From: a@b\nAuto-Submitted: auto-replied\n\nack 42\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text), "in:7: it was sent by no person");
}

static void
json_has_a_sender_and_a_text(void)
{
	CHECK(read_as(REPLY_JSON,
		  "{\"x\": {\"from\": 1}, \"from\": \"+44 1\", "
		  "\"text\": \"ack 42\\nthanks\", \"y\": [\"text\"]}") == 0);
	CHECK_SLICE(r.from, "+44 1");
	CHECK_SLICE(r.said, "42");
	CHECK(read_as(REPLY_JSON, "{\"from\":441,\"text\":\"ack\"}") == 0);
	CHECK_SLICE(r.from, "441");
	CHECK(read_as(REPLY_JSON, "{\"from\":\"1\"}") < 0);
	CHECK_SLICE(buf_slice(&fault.text), "in:7: no 'text' in the object");
	CHECK(read_as(REPLY_JSON,
		  "{\"from\":\"1\",\"from\":\"2\",\"text\":\"ack\"}") < 0);
	CHECK_SLICE(buf_slice(&fault.text), "in:7: 'from' comes twice");
	CHECK(read_as(REPLY_JSON, "{\"from\":[],\"text\":\"ack\"}") < 0);
	CHECK_SLICE(
	    buf_slice(&fault.text), "in:7: 'from' is no text or number");
	CHECK(read_as(REPLY_JSON, "[1]") < 0);
	CHECK(
	    read_as(REPLY_JSON, "{\"from\":\"1\",\"text\":\"a\\u0000\"}") < 0);
}

static void
a_subject_names_whole_ids(void)
{
	struct slice subject = SLICE("Re: [P1] INC42: 20260325-0042, x");

	CHECK(reply_names(subject, slice_of("INC42")));
	CHECK(reply_names(subject, slice_of("20260325-0042")));
	CHECK(reply_names(subject, slice_of("x")));
	CHECK(reply_names(subject, slice_of("Re")));
	CHECK(!reply_names(subject, slice_of("INC4")));
	CHECK(!reply_names(subject, slice_of("42")));
	CHECK(!reply_names(subject, slice_of("0042")));
	CHECK(!reply_names(subject, slice_of("")));
}

int
main(void)
{
	RUN(a_line_acknowledges_by_its_first_word);
	RUN(a_time_names_nothing);
	RUN(other_lines_do_not);
	RUN(quotes_and_what_introduces_them_do_not_count);
	RUN(a_mail_acknowledges_by_text_or_subject);
	RUN(a_mail_of_nobody_or_by_no_person_does_not);
	RUN(a_subject_names_whole_ids);
	RUN(json_has_a_sender_and_a_text);
	reply_release(&r);
	fault_release(&fault);
	return test_done();
}
