#include "links.h"

#include <stdlib.h>
#include <string.h>

#include "digest.h"
#include "mem.h"

/* Lines that make it worth to wake the thread. */
#define SOME 256

/* What the chain of a line is made of, and where it goes. */
struct link {
	const struct columns *header; /* before the fields; NULL: none */
	size_t start, n;              /* of what is hashed */
	bool is_sealed;               /* in l->sealed; else in l->text */
	size_t place;                 /* of the chain in l->text */
};

/* Fills in the chains of some lines. */
static void
fill(struct links *l, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		const struct link *link = &l->link[i];
		const struct buf *hashed =
		    link->is_sealed ? &l->sealed : &l->text;
		struct digest d;

		chain_begin(&d, l->chain, link->header);
		digest_add(
		    &d, (struct slice){hashed->p + link->start, link->n});
		digest_hex(&d, l->chain);
		memcpy(l->text.p + link->place, l->chain, SEAL_DIGITS);
	}
}

/* The thread: fills in what it is told of. */
static void *
follow(void *links)
{
	struct links *l = links;

	pthread_mutex_lock(&l->mutex);
	while (!l->ends) {
		size_t from = l->done, to = l->told;

		if (from == to) {
			pthread_cond_wait(&l->turn, &l->mutex);
			continue;
		}
		pthread_mutex_unlock(&l->mutex);
		fill(l, from, to);
		pthread_mutex_lock(&l->mutex);
		l->done = to;
		pthread_cond_broadcast(&l->turn);
	}
	pthread_mutex_unlock(&l->mutex);
	return NULL;
}

/* Starts the thread, if one can be started.  Returns whether it runs. */
static bool
start(struct links *l)
{
	if (l->runs || l->alone)
		return l->runs;
	pthread_mutex_init(&l->mutex, NULL);
	pthread_cond_init(&l->turn, NULL);
	l->runs = pthread_create(&l->thread, NULL, follow, l) == 0;
	l->alone = !l->runs;
	if (l->alone) {
		pthread_mutex_destroy(&l->mutex);
		pthread_cond_destroy(&l->turn);
	}
	return l->runs;
}

/* Tells the thread of the lines so far. */
static void
tell(struct links *l)
{
	pthread_mutex_lock(&l->mutex);
	l->told = l->n;
	pthread_cond_broadcast(&l->turn);
	pthread_mutex_unlock(&l->mutex);
}

/* Waits until the thread rests: only then may memory be moved. */
static void
rest(struct links *l)
{
	if (!l->runs)
		return;
	pthread_mutex_lock(&l->mutex);
	while (l->done < l->told)
		pthread_cond_wait(&l->turn, &l->mutex);
	pthread_mutex_unlock(&l->mutex);
}

/* Makes room for n more bytes. */
static char *
make_room(struct links *l, struct buf *b, size_t n)
{
	if (b->cap - b->n <= n)
		rest(l);
	return buf_room(b, n);
}

char *
links_line(struct links *l, size_t n)
{
	return make_room(l, &l->text, n);
}

/* Takes note of a line; returns its link. */
static struct link *
add_link(struct links *l)
{
	if (l->n == l->cap) {
		rest(l);
		l->link = mem_grow(l->link, l->n, &l->cap, sizeof *l->link);
	}
	return &l->link[l->n++];
}

void
links_end(struct links *l, size_t n, struct slice nonces, struct slice sealed,
    const struct columns *header)
{
	struct link link = {
	    .header = header, .start = l->text.n, .n = n, .is_sealed = false};

	l->text.n += n;
	if (nonces.n > 0) {
		link.is_sealed = true;
		link.start = l->sealed.n;
		link.n = sealed.n;
		make_room(l, &l->sealed, sealed.n);
		buf_add_slice(&l->sealed, sealed);
	}
	make_room(l, &l->text, nonces.n + SEAL_DIGITS + sizeof "\t\t\n");
	buf_add_char(&l->text, '\t');
	buf_add_slice(&l->text, nonces);
	buf_add_char(&l->text, '\t');
	link.place = l->text.n;
	l->text.n += SEAL_DIGITS;
	buf_add_char(&l->text, '\n');
	*add_link(l) = link;
	if (l->n % SOME == 0 && start(l))
		tell(l);
}

/* Says, while the thread rests, how many lines are done. */
static void
set_done(struct links *l, size_t n)
{
	if (l->runs)
		pthread_mutex_lock(&l->mutex);
	l->done = l->told = n;
	if (l->runs)
		pthread_mutex_unlock(&l->mutex);
}

void
links_finish(struct links *l)
{
	rest(l);
	fill(l, l->done, l->n);
	set_done(l, l->n);
}

void
links_clear(struct links *l)
{
	rest(l);
	buf_clear(&l->text);
	buf_clear(&l->sealed);
	l->n = 0;
	set_done(l, 0);
}

void
links_release(struct links *l)
{
	if (l->runs) {
		pthread_mutex_lock(&l->mutex);
		l->ends = true;
		pthread_cond_broadcast(&l->turn);
		pthread_mutex_unlock(&l->mutex);
		pthread_join(l->thread, NULL);
		pthread_mutex_destroy(&l->mutex);
		pthread_cond_destroy(&l->turn);
	}
	buf_release(&l->text);
	buf_release(&l->sealed);
	free(l->link);
	*l = (struct links){0};
}
