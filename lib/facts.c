#include "facts.h"

#include <stdlib.h>
#include <string.h>

/* One fact of an only entry; the texts of all stand behind the last of them. */
struct fact_part {
	uint32_t column;
	uint32_t end; /* of its text, counted from where the first begins */
};

static int
by_column(const void *a, const void *b)
{
	uint32_t x = ((const struct fact *)a)->column;
	uint32_t y = ((const struct fact *)b)->column;

	return (x > y) - (x < y);
}

/* Brings facts into the order of columns, in which they mostly are. */
static void
sort(struct fact *fact, size_t n)
{
	for (size_t i = 1; i < n; i++) {
		if (fact[i].column < fact[i - 1].column) {
			qsort(fact, n, sizeof *fact, by_column);
			return;
		}
	}
}

/* Keeps facts spread out, their texts as copies. */
static void
keep_spread(
    struct facts *facts, const struct fact *said, size_t n, struct arena *arena)
{
	facts->as.fact = arena_raw(arena, n * sizeof *said);
	facts->room = (uint32_t)n;
	for (size_t i = 0; i < n; i++) {
		struct slice text = said[i].text;

		facts->as.fact[i] = said[i];
		facts->as.fact[i].text.p = arena_copy(arena, text.p, text.n);
	}
}

void
facts_first(
    struct facts *facts, struct fact *said, size_t n, struct arena *arena)
{
	size_t bytes = 0, end = 0;
	struct fact_part *part;
	char *text;

	sort(said, n);
	facts->n = (uint32_t)n;
	for (size_t i = 0; i < n; i++)
		bytes += said[i].text.n;
	if (n == 0)
		return;
	if (bytes > UINT32_MAX) {
		keep_spread(facts, said, n, arena);
		return;
	}
	part = arena_raw(arena, n * sizeof *part + bytes);
	text = (char *)(part + n);
	for (size_t i = 0; i < n; i++) {
		if (said[i].text.n > 0)
			memcpy(text + end, said[i].text.p, said[i].text.n);
		end += said[i].text.n;
		part[i] = (struct fact_part){said[i].column, (uint32_t)end};
	}
	facts->as.part = part;
}

/* Where the texts of an only entry begin. */
static const char *
texts_of(const struct facts *facts)
{
	return (const char *)(facts->as.part + facts->n);
}

static inline struct fact
fact_at(const struct facts *facts, size_t i)
{
	const struct fact_part *part = facts->as.part;
	uint32_t start;

	if (facts->room > 0)
		return facts->as.fact[i];
	start = i > 0 ? part[i - 1].end : 0;
	return (struct fact){{texts_of(facts) + start, part[i].end - start},
	    part[i].column, 0, 0};
}

struct fact
facts_at(const struct facts *facts, size_t i)
{
	return fact_at(facts, i);
}

void
facts_values(
    const struct facts *facts, struct slice *value, const size_t *to, size_t n)
{
	for (size_t i = 0; i < facts->n; i++) {
		struct fact fact = fact_at(facts, i);

		if (fact.column >= n)
			break;
		if (to[fact.column] != SIZE_MAX)
			value[to[fact.column]] = fact.text;
	}
}

/*
 * The place of a column's fact, or n.  In either form the columns stand at
 * equal distances.
 */
static size_t
place_of(const struct facts *facts, size_t column)
{
	size_t low = 0, high = facts->n, step = sizeof(struct fact_part);
	const char *at;

	if (high == 0)
		return 0;
	at = (const char *)&facts->as.part->column;
	if (facts->room > 0) {
		step = sizeof(struct fact);
		at = (const char *)&facts->as.fact->column;
	}
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		uint32_t there;

		memcpy(&there, at + mid * step, sizeof there);
		if (there == column)
			return mid;
		if (there < column)
			low = mid + 1;
		else
			high = mid;
	}
	return facts->n;
}

bool
facts_find(const struct facts *facts, size_t column, struct fact *fact)
{
	size_t at = place_of(facts, column);

	if (at == facts->n)
		return false;
	*fact = facts_at(facts, at);
	return true;
}

struct fact *
facts_edit(struct facts *facts, size_t column)
{
	size_t at = place_of(facts, column);

	return at < facts->n ? &facts->as.fact[at] : NULL;
}

struct fact *
facts_room(struct facts *facts, size_t n, struct arena *arena)
{
	size_t room = facts->n + n;
	struct fact *more;

	if (facts->room == 0 || room > facts->room) {
		if (room < facts->n + facts->n / 2)
			room = facts->n + facts->n / 2;
		more = arena_raw(arena, room * sizeof *more);
		for (size_t i = 0; i < facts->n; i++)
			more[i] = facts_at(facts, i);
		facts->as.fact = more;
		facts->room = (uint32_t)room;
	}
	return facts->as.fact + facts->n;
}

void
facts_added(struct facts *facts, size_t n)
{
	facts->n += (uint32_t)n;
	if (n > 0)
		sort(facts->as.fact, facts->n);
}

void
fact_put(struct fact *fact, struct slice text, struct arena *arena)
{
	char *p = (char *)fact->text.p; /* its own: NOLINT */

	if (text.n > fact->room) {
		fact->room = text.n > 2 * fact->room ? text.n : 2 * fact->room;
		p = arena_bytes(arena, fact->room);
	}
	if (text.n > 0)
		memcpy(p, text.p, text.n);
	fact->text = (struct slice){p, text.n};
}

void
facts_renumber(struct facts *facts, const uint32_t *to)
{
	/* of an only entry all are by version 0 */
	for (size_t i = 0; i < facts->n && facts->room > 0; i++)
		facts->as.fact[i].version = to[facts->as.fact[i].version];
}
