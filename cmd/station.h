#ifndef INC_STATION_H
#define INC_STATION_H

#include <stdbool.h>
#include <stddef.h>

#include "agenda.h"
#include "crew.h"
#include "diag.h"
#include "options.h"
#include "rejects.h"
#include "streamout.h"

/*
 * Where a filter puts down what comes of its input: rows, rejects, messages.
 *
 * With -j several workers (crew.h) have a station each, beside the program's
 * own. There nothing goes out at once: all of it is kept, in order, until the
 * worker's block is handed in, and then it is done at the program's station. So
 * whatever reaches the outside, or counts what came before, is to go by a
 * station.
 */
struct station {
	struct stream_writer out;
	struct rejects rejects;
	size_t set_aside; /* records so far */
	bool failed;      /* something was said that ends the work */

	/* Of a worker's station alone. */
	struct station *chief; /* the program's own; NULL: this is it */
	struct crew *crew;
	size_t worker;        /* his number */
	struct agenda agenda; /* what waits for its turn */
};

/* Sets up standard output as the options say. */
void station_open(struct station *s, const struct options *options);

/* Opens the file of --rejects, if it is given.  0, or -1 after saying why. */
int station_open_rejects(struct station *s, const struct options *options);

/* Says what ends the work, unless that was said.  Returns -1. */
int station_fail(struct station *s, const struct fault *fault);

/* Says what is wrong with a record, and keeps it in rejects: status 3. */
void station_reject(struct station *s, const struct fault *fault,
    const char *file, size_t line, struct slice row);

/*
 * Makes a call with n parts in its turn: at once, or at a worker's station
 * later, with copies of them.  station_group() begins a group of what is put
 * down until station_end_group(); it is passed over where the call returns 0.
 * The group's place is set, and the call's result returned, which at a worker's
 * station is not known yet: 1.
 */
void station_in_turn(struct station *s, agenda_call *call, void *ctx,
    const struct slice *part, size_t n);
int station_group(struct station *s, agenda_call *call, void *ctx,
    const struct slice *part, size_t n, size_t *place);
void station_end_group(struct station *s, size_t place);

/* What workers do at stations of their own. */
struct station_work {
	struct station **station; /* of each worker: all zero */
	/* As in crew.h; a fault that ends the input, with -1, in *fault. */
	int (*take)(void *ctx, size_t worker, const struct fault **fault);
	/* Works on block after block, while station_next() returns true. */
	void (*serve)(void *ctx, struct station *station);
	void *ctx;
};

/* Has n workers do it; chief is the program's own station. */
void station_share(
    struct station *chief, size_t n, const struct station_work *work);

/* Hands in the worker's block, if he has one, and takes the next, if any. */
bool station_next(struct station *s);

/* Writes out, closes, frees.  Returns the program's exit status. */
int station_close(struct station *s);

#endif
