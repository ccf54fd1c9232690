#ifndef INC_WORDING_H
#define INC_WORDING_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "codes.h"
#include "columns.h"
#include "fault.h"
#include "medium.h"
#include "phrase.h"
#include "slice.h"

/*
 * Agreed words: the files wording/MEDIUM/NAME.txt of inc-procedures(7), with
 * slots that an incident fills (phrase.h).
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
 * Says where the columns are that the slots name, as phrase_bind() does.
 * Returns 0, or -1 and the fault.
 */
int wording_bind(struct wording *w, const struct columns *columns,
    const struct columns *known, struct fault *f);

/* A subject has no more: 4 bytes each are under a line of mail. */
#define WORDING_SUBJECT_CHARACTERS 200

/*
 * Sets *out to what tells a drill or a test from the real thing, as it stands
 * before a text: the word for a status (spoken, for speech), "EXERCISE: "; to
 * nothing where the status is empty or "actual".
 */
void wording_mark(const struct medium *medium, const struct codes *codes,
    struct slice status, struct buf *out);

/* Whether a message's body is data, before which no word can stand. */
bool wording_is_structured(struct slice text);

/* What the words are made with, beside the incident. */
struct wording_means {
	struct phrase_means say; /* the medium, codes, the pack's zone */
	/*
	 * The incident's status as text.  Unless empty or "actual", its word
	 * (spoken, for speech) stands before subject and body: "EXERCISE: ".
	 */
	struct slice status;
};

/* What was left out to keep a limit. */
struct wording_loss {
	struct slice column; /* of whose value, borrowed from the
				wording; p == NULL: agreed words */
	size_t characters;
	bool subject; /* of the subject, else of the body */
};

/* A message in words.  All zero is empty; reused by each call. */
struct wording_text {
	struct buf subject; /* one line; empty where the words have none */
	struct buf body;
	struct phrase_said said;   /* gaps, and what was left out */
	size_t cut;                /* characters left out to keep the limit */
	struct wording_loss *loss; /* nloss of them: where they were */
	size_t nloss;
	bool over; /* longer than the limit: structured, not cut */
	struct buf values, mark, scratch; /* private, as is value[] */
	struct wording_value *value;
	size_t value_cap, loss_cap, words_end;
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

/*
 * Calls see for each slot of subject and body, in order: its column, whether
 * the bound rows have it, and whether `else` says what stands there where it
 * has no value.
 */
void wording_slots(const struct wording *w,
    void (*see)(void *ctx, struct slice column, bool bound, bool has_else),
    void *ctx);

void wording_text_release(struct wording_text *text);

#endif
