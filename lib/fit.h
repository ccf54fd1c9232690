#ifndef INC_FIT_H
#define INC_FIT_H

#include "buf.h"
#include "codes.h"
#include "medium.h"
#include "slice.h"
#include "specimen.h"
#include "wording.h"
#include "zone.h"

/*
 * Whether agreed words fit their medium when a record has the longest values
 * that it may have (specimen.h).  Of several values of a column that is taken
 * which makes these words longest, by whatever filters they say it; so an
 * exercise or a test, whose mark stands before the text, is among them.
 */
enum fit_verdict {
	FIT_WHOLE,  /* nothing is cut */
	FIT_VALUES, /* values are cut, the agreed words are not */
	FIT_WORDS,  /* agreed words are cut; or structured, too long and sent */
};

/* The name of a verdict: "fits", "values cut", "words cut". */
struct slice fit_verdict_name(enum fit_verdict verdict);

/* The outcome of the last fit_try().  All zero before the first. */
struct fit {
	enum fit_verdict verdict;
	struct medium_limit size;  /* uncut, in the unit of the limit */
	struct wording_text whole; /* uncut, but for a subject */
	struct wording_text sent;  /* as it would be sent */

	/* Private. */
	struct slice *field; /* of the columns of the specimens */
	struct buf status;
};

/* What words are tried with; all is borrowed. */
struct fit_means {
	const struct specimens *specimens; /* to whose columns they are bound */
	const struct codes *codes;
	const struct zone *zone;
};

/* Tries words, bound to the columns of the specimens, on a medium. */
void fit_try(struct fit *fit, const struct wording *w,
    const struct medium *medium, const struct fit_means *means);

/*
 * Adds what is cut, in characters, slot by slot and the end of the text last:
 * "subject id 3, summary 57, words 9".
 */
void fit_add_cut(const struct fit *fit, struct buf *out);

/*
 * Adds the characters, each once and some twenty at most, that turn an SMS to
 * UCS-2; nothing for a medium of another charset.
 */
void fit_add_outside(
    const struct fit *fit, const struct medium *medium, struct buf *out);

void fit_release(struct fit *fit);

#endif
