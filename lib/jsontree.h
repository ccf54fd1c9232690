#ifndef INC_JSONTREE_H
#define INC_JSONTREE_H

#include <stddef.h>

#include "buf.h"
#include "fault.h"
#include "mem.h"
#include "slice.h"

/*
 * A JSON object (RFC 8259) and all that is in it, as yajl reads it; numbers
 * are kept as they are written.
 */

/* At most so many arrays and objects within one another. */
#define JSONTREE_DEPTH_MAX 128

enum jsontree_kind {
	JSONTREE_ARRAY,
	JSONTREE_OBJECT,
	JSONTREE_STRING,
	JSONTREE_WORD, /* a number, true, false */
	JSONTREE_NULL,
};

/* A value; those in it come after it. */
struct jsontree_node {
	enum jsontree_kind kind;
	size_t key, nkey;   /* in an object: its name, in text */
	size_t text, ntext; /* of a string or word, in text */
	size_t end;         /* the first node that is not in it */
};

/* All zero is no object. */
struct jsontree {
	/* For the caller to read: node[0] is the object. */
	struct jsontree_node *node;
	size_t n;

	/* Private. */
	size_t cap;
	struct slice value;
	struct place where; /* its start */
	size_t *open;       /* arrays and objects not yet ended */
	size_t nopen, open_cap;
	size_t key, nkey; /* in text: the name of the node that comes next */
	struct buf text;  /* keys and texts of nodes */
	const char *wrong;
};

/*
 * Parses a value, which stands at where and is not needed afterwards.  Returns
 * 0, or -1 and the fault with its place: no JSON, no object, too deep, a NUL
 * or half a character in a text.
 */
int jsontree_read(struct jsontree *t, struct slice value, struct place where,
    struct fault *f);

/* The text of a string or word, the name of a member; valid until the next
   read. */
struct slice jsontree_text(const struct jsontree *t, size_t node);
struct slice jsontree_key(const struct jsontree *t, size_t node);

/* A node as JSON without blanks, in the arena. */
struct slice jsontree_json(
    const struct jsontree *t, size_t node, struct arena *arena);

void jsontree_release(struct jsontree *t);

#endif
