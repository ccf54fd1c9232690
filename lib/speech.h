#ifndef INC_SPEECH_H
#define INC_SPEECH_H

#include <stddef.h>

#include "slice.h"

/*
 * How long a text takes to be read aloud: 150 words a minute, with the usual
 * pauses.  What counts as how many words errs to the longer, so that nothing
 * is broken off that was reckoned to fit:
 *
 *   letters      a run of them is a word, and so is each more of its first
 *                four capitals: "mail" 1, "VPN" 3, "P" 1
 *   digits       a run of n is read as a number, 2n - 1 words ("one hundred
 *                and twenty-three"), of two digits 2; one by one, n words,
 *                where it starts with 0.  What digits (phrase.h) sets apart
 *                is a word each: "4 2" 2
 *   signs        those that are said are a word each: @ # % / and others;
 *                so is a dot within a word: "example.org" 3; other
 *                punctuation is a pause
 *   other        characters of Chinese, Japanese and Korean, and pictures,
 *                are a word each; all other letters are letters
 *   anything     20 characters in which none of these starts a word are one
 */
#define SPEECH_WORDS_A_MINUTE 150
#define SPEECH_WORD_CHARACTERS 20

/* The words of a text. */
size_t speech_words(struct slice text);

/* The seconds that so many words take, rounded up. */
size_t speech_seconds(size_t words);

/* The words that can be read in so many seconds. */
size_t speech_words_in(size_t seconds);

/*
 * The bytes of the longest start of text, in whole characters, that is at most
 * so many words.  No text is fewer words than a start of it.
 */
size_t speech_cut(struct slice text, size_t words);

#endif
