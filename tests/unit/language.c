#include "language.h"

#include <stdint.h>

#include "test.h"

static void
a_tag_is_told_from_other_words(void)
{
	static const char *const good[] = {"en", "EN-gb", "cy", "zh-Hant-TW",
	    "de-CH-1996", "de-x-frisian", "gsw"};
	static const char *const bad[] = {"", "e", "en-", "-en", "en--GB",
	    "en_GB", "4n", "en GB", "e-GB", "Norwegians", "en-GB-oxendicts",
	    "\xc3\xa9n"};

	for (size_t i = 0; i < sizeof good / sizeof *good; i++)
		CHECK(language_is_tag(slice_of(good[i])));
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(!language_is_tag(slice_of(bad[i])));
}

static void
the_longest_tag_that_serves_is_taken(void)
{
	static const struct slice tag[] = {
	    SLICE("en"), SLICE("EN-GB"), SLICE("zh-Hant"), SLICE("de-x")};

	CHECK(language_lookup(slice_of("en-gb"), tag, 4) == 1);
	CHECK(language_lookup(slice_of("en-GB-oed"), tag, 4) == 1);
	CHECK(language_lookup(slice_of("en-US"), tag, 4) == 0);
	CHECK(language_lookup(slice_of("en"), tag, 4) == 0);
	CHECK(language_lookup(slice_of("zh-Hant-TW"), tag, 4) == 2);
	CHECK(language_lookup(slice_of("zh"), tag, 4) == SIZE_MAX);
	CHECK(language_lookup(slice_of("e"), tag, 4) == SIZE_MAX);
	CHECK(language_lookup(slice_of(""), tag, 4) == SIZE_MAX);
	CHECK(language_lookup(slice_of("en"), tag, 0) == SIZE_MAX);
}

static void
a_single_letter_never_ends_what_is_left(void)
{
	static const struct slice tag[] = {SLICE("de-x"), SLICE("de")};

	/* The example of RFC 4647: zh-Hant-CN-x-private1, then zh-Hant-CN. */
	CHECK(language_lookup(slice_of("de-x-frisian"), tag, 2) == 1);
	CHECK(language_lookup(slice_of("de-a-b-frisian"), tag, 2) == 1);
}

int
main(void)
{
	RUN(a_tag_is_told_from_other_words);
	RUN(the_longest_tag_that_serves_is_taken);
	RUN(a_single_letter_never_ends_what_is_left);
	return test_done();
}
