#include "csvin.h"

#include <stdint.h>
#include <stdlib.h>

#include "buf.h"
#include "test.h"

/*
 * Everything that a reader says of a text fed in blocks of n bytes: a line for
 * each record, "LINE: [field][field]", or "LINE! fault <raw>".
 */
static const char *
dump(struct slice text, char delimiter, bool quotes, size_t block)
{
	static struct buf out;
	struct csvin *c = csvin_new(delimiter, quotes);
	int got;

	buf_clear(&out);
	while ((got = csvin_next(c)) != CSVIN_END) {
		size_t n;
		const struct slice *field;

		if (got == CSVIN_MORE) {
			struct slice piece = text;

			piece.n = piece.n < block ? piece.n : block;
			csvin_feed(c, piece);
			text.p += piece.n;
			text.n -= piece.n;
			continue;
		}
		buf_addf(&out, "%zu", csvin_line(c));
		if (got == CSVIN_BAD) {
			buf_addf(&out, "! %s <%.*s>\n", csvin_fault(c),
			    SLICE_ARG(csvin_raw(c)));
			continue;
		}
		field = csvin_fields(c, &n);
		buf_add_str(&out, ": ");
		for (size_t i = 0; i < n; i++)
			buf_addf(&out, "[%.*s]", SLICE_ARG(field[i]));
		buf_add_char(&out, '\n');
	}
	csvin_free(c);
	return buf_str(&out);
}

/* Checks what CSV text gives, at once and byte by byte. */
#define READS(text, want)                                              \
	do {                                                           \
		struct slice t = SLICE(text);                          \
		CHECK_SLICE(slice_of(dump(t, ',', true, 1000)), want); \
		CHECK_SLICE(slice_of(dump(t, ',', true, 1)), want);    \
		CHECK_SLICE(slice_of(dump(t, ',', true, 3)), want);    \
	} while (0)

#define READS_TSV(text, want)                                            \
	do {                                                             \
		struct slice t = SLICE(text);                            \
		CHECK_SLICE(slice_of(dump(t, '\t', false, 1000)), want); \
		CHECK_SLICE(slice_of(dump(t, '\t', false, 1)), want);    \
	} while (0)

static void
fields_and_lines_are_read(void)
{
	READS("", "");
	READS("a,b,c\n1,2,3\n", "1: [a][b][c]\n2: [1][2][3]\n");
	READS("a,b\n1,", "1: [a][b]\n2: [1][]\n");
	READS("a,b\r\n1,2\r\n", "1: [a][b]\n2: [1][2]\n");
	READS("a\rb\r", "1: [a]\n2: [b]\n");
	READS("\"a\"\r\"b\"\r\nc", "1: [a]\n2: [b]\n3: [c]\n");
	READS("\xef\xbb\xbf\"a\"\n", "1: [a]\n");
	READS(" a , b \n", "1: [ a ][ b ]\n");
}

static void
empty_lines_are_records_of_one_empty_field(void)
{
	READS("\n\n", "1: []\n2: []\n");
	READS("a\n\nb\n", "1: [a]\n2: []\n3: [b]\n");
	READS("a\r\n\r\n", "1: [a]\n2: []\n");
	READS("\"\"\n\n", "1: []\n2: []\n");
}

static void
quoted_fields_hold_anything(void)
{
	READS("a,\"b,c\"\n", "1: [a][b,c]\n");
	READS("\"a \"\"b\"\"\",\"\"\n", "1: [a \"b\"][]\n");
	READS("1,\"x\ny\n\nz\",2\n3,4,5\n",
	    "1: [1][x\ny\n\nz][2]\n5: [3][4][5]\n");
	READS("\"x\r\ny\",1\r\nz,2", "1: [x\r\ny][1]\n3: [z][2]\n");
	READS("\" a \"\n", "1: [ a ]\n");
	READS("\"a\"", "1: [a]\n");
}

static void
a_quoting_error_costs_its_line_alone(void)
{
	READS("1,\"no \" it\",3\n4,5,6\n",
	    "1! field 2: text after the closing quote, a delimiter was "
	    "expected <1,\"no \" it\",3>\n2: [4][5][6]\n");
	READS("1,This \"quotes\" must,3\n4,5,6\n",
	    "1! field 2: a quote in a field that does not start with one "
	    "<1,This \"quotes\" must,3>\n2: [4][5][6]\n");
}

static void
an_unclosed_quote_costs_its_line_alone(void)
{
	READS("h\n\"open,3\na\nb\n",
	    "1: [h]\n2! field 1: the quote is never closed, seen on line 5 "
	    "<\"open,3>\n3: [a]\n4: [b]\n");
	READS("\"open\n\"b\",c\nd\n",
	    "1! field 1: text after the closing quote, a delimiter was "
	    "expected, seen on line 2 <\"open>\n2: [b][c]\n3: [d]\n");
	READS("\"open", "1! field 1: the quote is never closed <\"open>\n");
}

static void
a_quote_after_a_digit_is_a_sign(void)
{
	READS("37'37.8\"N 2'17.9\"W,b\n", "1: [37'37.8\"N 2'17.9\"W][b]\n");
	READS("19\",\"a\"\n", "1: [19\"][a]\n");
	READS("\"19\"\n", "1: [19]\n");
}

static void
a_nul_byte_is_refused(void)
{
	CHECK_SLICE(
	    slice_of(dump((struct slice){"a\0b\nc\n", 6}, ',', true, 9)),
	    "1! a NUL byte, text was expected <a>\n2: [c]\n");
	CHECK_SLICE(
	    slice_of(dump((struct slice){"\"a\0b\"\nc\n", 8}, ',', true, 9)),
	    "1! a NUL byte, text was expected <\"a>\n2: [c]\n");
}

static void
in_tsv_quotes_are_letters(void)
{
	READS_TSV("a\tb\n\"x\t1\"\n", "1: [a][b]\n2: [\"x][1\"]\n");
	READS_TSV("a\rb\tc\r\nd\t", "1: [a\rb][c]\n2: [d][]\n");
	READS_TSV("a\\tb\n", "1: [a\\tb]\n");
}

/* Every line keeps a quote open, whichever way it is read. */
static void
hostile_text_takes_time_in_proportion(void)
{
	struct buf text = {0};
	struct csvin *c = csvin_new(',', true);
	size_t bad = 0;
	int got;

	while (text.n < (size_t)4 << 20)
		buf_add_str(&text, "1\",\"\n");
	csvin_feed(c, buf_slice(&text));
	while ((got = csvin_next(c)) != CSVIN_END) {
		if (got == CSVIN_MORE)
			csvin_feed(c, (struct slice){"", 0});
		bad += got == CSVIN_BAD;
	}
	CHECK(bad > 0 && bad < 10);
	csvin_free(c);
	buf_release(&text);
}

int
main(void)
{
	RUN(fields_and_lines_are_read);
	RUN(empty_lines_are_records_of_one_empty_field);
	RUN(quoted_fields_hold_anything);
	RUN(a_quoting_error_costs_its_line_alone);
	RUN(an_unclosed_quote_costs_its_line_alone);
	RUN(a_quote_after_a_digit_is_a_sign);
	RUN(a_nul_byte_is_refused);
	RUN(in_tsv_quotes_are_letters);
	RUN(hostile_text_takes_time_in_proportion);
	return test_done();
}
