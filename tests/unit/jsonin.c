#include "jsonin.h"

#include "test.h"

static struct jsonin records;
static struct columns rows;
static struct joins joins;
static struct slice wrapper;

/* What becomes of a value: names, then each record or fault. */
static void
check_records(const char *value, const char *want)
{
	struct place where = {.file = "f", .line = 7};
	struct buf out = {0};
	struct fault f = {0};
	int got;

	records =
	    (struct jsonin){.joins = &joins, .records = wrapper, .rows = &rows};
	if (jsonin_take(&records, slice_of(value), where, &f) < 0)
		buf_addf(&out, "! %s", buf_str(&f.text));
	while ((got = jsonin_next(&records, &f)) != JSONIN_END) {
		if (got == JSONIN_BAD) {
			buf_addf(&out, "! %s <%.*s>\n", buf_str(&f.text),
			    SLICE_ARG(records.row));
			continue;
		}
		for (size_t i = 0; i < records.names.n; i++)
			buf_addf(&out, "%.*s=%.*s;",
			    SLICE_ARG(records.names.name[i]),
			    SLICE_ARG(records.field[i]));
		buf_add_char(&out, '\n');
	}
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
	fault_release(&f);
	jsonin_release(&records);
}

static void
names_within_names_have_a_dot_between(void)
{
	check_records(
	    "{\"a\":1,\"b\":{\"c\":\"x\",\"d\":{\"e\":null}},\"f\":{}}",
	    "a=1;b.c=x;b.d.e=;\n");
	check_records("{}", "\n");
}

static void
words_and_numbers_are_kept_as_they_are_written(void)
{
	check_records(
	    "{\"a\":123456789012345678901234567890,\"b\":1.50,\"c\":-1E5,"
	    "\"d\":true,\"e\":false,\"f\":\"\\u00e9\\n\\t\\\\\\/"
	    "\\ud83d\\ude00\"}",
	    "a=123456789012345678901234567890;b=1.50;c=-1E5;d=true;e=false;"
	    "f=\u00e9\n\t\\/\U0001f600;\n");
}

static void
an_array_is_kept_as_json(void)
{
	check_records("{\"a\":[1, \"x\\n\" ,{\"b\": [ ]}],\"c\":[]}",
	    "a=[1,\"x\\n\",{\"b\":[]}];c=;\n");
}

static void
an_array_is_joined_where_it_is_said(void)
{
	joins_add(&joins, (struct slice)SLICE("a"), (struct slice)SLICE("/"));
	check_records("{\"a\":[1,null,\"x\",[2,3]],\"b\":[1,2]}",
	    "a=1/x/[2,3];b=[1,2];\n");
	check_records("{\"a\":[{\"k\":1,\"v\":\"x\"},{\"k\":2,\"w\":[3,4]}]}",
	    "a.k=1/2;a.v=x;a.w=3/4;\n");
	check_records("{\"a\":\"alone\"}", "a=alone;\n");
	joins_release(&joins);
}

static void
records_have_what_stands_around_them(void)
{
	wrapper = (struct slice)SLICE("i");
	check_records("{\"p\":{\"x\":1},\"i\":[{\"x\":2},{\"y\":3}],\"x\":4}",
	    ".p.x=1;.x=4;x=2;\n.p.x=1;.x=4;x=;y=3;\n");
	check_records("{\"i\":[]}", "");
	check_records("{\"i\":{\"x\":1}}", "x=1;\n");
	check_records("{\"x\":1}", "x=1;\n");
	check_records("{\"i\":null}", "i=;\n");
	wrapper = (struct slice)SLICE("a.i");
	check_records("{\"a\":{\"b\":1,\"i\":[{\"x\":2}]}}", ".a.b=1;x=2;\n");
	wrapper.n = 0;
}

static void
the_first_value_tells_where_the_records_are(void)
{
	struct fault f = {0};

	records = (struct jsonin){.records = SLICE("i")};
	CHECK(jsonin_take(&records, (struct slice)SLICE("{\"i\":[]}"),
		  (struct place){0}, &f) == 0);
	CHECK(jsonin_take(&records, (struct slice)SLICE("{\"x\":1}"),
		  (struct place){.file = "f"}, &f) < 0);
	CHECK_SLICE(buf_slice(&f.text),
	    "f: no array 'i' of records, which the first value has");
	jsonin_release(&records);
	records = (struct jsonin){.records = SLICE("i")};
	CHECK(jsonin_take(&records, (struct slice)SLICE("{\"x\":1}"),
		  (struct place){0}, &f) == 0);
	CHECK(jsonin_take(&records, (struct slice)SLICE("{\"i\":[]}"),
		  (struct place){.file = "f"}, &f) < 0);
	CHECK_SLICE(buf_slice(&f.text),
	    "f: an array 'i' of records, which the first value has not");
	jsonin_release(&records);
	fault_release(&f);
}

static void
rows_are_the_record_again(void)
{
	columns_add(&rows, (struct slice)SLICE("u"));
	check_records("{\"x\":1,\"u\":[{\"t\":2},{\"s\":3}],\"y\":4}",
	    "x=1;y=4;u.t=2;\nx=1;y=4;u.t=;u.s=3;\n");
	check_records("{\"x\":1,\"u\":[]}", "x=1;\n");
	check_records("{\"x\":1}", "x=1;\n");
	check_records("{\"u\":[1,[2]]}", "u=1;\nu=[2];\n");
	columns_add(&rows, (struct slice)SLICE("u.v"));
	wrapper = (struct slice)SLICE("i");
	check_records("{\"i\":[{\"x\":1,\"u\":[{\"v\":[2,3]},{\"v\":[]},{}]},"
		      "{\"x\":4}]}",
	    "x=1;u.v=2;\nx=1;u.v=3;\nx=1;u.v=;\nx=1;u.v=;\nx=4;u.v=;\n");
	wrapper.n = 0;
	columns_release(&rows);
}

/*
 * The names of objects within objects add up: a file of some megabytes must
 * not make gigabytes of them.
 */
static void
a_name_has_an_end(void)
{
	struct buf value = {0}, want = {0};

	buf_add(&value, "{\"", 2);
	for (size_t i = 0; i < JSONIN_NAME_MAX; i++)
		buf_add_char(&value, 'k');
	buf_addf(&want, "%.*s=1;\n", (int)JSONIN_NAME_MAX, value.p + 2);
	buf_add(&value, "\":1}", 4);
	check_records(buf_str(&value), buf_str(&want));
	value.n -= 3;
	buf_add(&value, ":{\"x\":1}}", 9);
	buf_clear(&want);
	buf_addf(&want,
	    "! f:7: '%.100s' is longer than a name: data in place of names? "
	    "<%s>\n",
	    value.p + 2, buf_str(&value));
	check_records(buf_str(&value), buf_str(&want));
	buf_release(&value);
	buf_release(&want);
}

static void
a_name_comes_once(void)
{
	check_records("{\"a\":1,\"a\":2}",
	    "! f:7: 'a' comes twice <{\"a\":1,\"a\":2}>\n");
	check_records("{\"a\":{\"b\":1},\"a.b\":2}",
	    "! f:7: 'a.b' comes twice <{\"a\":{\"b\":1},\"a.b\":2}>\n");
	wrapper = (struct slice)SLICE("i");
	check_records("{\"i\":[{\"x\":1},{\"x\":2,\"x\":3},{\"x\":4}]}",
	    "x=1;\n! f:7: 'x' comes twice <{\"x\":2,\"x\":3}>\nx=4;\n");
	check_records("{\"a\":1,\"a\":2,\"i\":[]}", "! f:7: '.a' comes twice");
	wrapper.n = 0;
	columns_add(&rows, (struct slice)SLICE("u"));
	check_records("{\"u\":[{\"t\":1}],\"u\":[{\"t\":2}]}",
	    "! f:7: 'u' comes twice <{\"u\":[{\"t\":1}],\"u\":[{\"t\":2}]}>\n");
	columns_release(&rows);
}

static void
names_may_be_fixed(void)
{
	struct fault f = {0};

	records = (struct jsonin){0};
	jsonin_name(&records, (struct slice)SLICE("a"));
	records.fixed = true;
	CHECK(jsonin_take(&records, (struct slice)SLICE("{\"a\":1}"),
		  (struct place){0}, &f) == 0);
	CHECK(jsonin_next(&records, &f) == JSONIN_RECORD);
	CHECK_SLICE(records.field[0], "1");
	CHECK(jsonin_take(&records, (struct slice)SLICE("{\"b\":1}"),
		  (struct place){.file = "f"}, &f) == 0);
	CHECK(jsonin_next(&records, &f) == JSONIN_BAD);
	CHECK_SLICE(buf_slice(&f.text), "f: 'b' is none of the columns");
	fault_release(&f);
	jsonin_release(&records);
}

static void
data_in_place_of_names_is_refused(void)
{
	struct buf text = {0};
	struct fault f = {0};

	for (size_t i = 0; i <= JSONIN_COLUMNS_MAX; i++)
		buf_addf(&text, "%c\"%zu\":1", i == 0 ? '{' : ',', i);
	buf_add_char(&text, '}');
	records = (struct jsonin){0};
	CHECK(jsonin_take(&records, buf_slice(&text), (struct place){0}, &f) ==
	    0);
	CHECK(jsonin_next(&records, &f) == JSONIN_BAD);
	CHECK_SLICE(buf_slice(&f.text),
	    "'16384' is one name too many: data in place of names?");
	buf_release(&text);
	fault_release(&f);
	jsonin_release(&records);
}

static void
what_is_no_object_is_refused_at_its_place(void)
{
	struct buf deep = {0};

	check_records("[1]", "! f:7:2: an object was expected");
	check_records("{\"a\":1,\n  \"b\" 2}",
	    "! f:8:8: parse error: object key and value must be separated by a "
	    "colon (':')");
	check_records("{\"a\":1", "! f:7:7: parse error: premature EOF");
	check_records("{} {}", "! f:7:5: parse error: trailing garbage");
	check_records("{\"a\":\"\\u0000\"}", "! f:7:14: a NUL in a text");
	check_records(
	    "{\"a\":\"\\ud83d\"}", "! f:7:7: half of a pair of surrogates");
	check_records(
	    "{\"a\":\"\\ude00\"}", "! f:7:7: half of a pair of surrogates");
	check_records("",
	    "! f:7: the array never ends: the file may have been cut short");
	buf_add_str(&deep, "{\"a\":");
	for (int i = 0; i < 100000; i++)
		buf_add_char(&deep, '[');
	check_records(buf_str(&deep),
	    "! f:7:134: arrays and objects too deep in one another");
	buf_release(&deep);
}

int
main(void)
{
	RUN(names_within_names_have_a_dot_between);
	RUN(words_and_numbers_are_kept_as_they_are_written);
	RUN(an_array_is_kept_as_json);
	RUN(an_array_is_joined_where_it_is_said);
	RUN(records_have_what_stands_around_them);
	RUN(the_first_value_tells_where_the_records_are);
	RUN(rows_are_the_record_again);
	RUN(a_name_has_an_end);
	RUN(a_name_comes_once);
	RUN(names_may_be_fixed);
	RUN(data_in_place_of_names_is_refused);
	RUN(what_is_no_object_is_refused_at_its_place);
	return test_done();
}
