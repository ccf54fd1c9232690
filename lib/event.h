#ifndef INC_EVENT_H
#define INC_EVENT_H

#include <stdbool.h>
#include <stddef.h>

#include "slice.h"

/* The events of inc-log(5): what an entry of the log stands for. */

/* Whether name is one of them. */
bool event_known(struct slice name);

/* Whether it is one that the log itself says, and no row. */
bool event_is_logs(struct slice name);

/* All of them, *n in number, for a suggestion. */
const struct slice *event_names(size_t *n);

/*
 * The columns whose changes are events: by their places in event_column and
 * what event_of() takes.  Of several that change the first decides.
 */
enum {
	EVENT_CLOSED,
	EVENT_RESOLVED,
	EVENT_ACKNOWLEDGED,
	EVENT_HELD,
	EVENT_VANISHED,
	EVENT_LEVEL,
	EVENT_ASSIGNED,
	EVENT_PRIORITY,
	EVENT_COLUMNS /* how many there are */
};
extern const struct slice event_column[EVENT_COLUMNS];

/*
 * The event that an entry stands for, by what it changes: the values of those
 * columns before and after it, as on disk, empty or \N for none.  "updated"
 * where none of them makes one.  Names of events are never freed.
 */
struct slice event_of(const struct slice before[EVENT_COLUMNS],
    const struct slice after[EVENT_COLUMNS]);

#endif
