#include "speech.h"

#include <stdint.h>

#include "test.h"

/* So many words, however much of the text is read. */
static void
check(const char *text, size_t words)
{
	struct slice s = slice_of(text);

	CHECK(speech_words(s) == words);
	if (speech_words(s) != words)
		printf("# '%s' is %zu words\n", text, speech_words(s));
	CHECK(speech_cut(s, words) == s.n);
	CHECK(words == 0 || speech_cut(s, words - 1) < s.n);
}

static void
letters_in_a_row_are_a_word(void)
{
	check("", 0);
	check("mail is down", 3);
	check("Mail\nis\tdown.", 3);
	check("don't walk-in", 4);
	check("naïve Übung ночь", 3);
}

static void
capitals_may_be_said_one_by_one(void)
{
	check("VPN", 3);
	check("DOWN", 4);
	check("EXERCISE", 4);
	check("McDonald iPhone", 4);
	check("P1", 2);
}

static void
digits_are_numbers(void)
{
	check("4", 1);
	check("42", 2);  /* forty-two */
	check("123", 5); /* one hundred and twenty-three */
	check("1234", 7);
	check("123456789", 17);
	check("12.5", 4);
	check("4th", 2);
}

static void
digits_set_apart_are_said_one_by_one(void)
{
	check("2 0 2 6 0 3 2 5 0 0 4 2", 12);
	check("20260325-0042", 15 + 4);
	check("0042", 4);
	check("07:05", 4);
	check("Alfa Bravo hyphen 4 2", 5);
}

static void
signs_are_said_and_punctuation_is_a_pause(void)
{
	check("ann@example.org", 5);
	check("50 %", 3);
	check("and/or", 3);
	check("so... yes. (no) - \"maybe\"!", 4);
	check(".a. b.c", 4);
	check("… „quoted“ – dash", 2);
}

static void
other_scripts_are_read_by_character(void)
{
	check("火事です", 4);
	check("\xf0\x9f\x94\xa5", 1);
	check("\xff", 1);
}

static void
twenty_characters_are_never_nothing(void)
{
	check("aaaaaaaaaaaaaaaaaaaa", 1);
	check("aaaaaaaaaaaaaaaaaaaaa", 2);
	check("                    ", 0);
	check("                     ", 1);
	check("a...................", 1);
	check("a....................", 2);
}

static void
time_is_rounded_up(void)
{
	CHECK(speech_seconds(0) == 0);
	CHECK(speech_seconds(1) == 1);
	CHECK(speech_seconds(2) == 1);
	CHECK(speech_seconds(3) == 2);
	CHECK(speech_seconds(5) == 2);
	CHECK(speech_seconds(150) == 60);
	CHECK(speech_seconds(151) == 61);
	CHECK(speech_words_in(60) == 150);
	CHECK(speech_words_in(1) == 2);
	for (size_t s = 1; s < 200; s++)
		CHECK(speech_seconds(speech_words_in(s)) == s);
}

/* A start of a text is never more words than the text. */
static void
no_start_is_longer_than_the_whole(void)
{
	static const char bytes[] = "aZ0.5-/ \n@\xc3\xa9\xe7\x81\xab\xff";
	uint64_t random = 88172645463325252;
	char text[64];

	for (int round = 0; round < 5000; round++) {
		size_t last = 0;

		for (size_t i = 0; i < sizeof text; i++) {
			random ^= random << 13;
			random ^= random >> 7;
			random ^= random << 17;
			text[i] = bytes[random % (sizeof bytes - 1)];
		}
		for (size_t n = 0; n < sizeof text; n++) {
			struct slice start =
			    slice_first((struct slice){text, sizeof text}, n);
			size_t words = speech_words(start);

			CHECK(words >= last && words <= last + 3);
			CHECK(n <= (words + 1) * SPEECH_WORD_CHARACTERS);
			last = words;
		}
	}
}

int
main(void)
{
	RUN(letters_in_a_row_are_a_word);
	RUN(capitals_may_be_said_one_by_one);
	RUN(digits_are_numbers);
	RUN(digits_set_apart_are_said_one_by_one);
	RUN(signs_are_said_and_punctuation_is_a_pause);
	RUN(other_scripts_are_read_by_character);
	RUN(twenty_characters_are_never_nothing);
	RUN(time_is_rounded_up);
	RUN(no_start_is_longer_than_the_whole);
	return test_done();
}
