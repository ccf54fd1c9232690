#ifndef INC_ERASURE_H
#define INC_ERASURE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "items.h"
#include "letter.h"
#include "mem.h"
#include "slice.h"
#include "spool.h"
#include "stamp.h"

/*
 * Messages of a spool that are to lose their words, or to go as a whole,
 * because of what became of their incidents: inc-log(5), REDACTION.
 */

/* What is to become of a message. */
enum erasure_fate {
	ERASURE_NONE,
	ERASURE_WORDS, /* it loses words that came in up to some time */
	ERASURE_WHOLE, /* it is removed */
};

/* Says it of the messages of an incident, by its id as on disk. */
typedef enum erasure_fate erasure_judge(
    void *ctx, struct slice id, struct stamp *until);

/* A message that was found. */
struct erasure_item {
	const char *name; /* in e->all */
	struct slice id;  /* of its incident, as on disk */
	enum spool_where where;
	enum erasure_fate fate;
	bool done;
};

struct erasure {
	/* Set before. */
	struct spool *spool; /* NULL: there is none, and nothing is found */
	erasure_judge *judge;
	void *ctx;

	/* For the caller to read. */
	struct erasure_item *item; /* n that something is to become of */
	size_t n;
	size_t words, whole; /* of them have lost their words; are removed */
	size_t unreadable;   /* messages of which it can't be told */
	struct fault odd;    /* why the first of these can't be read */
	struct fault fault;

	/* Private. */
	size_t cap;
	struct founds all; /* that there were */
	struct letter letter;
	struct arena arena;
};

/* Looks through the spool.  Returns 0, or -1 and e->fault. */
int erasure_find(struct erasure *e);

/*
 * Erases what was found, as far as it is still so.  For one that others work on
 * it waits up to so many seconds, and then for no other.  A message that waits
 * for an attempt is withdrawn at the time now, so that it is taken up again if
 * it is still to be told.  Returns how many are still worked on, so that they
 * are left and can be tried again; or -1 and e->fault.
 */
int erasure_do(struct erasure *e, int64_t wait_s, struct stamp now);

void erasure_release(struct erasure *e);

#endif
