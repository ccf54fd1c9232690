#include "event.h"

#include <stdint.h>

#include "escape.h"

static const struct slice events[] = {SLICE("received"), SLICE("updated"),
    SLICE("triaged"), SLICE("noted"), SLICE("acknowledged"), SLICE("held"),
    SLICE("resumed"), SLICE("assigned"), SLICE("advised"), SLICE("escalated"),
    SLICE("stood-down"), SLICE("notified"), SLICE("responded"), SLICE("linked"),
    SLICE("unlinked"), SLICE("resolved"), SLICE("closed"), SLICE("reopened"),
    SLICE("corrected"), SLICE("redacted"), SLICE("restored"), SLICE("segment")};

const struct slice event_column[EVENT_COLUMNS] = {
    [EVENT_CLOSED] = SLICE("closed"),
    [EVENT_RESOLVED] = SLICE("resolved"),
    [EVENT_ACKNOWLEDGED] = SLICE("acknowledged"),
    [EVENT_HELD] = SLICE("held"),
    [EVENT_VANISHED] = SLICE("vanished"),
    [EVENT_LEVEL] = SLICE("level"),
    [EVENT_ASSIGNED] = SLICE("assigned"),
    [EVENT_PRIORITY] = SLICE("priority"),
};

/* What it is to set a column, and to clear it or lower the level. */
static const struct {
	struct slice set, cleared;
} change[EVENT_COLUMNS] = {
    [EVENT_CLOSED] = {.set = SLICE("closed"), .cleared = SLICE("reopened")},
    [EVENT_RESOLVED] = {.set = SLICE("resolved")},
    [EVENT_ACKNOWLEDGED] = {.set = SLICE("acknowledged")},
    [EVENT_HELD] = {.set = SLICE("held"), .cleared = SLICE("resumed")},
    [EVENT_VANISHED] = {.set = SLICE("held"), .cleared = SLICE("resumed")},
    [EVENT_LEVEL] = {.set = SLICE("escalated"), .cleared = SLICE("stood-down")},
    [EVENT_ASSIGNED] = {.set = SLICE("assigned")},
    [EVENT_PRIORITY] = {.set = SLICE("triaged")},
};

bool
event_known(struct slice name)
{
	for (size_t i = 0; i < sizeof events / sizeof *events; i++) {
		if (slice_eq(name, events[i]))
			return true;
	}
	return false;
}

bool
event_is_logs(struct slice name)
{
	static const char *const own[] = {
	    "received", "redacted", "restored", "segment"};

	for (size_t i = 0; i < LEN(own); i++) {
		if (slice_is(name, own[i]))
			return true;
	}
	return false;
}

const struct slice *
event_names(size_t *n)
{
	*n = sizeof events / sizeof *events;
	return events;
}

/* A level as a number; what is none counts as 0. */
static unsigned long long
level_of(struct slice text)
{
	unsigned long long level;

	return slice_number(text, UINT32_MAX, &level) == 0 ? level : 0;
}

struct slice
event_of(const struct slice before[EVENT_COLUMNS],
    const struct slice after[EVENT_COLUMNS])
{
	for (size_t i = 0; i < EVENT_COLUMNS; i++) {
		struct slice event = change[i].set;

		if (slice_eq(before[i], after[i]))
			continue;
		if (!field_is_set(after[i]) ||
		    (i == EVENT_LEVEL &&
			level_of(after[i]) < level_of(before[i])))
			event = change[i].cleared;
		/* a column without an event when it is cleared is passed over
		 * for the next one that changed */
		if (event.n > 0)
			return event;
	}
	return (struct slice)SLICE("updated");
}
