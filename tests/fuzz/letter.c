/*
 * Letters, as the spool keeps them: what is read can be told of, written again
 * as it was, and something can be done with it.
 */
#include "letter.h"

#include <stdint.h>
#include <stdlib.h>

#include "delivery.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* Whether the events, written again, are read as the same. */
static bool
comes_back(const struct letter *l, struct fault *f)
{
	struct letter again = {.ack_s = -1};
	struct buf text = {0};
	bool same;

	letter_rows(&text, l->try, l->n, l->ack_s);
	for (size_t i = 0; i < l->nevents; i++)
		letter_add(&text, &l->event[i]);
	same = letter_read(&again, buf_slice(&text), "again", f) == 0 &&
	    again.n == l->n && again.ack_s == l->ack_s &&
	    again.nevents == l->nevents && again.nhands == l->nhands &&
	    again.withdrawn == l->withdrawn &&
	    again.last.delivery == l->last.delivery &&
	    again.last.try == l->last.try &&
	    stamp_cmp(again.last.at, l->last.at) == 0 &&
	    slice_eq(again.last.error, l->last.error) &&
	    slice_eq(again.drill, l->drill);
	letter_release(&again);
	buf_release(&text);
	return same;
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct letter l = {.ack_s = -1};
	struct letter_text told = {{0}, {0}};
	struct slice field[LETTER_RECEIPT];
	struct delivery d = {.n = 0};
	struct fault f = {0};
	struct stamp until;

	if (letter_read(
		&l, (struct slice){(const char *)data, size}, "x", &f) == 0) {
		if (l.n == 0 || l.nevents == 0 || l.last.try >= l.n ||
		    !comes_back(&l, &f))
			abort();
		letter_tell(&l, l.nevents - 1, &told, field);
		delivery_next(&d, &l, NULL, (struct stamp){0, 0}, &until);
		delivery_next(
		    &d, &l, NULL, (struct stamp){STAMP_MAX_S, 0}, &until);
	}
	letter_release(&l);
	letter_text_release(&told);
	delivery_release(&d);
	fault_release(&f);
	return 0;
}
