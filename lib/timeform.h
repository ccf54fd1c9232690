#ifndef INC_TIMEFORM_H
#define INC_TIMEFORM_H

#include "civil.h"
#include "slice.h"

/*
 * The forms that exports write times in.  A format is one of strptime(): %d %e
 * %m %b %B %h %y %Y %H %k %I %l %p %M %S %f (fraction of a second) %z %Z (only
 * Z, UTC or GMT) %a %A (any English name, not checked against the date) %j %s
 * (epoch seconds) or, as Ruby has it, %Q (milliseconds), which outweigh all
 * else, %T %R %D %F %%.  Not strptime() itself, which follows the locale and
 * takes a text that goes on, or a 31 April.
 */

/*
 * Reads text by a format.  Leading zeros may be missing; names are English,
 * any case; a blank stands for any blanks; all of the text must be used.  %S
 * takes a fraction where one follows.  Days are checked against the month; a
 * time of day that the format does not ask for is 0, a month or day 1.
 * Returns 0, or -1 where the text does not fit the format or gives no year
 * from 1970 to 9999.
 */
int timeform_scan(struct slice text, const char *format, struct civil *c);

/* Checks a format itself: returns 0, or -1 and the letter not known. */
int timeform_check(const char *format, char *letter);

#endif
