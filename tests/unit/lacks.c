#include "lacks.h"

#include "test.h"

static struct columns columns;
static struct buf words;
static struct fault fault;

/* What a record with these values of the columns so far lacks. */
static const char *
found(struct lacks *l, const char *a, const char *b, const char *c)
{
	struct slice record[] = {slice_of(a), slice_of(b), slice_of(c)};

	buf_clear(&words);
	CHECK(lacks_find(l, &columns, record, &words, &fault) == 0);
	return buf_str(&words);
}

static void
what_holds_everywhere_is_checked_without_a_form(void)
{
	struct lacks l = {0};

	columns_add(&columns, (struct slice)SLICE("resolved"));
	columns_add(&columns, (struct slice)SLICE("reports"));
	CHECK_SLICE(slice_of(found(&l, "", "", "")), "");
	CHECK_SLICE(slice_of(found(&l, "2026-03-25T09:00:00Z", "3", "")), "");
	CHECK_SLICE(slice_of(found(&l, "noon", "-1", "")), "resolved reports");
	/* Columns may come later. */
	columns_add(&columns, (struct slice)SLICE("holds"));
	CHECK_SLICE(
	    slice_of(found(&l, "noon", "3", "2026/2027")), "resolved holds");
	lacks_release(&l);
	columns_release(&columns);
}

static void
what_the_form_misses_comes_first(void)
{
	struct table table = {0};
	struct form form = {0};
	struct lacks l = {.form = &form};

	columns_add(&columns, (struct slice)SLICE("resolved"));
	columns_add(&columns, (struct slice)SLICE("summary"));
	columns_add(&columns, (struct slice)SLICE("state"));
	CHECK(table_read(&table, "fields.tsv",
		  (struct slice)SLICE("name\ttype\trequired\tvalues\n"
				      "summary\ttext\t*\t\n"
				      "resolved\ttime\t\t\n"),
		  false, &fault) == 0);
	CHECK(form_load(&form, &table, &fault) == 0);
	/* Each once, though both find fault with the time. */
	CHECK_SLICE(slice_of(found(&l, "noon", "", "new")), "summary resolved");
	CHECK_SLICE(slice_of(found(&l, "", "x", "new")), "");
	lacks_release(&l);
	form_release(&form);
	table_release(&table);
	columns_release(&columns);
}

static void
a_form_that_cannot_be_bound_is_a_fault(void)
{
	struct table table = {0};
	struct form form = {0};
	struct lacks l = {.form = &form};
	struct slice record[] = {SLICE("")};

	columns_add(&columns, (struct slice)SLICE("summary"));
	CHECK(table_read(&table, "fields.tsv",
		  (struct slice)SLICE("name\trequired\n"
				      "summary\tchanel = phone\n"),
		  false, &fault) == 0);
	CHECK(form_load(&form, &table, &fault) == 0);
	CHECK(lacks_find(&l, &columns, record, &words, &fault) == -1);
	CHECK_SLICE(fault_reason(&fault), "unknown column 'chanel'");
	lacks_release(&l);
	form_release(&form);
	table_release(&table);
	columns_release(&columns);
}

int
main(void)
{
	RUN(what_holds_everywhere_is_checked_without_a_form);
	RUN(what_the_form_misses_comes_first);
	RUN(a_form_that_cannot_be_bound_is_a_fault);
	buf_release(&words);
	fault_release(&fault);
	return test_done();
}
