#include "encoding.h"

#include "test.h"

/* Decodes text in blocks of n bytes. */
static const char *
decode(const char *encoding, struct slice text, size_t block)
{
	static struct buf out;
	struct decoder d;
	struct fault fault = {0};

	buf_clear(&out);
	CHECK(decoder_open(&d, encoding, &fault) == 0);
	while (text.n > 0) {
		struct slice piece = {text.p, text.n < block ? text.n : block};

		decoder_add(&d, piece, &out);
		text.p += piece.n;
		text.n -= piece.n;
	}
	decoder_add(&d, (struct slice){0}, &out);
	decoder_close(&d);
	fault_release(&fault);
	return buf_str(&out);
}

#define DECODES(encoding, text, want)                                  \
	do {                                                           \
		struct slice t = SLICE(text);                          \
		CHECK_SLICE(slice_of(decode(encoding, t, 100)), want); \
		CHECK_SLICE(slice_of(decode(encoding, t, 1)), want);   \
	} while (0)

static void
utf8_is_passed_on(void)
{
	DECODES(NULL, "a\xc3\xa9\xff", "a\xc3\xa9\xff");
	DECODES("UTF-8", "a\xc3\xa9\xff", "a\xc3\xa9\xff");
}

static void
other_encodings_become_utf8(void)
{
	DECODES("ISO-8859-1", "caf\xe9", "caf\xc3\xa9");
	DECODES("WINDOWS-1252", "\x80 5", "\xe2\x82\xac 5");
	DECODES("UTF-16", "\377\376a\0\351\0", "a\303\251");
	DECODES("UTF-16LE", "a\0\x3d\xd8\x0e\xde", "a\xf0\x9f\x98\x8e");
}

static void
what_does_not_fit_becomes_a_bad_byte(void)
{
	DECODES("US-ASCII", "a\351b", "a\377b");
	DECODES("UTF-16LE", "a\0\0\334b\0", "a\377b");
	DECODES("UTF-16LE", "a\0b", "a\xff");
}

static void
an_unknown_name_is_a_fault(void)
{
	struct decoder d;
	struct fault fault = {0};

	CHECK(decoder_open(&d, "latin-9000", &fault) < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "encoding 'latin-9000' is not known (iconv -l lists them)");
	decoder_close(&d);
	CHECK(decoder_open(&d, "ASCII//TRANSLIT", &fault) < 0);
	CHECK(decoder_open(&d, "", &fault) < 0);
	fault_release(&fault);
}

static void
letters_tell_what_else_a_text_may_be(void)
{
	CHECK_SLICE(
	    slice_of(encoding_likely((struct slice)SLICE("Stra\xdf"
							 "e, caf\xe9"))),
	    "cp1252");
	CHECK_SLICE(
	    slice_of(encoding_likely((struct slice)SLICE("yaz\xfd"
							 "c\xfd \xe7"
							 "al\xfd\xfemad\xfd"))),
	    "cp1254");
	CHECK_SLICE(
	    slice_of(encoding_likely((struct slice)SLICE("\xfe"
							 "a\xf0 er \xed l\xed"
							 "fi og \xe6\xf0i"))),
	    "cp1252");
	CHECK_SLICE(
	    slice_of(encoding_likely((struct slice)SLICE(""))), "cp1252");
}

int
main(void)
{
	RUN(utf8_is_passed_on);
	RUN(other_encodings_become_utf8);
	RUN(what_does_not_fit_becomes_a_bad_byte);
	RUN(an_unknown_name_is_a_fault);
	RUN(letters_tell_what_else_a_text_may_be);
	return test_done();
}
