#include "guess.h"

#include "csvin.h"
#include "test.h"

#define COLUMNS 16

static struct guess guess;
static struct slice name[COLUMNS];
static struct profile profile[COLUMNS];
static struct arena arena;
static size_t columns;

static void
forget(void)
{
	guess_release(&guess);
	for (size_t i = 0; i < columns; i++)
		profile_release(&profile[i]);
	arena_release(&arena);
	columns = 0;
}

/* Guesses what is in a text in CSV. */
static void
see(const char *text)
{
	struct csvin *c = csvin_new(',', true);
	bool fed = false;
	int got;

	forget();
	while ((got = csvin_next(c)) != CSVIN_END) {
		size_t n;
		const struct slice *field = csvin_fields(c, &n);

		if (got == CSVIN_MORE) {
			csvin_feed(c, slice_of(fed ? "" : text));
			fed = true;
			continue;
		}
		for (size_t i = 0; i < n && columns > 0; i++)
			profile_see(&profile[i], field[i]);
		for (size_t i = 0; i < n && columns == 0; i++) {
			profile_init(&profile[i], n);
			name[i].p = arena_copy(&arena, field[i].p, field[i].n);
			name[i].n = field[i].n;
		}
		columns = n;
	}
	csvin_free(c);
	guess_make(&guess, name, profile, columns);
}

/* The name of the column that was guessed to be a target. */
static struct slice
is(const char *target)
{
	size_t i = guess_find(&guess, target);

	return i != GUESS_NONE ? guess.column[i].name : slice_of("none");
}

static void
each_target_gets_the_column_that_fits_best(void)
{
	see("Call Date,Received DtTm,Priority,Final Priority,caller_id,number,"
	    "Location,Address,subject,case_title\n"
	    "12/31/2016,12/31/2016 11:57:56 PM,3,3,Ada,N1,\"(1.5, 2)\",1 High "
	    "Street,Traffic,a hole\n"
	    "12/31/2016,12/31/2016 11:58:56 PM,3,2,Bob,N2,\"(1.5, 3)\",2 High "
	    "Street,Traffic,a lamp\n");
	CHECK_SLICE(is("received"), "Received DtTm");
	CHECK_SLICE(is("priority"), "Priority");
	CHECK_SLICE(is("caller"), "caller_id");
	CHECK_SLICE(is("id"), "number");
	CHECK_SLICE(is("location"), "Address");
	CHECK_SLICE(is("summary"), "case_title");
	CHECK_SLICE(is("service"), "subject");
	CHECK_SLICE(is("closed"), "none");
	CHECK(guess.column[3].target == NULL);
}

static void
values_outweigh_names(void)
{
	see("id,resolved,closed,priority\n"
	    "true or,Ada,2016-01-01,yes\n"
	    "not a word,Bob,2016-01-02,no\n");
	CHECK_SLICE(is("id"), "none");
	CHECK_SLICE(is("resolved"), "none");
	CHECK_SLICE(is("closed"), "closed");
	CHECK_SLICE(is("priority"), "none");
	CHECK(guess.id == GUESS_NONE && !guess.trail);
}

static void
one_column_decides_the_order_of_all(void)
{
	see("opened,closed\n3/4/2016,25/4/2016\n4/4/2016,5/4/2016\n");
	CHECK_SLICE(guess.column[0].format, "%d/%m/%Y");
	CHECK((guess.column[0].asks & GUESS_ORDER) == 0);
	see("opened,closed\n3/4/2016,4/25/2016\n4/4/2016,4/5/2016\n");
	CHECK_SLICE(guess.column[0].format, "%m/%d/%Y");
	CHECK((guess.column[0].asks & GUESS_ORDER) == 0);
}

static void
an_order_that_nothing_decides_is_asked(void)
{
	see("opened,closed\n3/4/2016,5/4/2016\n");
	CHECK_SLICE(guess.column[0].format, "%d/%m/%Y");
	CHECK_SLICE(guess.column[0].rival, "%m/%d/%Y");
	CHECK((guess.column[0].asks & GUESS_ORDER) != 0);
	see("opened,closed,due\n3/4/2016,25/4/2016,4/25/2016\n");
	CHECK((guess.column[0].asks & GUESS_ORDER) != 0);
}

static void
a_clock_belongs_to_its_date(void)
{
	see("TimeOfCall,DateOfCall,Time\n00:00:37,01 Jan 2009,9:15\n");
	CHECK_SLICE(is("received"), "DateOfCall");
	CHECK(guess.column[1].clock == 0 && guess.column[0].is_clock);
	CHECK(!guess.column[2].is_clock);
	CHECK_SLICE(guess.column[0].format, "%H:%M:%S");
	see("Date,Time\n01 Jan 2009,9:15\n");
	CHECK(guess.column[0].clock == 1);
	CHECK_SLICE(is("received"), "Date");
}

static void
numbers_are_times_where_the_name_says_so(void)
{
	see("created_at,updated_at,due date,callback\n"
	    "1456704960,1456704960123,42430.5,1456704960\n");
	CHECK_SLICE(guess.column[0].format, "%s");
	CHECK_SLICE(is("received"), "created_at");
	CHECK((guess.column[0].asks & GUESS_ZONE) == 0);
	CHECK_SLICE(guess.column[1].format, "%Q");
	CHECK(guess.column[2].asks == GUESS_DAYS);
	CHECK(guess.column[3].kind == PROFILE_NUMBER);
}

static void
an_id_on_several_rows_is_a_trail(void)
{
	see("case,timestamp\nC1,2016-01-01 09:00\nC1,2016-01-01 10:00\n"
	    "C2,2016-01-01 11:00\n");
	CHECK(guess.trail && guess.id == 0);
	CHECK_SLICE(is("updated"), "timestamp");
	CHECK_SLICE(is("received"), "none");
	see("case,timestamp\nC1,2016-01-01 09:00\nC2,2016-01-01 10:00\n");
	CHECK(!guess.trail);
	CHECK_SLICE(is("received"), "timestamp");
	see("case,at\nC1,2016-01-01 09:00\nC1,2016-01-01 10:00\n");
	CHECK_SLICE(is("updated"), "at");
	see("case,opened\nC1,2016-01-01 09:00\nC1,2016-01-01 10:00\n");
	CHECK_SLICE(is("received"), "opened");
}

static void
what_a_person_must_say_is_asked(void)
{
	see("opened,closed,severity,state,impact,Mail,visits,big,note,note\n"
	    "2016-01-01 09:00,,High,New,2 - x,a@b.example,1.0,1.01E+11,a,b\n"
	    "2016-01-02 09:00,,Low,New,1 - y,b@b.example,2.0,2.01E+11,b,\n");
	CHECK(guess.column[0].asks == GUESS_ZONE);
	CHECK(guess.column[1].asks == GUESS_FORM);
	CHECK(guess.column[2].asks == GUESS_WORDS);
	CHECK(guess.column[3].asks == GUESS_WORDS);
	CHECK(guess.column[4].asks == 0);
	CHECK(guess.column[5].asks == GUESS_PERSON);
	CHECK(guess.column[6].asks == GUESS_FLOATS);
	CHECK(guess.column[7].asks == GUESS_SPOILED);
	CHECK(guess.column[8].asks == 0);
	CHECK(guess.column[9].asks == GUESS_TWICE);
	see("opened\n1/1/2016\n2/1/2016\n3/1/2016\n4/1/2016\n5/1/2016\n"
	    "6/1/2016\n7/1/2016\n8/1/2016\n9/1/2016\nlater\n13/1/2016\n");
	CHECK(guess.column[0].asks == (GUESS_ZONE | GUESS_UNREAD));
}

static void
marks_that_mean_missing_are_found(void)
{
	see("a,b\n?,1\nx,NULL\n");
	for (size_t i = 0; i < PROFILE_MARKS; i++) {
		struct slice mark = profile_mark(i);

		CHECK(guess.missing[i] ==
		    (slice_is(mark, "?") || slice_is(mark, "NULL")));
	}
}

static void
an_export_without_columns_says_nothing(void)
{
	see("");
	CHECK(guess.n == 0 && guess.id == GUESS_NONE);
	CHECK_SLICE(is("id"), "none");
}

int
main(void)
{
	RUN(each_target_gets_the_column_that_fits_best);
	RUN(values_outweigh_names);
	RUN(one_column_decides_the_order_of_all);
	RUN(an_order_that_nothing_decides_is_asked);
	RUN(a_clock_belongs_to_its_date);
	RUN(numbers_are_times_where_the_name_says_so);
	RUN(an_id_on_several_rows_is_a_trail);
	RUN(what_a_person_must_say_is_asked);
	RUN(marks_that_mean_missing_are_found);
	RUN(an_export_without_columns_says_nothing);
	forget();
	return test_done();
}
