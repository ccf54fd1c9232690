#include "reach.h"

/* What keeps an address from being tried, beside the hour. */
static enum reach_left
judge(const struct reach *r, const struct reach_medium *m)
{
	if (m->words == NULL)
		return REACH_NO_WORDS;
	return m->serves || r->any ? REACH_TRIED : REACH_OTHER;
}

/* Looks at each address by itself. */
static void
look(struct reach *r, const struct reach_means *means,
    const struct address *address, struct reach_medium *medium)
{
	const struct directory *d = means->directory;

	r->any = true;
	for (size_t i = 0; i < r->all; i++) {
		const struct address *a = &address[i];
		struct reach_medium *m = &medium[i];

		m->address = a;
		m->words =
		    wordings_words(&means->routes->wordings, means->wording,
			a->channel, address_language(a, means->language));
		m->serves = means->serve_all ||
		    channel_serves(
			&d->channel[a->channel], means->occasion->tell);
		m->open = directory_is_open(d, a, means->occasion->now);
		if (m->serves && m->words != NULL)
			r->any = false;
	}
	for (size_t i = 0; i < r->all; i++)
		medium[i].left = judge(r, &medium[i]);
}

/* Puts first what is to be tried and open, then what is closed, the rest. */
static void
arrange(struct reach *r, const struct reach_medium *medium)
{
	size_t n = 0;

	for (int rank = 0; rank < 3; rank++) {
		for (size_t i = 0; i < r->all; i++) {
			const struct reach_medium *m = &medium[i];
			int is = m->left != REACH_TRIED ? 2 : !m->open;

			if (is == rank)
				r->medium[n++] = *m;
			r->n += is == rank && rank < 2;
		}
	}
}

/* When the first of the tries answers from an instant on: 1, or 0. */
static int
first_opening(const struct reach *r, const struct directory *d,
    struct stamp from, struct stamp *t)
{
	struct stamp opens;
	int got = 0;

	for (size_t i = 0; i < r->n; i++) {
		if (directory_opens(d, r->medium[i].address, from, &opens) >
			0 &&
		    (got == 0 || stamp_cmp(opens, *t) < 0)) {
			*t = opens;
			got = 1;
		}
	}
	return got;
}

/* Keeps to the hours: nobody is woken. */
static void
spare(struct reach *r, const struct reach_means *means)
{
	const struct directory *d = means->directory;
	struct stamp opens;
	size_t open = 0;

	if (first_opening(r, d, r->at, &opens) > 0)
		r->at = opens;
	while (open < r->n && r->medium[open].open)
		open++;
	if (open == 0) {
		r->held =
		    first_opening(r, d, means->occasion->now, &r->until) > 0;
		return;
	}
	for (size_t i = open; i < r->n; i++)
		r->medium[i].left = REACH_CLOSED;
	r->n = open;
}

void
reach_judge(struct reach *r, const struct reach_means *means,
    const struct address *address, size_t n, struct arena *arena)
{
	struct reach_medium *medium = arena_new(arena, n * sizeof *medium);

	*r = (struct reach){.all = n, .at = means->occasion->at};
	r->medium = arena_new(arena, n * sizeof *r->medium);
	look(r, means, address, medium);
	arrange(r, medium);
	if (!means->may_wake) {
		spare(r, means);
		return;
	}
	for (size_t i = 0; i < r->n; i++) {
		const struct reach_medium *m = &r->medium[i];

		if (!m->open ||
		    means->directory->channel[m->address->channel].voice)
			r->wakes = true;
	}
}
