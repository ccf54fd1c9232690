#ifndef INC_MESSAGE_H
#define INC_MESSAGE_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "slice.h"
#include "stamp.h"

/*
 * The stream of messages: a row for each medium of a message, in the order to
 * be tried.  inc-notify(1).
 */
enum message_column {
	MESSAGE_ID, /* the identity, column `message` */
	MESSAGE_TRY,
	MESSAGE_RECORD, /* column `id` */
	MESSAGE_REASON,
	MESSAGE_ROLE,
	MESSAGE_PARTY,
	MESSAGE_MEDIUM,
	MESSAGE_ADDRESS,
	MESSAGE_SUBJECT,
	MESSAGE_BODY,
	MESSAGE_TELL,
	MESSAGE_DUE,
	MESSAGE_WORDING,
	MESSAGE_ROUTE,
	MESSAGE_STATUS,
	MESSAGE_COLUMNS
};

/* The names of the columns, in the order of the stream. */
extern const char *const message_columns[MESSAGE_COLUMNS];

/* A row under way.  All zero is a row without values. */
struct message {
	struct slice field[MESSAGE_COLUMNS]; /* in form on disk */
	struct buf text[MESSAGE_COLUMNS];    /* private */
};

/* Sets a column to a text, which must stay where it is. */
void message_set(
    struct message *m, enum message_column column, struct slice text);

/* Sets a column to a number, or to a time (NULL: no value). */
void message_set_number(
    struct message *m, enum message_column column, size_t number);
void message_set_time(
    struct message *m, enum message_column column, const struct stamp *t);

/*
 * Whether the field of a status is that of the real thing, neither of an
 * exercise nor of a test: no value is too.
 */
bool message_is_actual(struct slice status);

void message_release(struct message *m);

#endif
