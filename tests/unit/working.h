#ifndef INC_TEST_WORKING_H
#define INC_TEST_WORKING_H

#include "hours.h"
#include "mem.h"
#include "test.h"
#include "zone.h"

/* Zones and hours, of which calendars are made, until working_end(). */
static struct zones working_zones;
static struct arena working_arena;

static inline const struct zone *
zone(const char *name)
{
	struct fault f = {0};
	const struct zone *z =
	    zones_open(&working_zones, slice_of(name), (struct place){0}, &f);

	CHECK(z != NULL);
	fault_release(&f);
	return z;
}

static inline struct hours
hours(const char *days, const char *windows)
{
	struct fault f = {0};
	struct hours h;

	CHECK(
	    hours_read(&h, slice_of(days), (struct place){0}, slice_of(windows),
		(struct place){0}, &working_arena, &f) == 0);
	fault_release(&f);
	return h;
}

static inline void
working_end(void)
{
	zones_release(&working_zones);
	arena_release(&working_arena);
}

#endif
