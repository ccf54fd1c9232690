/*
 * How a message is handed over: errand.h makes what a command gets, carrier.h
 * has it run.
 */
#include "send_hand.h"

#include <string.h>
#include <unistd.h>

#include "clock.h"
#include "files.h"

extern char **environ;

/*
 * The command itself: a file of that name in a pack's media/, else a shipped
 * one, else, as its name stands, one on PATH.  Sets *path, and returns it.
 */
static char *
find_command(struct send *s, const char *name, struct buf *path)
{
	const char *found = NULL;

	if (strchr(name, '/') == NULL) {
		buf_addf(path, "media/%s", name);
		found = pack_file(&s->pack, buf_str(path));
		buf_clear(path);
		if (found == NULL)
			buf_addf(path, "%s/media/%s", s->share, name);
	}
	if (found != NULL)
		buf_add_str(path, found);
	else if (path->n == 0 || access(buf_str(path), X_OK) < 0) {
		buf_clear(path);
		buf_add_str(path, name);
	}
	buf_str(path);
	return path->p;
}

/* Has the errand done. */
static int
start(struct send *s, struct carrier *c, size_t slot, const struct means *means,
    struct fault *f)
{
	struct errand *e = &s->errand;
	struct buf command = {0};
	int result;

	e->argv[0] = find_command(s, e->argv[0], &command);
	result = carrier_start(c, slot, e->argv, e->own, environ,
	    buf_slice(&e->input), means->timeout_s, f);
	buf_release(&command);
	return result < 0 ? HAND_NOT_NOW : HAND_STARTED;
}

int
hand_start(struct send *s, struct carrier *c, size_t slot,
    const struct means *means, const struct message *m, struct fault *f)
{
	if (means == NULL)
		fault_at(f, (struct place){0}, "no channel has the medium");
	else if (means->nwords == 0)
		fault_at(f, (struct place){0},
		    "the medium has no command (column deliver)");
	else if (errand_make(
		     &s->errand, means, m, &s->sender, clock_now(), f) == 0)
		return start(s, c, slot, means, f);
	return HAND_NEVER;
}
