#include "crew.h"

#include <fcntl.h>
#include <pthread.h>
#include <stdint.h>
#include <stdlib.h>
#include <unistd.h>

#include "input.h"
#include "mem.h"

/* One of the workers. */
struct hand {
	struct crew *crew;
	pthread_t thread;
	bool started;
	bool holds;     /* it has a block */
	uint64_t block; /* its number */
};

struct crew {
	const struct crew_work *work;
	struct hand *hand;

	pthread_mutex_t input; /* held by who takes; guards these */
	uint64_t taken;        /* blocks */
	bool ended;

	pthread_mutex_t output; /* held by who hands in; guards these */
	pthread_cond_t turned;
	uint64_t turn; /* the block to be handed in next */
	bool stopped;
	int stop[2]; /* a pipe that tells who waits for input; or -1 */
};

/* Lets the one who waits for input go. */
static void
stop(struct crew *c)
{
	c->stopped = true;
	if (c->stop[1] >= 0)
		close(c->stop[1]);
	c->stop[1] = -1;
}

/* Waits for the block's turn.  Returns whether the work goes on. */
static bool
hand_in(struct crew *c, struct hand *h)
{
	size_t worker = (size_t)(h - c->hand);
	bool goes_on;

	pthread_mutex_lock(&c->output);
	while (c->turn != h->block)
		pthread_cond_wait(&c->turned, &c->output);
	if (!c->stopped && c->work->hand_in(c->work->ctx, worker) < 0)
		stop(c);
	goes_on = !c->stopped;
	c->turn++;
	pthread_cond_broadcast(&c->turned);
	pthread_mutex_unlock(&c->output);
	h->holds = false;
	return goes_on;
}

static bool
take(struct crew *c, struct hand *h)
{
	int got = 0;

	pthread_mutex_lock(&c->input);
	if (!c->ended)
		got = c->work->take(c->work->ctx, (size_t)(h - c->hand));
	c->ended = got <= 0;
	h->holds = got != 0;
	if (h->holds)
		h->block = c->taken++;
	pthread_mutex_unlock(&c->input);
	return h->holds;
}

bool
crew_next(struct crew *c, size_t worker)
{
	struct hand *h = &c->hand[worker];

	return (!h->holds || hand_in(c, h)) && take(c, h);
}

static void *
serve(void *hand)
{
	struct hand *h = hand;
	struct crew *c = h->crew;

	c->work->serve(c, c->work->ctx, (size_t)(h - c->hand));
	return NULL;
}

/* A pipe that ends when the work stops; without one it stops a read later. */
static void
open_stop(struct crew *c)
{
	if (pipe(c->stop) < 0)
		c->stop[0] = c->stop[1] = -1;
	for (int i = 0; i < 2; i++)
		fcntl(c->stop[i], F_SETFD, FD_CLOEXEC);
	input_stop_by(c->stop[0]);
}

static void
close_stop(struct crew *c)
{
	input_stop_by(-1);
	for (int i = 0; i < 2; i++) {
		if (c->stop[i] >= 0)
			close(c->stop[i]);
	}
}

void
crew_run(const struct crew_work *work)
{
	struct crew c = {.work = work};

	c.hand = mem_new(work->n, sizeof *c.hand);
	pthread_mutex_init(&c.input, NULL);
	pthread_mutex_init(&c.output, NULL);
	pthread_cond_init(&c.turned, NULL);
	open_stop(&c);
	for (size_t i = 0; i < work->n; i++)
		c.hand[i].crew = &c;
	for (size_t i = 1; i < work->n; i++)
		c.hand[i].started = pthread_create(&c.hand[i].thread, NULL,
					serve, &c.hand[i]) == 0;
	serve(&c.hand[0]);
	for (size_t i = 1; i < work->n; i++) {
		if (c.hand[i].started)
			pthread_join(c.hand[i].thread, NULL);
	}
	close_stop(&c);
	pthread_cond_destroy(&c.turned);
	pthread_mutex_destroy(&c.output);
	pthread_mutex_destroy(&c.input);
	free(c.hand);
}
