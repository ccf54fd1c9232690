#include "crew.h"

#include <stdlib.h>

#include "test.h"

#define MOST 8

/* An input of numbers, and what is done with them. */
struct job {
	int left, next;  /* blocks to be taken, the one that comes next */
	int block[MOST]; /* of each worker */
	int fails_at;    /* the block that can't be taken; or 0 */
	int stops_at;    /* the block with which the work is to stop; or 0 */
	int done;        /* blocks handed in */
	int taking, handing; /* calls under way: never more than one */
	int take_overlaps, hand_overlaps, disorder;
	size_t served[MOST]; /* calls of serve */
};

static int
take(void *ctx, size_t worker)
{
	struct job *j = ctx;
	int got;

	j->take_overlaps += j->taking++ > 0;
	if (j->left > 0)
		j->block[worker] = ++j->next;
	got = j->left > 0 && j->next == j->fails_at ? -1 : j->left-- > 0;
	j->taking--;
	return got;
}

static int
hand_in(void *ctx, size_t worker)
{
	struct job *j = ctx;

	j->hand_overlaps += j->handing++ > 0;
	j->disorder += j->block[worker] != ++j->done;
	j->handing--;
	return j->done == j->stops_at ? -1 : 0;
}

/* Some work of its own for each block, now more, now less. */
static void
serve(struct crew *crew, void *ctx, size_t worker)
{
	struct job *j = ctx;

	j->served[worker]++;
	while (crew_next(crew, worker)) {
		for (volatile int i = j->block[worker] % 7 * 1000; i > 0; i--)
			;
	}
}

static void
run(struct job *j, size_t n)
{
	const struct crew_work work = {n, take, serve, hand_in, j};

	crew_run(&work);
	CHECK(j->take_overlaps == 0);
	CHECK(j->hand_overlaps == 0);
	CHECK(j->disorder == 0);
	for (size_t i = 0; i < MOST; i++)
		CHECK(j->served[i] == (i < n));
}

static void
blocks_are_handed_in_in_the_order_in_which_they_were_taken(void)
{
	for (size_t n = 1; n <= MOST; n++) {
		for (int blocks = 0; blocks < 300; blocks += 99) {
			struct job j = {.left = blocks};

			run(&j, n);
			CHECK(j.done == blocks);
		}
	}
}

static void
nothing_is_taken_after_what_cannot_be(void)
{
	for (size_t n = 1; n <= MOST; n++) {
		struct job j = {.left = 100, .fails_at = 50};

		run(&j, n);
		CHECK(j.done == 50); /* it is handed in itself */
		CHECK(j.next == 50);
	}
}

static void
nothing_is_handed_in_after_a_stop(void)
{
	for (size_t n = 1; n <= MOST; n++) {
		struct job j = {.left = 1000, .stops_at = 50};

		run(&j, n);
		CHECK(j.done == 50);
		CHECK(j.next < 50 + 2 * MOST); /* nor is much more taken */
	}
}

int
main(void)
{
	RUN(blocks_are_handed_in_in_the_order_in_which_they_were_taken);
	RUN(nothing_is_taken_after_what_cannot_be);
	RUN(nothing_is_handed_in_after_a_stop);
	return test_done();
}
