#include "crossing.h"

#include <stdlib.h>

#include "deadline.h"
#include "escape.h"
#include "mem.h"

/* A time of the record under way. */
struct crossing_time {
	bool set;
	struct stamp t;
};

void
crossings_open(struct crossings *c, const struct boundaries *b,
    const struct columns *columns)
{
	c->b = b;
	c->time = mem_new(b->time.n, sizeof *c->time);
	c->time_at = mem_new(b->time.n, sizeof *c->time_at);
	for (size_t i = 0; i < b->time.n; i++)
		c->time_at[i] = columns_find(columns, b->time.name[i]);
	c->priority_at = columns_find(columns, slice_of("priority"));
	c->holds_at = columns_find(columns, slice_of("holds"));
}

void
crossings_record(struct crossings *c, const struct slice *field, bool again)
{
	uint64_t unreadable = 0;

	c->again = again;
	whenset_row(c->b->set, &c->when);
	for (size_t i = 0; i < c->b->time.n; i++) {
		struct slice value = columns_field(field, c->time_at[i]);
		bool given = field_is_set(value);

		c->time[i].set =
		    given && stamp_parse(value, &c->time[i].t) == 0;
		unreadable += given && !c->time[i].set;
	}
	unreadable +=
	    holds_read(&c->holds, columns_field(field, c->holds_at)) < 0;
	if (!again)
		c->unreadable += unreadable;
}

/* When a row's clock, started at from, runs out. */
static struct crossing
run_clock(struct crossings *c, const struct boundary *row,
    const struct slice *field, struct stamp from)
{
	struct crossing x = {.state = CROSSING_NEVER};
	const struct target *target = NULL;
	struct calendar *calendar = row->calendar;
	bool share = row->clock == CLOCK_SHARE;

	if (share || calendar == NULL) {
		target = targets_find(&c->b->targets,
		    unescape(columns_field(field, c->priority_at), &c->text));
		if (target == NULL)
			return (struct crossing){.state = CROSSING_UNJUDGED,
			    .why = "no target for the priority"};
	}
	if (calendar == NULL)
		calendar = target->calendar;
	if (deadline_share(calendar, from,
		share ? target->limit[row->of] : row->after,
		share ? row->percent : 100, &c->holds, &x.at) > 0)
		x.state = stamp_cmp(x.at, c->when.now) <= 0 ? CROSSING_CROSSED
							    : CROSSING_PENDING;
	return x;
}

/* How it stands with the clock of a row whose `when` holds. */
static struct crossing
read_clock(
    struct crossings *c, const struct boundary *row, const struct slice *field)
{
	const struct crossing_time *from = &c->time[row->from];

	if (row->clock == CLOCK_NONE)
		return (struct crossing){
		    .state = CROSSING_CROSSED, .at = c->when.now};
	if (!from->set)
		from = &c->time[0]; /* received */
	if (!from->set)
		return (struct crossing){
		    .state = CROSSING_UNJUDGED, .why = "no time to count from"};
	return run_clock(c, row, field, from->t);
}

struct crossing
crossings_examine(
    struct crossings *c, const struct boundary *row, const struct slice *field)
{
	size_t place = (size_t)(row - c->b->row);
	int holds = whenset_test(c->b->set, place, field, &c->when);
	struct crossing x = {.state = CROSSING_OTHER};

	if (holds < 0) {
		if (c->report != NULL && !c->again)
			c->report(c->ctx, &c->when.fault);
		x.state = CROSSING_LIMIT;
	}
	if (holds <= 0)
		return x;
	x = read_clock(c, row, field);
	for (size_t i = 0; i < row->nuntil && x.state >= CROSSING_PENDING;
	     i++) {
		const struct crossing_time *until = &c->time[row->until[i]];

		if (!until->set || stamp_cmp(until->t, x.at) > 0)
			continue;
		x.state = CROSSING_STOPPED;
		x.column = c->b->time.name[row->until[i]];
		break;
	}
	return x;
}

void
crossing_describe(const struct crossing *x, const struct boundary *row,
    const struct slice *field, struct buf *out)
{
	size_t n;

	switch (x->state) {
	case CROSSING_OTHER:
		buf_add_str(out, "not: ");
		n = out->n;
		when_facts(row->when, field, out);
		if (out->n == n)
			buf_add_str(out, "its condition does not hold");
		break;
	case CROSSING_LIMIT:
		buf_add_str(out, "not: a search hit a limit");
		break;
	case CROSSING_UNJUDGED:
		buf_addf(out, "can't be judged: %s", x->why);
		break;
	case CROSSING_NEVER:
		buf_add_str(out, "not: its clock stands, or has no end");
		break;
	case CROSSING_PENDING:
		buf_add_str(out, "due at ");
		stamp_add(out, x->at);
		break;
	case CROSSING_STOPPED:
		buf_addf(out, "not: %.*s came before ", SLICE_ARG(x->column));
		stamp_add(out, x->at);
		break;
	case CROSSING_CROSSED:
		buf_add_str(out, "crossed at ");
		stamp_add(out, x->at);
		break;
	}
}

void
crossings_release(struct crossings *c)
{
	when_state_release(&c->when);
	holds_release(&c->holds);
	buf_release(&c->text);
	free(c->time);
	free(c->time_at);
}
