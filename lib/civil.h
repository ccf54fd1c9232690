#ifndef INC_CIVIL_H
#define INC_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "slice.h"

/*
 * Dates and times of day of the Gregorian calendar, without a zone, and the
 * parts that their texts are made of.
 */

/* Seconds of a day: Unix time has no leap seconds. */
#define DAY_S INT64_C(86400)

/* A date and time of day, in no zone. */
struct civil {
	int year;     /* 1970 to 9999 */
	int month;    /* 1 to 12 */
	int day;      /* 1 to 31 */
	int hour;     /* 0 to 23 */
	int minute;   /* 0 to 59 */
	int second;   /* 0 to 59 */
	uint32_t ns;  /* nanoseconds */
	int offset_s; /* east of UTC, where has_offset */
	bool has_offset;
};

/* Seconds since 1970 of a civil time taken as UTC; offset is not used. */
int64_t civil_seconds(const struct civil *c);

/*
 * The civil time, in UTC, of seconds since 1970.  Those of a local time may
 * lie a little before 1970 or past 9999, and so does the year then.
 */
struct civil civil_of(int64_t s);

/* The days of a month, 28 to 31. */
int civil_days_in(int year, int month);

/* 0 Monday to 6 Sunday. */
int civil_weekday(const struct civil *c);

/* Whether a month of a year has a day; any numbers may be asked about. */
bool civil_is_date(int year, int month, int day);

/* Reads YYYY-MM-DD.  Returns 0 with the time of day 0, or -1. */
int civil_parse_date(struct slice s, struct civil *c);

/* Adds the date as YYYY-MM-DD. */
void civil_add_date(struct buf *out, const struct civil *date);

/*
 * Each takes one part of a text from the start of *s.  Returns 0, or -1 where
 * there is none; how much of *s is taken and what is set is open then.
 */

/* YYYY-MM-DD of any year, 0 and those before 1970 too. */
int civil_take_date(struct slice *s, struct civil *c);

/* HH:MM:SS, with a fraction where a point follows; second 60 is let pass. */
int civil_take_time(struct slice *s, struct civil *c);

/* 1 to 9 digits of a fraction of a second. */
int civil_take_fraction(struct slice *s, uint32_t *ns);

/*
 * Z or +HH:MM, as seconds east of UTC; loose: +HHMM too, and +HH where the
 * text ends behind it.
 */
int civil_take_offset(struct slice *s, bool loose, int *offset_s);

#endif
