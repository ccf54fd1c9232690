/*
 * How a message is handed over: errand.h makes what a command gets, carrier.h
 * has it run.
 */
#include "send_hand.h"

#include "clock.h"
#include "runnable.h"

extern char **environ;

/* Has the errand done. */
static int
start(struct send *s, struct carrier *c, size_t slot, const struct means *means,
    struct fault *f)
{
	struct errand *e = &s->errand;
	struct buf command = {0};
	int result;

	/* PATH is for the carrier; of what can't be run the answer says so. */
	runnable_find(&command, &s->pack, s->share, NULL, e->argv[0]);
	buf_str(&command);
	e->argv[0] = command.p;
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
