#ifndef INC_CREW_H
#define INC_CREW_H

#include <stdbool.h>
#include <stddef.h>

/*
 * A crew: threads that work on one input, so that what comes out is as if one
 * of them had done it all.
 *
 * There is no queue, and nobody who only reads.  Each worker takes a block of
 * the input (one of them at a time), works on it beside the others, and hands
 * in what came of it when all blocks before have been handed in.  So what is
 * under way is a block for each worker, however large the input, and a slow
 * input holds up nobody but the one who reads it.
 */
struct crew;

/* What the workers do; each is known by its number, from 0 on. */
struct crew_work {
	size_t n; /* workers, at least one */
	/*
	 * Takes the next block: 1; 0 at the end; -1 where nothing can be taken
	 * any more: this is handed in as the last one.  The blocks are in the
	 * order of these calls, which never overlap.
	 */
	int (*take)(void *ctx, size_t worker);
	/* Calls crew_next() until that returns false; called once for each. */
	void (*serve)(struct crew *crew, void *ctx, size_t worker);
	/*
	 * Hands the block in: 0, or -1 where the work is to stop; then nothing
	 * more is handed in.  These calls never overlap either.
	 */
	int (*hand_in)(void *ctx, size_t worker);
	void *ctx;
};

/*
 * Has the work done, by the calling thread as worker 0 and by n - 1 others, or
 * by as many of them as can be started.  Returns when all have ended.
 */
void crew_run(const struct crew_work *work);

/*
 * For serve: hands in the worker's block, if it has one, and takes the next.
 * Returns false when there is none, or the work has stopped.
 */
bool crew_next(struct crew *crew, size_t worker);

#endif
