#ifndef INC_LOG_ACCESS_H
#define INC_LOG_ACCESS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "columns.h"
#include "log.h"
#include "mem.h"
#include "pattern.h"
#include "person.h"
#include "slice.h"

/*
 * What inc-log access finds: log_access.c in the log, log_access_spool.c in
 * messages.
 */

/* A value in an entry, or in a message; texts as on disk. */
struct held {
	size_t incident; /* place in ids */
	size_t order;    /* in which it was read */
	struct slice updated, event, column, value;
};

struct held_list {
	struct held *held;
	size_t n, cap;
};

struct access {
	struct log_work *w;
	struct person *person; /* those of the operands */
	size_t n;
	struct pattern_scratch *scratch;
	struct columns ids; /* of the incidents that were found */
	size_t incidents;   /* those of them that were found in the log */
	size_t messages;    /* that were found */
	struct held_list log, spool;
	struct arena arena; /* of what is held */
	struct buf text, out;
};

/* Whether a field is what one of the persons is called by. */
bool access_is_person(struct access *a, struct slice field);

/* Takes note of a value, of which it keeps copies. */
void access_hold(struct access *a, struct held_list *to, struct held held);

/*
 * Finds the messages of the incidents in a->ids, and those for the person; the
 * incidents of these are added.  Returns 0, or -1 after saying why.
 */
int access_spool(struct access *a);

#endif
