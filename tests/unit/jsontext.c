#include "jsontext.h"

#include "test.h"

static struct buf out;

/* The values of a text that comes in blocks of so many bytes, with lines. */
static const char *
values_of(struct slice text, size_t block)
{
	struct jsontext t = {0};
	int got;

	buf_clear(&out);
	while ((got = jsontext_next(&t)) != JSONTEXT_END) {
		struct slice part = {text.p, text.n < block ? text.n : block};

		if (got == JSONTEXT_VALUE) {
			buf_addf(&out, "%zu<%.*s>", t.line, SLICE_ARG(t.value));
			continue;
		}
		jsontext_feed(&t, part);
		text.p += part.n;
		text.n -= part.n;
	}
	jsontext_release(&t);
	return buf_str(&out);
}

#define VALUES(text, want)                                                    \
	do {                                                                  \
		CHECK_SLICE(                                                  \
		    slice_of(values_of((struct slice)SLICE(text), 4096)),     \
		    want);                                                    \
		CHECK_SLICE(                                                  \
		    slice_of(values_of((struct slice)SLICE(text), 1)), want); \
	} while (0)

static void
values_stand_on_lines_or_over_them(void)
{
	VALUES("", "");
	VALUES("{\"a\":1}\n", "1<{\"a\":1}>");
	VALUES("{\"a\":1}\r\n\n{\"b\":\"}\\\"{\"}",
	    "1<{\"a\":1}>3<{\"b\":\"}\\\"{\"}>");
	VALUES("\n{\n\"a\":[\n{}]\n} {\"b\"\n:1}\n",
	    "2<{\n\"a\":[\n{}]\n}>5<{\"b\"\n:1}>");
	VALUES("{}{} {}\n{}", "1<{}>1<{}>1<{}>2<{}>");
	VALUES("\xef\xbb\xbf{}\n", "1<{}>");
}

static void
elements_of_an_array_are_values(void)
{
	VALUES("[]", "");
	VALUES("[{\"a\":[1,2]}, {}\n,3,\"]\",null]\n",
	    "1<{\"a\":[1,2]}>1<{}>2<3>2<\"]\">2<null>");
	VALUES("[{}]\n[{}]\n{}", "1<{}>2<{}>3<{}>");
}

static void
an_array_that_never_ends_gives_a_value_of_nothing(void)
{
	VALUES("[{}, ", "1<{}>1<>");
	VALUES("[", "1<>");
	VALUES("[{}, {\"a\":", "1<{}>1<{\"a\":>");
}

static void
a_wrong_line_costs_itself(void)
{
	VALUES("{\"a\":1}\n{\"a\":\n{\"b\":2}\n",
	    "1<{\"a\":1}>2<{\"a\":>3<{\"b\":2}>");
	VALUES("{\"a\n{\"b\":2}\n}\n", "1<{\"a>2<{\"b\":2}>3<}>");
	VALUES("{\"a\":[\n{\"b\":2}\n", "1<{\"a\":[>2<{\"b\":2}>");
	VALUES("{\"a\":1} x\n{\"b\":2}\n", "1<{\"a\":1}>1<x>2<{\"b\":2}>");
	VALUES("{}\n}\n,{}\n{}", "1<{}>2<}>3<,{}>4<{}>");
}

static void
a_text_that_never_ends_costs_up_to_the_next_line_with_an_object(void)
{
	VALUES("[\n{\"a\":\"x},\n\"b\":\n  {\"c\":1},\n{}]",
	    "2<{\"a\":\"x},\n\"b\":>4<{\"c\":1}>5<{}>");
	VALUES("[{\"a\":\"x},\n {\"b\":\"y\"}\n]",
	    "1<{\"a\":\"x},>2<{\"b\":\"y\"}>");
	VALUES("[{\"a\":\"x},\n\n]", "1<{\"a\":\"x},\n\n]>");
}

static void
blanks_without_end_are_no_json(void)
{
	struct buf blanks = {0};

	buf_add_char(&blanks, '[');
	while (blanks.n < 1024 * 1024)
		buf_add_char(&blanks, ' ');
	CHECK(jsontext_is(buf_slice(&blanks)) == -1);
	buf_add_char(&blanks, ' ');
	CHECK(jsontext_is(buf_slice(&blanks)) == 0);
	blanks.p[0] = ' ';
	CHECK(jsontext_is(buf_slice(&blanks)) == 0);
	buf_release(&blanks);
}

static void
json_is_told_from_csv(void)
{
	CHECK(jsontext_is((struct slice)SLICE("{\"a\"")) == 1);
	CHECK(jsontext_is((struct slice)SLICE("\xef\xbb\xbf \n{ }")) == 1);
	CHECK(jsontext_is((struct slice)SLICE("[\n {")) == 1);
	CHECK(jsontext_is((struct slice)SLICE("[]")) == 1);
	CHECK(jsontext_is((struct slice)SLICE("[Call Number],b")) == 0);
	CHECK(jsontext_is((struct slice)SLICE("{id},b")) == 0);
	CHECK(jsontext_is((struct slice)SLICE("a,{\"b\"")) == 0);
	CHECK(jsontext_is((struct slice)SLICE(" \n[ ")) == -1);
	CHECK(jsontext_is((struct slice)SLICE("")) == -1);
}

int
main(void)
{
	RUN(values_stand_on_lines_or_over_them);
	RUN(elements_of_an_array_are_values);
	RUN(an_array_that_never_ends_gives_a_value_of_nothing);
	RUN(a_wrong_line_costs_itself);
	RUN(a_text_that_never_ends_costs_up_to_the_next_line_with_an_object);
	RUN(json_is_told_from_csv);
	RUN(blanks_without_end_are_no_json);
	buf_release(&out);
	return test_done();
}
