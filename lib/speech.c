#include "speech.h"

#include <stdbool.h>
#include <stdint.h>

#define CAPITALS 4 /* of a run, that may be said one by one */

enum sound { PAUSE, DOT, SIGN, LETTER, CAPITAL, DIGIT, IDEOGRAPH };

/* A text so far. */
struct reading {
	enum sound last;
	size_t run;      /* letters or digits in a row */
	size_t capitals; /* of the run, those counted */
	bool singly;     /* the digits of the run: it starts with 0 */
	bool dotted;     /* last is DOT, and a letter or digit before it */
	size_t since;    /* characters since the last word started */
};

static bool
is_word(enum sound sound)
{
	return sound >= LETTER;
}

static enum sound
sound_of(unsigned long c)
{
	if (c >= '0' && c <= '9')
		return DIGIT;
	if (c >= 'A' && c <= 'Z')
		return CAPITAL;
	if (c >= 'a' && c <= 'z')
		return LETTER;
	if (c == '.')
		return DOT;
	if (c < 0x80)
		return c > ' ' && strchr("#$%&*+/<=>@\\^_|~", (int)c) ? SIGN
								      : PAUSE;
	if (c < 0xc0 || (c >= 0x2000 && c < 0x2070))
		return PAUSE; /* punctuation of Latin-1 and of all */
	return c >= 0x2e80 ? IDEOGRAPH : LETTER;
}

/* The words that a digit adds to the number that it goes on. */
static size_t
take_digit(struct reading *r, unsigned long c)
{
	/* 1, 2, 5, 7, 9: "twenty-three" is shorter than its rule. */
	static const size_t more[] = {1, 1, 3};

	r->run = r->last == DIGIT ? r->run + 1 : 1;
	if (r->run == 1)
		r->singly = c == '0';
	if (r->singly)
		return 1;
	return r->run <= 3 ? more[r->run - 1] : 2;
}

static size_t
take_letter(struct reading *r, bool capital)
{
	bool first = r->last != LETTER && r->last != CAPITAL;

	if (first)
		r->capitals = 0;
	if (capital && r->capitals++ < CAPITALS)
		return 1;
	return first ? 1 : 0;
}

/* The words that start with a character. */
static size_t
take_sound(struct reading *r, enum sound sound, unsigned long c)
{
	switch (sound) {
	case LETTER:
	case CAPITAL:
		return take_letter(r, sound == CAPITAL);
	case DIGIT:
		return take_digit(r, c);
	case SIGN:
	case IDEOGRAPH:
		return 1;
	case PAUSE:
	case DOT:
		break;
	}
	return 0;
}

/* The words that one more character makes of a text. */
static size_t
take(struct reading *r, unsigned long c)
{
	enum sound sound = sound_of(c);
	size_t words = take_sound(r, sound, c);

	if (is_word(sound) && r->dotted)
		words++; /* the dot is said */
	r->dotted = sound == DOT && is_word(r->last);
	r->last = sound;
	r->since++;
	if (words == 0 && r->since == SPEECH_WORD_CHARACTERS + 1)
		words = 1;
	if (words > 0)
		r->since = 1;
	return words;
}

/* Takes text until it would be more than *words, which are counted down. */
static size_t
read_on(struct slice text, size_t *words)
{
	struct reading r = {.last = PAUSE};
	struct slice rest = text;
	size_t fits = 0;

	while (rest.n > 0) {
		size_t more = take(&r, slice_take_character(&rest));

		if (more > *words)
			return fits;
		*words -= more;
		fits = text.n - rest.n;
	}
	return fits;
}

size_t
speech_words(struct slice text)
{
	size_t left = SIZE_MAX;

	read_on(text, &left);
	return SIZE_MAX - left;
}

size_t
speech_seconds(size_t words)
{
	return words / SPEECH_WORDS_A_MINUTE * 60 +
	    (words % SPEECH_WORDS_A_MINUTE * 60 + SPEECH_WORDS_A_MINUTE - 1) /
	    SPEECH_WORDS_A_MINUTE;
}

size_t
speech_words_in(size_t seconds)
{
	return seconds * SPEECH_WORDS_A_MINUTE / 60;
}

size_t
speech_cut(struct slice text, size_t words)
{
	return read_on(text, &words);
}
