#ifndef INC_WORDINGS_H
#define INC_WORDINGS_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "directory.h"
#include "fault.h"
#include "mem.h"
#include "pack.h"
#include "slice.h"
#include "wording.h"

/*
 * The agreed words of a pack by name, medium and language: its files
 * wording/MEDIUM/NAME.txt, and NAME.LANGUAGE.txt for who wants another
 * language, as in new.cy.txt.
 */
struct wordings_of; /* a wording by one channel; defined in wordings.c */

/* All zero is none. */
struct wordings {
	struct columns names; /* of what wordings_find() was asked for */

	/* Private. */
	struct pack *pack;
	const struct directory *directory;
	struct wordings_of *of; /* of each name, one for each channel */
	struct columns *files;  /* of each channel, what its directory holds */
	struct arena arena;
};

/*
 * Sees which files there are; w must be all zero.  pack and directory must
 * outlive it.  Returns 0, or -1 and the fault; to be released either way.
 */
int wordings_open(struct wordings *w, struct pack *pack,
    const struct directory *directory, struct fault *f);

/*
 * The place in w->names of a wording, whose files are loaded where it is new.
 * Returns 1, 0 where no medium has it, or -1 and the fault; *place is set.
 */
int wordings_find(
    struct wordings *w, struct slice name, size_t *place, struct fault *f);

/* Whether a file, such as new.cy.txt, is one of those of w->names. */
bool wordings_have(const struct wordings *w, struct slice file);

/*
 * Binds the words of a wording, as wording_bind() does.  Returns 0, or -1 and
 * the fault.
 */
int wordings_bind(struct wordings *w, size_t place,
    const struct columns *columns, const struct columns *known,
    struct fault *f);

/*
 * The words of a wording for a channel in a language: those of the file for
 * it, or for what it is a kind of (en-GB, then en: language.h), else of the
 * file that names none.  NULL where there is no such file.
 */
const struct wording *wordings_words(const struct wordings *w, size_t place,
    size_t channel, struct slice language);

/*
 * The i-th words of a wording for a channel, those of the file without a
 * language first, and their language; NULL where there are no more.
 */
const struct wording *wordings_each(const struct wordings *w, size_t place,
    size_t channel, size_t i, struct slice *language);

void wordings_release(struct wordings *w);

#endif
