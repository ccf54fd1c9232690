#include "occasion.h"

#include <stdlib.h>

#include "duration.h"
#include "escape.h"
#include "judge.h"

static void
read_until(struct occasions *o, struct occasion_boundary *b, struct slice cell)
{
	struct slice rest = cell, word;
	size_t n = 0;

	while (slice_word(&rest, &word))
		b->n++;
	b->until = arena_new(&o->arena, (b->n + 1) * sizeof *b->until);
	b->until_name =
	    arena_new(&o->arena, (b->n + 1) * sizeof *b->until_name);
	while (slice_word(&cell, &word))
		b->until_name[n++] = word;
}

static int
read_boundary(struct occasions *o, struct table_row *row, struct fault *f)
{
	struct occasion_boundary *b = &o->boundary[o->nboundaries];
	struct slice repeat = table_text(row, "repeat");

	b->repeat_s = -1;
	if (repeat.n > 0 &&
	    (duration_parse(repeat, &b->repeat_s) < 0 || b->repeat_s == 0))
		return fault_at(f, table_place(row, "repeat"),
		    "repeat '%.*s': a duration such as 15m was expected",
		    SLICE_ARG(repeat));
	read_until(o, b, table_text(row, "until"));
	dict_add(&o->boundaries, table_text(row, "boundary"), o->nboundaries++,
	    NULL);
	return 0;
}

int
occasions_load(struct occasions *o, struct pack *pack, struct fault *f)
{
	struct table *t;
	int got;

	if (targets_load(&o->targets, pack, f) < 0)
		return -1;
	got = pack_table(pack, "escalation", &t, f);
	if (got <= 0)
		return got;
	o->boundary = mem_new(t->n + 1, sizeof *o->boundary);
	for (size_t i = 0; i < t->n; i++) {
		if (read_boundary(o, &t->row[i], f) < 0)
			return -1;
	}
	return 0;
}

void
occasions_bind(struct occasions *o, const struct columns *columns)
{
	o->id = columns_find(columns, slice_of("id"));
	o->status = columns_find(columns, slice_of("status"));
	o->received = columns_find(columns, slice_of("received"));
	o->priority = columns_find(columns, slice_of("priority"));
	o->named = columns_find(columns, slice_of("boundary"));
	o->level_by = columns_find(columns, slice_of("level_by"));
	o->over[0] = columns_find(columns, slice_of("resolved"));
	o->over[1] = columns_find(columns, slice_of("closed"));
	o->over[2] = columns_find(columns, slice_of("vanished"));
	for (size_t i = 0; i < o->nboundaries; i++) {
		struct occasion_boundary *b = &o->boundary[i];

		for (size_t k = 0; k < b->n; k++)
			b->until[k] = columns_find(columns, b->until_name[k]);
	}
}

/* Reads a column's time: 1, 0 where it has no value, -1 where no time. */
static int
read_time(const struct slice *field, size_t column, struct stamp *t)
{
	struct slice value = route_value(field, column);

	if (value.n == 0)
		return 0;
	return stamp_parse(value, t) == 0 ? 1 : -1;
}

/* The fact that the message goes back to. */
static void
find_fact(const struct occasions *o, const struct route *route,
    const struct slice *field, struct occasion *out)
{
	int got = 0;

	for (size_t i = route->nper; i-- > 0 && got <= 0;) {
		const struct route_column *c = &route->per[i];

		got = c->time ? read_time(field, c->index, &out->fact) : 0;
		if (got < 0)
			out->wrong = c->name;
	}
	if (got <= 0)
		got = read_time(field, o->received, &out->fact);
	if (got < 0)
		out->wrong = slice_of("received");
	out->known = got > 0;
}

static bool
came(const struct slice *field, size_t column, struct stamp now)
{
	struct stamp t;

	return read_time(field, column, &t) > 0 && stamp_cmp(t, now) <= 0;
}

/*
 * The repeat of the record's boundary while it lasts, else -1.  Where a person
 * set the level since, no boundary gave it.
 */
static int64_t
boundary_repeat(
    struct occasions *o, const struct slice *field, struct stamp now)
{
	struct slice names = unescape(route_value(field, o->named), &o->text);
	struct slice name = {"", 0}; /* names of rows stood down may follow */
	size_t at;

	slice_word(&names, &name);
	at = dict_find(&o->boundaries, name);
	if (name.n == 0 || at == DICT_NONE ||
	    judge_by_person(route_value(field, o->level_by)) ||
	    came(field, o->over[0], now) || came(field, o->over[1], now) ||
	    came(field, o->over[2], now))
		return -1;
	for (size_t i = 0; i < o->boundary[at].n; i++) {
		if (came(field, o->boundary[at].until[i], now))
			return -1;
	}
	return o->boundary[at].repeat_s;
}

static struct slice
find_tell(
    struct occasions *o, const struct route *route, const struct slice *field)
{
	const struct target *target;

	if (route->tell.n > 0)
		return route->tell;
	target = targets_find(
	    &o->targets, unescape(route_value(field, o->priority), &o->text));
	if (target == NULL || target->tell.n == 0)
		return slice_of("urgent");
	return target->tell;
}

void
occasion_read(struct occasions *o, const struct route *route,
    const struct slice *field, struct stamp now, struct occasion *out)
{
	int64_t repeat_s = route->repeat_s, past_s;
	struct stamp opens;

	*out = (struct occasion){.now = now, .fact = now};
	find_fact(o, route, field, out);
	if (!out->known)
		out->fact = now;
	if (repeat_s < 0)
		repeat_s = boundary_repeat(o, field, now);
	past_s = now.s - out->fact.s - (now.ns < out->fact.ns);
	if (repeat_s > 0 && past_s > 0)
		out->n = (uint64_t)(past_s / repeat_s);
	out->at = out->fact;
	if (out->n > 0)
		out->at.s += (int64_t)out->n * repeat_s;
	out->tell = find_tell(o, route, field);
	if (route->hold == NULL)
		return;
	out->held = !calendar_is_open(route->hold, now) &&
	    calendar_opens(route->hold, now, &out->until) > 0;
	if (calendar_opens(route->hold, out->at, &opens) > 0)
		out->at = opens;
}

int
occasion_due(const struct occasion *o, const struct route *route,
    struct stamp at, struct stamp *due)
{
	if (!o->known || route->due_s < 0)
		return 0;
	*due = at;
	due->s = route->due_s > STAMP_MAX_S - at.s ? STAMP_MAX_S
						   : at.s + route->due_s;
	return 1;
}

int
occasion_check(const struct occasion *at, struct fault *f)
{
	if (at->wrong.n > 0)
		return fault_at(f, (struct place){0}, "'%.*s' holds no time%s",
		    SLICE_ARG(at->wrong),
		    at->known ? ": an earlier one is gone by"
			      : ": now is gone by");
	if (!at->known)
		return fault_at(f, (struct place){0},
		    "no time in 'received': now is gone by");
	return 0;
}

struct slice
occasion_status(const struct occasions *o, const struct slice *field)
{
	struct slice status = route_value(field, o->status);

	return status.n > 0 ? status : slice_of("actual");
}

/* Adds a value and the tab after it. */
static void
add(struct buf *text, struct slice value)
{
	buf_add_slice(text, value);
	buf_add_char(text, '\t');
}

void
occasion_identity(struct occasions *o, const struct occasion *at,
    const struct routes *routes, const struct route *route,
    const struct slice *field, struct slice row, struct slice party,
    char out[OCCASION_ID + 1])
{
	struct buf *text = &o->identity;
	struct slice id = route_value(field, o->id);

	buf_clear(text);
	add(text, occasion_status(o, field));
	add(text, id.n > 0 ? id : row);
	add(text, escape(routes->reasons.name[route->reason], &o->text));
	for (size_t i = 0; i < route->nper; i++)
		add(text, route_value(field, route->per[i].index));
	add(text, party);
	buf_add_number(text, at->n);
	digest_letters(buf_slice(text), OCCASION_ID, out);
}

void
occasions_release(struct occasions *o)
{
	free(o->boundary);
	targets_release(&o->targets);
	dict_release(&o->boundaries);
	buf_release(&o->text);
	buf_release(&o->identity);
	arena_release(&o->arena);
	*o = (struct occasions){0};
}
