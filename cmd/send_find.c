/*
 * A message that people mean, found in the spool and claimed.
 */
#include <string.h>

#include "clock.h"
#include "diag.h"
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

int
send_find_all(struct send *s, struct stamp since, struct founds *all)
{
	struct fault fault = {0};

	return items_all(&s->spool, since, all, &fault) < 0 ? send_fail(&fault)
							    : 0;
}

int
send_find_dead(struct send *s, struct founds *all)
{
	struct fault fault = {0};

	return items_in(&s->spool, SPOOL_DEAD, all, &fault) < 0
	    ? send_fail(&fault)
	    : 0;
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
