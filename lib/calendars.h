#ifndef INC_CALENDARS_H
#define INC_CALENDARS_H

#include <stddef.h>

#include "calendar.h"
#include "columns.h"
#include "fault.h"
#include "mem.h"
#include "pack.h"
#include "slice.h"
#include "table.h"
#include "zone.h"

/*
 * The calendars of a pack: the tables `calendars` and `holidays` of
 * inc-procedures(7).  Rows of one name make one calendar.
 */
struct calendars {
	struct columns names;       /* of calendar, in their order */
	struct calendar **calendar; /* as many */
	size_t cap;
	struct calendar elapsed; /* the one that an empty name means */

	/* Private. */
	struct columns holiday_names;
	struct holidays **holidays;
	size_t holidays_cap;
	struct zones zones;
	struct arena arena;
};

/*
 * Loads the tables, either of which may be missing; "always" is a calendar
 * also where no row names it.  The pack must outlive c, which must be all
 * zero.  A fault has the place of the cell: a row without a name, days,
 * windows, a zone or a date that can't be read, a date given twice, holidays
 * that no row of the table holidays has.  Returns 0, or -1 and the fault.
 */
int calendars_load(struct calendars *c, struct pack *p, struct fault *f);

/* The calendar of a name; an empty one is elapsed time.  NULL: there is none.
 */
struct calendar *calendars_find(struct calendars *c, struct slice name);

/*
 * The calendar that a cell names, an empty one is elapsed time.  Returns 0 and
 * *calendar, or -1 and the fault with the nearest name.
 */
int calendars_cell(struct calendars *c, struct table_row *row,
    const char *column, struct calendar **calendar, struct fault *f);

void calendars_release(struct calendars *c);

#endif
