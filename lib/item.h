#ifndef INC_ITEM_H
#define INC_ITEM_H

#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "fault.h"
#include "slice.h"
#include "spool.h"
#include "stamp.h"

/*
 * An item of the queue: read as it is, or claimed, and then added to, written
 * anew, and moved.
 */

/* At most so many bytes in an item. */
#define ITEM_MOST ((size_t)64 * 1024 * 1024)

struct item {
	char name[SPOOL_NAME + 1];
	struct buf text; /* whole lines */

	/* Private. */
	int fd;
	struct buf path;
};

/*
 * Adds the whole lines of an item to *text, without claiming it.  Returns
 * where it is, SPOOL_NOWHERE, or -1 and the fault.
 */
int item_read(
    struct spool *s, struct slice name, struct buf *text, struct fault *f);

/*
 * Claims an item that is in a place, and reads it; half a line at its end is
 * cut off.  Returns 1; 0 where it is not there, or another has it; -1 and the
 * fault.  item is all zero, or was put before.
 */
int item_claim(struct spool *s, const char *name, enum spool_where where,
    struct item *item, struct fault *f);

/*
 * The same wherever it is, which *where then says; SPOOL_NOWHERE with 0 where
 * there is none.  Where another has it, waits up to so many seconds.
 */
int item_claim_any(struct spool *s, const char *name, int64_t wait_s,
    enum spool_where *where, struct item *item, struct fault *f);

/*
 * Writes a claimed item anew, whole or not at all: the new file is synced,
 * takes the old one's place, and is claimed like it.  That its place stays, and
 * that the old file is gone, is on disk after spool_sync().  Returns 0, or -1
 * and the fault.
 */
int item_replace(
    struct spool *s, struct item *item, struct slice text, struct fault *f);

/*
 * Adds lines to a claimed item, and syncs it.  Returns 0, or -1 and the fault,
 * with the file as it was, as far as that can be had.
 */
int item_note(struct item *item, struct slice lines, struct fault *f);

/*
 * Moves a claimed item to a place, gives its file a time, and gives it up; to
 * SPOOL_NOWHERE: removes it.  Returns 0, or -1 and the fault; then it is left
 * in work, for whoever comes next.
 */
int item_put(struct spool *s, struct item *item, enum spool_where where,
    struct stamp at, struct fault *f);

/* Frees an item, and gives it up where it is if it is still claimed. */
void item_release(struct item *item);

#endif
