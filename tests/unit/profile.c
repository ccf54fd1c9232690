#include "profile.h"

#include <stdio.h>

#include "test.h"

static struct profile profile;

/* Sees values in a new column, one of so many. */
static enum profile_kind
see_of(size_t columns, const char *const *value, size_t n)
{
	profile_release(&profile);
	profile_init(&profile, columns);
	for (size_t i = 0; i < n; i++)
		profile_see(&profile, slice_of(value[i]));
	return profile_kind(&profile);
}

#define SEE(...)                                      \
	see_of(1, (const char *const[]){__VA_ARGS__}, \
	    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void
kinds_are_told_by_values(void)
{
	CHECK(SEE("") == PROFILE_EMPTY);
	CHECK(SEE("?", " ", "NULL", "N/A") == PROFILE_EMPTY);
	CHECK(SEE("29/2/2016 01:16", "5/3/2016 12:00") == PROFILE_TIME);
	CHECK(SEE("00:00:37", "9:15", "?") == PROFILE_CLOCK);
	CHECK(SEE("yes", "no", "no") == PROFILE_YES_NO);
	CHECK(SEE("0", "1", "1") == PROFILE_YES_NO);
	CHECK(SEE("true", "true") == PROFILE_YES_NO);
	CHECK(SEE("New", "Closed", "New", "Closed") == PROFILE_CODE);
	CHECK(SEE("3", "2", "3", "2", "1", "1") == PROFILE_CODE);
	CHECK(SEE("INC1", "INC2", "INC3") == PROFILE_IDENTIFIER);
	CHECK(SEE("163664050", "163664036", "163664040") == PROFILE_IDENTIFIER);
	CHECK(SEE("7", "130", "22", "5021") == PROFILE_NUMBER);
	CHECK(SEE("-7", "+130", "22") == PROFILE_NUMBER);
	CHECK(SEE("1.5", "22", "-0.25") == PROFILE_DECIMAL);
	CHECK(SEE("1,5", "22", "0,25") == PROFILE_COMMA);
	CHECK(SEE("no dial tone", "printer", "again") == PROFILE_TEXT);
	CHECK(SEE("3,87,16,91,111", "4,35,47,86,389", "1,2") == PROFILE_TEXT);
}

static void
a_few_values_of_another_kind_do_not_hide_it(void)
{
	CHECK(SEE("1/3/2016", "2/3/2016", "3/3/2016", "4/3/2016", "5/3/2016",
		  "6/3/2016", "7/3/2016", "8/3/2016", "9/3/2016",
		  "later") == PROFILE_TIME);
	CHECK(SEE("1/3/2016", "2/3/2016", "later") == PROFILE_TEXT);
}

static void
what_fills_a_column_is_counted(void)
{
	SEE("a", "?", "bcd", "", "a", " a ", "\xc3\xbc\xc3\xbc");
	CHECK(profile.rows == 7 && profile.filled == 5);
	CHECK(profile.n == 3 && !profile.more);
	CHECK(profile.value[0].rows == 3);
	CHECK_SLICE(profile.value[1].text, "bcd");
	CHECK(profile.shortest == 1 && profile.longest == 3);
	CHECK(
	    profile_repeats(&profile) > 1.6 && profile_repeats(&profile) < 1.7);
	for (size_t i = 0; i < PROFILE_MARKS; i++) {
		struct slice mark = profile_mark(i);
		bool seen = mark.n == 0 || slice_is(mark, "?");

		CHECK(profile.mark[i] == (seen ? 1 : 0));
	}
}

static void
floats_are_whole_numbers_that_were_spoiled(void)
{
	CHECK(SEE("2127.0", "319.0", "12.0") == PROFILE_NUMBER);
	CHECK(profile_is_floats(&profile));
	SEE("2127.0", "319", "12.0");
	CHECK(profile_is_floats(&profile));
	SEE("2127.0", "319.5");
	CHECK(!profile_is_floats(&profile));
	SEE("2127", "319");
	CHECK(!profile_is_floats(&profile));
	SEE(".0", "a.0");
	CHECK(!profile_is_floats(&profile));
}

/* Whether all values are of a sort. */
#define ALL(count, ...) \
	(SEE(__VA_ARGS__), profile.looked.count == profile.looked.values)

static void
addresses_of_persons_are_seen(void)
{
	CHECK(ALL(mail, "ada@example.org", "Ada <a.b+c@mail.example>"));
	CHECK(!ALL(mail, "@ada") && !ALL(mail, "ada@host") &&
	    !ALL(mail, "met @ 10.30"));
	CHECK(ALL(phone, "+44 113 496 0021", "(0113) 496-0021", "0113/4960021",
	    "+441134960021"));
	CHECK(!ALL(phone, "4960021") && !ALL(phone, "+44") &&
	    !ALL(phone, "51.4758117319") && !ALL(phone, "0 0"));
	CHECK(ALL(ip, "10.1.2.3", "::1", "2001:db8::7"));
	CHECK(!ALL(ip, "10.1.2") && !ALL(ip, "256.1.1.1") && !ALL(ip, "12:30"));
}

static void
what_spreadsheets_do_is_seen(void)
{
	CHECK(ALL(exponent, "1.01E+11", "2E+9"));
	CHECK(!ALL(exponent, "E+9") && !ALL(exponent, "101E11"));
	CHECK(ALL(grouped, "3,87,16,91,111", "1,2,3"));
	CHECK(!ALL(grouped, "3,871,691") && !ALL(grouped, "3,5"));
	CHECK(ALL(error, "#REF!", "#NAME?", "########"));
	CHECK(!ALL(error, "#12") && !ALL(error, "# x"));
	CHECK(ALL(day_number, "42430", "42430.25"));
	CHECK(!ALL(day_number, "2016") && !ALL(day_number, "99999.5"));
}

static void
times_since_1970_are_seen(void)
{
	CHECK(ALL(epoch_s, "1456704960", "2147483647"));
	CHECK(!ALL(epoch_s, "999999999") && !ALL(epoch_s, "2147483648"));
	CHECK(ALL(epoch_ms, "1456704960123"));
	CHECK(!ALL(epoch_ms, "1456704960") && !ALL(epoch_ms, "14567049601234"));
}

static void
ranks_and_arrays_are_seen(void)
{
	CHECK(ALL(ranked, "2 - High", "P3", "1", "3: low"));
	CHECK(!ALL(ranked, "High") && !ALL(ranked, "P") && !ALL(ranked, "12") &&
	    !ALL(ranked, "0"));
	CHECK(ALL(arrays, "[{\"a\":1}]", "[]", "[\"a\",\"b\"]"));
	CHECK(!ALL(arrays, "[a]") && !ALL(arrays, "["));
}

static void
memory_is_bounded(void)
{
	char text[64];

	profile_release(&profile);
	profile_init(&profile, 1000000);
	for (int i = 0; i < 1000; i++) {
		snprintf(text, sizeof text, "value %d", i % 500);
		profile_see(&profile, slice_of(text));
	}
	CHECK(profile.n == 16 && profile.more);
	CHECK(profile.filled == 1000 && profile.kept == 32);
	CHECK(profile_repeats(&profile) > 1.9);
	profile_release(&profile);
	profile_init(&profile, 1);
	CHECK(profile.limit == 2048);
}

static void
long_values_are_told_apart_by_their_start(void)
{
	struct buf text = {0};

	profile_release(&profile);
	profile_init(&profile, 1);
	for (int i = 0; i < 40000; i++)
		buf_add_str(&text, "\xc3\xbc");
	profile_see(&profile, buf_slice(&text));
	buf_add_char(&text, 'x');
	profile_see(&profile, buf_slice(&text));
	CHECK(profile.n == 1 && profile.value[0].rows == 2);
	CHECK(profile.value[0].text.n == 120);
	CHECK(profile.longest == 40000);
	buf_release(&text);
}

int
main(void)
{
	RUN(kinds_are_told_by_values);
	RUN(a_few_values_of_another_kind_do_not_hide_it);
	RUN(what_fills_a_column_is_counted);
	RUN(floats_are_whole_numbers_that_were_spoiled);
	RUN(addresses_of_persons_are_seen);
	RUN(what_spreadsheets_do_is_seen);
	RUN(times_since_1970_are_seen);
	RUN(ranks_and_arrays_are_seen);
	RUN(memory_is_bounded);
	RUN(long_values_are_told_apart_by_their_start);
	profile_release(&profile);
	return test_done();
}
