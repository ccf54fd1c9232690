#ifndef INC_TEST_RULES_H
#define INC_TEST_RULES_H

#include <stdint.h>

#include "buf.h"

/*
 * Random patterns as people write them, and texts in which they may be found:
 * of the same words, with the letters that fold in odd ways, and with borders
 * that are ASCII or not.  The same seed gives the same ones.
 */
static const char *const rule_words[] = {"pump", "kiosk", "desk", "task", "is",
    "down", "printer", "ERR", "10", "Stra\303\237e", "st\xc3\xb6rung",
    "\xc4\xb0stanbul", "d\xc4\xb1\xc5\x9f", "\xcf\x83\xce\xb1\xcf\x82",
    "na\xc3\xafve", "\xd0\xb6\xd0\xb0\xd1\x80", "a", "pu", "mp", "_x", "Kiosks",
    "ss", "ffi", "\xef\xac\x83"};

/* What may stand between, before and after words. */
static const char *const rule_glue[] = {" ", " ", " ", "-", "", ".", "_", "s",
    "\xc3\xa9", "\xe2\x80\x93", "\xe2\x84\xaa", "\n", "\\", "/", "7",
    "\xcc\x81"};

static const char *const rule_pieces[] = {"\\d+", "[a-z]", ".*", "\\w*", "[ks]",
    "[^k]+", ".", "\\s", "(?=d)", "(?!k)", "(?<=p)", "^", "$", "\\B", "[KS]?",
    "\\W", "(?i)", "(?-i)", "[[:alpha:]]", "\\p{L}", "(?i:Task)", "(a)?",
    "\\Kd", "(?>pu|pum)", "x{2}", "(?:ab){0,2}", "\\.", "[]x]", "(?<n>p)"};

#define RULE_LEN(a) (sizeof(a) / sizeof *(a))

static uint64_t rule_seed = 88172645463325252U;

static inline size_t
rule_random(size_t n)
{
	rule_seed ^= rule_seed << 13;
	rule_seed ^= rule_seed >> 7;
	rule_seed ^= rule_seed << 17;
	return (size_t)(rule_seed >> 33) % n;
}

static inline void
rule_add_word(struct buf *out)
{
	buf_add_str(out, rule_words[rule_random(RULE_LEN(rule_words))]);
}

static inline void
rule_add_item(struct buf *out, unsigned depth)
{
	size_t kind = rule_random(depth > 0 ? 10 : 7);

	if (kind < 4) {
		rule_add_word(out);
	} else if (kind < 6) {
		buf_add_str(out,
		    rule_random(3) > 0   ? "\\b"
			: rule_random(2) ? " "
					 : "k");
	} else if (kind < 7) {
		buf_add_str(
		    out, rule_pieces[rule_random(RULE_LEN(rule_pieces))]);
	} else {
		size_t n = 1 + rule_random(4);

		buf_add_str(out, rule_random(2) ? "(" : "(?:");
		for (size_t i = 0; i < n; i++) {
			buf_add_str(out, i > 0 ? "|" : "");
			for (size_t k = rule_random(3) + (i > 0); k > 0; k--)
				rule_add_item(out, depth - 1);
		}
		buf_add_char(out, ')');
	}
	if (rule_random(12) == 0) {
		static const char *const repeats[] = {
		    "?", "*", "+", "{2}", "{1,2}", "??", "?+", "{0}", "{2,}"};

		buf_add_str(out, repeats[rule_random(RULE_LEN(repeats))]);
	}
}

/* A pattern's body; it may be wrong. */
static inline void
rule_add_pattern(struct buf *out)
{
	bool borders = rule_random(2);

	buf_add_str(out, borders ? "\\b" : "");
	for (size_t n = 1 + rule_random(4); n > 0; n--)
		rule_add_item(out, 2);
	buf_add_str(out, borders ? "\\b" : "");
}

static inline const char *
rule_flags(void)
{
	static const char *const flags[] = {
	    "", "", "", "i", "i", "i", "m", "s", "x", "xi", "ims"};

	return flags[rule_random(RULE_LEN(flags))];
}

/* Adds s with letters changed to what Unicode takes for the same. */
static inline void
rule_add_folded(struct buf *out, const char *s)
{
	for (; *s != '\0'; s++) {
		bool other = rule_random(4) == 0;

		if (other && (*s == 'k' || *s == 'K'))
			buf_add_str(out, "\xe2\x84\xaa");
		else if (other && (*s == 's' || *s == 'S'))
			buf_add_str(out, "\xc5\xbf");
		else if (other &&
		    ((*s >= 'a' && *s <= 'z') || (*s >= 'A' && *s <= 'Z')))
			buf_add_char(out, (char)(*s ^ 0x20));
		else
			buf_add_char(out, *s);
	}
}

static inline void
rule_add_text(struct buf *out)
{
	bool folded = rule_random(3) == 0;

	for (size_t n = rule_random(8); n > 0; n--) {
		const char *word =
		    rule_words[rule_random(RULE_LEN(rule_words))];

		if (folded)
			rule_add_folded(out, word);
		else
			buf_add_str(out, word);
		buf_add_str(out, rule_glue[rule_random(RULE_LEN(rule_glue))]);
	}
}

#endif
