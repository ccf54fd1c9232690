#include "mailin.h"

#include "test.h"
#include "utf8.h"

static struct mailin m;
static struct buf text;

static void
read_it(const char *mail)
{
	mailin_read(&m, slice_of(mail));
}

static void
a_plain_mail_is_read(void)
{
	read_it("From: Ann <ann@example.org>\r\nSubject: Re: P1\r\n  again\r\n"
		"In-Reply-To: <a@b>\r\nReferences: <c@d>\r\n <a@b>\r\n\r\n"
		"ack 42\r\n\r\nAnn\r\n");
	CHECK_SLICE(buf_slice(&m.from), "ann@example.org");
	CHECK_SLICE(buf_slice(&m.subject), "Re: P1    again");
	CHECK_SLICE(buf_slice(&m.answers), "<a@b> <c@d>   <a@b>");
	CHECK_SLICE(buf_slice(&m.text), "ack 42\n\nAnn\n");
	CHECK(!m.automatic);
}

static void
the_header_is_read_whatever_the_letters_and_the_line_ends(void)
{
	read_it("no field\nFROM :ann@example.org\nsubject:x\nSubject: y\n"
		"AUTO-submitted: auto-replied\n \n\nFrom: bob@example.org\n");
	CHECK_SLICE(buf_slice(&m.from), "ann@example.org");
	CHECK_SLICE(buf_slice(&m.subject), "x");
	CHECK_SLICE(buf_slice(&m.text), "From: bob@example.org\n");
	CHECK(m.automatic);
	read_it("Auto-Submitted: no\nFrom: a@b\n\n");
	CHECK(!m.automatic);
	read_it("From: a@b"); /* no body, no line end */
	CHECK_SLICE(buf_slice(&m.from), "a@b");
	CHECK(m.text.n == 0);
	read_it("");
	CHECK(m.from.n == 0 && m.subject.n == 0 && m.text.n == 0);
}

static void
two_senders_are_none(void)
{
	read_it("From: a@b\nFrom: c@d\n\nack");
	CHECK(m.from.n == 0);
	read_it("From: a@b, c@d\n\nack");
	CHECK(m.from.n == 0);
	read_it("From: a@b, c@d\nFrom: a@b\n\nack");
	CHECK(m.from.n == 0);
	read_it("Subject: x\n\nFrom: a@b\n");
	CHECK(m.from.n == 0);
}

static void
encoded_words_are_decoded(void)
{
	read_it("From: a@b\nSubject: =?utf-8?B?w5ZzdA==?=\n "
		"=?ISO-8859-1?q?_=F6?= =?x? a =?utf-8?B?b?=c\n\n");
	CHECK_SLICE(buf_slice(&m.subject), "\xc3\x96st \xc3\xb6 =?x? a c");
	read_it("From: a@b\nSubject: =?utf-8?Q?a=00=0A=FF?=b\n\n");
	CHECK_SLICE(buf_slice(&m.subject), "a  ?b");
	read_it("From: a@b\nSubject: =?utf-8?X?YQ==?= =?utf-8?Q?a\n\n");
	CHECK(slice_starts(buf_slice(&m.subject), "YQ"));
}

static void
text_is_decoded(void)
{
	read_it("From: a@b\nContent-Transfer-Encoding: Quoted-Printable\n"
		"Content-Type: text/plain; charset=\"iso-8859-9\"\n\n"
		"a=\nck 4=32 =FE=C7 =3 =G1 =\n");
	CHECK_SLICE(buf_slice(&m.text), "ack 42 \xc5\x9f\xc3\x87 =3 =G1 ");
	read_it("From: a@b\nContent-Transfer-Encoding: base64\n\n"
		"YWNr\r\nIDQy\r\nCg==\r\n!!!!YWNr");
	CHECK_SLICE(buf_slice(&m.text), "ack 42\n");
	read_it("From: a@b\nContent-Type: text/plain; charset=UTF-7\n\n"
		"ack \xff\x1b[2J\n");
	CHECK_SLICE(buf_slice(&m.text), "ack ? [2J\n");
}

static void
the_first_plain_part_is_the_text(void)
{
	read_it("From: a@b\nContent-Type: multipart/mixed; a=\";boundary=z\";"
		" boundary=\"x y\"\n\nfor old readers\n--x y\n"
		"Content-Type: text/plain\nContent-Disposition: attachment\n\n"
		"not this\n--x y\nContent-Type: multipart/alternative;"
		" boundary=in\n\n--in\nContent-Type: text/html\n\n<p>nor\n"
		"--in\nContent-Type: text/plain;\n charset=utf-8\n"
		"Content-Transfer-Encoding: base64\n\nYWNrIDQy\n--in--\n"
		"--x y--\nack 43\n");
	CHECK_SLICE(buf_slice(&m.text), "ack 42");
	read_it("From: a@b\nContent-Type: text/html\n\n<p>ack 42");
	CHECK(m.text.n == 0);
	/* Without its end, and without a header. */
	read_it("From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n"
		"--x\n\nack 42");
	CHECK_SLICE(buf_slice(&m.text), "ack 42");
	read_it("From: a@b\nContent-Type: multipart/mixed\n\nack 42");
	CHECK(m.text.n == 0);
	read_it("From: a@b\nContent-Type: multipart/mixed; boundary=x\n\n--x");
	CHECK(m.text.n == 0);
}

static void
multiparts_are_read_to_a_depth(void)
{
	for (size_t depth = 7; depth < 10; depth++) {
		buf_clear(&text);
		buf_add_str(&text, "From: a@b\n");
		for (size_t i = 0; i < depth; i++)
			buf_addf(&text,
			    "Content-Type: multipart/x; boundary=%zu\n\n"
			    "--%zu\n",
			    i, i);
		buf_add_str(&text, "\nack");
		mailin_read(&m, buf_slice(&text));
		CHECK_SLICE(
		    buf_slice(&m.text), depth <= MAILIN_DEPTH ? "ack" : "");
	}
}

static void
a_long_header_is_read_in_bounds(void)
{
	buf_clear(&text);
	buf_add_str(&text, "From: a@b\nSubject: ");
	for (size_t i = 0; i < 100000; i++)
		buf_add_str(&text, "=?utf-8?q?\xc3\xa4?=");
	buf_add_char(&text, '\n');
	for (size_t i = 0; i < 100000; i++)
		buf_add_str(&text, "x: y\n z\n");
	buf_add_str(&text, "\nack\n");
	mailin_read(&m, buf_slice(&text));
	CHECK(m.subject.n == MAILIN_SUBJECT);
	CHECK(utf8_is_valid(buf_slice(&m.subject)));
	CHECK_SLICE(buf_slice(&m.text), "ack\n");
}

int
main(void)
{
	RUN(a_plain_mail_is_read);
	RUN(the_header_is_read_whatever_the_letters_and_the_line_ends);
	RUN(two_senders_are_none);
	RUN(encoded_words_are_decoded);
	RUN(text_is_decoded);
	RUN(the_first_plain_part_is_the_text);
	RUN(multiparts_are_read_to_a_depth);
	RUN(a_long_header_is_read_in_bounds);
	mailin_release(&m);
	buf_release(&text);
	return test_done();
}
