#ifndef INC_ZONE_H
#define INC_ZONE_H

#include <stdint.h>

#include "civil.h"
#include "dict.h"
#include "fault.h"
#include "stamp.h"

/*
 * Time zones of the system's database, read from TZif files (RFC 9636)
 * without touching the process's own zone, so that several can be in use.
 * Instants past the last listed change follow the file's POSIX rule.
 */
struct zone;

/* What a local time is in a zone. */
enum zone_kind {
	ZONE_ONCE,  /* one instant */
	ZONE_GAP,   /* none: the clock was put forward over it */
	ZONE_TWICE, /* two: the clock was put back over it */
};

/* Which instant is meant by a local time that comes twice. */
enum zone_pick { ZONE_FIRST, ZONE_LAST };

/*
 * Opens a zone by name ("Europe/London", "UTC").  A name that is absolute or
 * holds ".." is refused.  UTC needs no database.  Returns NULL and the fault.
 */
struct zone *zone_open(struct slice name, struct fault *f);

/*
 * A zone from the bytes of a TZif file, called name in messages.  A file that
 * is cut, broken, or counts leap seconds (which POSIX time does not) is
 * refused.  Returns NULL and the fault.
 */
struct zone *zone_read(struct slice bytes, struct slice name, struct fault *f);

void zone_free(struct zone *z);

/* Seconds east of UTC at an instant. */
int zone_offset(const struct zone *z, int64_t s);

/* The local civil time at an instant. */
struct civil zone_civil(const struct zone *z, int64_t s);

/*
 * Adds a time for people, as in 09:12 or 09:12:30, with the date before it
 * where that is another than now's.  In UTC where z is NULL.
 */
void zone_add_time(const struct zone *z, struct stamp t, struct stamp now,
    bool seconds, struct buf *out);

/*
 * The instant of a local time.  In a gap it is the gap's end, the first
 * instant after the clock went forward; of two, the one picked.  A result
 * before 1970 or past 9999 is clamped.
 */
enum zone_kind zone_instant(const struct zone *z, const struct civil *local,
    enum zone_pick pick, struct stamp *t);

/*
 * Zones that tables name, each opened once.  All zero is none.
 */
struct zones {
	struct dict names; /* to places in zone */
	struct zone **zone;
	size_t n, cap;
};

/*
 * The zone of a name, valid until zones_release().  Returns NULL and the
 * fault at that place.
 */
const struct zone *zones_open(
    struct zones *z, struct slice name, struct place where, struct fault *f);

void zones_release(struct zones *z);

#endif
