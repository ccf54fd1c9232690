#ifndef INC_TEST_LETTERS_H
#define INC_TEST_LETTERS_H

#include "letter.h"

/* Letters made for a test. */

/* A row of a message without values. */
static inline struct letter_try
empty_row(void)
{
	struct letter_try row;

	for (size_t c = 0; c < MESSAGE_COLUMNS; c++)
		row.field[c] = slice_of("");
	return row;
}

/* The rows of the message 0123, by sms and email; they have nothing else. */
static inline void
set_rows(struct letter_try row[2])
{
	for (size_t i = 0; i < 2; i++) {
		row[i] = empty_row();
		row[i].field[MESSAGE_ID] = slice_of("0123");
		row[i].field[MESSAGE_MEDIUM] =
		    slice_of(i == 0 ? "sms" : "email");
	}
}

/* Adds an event to the text of a letter. */
static inline void
add_event(struct buf *text, int64_t at, size_t try,
    enum letter_delivery delivery, uint64_t attempts, const char *error)
{
	struct letter_event e = {.at = {at, 0},
	    .try = try,
	    .delivery = delivery,
	    .attempts = attempts,
	    .next = {at, 0},
	    .error = slice_of(error)};

	letter_add(text, &e);
}

/* Makes the text of a letter that was queued. */
static inline void
queue_letter(struct buf *text, const struct letter_try *rows, size_t n,
    int64_t ack_s, int64_t at)
{
	buf_clear(text);
	letter_rows(text, rows, n, ack_s);
	add_event(text, at, 0, LETTER_QUEUED, 0, "");
}

#endif
