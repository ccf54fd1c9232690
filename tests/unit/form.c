#include "form.h"

#include "test.h"

static struct table table;
static struct form form;
static struct columns columns;
static struct fault fault;

/* Loads a table from text; returns what form_load() does. */
static int
load(const char *text)
{
	form_release(&form);
	table_release(&table);
	table = (struct table){0};
	CHECK(table_read(&table, "fields.tsv", slice_of(text), false, &fault) ==
	    0);
	return form_load(&form, &table, &fault);
}

/* What a record with these values of channel, callback and n lacks. */
static const char *
lacks(const char *channel, const char *callback, const char *n)
{
	static struct buf incomplete;
	struct slice field[] = {
	    slice_of(channel), slice_of(callback), slice_of(n)};

	buf_clear(&incomplete);
	form_check(&form, field, &incomplete);
	return buf_str(&incomplete);
}

static void
what_is_missing_or_wrong_is_named(void)
{
	CHECK(load("name\ttype\trequired\tpattern\tvalues\tpersonal\n"
		   "callback\ttext\tchannel = phone\t[0-9 ]+\t\tphone\n"
		   "n\tnumber\t\t\t1 2.5 x\t\n"
		   "when\ttime\t\t\t\t\n") == 0);
	CHECK(form_bind(&form, &columns, NULL, &fault) == 0);
	CHECK_SLICE(slice_of(lacks("mail", "", "")), "");
	CHECK_SLICE(slice_of(lacks("phone", "", "")), "callback");
	CHECK_SLICE(slice_of(lacks("phone", "\\N", "3")), "callback n");
	CHECK_SLICE(slice_of(lacks("phone", "12 x", "2.5")), "callback");
	CHECK_SLICE(slice_of(lacks("phone", "12 3", "x")), "n");
	CHECK(form_is_personal(&form, slice_of("callback")));
	CHECK(!form_is_personal(&form, slice_of("n")));
	CHECK(!form_is_personal(&form, slice_of("other")));
}

static void
a_wrong_table_is_refused_at_its_place(void)
{
	CHECK(load("name\ttype\nx\ttexd\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "fields.tsv:2:3: 'texd' is no type: text, time, number or code "
	    "was expected (did you mean 'text'?)");
	CHECK(load("name\trequired\nx\ta = \n") < 0);
	CHECK(load("name\tpattern\nx\t(\n") < 0);
	CHECK(load("name\ttype\n\ttext\n") < 0);
}

int
main(void)
{
	columns_add(&columns, slice_of("channel"));
	columns_add(&columns, slice_of("callback"));
	columns_add(&columns, slice_of("n"));
	RUN(what_is_missing_or_wrong_is_named);
	RUN(a_wrong_table_is_refused_at_its_place);
	form_release(&form);
	table_release(&table);
	columns_release(&columns);
	fault_release(&fault);
	return test_done();
}
