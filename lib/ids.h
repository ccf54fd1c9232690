#ifndef INC_IDS_H
#define INC_IDS_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "civil.h"
#include "incident.h"
#include "slice.h"

/*
 * The ids of new incidents: PREFIXYYYYMMDD-NNNN, counted from 0001 on each
 * day.  All zero is the state before the first day.
 */
struct ids {
	struct buf day;            /* PREFIXYYYYMMDD- */
	unsigned long long number; /* of the day's last id */
};

/*
 * Begins a day, unless it is the one under way.  Returns whether it is new:
 * then call ids_see() for every id that there is.
 */
bool ids_begin(struct ids *ids, struct slice prefix, const struct civil *day);

/* A number that is greater is none of an id that is issued. */
#define IDS_MOST UINT32_MAX

/* Takes note of an id that there is, so that it is not issued again. */
void ids_see(struct ids *ids, struct slice id);

/* The same of all numbers of the day up to one. */
void ids_skip(struct ids *ids, unsigned long long number);

/*
 * Adds the next id of the day.  Returns 0, or -1 where none is left, because
 * IDS_MOST was given: what is greater would not be seen, and so given twice.
 */
int ids_next(struct ids *ids, struct buf *id);

/*
 * The id of a `restored` entry, which says that up to the day of a time all
 * numbers up to one were given: IDS_LOST, the time, a dash and the number.
 * Adds it; reads it: 0, or -1 where it is none.
 */
#define IDS_LOST "restored-"
void ids_add_lost(struct buf *id, struct stamp at, unsigned long long number);
int ids_parse_lost(
    struct slice id, struct stamp *at, unsigned long long *number);

/* The digits that an id ends in. */
struct slice ids_number(struct slice id);

/*
 * Whether people mean this id by shorter: all of it, or the number that it
 * ends in, with or without leading zeros: 42 is 20260325-0042 and INC0000042;
 * or its end as it stands from somewhere in the day on, as 25-0042.
 */
bool ids_match(struct slice id, struct slice shorter);

/*
 * Whether text is a number that people would type for the end of an id: up to
 * IDS_SHORT digits, which is less than a day and more than a day's ids.
 */
bool ids_is_short(struct slice text);
#define IDS_SHORT 6

/* Whether text is the end of an id from within its day on, as in 25-0042. */
bool ids_is_tail(struct slice text);

/*
 * The place of the incident that people mean by shorter: of the open ones that
 * it fits the latest, of closed ones where it fits no other; DICT_NONE where
 * there is none.  *fits is how many of them it fits.
 */
size_t ids_find(
    const struct incidents *all, struct slice shorter, size_t *fits);

void ids_release(struct ids *ids);

#endif
