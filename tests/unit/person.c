#include "person.h"

#include "buf.h"
#include "test.h"

static struct fault fault;
static struct pattern_scratch *scratch;

/* Whether a value is the person who is called so. */
static bool
is(const char *called, const char *value)
{
	struct person p = {0};
	bool result;

	CHECK(person_read(&p, slice_of(called), &fault) == 0);
	result = person_is(&p, slice_of(value), scratch);
	person_release(&p);
	return result;
}

static void
a_name_is_the_same_whatever_its_letters_and_blanks(void)
{
	CHECK(is("Ann Smith", "Ann Smith"));
	CHECK(is("ann smith", " ANN\t\nSmith "));
	CHECK(is("  Ann   Smith", "Ann Smith"));
	CHECK(is("\xc3\xa4nne", "\xc3\x84NNE"));
	CHECK(!is("Ann Smith", "Ann Smithe"));
	CHECK(!is("Ann", "Ann Smith"));
	CHECK(!is("Ann Smith", "AnnSmith"));
	CHECK(!is("Ann", ""));
}

static void
signs_have_no_meaning_of_their_own(void)
{
	CHECK(is("a.b+c@d.org", "A.B+C@D.ORG"));
	CHECK(!is("a.b@d.org", "axb@d.org"));
	CHECK(
	    is("O'Neil (ops) [x] \\E{2}|^$*?", "o'neil (OPS) [x] \\e{2}|^$*?"));
	CHECK(!is(".*", "Ann"));
}

static void
of_a_telephone_number_the_digits_count(void)
{
	static const char *const same[] = {"+44 113 496 0021", "01134960021",
	    "0044 1134960021", "(0113) 496-0021", "+44 (0)113 496 0021",
	    "0113/496.0021"};

	for (size_t i = 0; i < sizeof same / sizeof *same; i++) {
		for (size_t k = 0; k < sizeof same / sizeof *same; k++)
			CHECK(is(same[i], same[k]));
		CHECK(!is(same[i], "01134960022"));
		CHECK(!is(same[i], "+49 113 496 00210"));
		CHECK(!is(same[i], "call 01134960021"));
		CHECK(!is(same[i], "0021"));
	}
	CHECK(is("+1 555 123 4567", "(555) 123-4567"));
	CHECK(!is("+44 113 496 0021", "+49 113 496 0021"));
	CHECK(!is("0113 4960021", "4960021"));
}

static void
what_is_too_short_for_a_number_is_a_text(void)
{
	CHECK(is("4021", "4021"));
	CHECK(!is("4021", "40 21"));
	CHECK(!is("4021", "+44 113 496 4021"));
}

static void
nothing_and_what_is_no_text_is_nobody(void)
{
	struct person p = {0};
	struct buf longer = {0};

	CHECK(person_read(&p, slice_of(" \t"), &fault) == -1);
	CHECK(person_read(&p, slice_of("\xff"), &fault) == -1);
	for (int i = 0; i <= PERSON_MAX_BYTES; i++)
		buf_add_char(&longer, 'x');
	CHECK(person_read(&p, buf_slice(&longer), &fault) == -1);
	longer.n--;
	CHECK(person_read(&p, buf_slice(&longer), &fault) == 0);
	person_release(&p);
	buf_release(&longer);
}

int
main(void)
{
	scratch = pattern_scratch_new();
	RUN(a_name_is_the_same_whatever_its_letters_and_blanks);
	RUN(signs_have_no_meaning_of_their_own);
	RUN(of_a_telephone_number_the_digits_count);
	RUN(what_is_too_short_for_a_number_is_a_text);
	RUN(nothing_and_what_is_no_text_is_nobody);
	pattern_scratch_free(scratch);
	fault_release(&fault);
	return test_done();
}
