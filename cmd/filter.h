#ifndef INC_FILTER_H
#define INC_FILTER_H

#include "options.h"
#include "rules.h"
#include "station.h"
#include "stream.h"

/* What filter_count() counts: a kind of all programs', and one of its own. */
enum { FILTER_UNREADABLE, FILTER_OWN, FILTER_TALLIES };

/*
 * What the main loop of every filter shares: rows in, faults said, rejects
 * kept, rows out.
 *
 *	if (filter_open(&f, &options, operands, n) == 0) {
 *		level = filter_column(&f, "level");
 *		filter_header(&f);
 *		while (filter_next(&f)) {
 *			f.field[level] = ...;
 *			filter_write(&f);
 *		}
 *	}
 *	return filter_close(&f);
 *
 * With -j, such a loop is a function of its own that filter_work() calls.
 */
struct filter {
	struct stream_reader in;
	struct station station;
	struct columns columns; /* of the output: the input's, then added */
	struct slice *field;    /* the outgoing row: starts as the row read,
				   added columns empty; form on disk */
	size_t *changing; /* of the input's columns, those that may change */
	size_t nchanging;
	bool picks;      /* filter_pick() */
	bool own;        /* filter_columns() */
	bool passes;     /* rows go out as they came: field is not set */
	size_t rejected; /* rows set aside */
	struct tally tally[FILTER_TALLIES]; /* by kind: for the end */

	/* Private. */
	size_t jobs;          /* -j */
	uint64_t unreadable;  /* as last told */
	struct filter *chief; /* the program's own; NULL: this is it */
};

/*
 * Opens operands and standard output.  Returns 0, or -1 after saying why.
 * The filter must be closed either way.
 */
int filter_open(struct filter *f, const struct options *options,
    char *const *operands, size_t n);

/* The place of an output column, added where the input has none. */
size_t filter_column(struct filter *f, const char *name);

/* The output has these columns alone, whose fields the program sets. */
void filter_columns(struct filter *f, const char *const *name, size_t n);

/*
 * Says that the program looks at, and sets, only fields of columns that it
 * found (columns_find(), filter_column()) before filter_header(), so that no
 * others need be cut out of rows.
 */
void filter_pick(struct filter *f);

/* Writes the header; call when every column was added. */
void filter_header(struct filter *f);

/*
 * Has the loop done by as many workers as -j says: work is called with a filter
 * of its own for each, whose station.worker is a number below -j; a single
 * worker's is f itself, number 0.  All that work changes must be that worker's,
 * or be changed by station_in_turn(); what is said, written, rejected and
 * counted by way of the filter is.
 */
void filter_work(
    struct filter *f, void (*work)(struct filter *own, void *ctx), void *ctx);

/*
 * The next row, in f->field.  Bad lines are said, kept and passed over.
 * Returns 1, or 0 at the end and after a failure.
 */
int filter_next(struct filter *f);

/*
 * The same for a row that is at hand.  Returns 0 also where one would have to
 * be waited for.
 */
int filter_next_ready(struct filter *f);

/* Adds where the row under way stands, and its id: "FILE:LINE (ID)". */
void filter_where(const struct filter *f, struct buf *out);

/*
 * Counts n more cases of a kind at the row under way.  At the first, where it
 * stands is kept, with more behind it; is_first tells when more is of use.
 */
void filter_count(
    struct filter *f, size_t kind, unsigned long long n, struct slice more);
bool filter_is_first(const struct filter *f, size_t kind);

/* Counts as unreadable what is more than when this was called last. */
void filter_unreadable(struct filter *f, uint64_t n);

/* Sets the row under way aside: reported, kept in rejects, status 3. */
void filter_reject(struct filter *f, const struct fault *fault);

/* Writes f->field. */
void filter_write(struct filter *f);

/* Writes out what was written so far. */
void filter_flush(struct filter *f);

/*
 * From now on nothing comes out but by filter_flush(), and filter_drop()
 * forgets what was written since.
 */
void filter_hold(struct filter *f);
void filter_drop(struct filter *f);

/* Writes out, closes, frees.  Returns the program's exit status. */
int filter_close(struct filter *f);

#endif
