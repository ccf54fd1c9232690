#ifndef INC_SMS_H
#define INC_SMS_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/*
 * The size of short messages, exactly (3GPP TS 23.038 and 23.040).  A text of
 * the GSM 7-bit default alphabet takes a septet a character, those of its
 * extension table (^ { } \ [ ~ ] | form feed and the euro sign) two: 160 in
 * one message, else 153 in each part.  One character outside turns the whole
 * to UCS-2, a unit a character, two for those over U+FFFF: 70, else 67 in
 * each part.  Neither pair is split between parts, so a part may end with
 * room for one more.
 */
struct sms_size {
	bool ucs2;    /* else GSM 7-bit */
	size_t units; /* septets, or units of 16 bits */
	size_t parts; /* 0 for an empty text */
};

/* The septets of a character: 1, 2, or 0 where it is in neither table. */
int sms_septets(unsigned long codepoint);

/* The size of UTF-8 text; a byte that is not UTF-8 counts as U+FFFD. */
struct sms_size sms_size(struct slice text);

/*
 * Whether every text of so many bytes of UTF-8 makes at most `parts` parts,
 * whatever its characters are: most texts need no closer look.
 */
bool sms_any_fits(size_t bytes, size_t parts);

/*
 * The bytes of the longest start of text, in whole characters, that makes
 * with tail after it at most `parts` parts; 0 where even tail alone makes
 * more.
 */
size_t sms_cut(struct slice text, size_t parts, struct slice tail);

#endif
