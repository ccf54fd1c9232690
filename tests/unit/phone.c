#include "phone.h"

#include "test.h"

static struct phone
number(const char *text)
{
	struct phone p;

	CHECK(phone_read(&p, slice_of(text)));
	return p;
}

static bool
same(const char *a, const char *b)
{
	struct phone x = number(a), y = number(b);
	bool result = phone_same(&x, &y);

	CHECK(result == phone_same(&y, &x));
	CHECK(!result || x.n < PHONE_OWN_DIGITS || phone_may_be_same(&x, &y));
	return result;
}

static bool
may_be_same(const char *a, const char *b)
{
	struct phone x = number(a), y = number(b);
	bool result = phone_may_be_same(&x, &y);

	CHECK(result == phone_may_be_same(&y, &x));
	return result;
}

static void
a_number_is_its_digits(void)
{
	static const char *const written[] = {"+441134960021",
	    "+44 113 496 0021", " +44(113)496-0021\t", "+44/113.496.0021",
	    "0044 113 496 0021", "00 44 (113) 496-0021", "(00)441134960021",
	    "+44 (0)113 496 0021", "0044(0)1134960021"};

	for (size_t i = 0; i < LEN(written); i++) {
		struct phone p = number(written[i]);

		CHECK(p.country);
		CHECK_SLICE(((struct slice){p.digit, p.n}), "441134960021");
		CHECK(same(written[i], written[0]));
	}
	CHECK(same("(0)113 496 0021", "01134960021"));
	CHECK(same("70 099", "70099"));
}

static void
what_is_no_number_is_none(void)
{
	static const char *const none[] = {"", " ", "+", "00", "12", "+44x113",
	    "0113 496 0021 ext. 3", "++441134960021", "44+1134960021",
	    "tel:+441134960021", "1234567890123456", "+44 1134960021\x80"};
	struct phone p;

	for (size_t i = 0; i < LEN(none); i++)
		CHECK(!phone_read(&p, slice_of(none[i])));
	CHECK(phone_read(&p, slice_of("123456789012345")));
	CHECK(phone_read(&p, slice_of("+123456789012345")));
	CHECK(phone_read(&p, slice_of("00123456789012345")));
	CHECK(!phone_read(&p, (struct slice){"113\0", 4}));
	CHECK(!phone_read(&p, (struct slice){NULL, 0}));
}

static void
without_the_code_of_a_country_it_is_another(void)
{
	CHECK(!same("+441134960021", "01134960021"));
	CHECK(!same("+441134960021", "441134960021"));
	CHECK(!same("01134960021", "1134960021"));
	CHECK(!same("+441134960021", "+441134960022"));
	CHECK(!same("+441134960021", "+44113496002"));
}

static void
but_may_be_of_the_same_person(void)
{
	CHECK(may_be_same("+441134960021", "0113 496 0021"));
	CHECK(may_be_same("+491134960021", "0113 496 0021"));
	CHECK(may_be_same("+1 555 123 4567", "(555) 123-4567"));
	CHECK(may_be_same("+39 06 1234567", "06 1234567"));
	CHECK(may_be_same("01134960021", "1134960021"));
	CHECK(!may_be_same("+441134960021", "+491134960021"));
	CHECK(!may_be_same("01134960021", "4960021"));
	CHECK(!may_be_same("+441134960021", "01134960022"));
	CHECK(!may_be_same("+441134960021", "12441134960021"));
}

static void
an_extension_is_of_nobody_in_particular(void)
{
	CHECK(may_be_same("4960021", "496-0021"));
	CHECK(!may_be_same("960021", "960021"));
	CHECK(!may_be_same("0960021", "0960021"));
	CHECK(!may_be_same("+441134960021", "960021"));
}

int
main(void)
{
	RUN(a_number_is_its_digits);
	RUN(what_is_no_number_is_none);
	RUN(without_the_code_of_a_country_it_is_another);
	RUN(but_may_be_of_the_same_person);
	RUN(an_extension_is_of_nobody_in_particular);
	return test_done();
}
