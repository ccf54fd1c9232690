#ifndef INC_SEND_SENT_H
#define INC_SEND_SENT_H

#include <stdbool.h>
#include <stddef.h>

#include "dict.h"
#include "mem.h"
#include "send.h"
#include "slice.h"
#include "stamp.h"

/*
 * The messages of the spool as somebody who acknowledges one means them: by
 * incident, and by the addresses that they are for.
 */
struct sent {
	const char *name;
	struct slice id;       /* of its incident, as text */
	struct slice *address; /* of each of its rows, as text */
	size_t n;
	struct stamp queued;
	struct stamp handed; /* the last time; handed_over: there was one */
	bool handed_over;
	bool waits; /* it was handed over, is not acknowledged, and not over */
};

struct sent_list {
	struct sent *sent;
	size_t n;

	/* Private. */
	size_t cap;
	struct arena arena;
};

/* Of a list those that may be meant. */
struct sent_some {
	struct sent *sent; /* copies */
	size_t n;

	/* Private. */
	size_t cap;
};

/*
 * Looks at all messages that are not over, or were not before a time.  Returns
 * 0, or -1 after saying why; what can't be read is said too.
 */
int sent_load(struct sent_list *l, struct send *s, struct stamp since);

/* Takes note that a message of the list waits no more. */
void sent_settle(struct sent_list *l, const char *name);

/* Begins with all. */
void sent_some(struct sent_some *some, const struct sent_list *l);

/* Keeps those that are for an address. */
void sent_keep_address(struct sent_some *some, struct slice address);

/*
 * The id of the incident that people mean by shorter, as ids_match() has it: of
 * those about which a message waits the latest, else of all; empty where there
 * is none.
 */
struct slice sent_meant(const struct sent_some *some, struct slice shorter);

/*
 * Adds the ids of the incidents about which a message waits or, where none
 * does, of all.
 */
void sent_likely(const struct sent_some *some, struct dict *ids);

/* Keeps those whose identities begin so. */
void sent_keep_key(struct sent_some *some, struct slice key);

/*
 * Keeps of an incident's messages those that wait; where none does, that which
 * was handed over last, or else came in last.
 */
void sent_keep_incident(struct sent_some *some, struct slice id);

/* Frees it; it may be loaded again. */
void sent_release(struct sent_list *l);

#endif
