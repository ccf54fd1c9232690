#include "spelling.h"

#include "test.h"

static struct codes none;

static void
check_with(const struct codes *codes, const char *text, const char *want)
{
	struct buf out = {0};

	CHECK(spelling_add(&out, slice_of(text), codes) == 0);
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

static void
check(const char *text, const char *want)
{
	check_with(&none, text, want);
}

static void
letters_have_the_words_of_the_alphabet(void)
{
	check("abcdefghijklm",
	    "Alfa Bravo Charlie Delta Echo Foxtrot Golf Hotel India Juliett "
	    "Kilo Lima Mike");
	check("NOPQRSTUVWXYZ",
	    "November Oscar Papa Quebec Romeo Sierra Tango Uniform Victor "
	    "Whiskey X-ray Yankee Zulu");
}

static void
digits_are_said_one_by_one(void)
{
	check("LS1 4ab", "Lima Sierra 1 space 4 Alfa Bravo");
	check("0042", "0 0 4 2");
}

static void
addresses_are_spelled_with_their_signs(void)
{
	check("j.o@x-y.org",
	    "Juliett dot Oscar at X-ray hyphen Yankee dot Oscar Romeo Golf");
}

static void
every_sign_of_ascii_has_its_name(void)
{
	check("!\"#$%&'()*+,-./",
	    "exclamation mark quotation mark hash dollar percent ampersand "
	    "apostrophe open bracket close bracket star plus comma hyphen dot "
	    "slash");
	check(":;<=>?@",
	    "colon semicolon less than equals greater than question mark at");
	check("[\\]^_`",
	    "open square bracket backslash close square bracket caret "
	    "underscore backquote");
	check("{|}~", "open brace bar close brace tilde sign");
}

static void
blanks_between_are_one_space(void)
{
	check("", "");
	check(" \t\n", "");
	check(" a \t\n b ", "Alfa space Bravo");
	check("a\x01z", "Alfa space Zulu");
}

static void
marked_letters_are_letter_and_mark(void)
{
	check("Éä", "Echo acute Alfa diaeresis");
	check("e\xcc\x81", "Echo acute");
	check("åçñøÿ",
	    "Alfa ring Charlie cedilla November tilde Oscar stroke Yankee "
	    "diaeresis");
	check("ßæŒĳ", "Sierra Sierra Alfa Echo Oscar Echo India Juliett");
	check("ĀăąćĠĸł",
	    "Alfa macron Alfa breve Alfa ogonek Charlie acute Golf dot above "
	    "ĸ Lima stroke");
	check("őŘšţŨŸžſ",
	    "Oscar double acute Romeo caron Sierra caron Tango cedilla "
	    "Uniform tilde Yankee diaeresis Zulu caron ſ");
}

static void
what_has_no_word_stands_as_it_is(void)
{
	check("ðж×1€", "ð ж × 1 €");
	check("a\xff\xc3", "Alfa \xff \xc3");
}

static void
a_pack_has_words_of_its_own(void)
{
	static const char text[] = "field\tcode\tword\tspoken\n"
				   "phonetic\tA\tAnton\t\n"
				   "phonetic\tÄ\tx\tÄrger\n"
				   "phonetic\t@\t\tät\n"
				   "summary\tB\tBerta\t\n";
	struct table t = {0};
	struct codes codes = {0};
	struct fault f = {0};

	CHECK(table_read(&t, "codes.tsv", slice_of(text), false, &f) == 0);
	CHECK(codes_load(&codes, &t, &f) == 0);
	check_with(&codes, "aAÄ@b", "Anton Anton Ärger ät Bravo");
	codes_release(&codes);
	table_release(&t);
	fault_release(&f);
}

static void
the_spelling_of_a_long_text_ends(void)
{
	struct buf text = {0}, out = {0};

	for (size_t i = 0; i < SPELLING_MOST + 3; i++)
		buf_add_str(&text, "é");
	CHECK(spelling_add(&out, buf_slice(&text), &none) == 3);
	CHECK(out.n == SPELLING_MOST * strlen("Echo acute ") - 1);
	buf_release(&text);
	buf_release(&out);
}

int
main(void)
{
	RUN(letters_have_the_words_of_the_alphabet);
	RUN(digits_are_said_one_by_one);
	RUN(addresses_are_spelled_with_their_signs);
	RUN(every_sign_of_ascii_has_its_name);
	RUN(blanks_between_are_one_space);
	RUN(marked_letters_are_letter_and_mark);
	RUN(what_has_no_word_stands_as_it_is);
	RUN(a_pack_has_words_of_its_own);
	RUN(the_spelling_of_a_long_text_ends);
	return test_done();
}
