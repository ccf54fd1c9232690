#ifndef INC_WORDING_H
#define INC_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "codes.h"
#include "columns.h"
#include "fault.h"
#include "medium.h"
#include "slice.h"
#include "zone.h"

/*
 * Agreed words: the files wording/MEDIUM/NAME.txt of inc-procedures(7), with
 * slots that an incident fills (template.h).
 *
 * Filters, applied in the order in which they stand:
 *   digits       each character by itself: "20260325-0042" is said as
 *                "2 0 2 6 0 3 2 5 0 0 4 2"; blanks and hyphens only separate
 *   spoken       the code's `spoken` for this column's value, else its word,
 *                else the value (codes.h); word: the same without `spoken`
 *   local        a time in the pack's zone: 2026-03-25 09:08
 *   short N      at most N characters, the last of them an ellipsis where
 *                something was left out ("..." in GSM 7-bit, else U+2026)
 *   else WORDS   these words where there is no value; "else" alone: nothing
 *   json, xml    escaped, to stand in a string or in character data; only
 *                `else` can follow them
 * A slot without a value and without `else` is left empty and counted.
 *
 * A text that starts with "Subject:" has a subject, up to the first empty
 * line; an email must have one, and sms, voice and screen have none.  Below
 * a subject, values keep their newlines and tabs.  Everywhere else every
 * control character of a value becomes a blank, so a value can't make a
 * header, a second line or a terminal's command.  Newlines at the end of the
 * file are left out.
 *
 * A text that starts with "{{" (a brace, for JSON) or "<" is structured: no
 * word can stand before it, so it must have a slot {status} itself.
 */
struct wording;

/*
 * Loads the file of a medium.  Returns NULL and the fault, with
 * file:line:column for an unknown filter or a broken slot.
 */
struct wording *wording_load(
    const char *path, struct slice medium, struct fault *f);

/* The same from text, called path in messages; both are copied. */
struct wording *wording_read(
    const char *path, struct slice text, struct slice medium, struct fault *f);

void wording_free(struct wording *w);

/*
 * Says where the columns are that the slots name, as when_bind() does: a name
 * that is not in columns but in known (may be NULL) never has a value; one in
 * neither is a fault that suggests the nearest.  May be called again.
 * Returns 0, or -1 and the fault.
 */
int wording_bind(struct wording *w, const struct columns *columns,
    const struct columns *known, struct fault *f);

/* What the words are made with, beside the incident. */
struct wording_means {
	const struct medium *medium;
	const struct codes *codes; /* NULL: none */
	const struct zone *zone;   /* the pack's */
	/*
	 * The incident's status as text.  Unless empty or "actual", its word
	 * (spoken, for speech) stands before subject and body: "EXERCISE: ".
	 */
	struct slice status;
};

/* A message in words.  All zero is empty; reused by each call. */
struct wording_text {
	struct buf subject; /* one line; empty where the words have none */
	struct buf body;
	size_t missing; /* slots without a value and without `else` */
	struct slice missing_column; /* the first of them; borrowed */
	size_t unreadable; /* values of `local` that are no time: kept */
	size_t shortened;  /* characters left out by the filter `short` */
	size_t cut;        /* characters left out to keep the limit */
	bool over;         /* longer than the limit: structured, not cut */
	struct buf values, mark, scratch[2]; /* private, as is value[] */
	struct wording_value *value;
	size_t value_cap;
};

/*
 * Fills the slots from a row whose fields are in their form on disk, those of
 * the columns given to wording_bind().
 *
 * A text over the medium's limit is shortened where values are longest: they
 * are cut to one length, the longest that fits, and end in an ellipsis, so
 * that the agreed words stay.  Where values of 20 characters are still too
 * much, the text is cut at its end too.  A subject is kept to 200 characters
 * in the same way (a header line of mail has at most 998 bytes).
 */
void wording_render(const struct wording *w, const struct slice *field,
    const struct wording_means *means, struct wording_text *text);

void wording_text_release(struct wording_text *text);

#endif
