/*
 * A message that people mean, found in the spool and claimed.
 */
#include <stdlib.h>
#include <string.h>

#include "clock.h"
#include "diag.h"
#include "items.h"
#include "mem.h"
#include "send.h"

/* Whether text can be the start of an identity. */
static bool
is_key(struct slice text)
{
	static const struct slice digits = SLICE("0123456789abcdef");

	for (size_t i = 0; i < text.n; i++) {
		if (memchr(digits.p, text.p[i], digits.n) == NULL)
			return false;
	}
	return text.n >= FIND_DIGITS && text.n <= SPOOL_NAME;
}

int
send_find(struct send *s, const char *key, char name[SPOOL_NAME + 1])
{
	struct fault fault = {0};
	struct slice start = slice_trim(slice_of(key));
	size_t n = 0;

	if (!is_key(start))
		return 0;
	if (items_match(&s->spool, start, name, &n, &fault) < 0)
		return send_fail(&fault);
	if (n > 1) {
		diag_say(STATUS_FAILED,
		    "'%s' is how several messages begin: more of the identity "
		    "was expected",
		    key);
		return -1;
	}
	return (int)n;
}

static void
see(void *ctx, const char *name, struct stamp at)
{
	struct founds *all = ctx;

	all->found =
	    mem_grow(all->found, all->n, &all->cap, sizeof *all->found);
	all->found[all->n++] =
	    (struct found){arena_copy(&all->arena, name, strlen(name)), at};
}

static int
oldest_first(const void *a, const void *b)
{
	const struct found *x = a, *y = b;
	int by = stamp_cmp(x->at, y->at);

	return by != 0 ? by : strcmp(x->name, y->name);
}

/* What was found is put in order; what went wrong is said. */
static int
finish(struct founds *all, int result, struct fault *f)
{
	if (result < 0)
		return send_fail(f);
	if (all->n > 1)
		qsort(all->found, all->n, sizeof *all->found, oldest_first);
	return 0;
}

int
send_find_all(struct send *s, struct stamp since, struct founds *all)
{
	struct fault fault = {0};

	return finish(
	    all, items_all(&s->spool, since, see, all, &fault), &fault);
}

int
send_find_dead(struct send *s, struct founds *all)
{
	struct fault fault = {0};
	struct stamp ever = {0, 0};

	return finish(all,
	    items_each(&s->spool, SPOOL_DEAD, ever, see, all, &fault), &fault);
}

void
founds_release(struct founds *all)
{
	arena_release(&all->arena);
	free(all->found);
	*all = (struct founds){0};
}

void
send_unknown(const char *key)
{
	if (is_key(slice_trim(slice_of(key))))
		diag_say(STATUS_FAILED, "no message '%s'", key);
	else
		diag_say(STATUS_FAILED,
		    "'%s' is no message: at least %d of its digits 0-9a-f were "
		    "expected",
		    key, FIND_DIGITS);
}

struct slice
send_short(struct slice name)
{
	return (struct slice){
	    name.p, name.n < FIND_SHOWN ? name.n : FIND_SHOWN};
}

int
send_claim(struct send *s, const char *name, enum spool_where where,
    struct item *item, struct letter *l, struct fault *f)
{
	struct fault other = {0};
	int got = item_claim(&s->spool, name, where, item, f);

	if (got <= 0 || letter_read(l, buf_slice(&item->text), name, f) == 0)
		return got;
	if (item_put(&s->spool, item, SPOOL_DEAD, clock_now(), &other) < 0)
		send_fail(&other);
	return -1;
}

int
send_read(
    struct send *s, const char *name, enum spool_where *where, struct fault *f)
{
	int found;

	buf_clear(&s->text);
	found = item_read(&s->spool, slice_of(name), &s->text, f);
	*where = found < 0 ? SPOOL_NOWHERE : (enum spool_where)found;
	if (found < 0 || found == SPOOL_NOWHERE)
		return found < 0 ? -1 : 0;
	return letter_read(&s->letter, buf_slice(&s->text), name, f);
}

bool
send_read_each(struct send *s, const char *name, enum spool_where *where)
{
	struct fault fault = {0};

	if (send_read(s, name, where, &fault) == 0)
		return *where != SPOOL_NOWHERE;
	if (*where != SPOOL_DEAD)
		send_fail(&fault);
	fault_release(&fault);
	return false;
}

int
send_claim_any(struct send *s, const char *name, int64_t wait_s,
    enum spool_where *where, struct item *item, struct fault *f)
{
	int got = send_read(s, name, where, f);

	/* One that can't be read is left where it is. */
	if (got < 0 || *where == SPOOL_NOWHERE)
		return got;
	got = item_claim_any(&s->spool, name, wait_s, where, item, f);
	if (got > 0 &&
	    letter_read(&s->letter, buf_slice(&item->text), name, f) < 0)
		got = -1;
	return got;
}
