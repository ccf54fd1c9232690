#include "facts.h"

#include "chance.h"
#include "test.h"

#define COLUMNS 24

static struct arena arena;

/* What is to hold, by column; a NULL text: nothing was said. */
struct wanted {
	const char *text;
	uint32_t version;
};

static const char *const texts[] = {"", "x", "two words", "ünïcode"};

/* Fills said with different columns in any order; returns how many. */
static size_t
make(struct fact *said, struct wanted *want, uint32_t version, size_t most)
{
	size_t n = 0;

	for (size_t i = 0; i < most; i++) {
		uint32_t column = (uint32_t)chance(COLUMNS);
		const char *text = texts[chance(4)];
		bool is_new = true;

		for (size_t k = 0; k < n; k++)
			is_new = is_new && said[k].column != column;
		if (!is_new)
			continue;
		said[n++] = (struct fact){slice_of(text), column, version, 0};
		want[column] = (struct wanted){text, version};
	}
	return n;
}

static void
check(const struct facts *facts, const struct wanted *want)
{
	struct slice all[COLUMNS] = {{NULL, 0}}, some[3] = {{NULL, 0}};
	size_t to[COLUMNS], n = 0;

	for (size_t i = 0; i < COLUMNS; i++)
		to[i] = COLUMNS - 1 - i;
	facts_values(facts, all, to, COLUMNS);
	for (uint32_t i = 0; i < COLUMNS; i++) {
		struct fact fact;
		bool found = facts_find(facts, i, &fact);

		CHECK(found == (want[i].text != NULL));
		CHECK_SLICE(all[to[i]], found ? want[i].text : "");
		if (!found)
			continue;
		CHECK_SLICE(fact.text, want[i].text);
		CHECK(fact.version == want[i].version && fact.column == i);
		CHECK(facts_at(facts, n++).column == i);
	}
	CHECK(facts->n == n);
	CHECK(!facts_find(facts, COLUMNS, &(struct fact){0}));
	/* no further than asked for, and not what is not wanted */
	to[0] = 1;
	to[1] = SIZE_MAX;
	to[2] = 0;
	facts_values(facts, some, to, 3);
	CHECK_SLICE(some[0], want[2].text != NULL ? want[2].text : "");
	CHECK_SLICE(some[1], want[0].text != NULL ? want[0].text : "");
	CHECK(some[2].p == NULL);
}

/* As a later entry would. */
static void
say(struct facts *facts, const struct fact *said, size_t n)
{
	struct fact *more = facts_room(facts, n, &arena);
	size_t added = 0;

	for (size_t i = 0; i < n; i++) {
		struct fact *old = facts_edit(facts, said[i].column);

		if (old != NULL)
			*old = said[i];
		else
			more[added++] = said[i];
	}
	facts_added(facts, added);
}

static void
what_entries_say_in_any_order_is_found_by_column(void)
{
	for (int round = 0; round < 2000; round++) {
		struct wanted want[COLUMNS] = {{NULL, 0}};
		struct fact said[COLUMNS];
		struct facts facts = {0};
		size_t n = make(said, want, 0, chance(COLUMNS));

		check(&facts, (struct wanted[COLUMNS]){{NULL, 0}});
		facts_first(&facts, said, n, &arena);
		check(&facts, want);
		for (uint32_t version = 1; version < 4; version++) {
			n = make(said, want, version, chance(8));
			say(&facts, said, n);
			check(&facts, want);
		}
	}
	arena_release(&arena);
}

int
main(void)
{
	RUN(what_entries_say_in_any_order_is_found_by_column);
	return test_done();
}
