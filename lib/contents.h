#ifndef INC_CONTENTS_H
#define INC_CONTENTS_H

#include <stdbool.h>
#include <stdint.h>
#include <sys/stat.h>

#include "buf.h"
#include "columns.h"
#include "extents.h"
#include "fault.h"
#include "index.h"
#include "journalin.h"
#include "slice.h"

/*
 * What is in a segment of the log, and where: by its index, or, where it has
 * none that fits, by its entries.
 *
 * Entries are found by a key: an incident's id, or that of the receipts of a
 * message, of whatever incident.
 */
struct contents {
	/* For the caller to read. */
	uint64_t first;         /* the number of its first entry */
	uint64_t last;          /* of its last that is known; 0: none */
	uint64_t bytes;         /* up to the end of that */
	uint64_t incidents;     /* that begin in it */
	char *path;             /* of the segment */
	struct columns columns; /* of its header */
	struct buf uses;        /* who has said something in each of them: one
				   of CONTENTS_USES */
	bool indexed;           /* all of it is known by its index */

	/* Private. */
	const char *dir;
	struct stat file;       /* that was read */
	struct extents extents; /* where it has no index */
	struct index index;
	bool begun;      /* its first entry was read: then */
	bool checkpoint; /* whether that is one, */
	struct buf open; /* and of which incidents, as on disk */
	struct buf key;  /* scratch */
};

/* Nobody, incidents, messages, both. */
#define CONTENTS_USES "-imb"

/* Makes one of the segment of a log that begins with entry first; dir is
 * borrowed. */
struct contents contents_of(const char *dir, uint64_t first);

/*
 * Learns what is in a segment that is full.  Returns 0, or -1 and the fault.
 */
int contents_learn(struct contents *c, struct fault *f);

/*
 * Learns it again, from the entries themselves, up to the last that was known:
 * the segment was written anew, or its index is damaged.  Returns 0, or -1 and
 * the fault.
 */
int contents_learn_again(struct contents *c, struct fault *f);

/* Whether a file is the one that was learnt from. */
bool contents_are_of(const struct contents *c, const struct stat *file);

/* Takes note of the next entry of the newest segment. */
void contents_note(struct contents *c, const struct journal_entry *e);

/* Writes the index of a segment that is full, and is known by its entries.
 * Returns 0, or -1 and the fault. */
int contents_file(struct contents *c, struct fault *f);

/*
 * Whether the index of a segment that is full, and is known by its entries, is
 * what these make, if it has one that would be believed.  Returns 0, or -1 and
 * the fault.
 */
int contents_prove(struct contents *c, struct fault *f);

/*
 * Adds to a list where the entries of a key stand.  Returns 0, or -1 and the
 * fault.
 */
int contents_find(struct contents *c, struct slice key,
    struct extent_list *list, struct fault *f);

/*
 * Tells of each id that starts with lead, and whether its incident begins here.
 * Returns 0, or -1 and the fault.
 */
int contents_each(struct contents *c, struct slice lead,
    void (*see)(void *context, struct slice id, bool fresh), void *context,
    struct fault *f);

/*
 * Whether the segment begins with a checkpoint: 1, and *open has the incidents
 * that were open, as on disk; 0; or -1 and the fault.
 */
int contents_checkpoint(
    struct contents *c, struct slice *open, struct fault *f);

/*
 * The key of the receipts of a message, in *key; of an incident, a view of its
 * id or of *key.
 */
struct slice contents_receipts(struct buf *key, struct slice message);
struct slice contents_incident(struct buf *key, struct slice id);

/* Whether an entry is one of those that a key stands for. */
bool contents_fits(const struct journal_entry *e, struct slice key);

void contents_release(struct contents *c);

#endif
