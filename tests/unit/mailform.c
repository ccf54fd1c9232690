#include "mailform.h"

#include <nettle/base64.h>

#include "chance.h"
#include "test.h"

static struct message message;
static struct mailform sender = {
    SLICE("Service desk <desk@example.org>"), SLICE("desk.example.org")};
static struct buf mail;

/* 2026-11-26T02:10:40Z, a Thursday. */
static const struct stamp date = {1795659040, 0};

static void
set(enum message_column column, const char *text)
{
	message_set(&message, column, slice_of(text));
}

static struct slice
make(void)
{
	buf_clear(&mail);
	mailform_add(&mail, &sender, &message, date);
	return buf_slice(&mail);
}

/* The header, and the body behind it. */
static struct slice
header(void)
{
	struct slice all = make();
	const char *end = strstr(buf_str(&mail), "\n\n");

	CHECK(end != NULL);
	all.n = end != NULL ? (size_t)(end - all.p) + 1 : 0;
	return all;
}

static struct slice
body(void)
{
	size_t n = header().n + 1;

	return (struct slice){mail.p + n, mail.n - n};
}

/* A field of the header, unfolded, without its name. */
static struct slice
field(const char *name)
{
	static struct buf value;
	struct slice rest = header(), line;
	bool inside = false;

	buf_clear(&value);
	while (slice_split(&rest, '\n', &line)) {
		if (line.n > 0 && line.p[0] != ' ') {
			inside = slice_starts(line, name) &&
			    line.n > strlen(name) &&
			    line.p[strlen(name)] == ':';
			if (inside) {
				line.p += strlen(name) + 1;
				line.n -= strlen(name) + 1;
			}
		}
		if (inside)
			buf_add_slice(&value, line);
	}
	return slice_trim(buf_slice(&value));
}

static struct slice
decoded(struct slice s, struct buf *out)
{
	struct base64_decode_ctx ctx;
	size_t n = BASE64_DECODE_LENGTH(s.n);

	base64_decode_init(&ctx);
	CHECK(base64_decode_update(
	    &ctx, &n, (uint8_t *)buf_room(out, n), s.n, s.p));
	CHECK(base64_decode_final(&ctx));
	out->n += n;
	return buf_slice(out);
}

/* What a reader makes of encoded words. */
static struct slice
said(struct slice s)
{
	static struct buf text;
	struct slice word;

	buf_clear(&text);
	while (slice_word(&s, &word)) {
		CHECK(slice_starts(word, "=?utf-8?B?") && word.n <= 75);
		decoded((struct slice){word.p + 10, word.n - 12}, &text);
	}
	return buf_slice(&text);
}

static void
a_message_is_mail(void)
{
	message_release(&message);
	set(MESSAGE_ID, "0123456789abcdef0123456789abcdef");
	set(MESSAGE_ADDRESS, "dilys@example.org");
	set(MESSAGE_SUBJECT, "P1 0042: mail is down");
	set(MESSAGE_BODY, "Mail is down.\nReply ACK 42");
	CHECK_SLICE(make(),
	    "From: Service desk\n <desk@example.org>\n"
	    "To: dilys@example.org\n"
	    "Subject: P1 0042: mail is down\n"
	    "Date: Thu, 26 Nov 2026 02:10:40 +0000\n"
	    "Message-ID: "
	    "<0123456789abcdef0123456789abcdef@desk.example.org>\n"
	    "Auto-Submitted: auto-generated\n"
	    "MIME-Version: 1.0\n"
	    "Content-Type: text/plain; charset=utf-8\n"
	    "Content-Transfer-Encoding: 7bit\n"
	    "\n"
	    "Mail is down.\nReply ACK 42\n");
}

static void
another_attempt_has_the_same_identity(void)
{
	struct buf first = {0};

	set(MESSAGE_TRY, "1");
	buf_add_slice(&first, field("Message-ID"));
	set(MESSAGE_TRY, "2");
	CHECK_SLICE(field("Message-ID"), buf_str(&first));
	buf_release(&first);
}

static void
an_exercise_says_so(void)
{
	CHECK(field("X-Inc-Status").n == 0);
	set(MESSAGE_STATUS, "exercise");
	CHECK_SLICE(field("X-Inc-Status"), "exercise");
	set(MESSAGE_STATUS, "actual");
	CHECK(field("X-Inc-Status").n == 0);
}

static void
a_subject_beyond_ascii_is_encoded(void)
{
	const char *text = "P1: M\xc3\xa4nner "
			   "\xf0\x9f\x94\xa5\xf0\x9f\x94\xa5\xf0\x9f\x94\xa5"
			   "\xf0\x9f\x94\xa5\xf0\x9f\x94\xa5\xf0\x9f\x94\xa5 "
			   "in the street, and nobody knows why";

	set(MESSAGE_SUBJECT, text);
	CHECK_SLICE(said(field("Subject")), text);
	set(MESSAGE_SUBJECT, "=?utf-8?B?eA==?= as it stands");
	CHECK_SLICE(said(field("Subject")), "=?utf-8?B?eA==?= as it stands");
	set(MESSAGE_SUBJECT, "two  blanks");
	CHECK_SLICE(said(field("Subject")), "two  blanks");
}

static void
a_long_subject_is_folded_at_blanks(void)
{
	struct buf text = {0};

	for (int i = 0; i < 60; i++)
		buf_addf(&text, "%sword%d", i > 0 ? " " : "", i);
	set(MESSAGE_SUBJECT, buf_str(&text));
	CHECK_SLICE(field("Subject"), buf_str(&text));
	buf_release(&text);
}

static void
a_subject_that_is_cut_stands_whole_in_the_body(void)
{
	struct buf text = {0};

	for (int i = 0; i < 100000; i++)
		buf_add_str(&text, "mail down ");
	buf_add_str(&text, "end");
	set(MESSAGE_SUBJECT, buf_str(&text));
	CHECK(header().n < 3000);
	CHECK(field("Subject").n > 1000);
	set(MESSAGE_BODY, "the body");
	{
		struct buf all = {0}, lines = {0};
		struct slice rest = body(), line;

		while (slice_split(&rest, '\n', &line)) {
			CHECK(line.n <= 76);
			buf_add_slice(&lines, line);
		}
		decoded(buf_slice(&lines), &all);
		buf_add_str(&text, "\r\n\r\nthe body\r\n");
		CHECK_SLICE(buf_slice(&all), buf_str(&text));
		buf_release(&all);
		buf_release(&lines);
	}
	buf_release(&text);
	set(MESSAGE_SUBJECT, "short");
}

static void
a_body_that_mail_would_change_is_encoded(void)
{
	static const char longer[] = "a line that is longer than those that "
				     "mail systems always take as they are "
				     "sent";
	static const char *const text[] = {
	    ".", "a\n.\nb", "From here", "m\xc3\xbc", longer};

	for (size_t i = 0; i < LEN(text); i++) {
		struct buf got = {0}, want = {0};
		struct slice s = slice_of(text[i]);

		set(MESSAGE_BODY, text[i]);
		CHECK_SLICE(field("Content-Transfer-Encoding"), "base64");
		for (; s.n > 0; s.p++, s.n--)
			buf_addf(&want, "%s%c", *s.p == '\n' ? "\r" : "", *s.p);
		buf_add_str(&want, "\r\n");
		{
			struct slice b = body(), line;
			struct buf lines = {0};

			while (slice_split(&b, '\n', &line))
				buf_add_slice(&lines, line);
			decoded(buf_slice(&lines), &got);
			buf_release(&lines);
		}
		CHECK_SLICE(buf_slice(&got), buf_str(&want));
		buf_release(&got);
		buf_release(&want);
	}
	set(MESSAGE_BODY, "");
	CHECK_SLICE(body(), "");
}

static void
an_address_makes_no_header(void)
{
	set(MESSAGE_ADDRESS, "a@b\r\nBcc: eve@example.org");
	CHECK_SLICE(field("To"), "undisclosed-recipients:;");
	CHECK(field("Bcc").n == 0);
	set(MESSAGE_ADDRESS, "a@b,eve@example.org");
	CHECK_SLICE(field("To"), "undisclosed-recipients:;");
	set(MESSAGE_ADDRESS, "a@b");
}

static void
senders_are_read(void)
{
	static const struct {
		const char *from, *want; /* NULL: refused */
	} senders[] = {{"desk@example.org", "<desk@example.org>"},
	    {" desk@example.org ", "<desk@example.org>"},
	    {"<desk@example.org>", "<desk@example.org>"},
	    {"\"Desk\" <desk@example.org>", "Desk <desk@example.org>"},
	    {"Desk, Leeds <a@b>", "=?utf-8?B?RGVzaywgTGVlZHM=?= <a@b>"},
	    {"B\xc3\xbcro <a@b>", "=?utf-8?B?QsO8cm8=?= <a@b>"},
	    {"x\nBcc: e <a@b>", "=?utf-8?B?eCBCY2M6IGU=?= <a@b>"}, {"", NULL},
	    {"desk", NULL}, {"a@b c@d", NULL}, {"Desk <a@b\nx@y>", NULL},
	    {"Desk <>", NULL}};

	for (size_t i = 0; i < LEN(senders); i++) {
		sender.from = slice_of(senders[i].from);
		CHECK(
		    mailform_has_sender(&sender) == (senders[i].want != NULL));
		if (senders[i].want != NULL)
			CHECK_SLICE(field("From"), senders[i].want);
	}
	sender.from = slice_of("desk@example.org");
	sender.host = slice_of("");
	CHECK_SLICE(field("Message-ID"),
	    "<0123456789abcdef0123456789abcdef@localhost>");
	sender.host = slice_of("a>\nb");
	CHECK_SLICE(
	    field("Message-ID"), "<0123456789abcdef0123456789abcdef@ab>");
}

/* Of random bytes: lines with names are those we make, in their order. */
static void
no_field_makes_a_line_of_the_header(void)
{
	static const char *const names[] = {"From", "To", "Subject", "Date",
	    "Message-ID", "Auto-Submitted", "X-Inc-Status", "MIME-Version",
	    "Content-Type", "Content-Transfer-Encoding"};
	static const char pieces[][8] = {"\\r", "\\n", "\r", "\n", "Bcc: x",
	    "\xc2\x85", "\xe2\x80\xa8", "\xff", "=?", " ", "word", "\xc3\xa4",
	    "<", "@", ","};
	struct buf text = {0};

	for (int round = 0; round < 2000; round++) {
		struct slice rest, line;
		size_t at = 0;

		for (size_t i = 0; i < MESSAGE_COLUMNS; i++) {
			buf_clear(&text);
			for (size_t k = chance(200); k > 0; k--) {
				if (chance(4) == 0)
					buf_add_char(
					    &text, (char)(1 + chance(255)));
				else
					buf_add_str(
					    &text, pieces[chance(LEN(pieces))]);
			}
			buf_clear(&message.text[i]);
			buf_add_slice(&message.text[i], buf_slice(&text));
			message.field[i] = buf_slice(&message.text[i]);
		}
		rest = header();
		rest.n--;
		while (slice_split(&rest, '\n', &line)) {
			CHECK(line.n <= 998 && line.n > 0);
			for (size_t i = 0; i < line.n; i++)
				CHECK((unsigned char)line.p[i] >= ' ' &&
				    line.p[i] != 0x7f);
			if (line.n == 0 || line.p[0] == ' ')
				continue;
			while (
			    at < LEN(names) && !slice_starts(line, names[at]))
				at++;
			CHECK(at < LEN(names) &&
			    line.p[strlen(names[at])] == ':');
			at++;
		}
		rest = body();
		while (slice_split(&rest, '\n', &line))
			CHECK(line.n <= 76);
	}
	buf_release(&text);
}

int
main(void)
{
	RUN(a_message_is_mail);
	RUN(another_attempt_has_the_same_identity);
	RUN(an_exercise_says_so);
	RUN(a_subject_beyond_ascii_is_encoded);
	RUN(a_long_subject_is_folded_at_blanks);
	RUN(a_subject_that_is_cut_stands_whole_in_the_body);
	RUN(a_body_that_mail_would_change_is_encoded);
	RUN(an_address_makes_no_header);
	RUN(senders_are_read);
	RUN(no_field_makes_a_line_of_the_header);
	message_release(&message);
	buf_release(&mail);
	return test_done();
}
