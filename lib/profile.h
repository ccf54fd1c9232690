#ifndef INC_PROFILE_H
#define INC_PROFILE_H

#include <stdbool.h>
#include <stddef.h>

#include "dict.h"
#include "mem.h"
#include "slice.h"
#include "timeshape.h"

/*
 * What a column of an export looks like: how full it is, how many different
 * values it has, and of what kind they are.  Values are seen one by one, and
 * only so many are kept; the column's name is not looked at.
 */

enum profile_kind {
	PROFILE_EMPTY,
	PROFILE_TIME,
	PROFILE_CLOCK, /* a time of day alone */
	PROFILE_YES_NO,
	PROFILE_CODE, /* few values that come again and again */
	PROFILE_IDENTIFIER,
	PROFILE_NUMBER, /* whole */
	PROFILE_DECIMAL,
	PROFILE_COMMA, /* a decimal number with a comma */
	PROFILE_TEXT,
};

/* Of the values that were looked at, how many are... */
struct profile_counts {
	size_t values;
	size_t whole, decimal, comma; /* numbers */
	size_t point_zero;            /* decimal, but for a .0 whole: 2127.0 */
	size_t yes_no;
	size_t words;             /* with a blank in them */
	size_t digits, letters;   /* with a digit, a letter in them */
	size_t mail, phone, ip;   /* addresses of persons or machines */
	size_t epoch_s, epoch_ms; /* whole numbers that can be times */
	size_t day_number;        /* numbers that can be a spreadsheet's days */
	size_t arrays;            /* of JSON */
	size_t exponent;          /* 1.01E+11: digits are lost */
	size_t grouped;           /* 3,87,16,91,111 */
	size_t error;             /* #REF! and the like, ##### */
	size_t ranked;            /* that start with a digit alone, or P and
				     one: 2 - High, P3 */
};

/* A value that is kept. */
struct profile_value {
	struct slice text; /* its first bytes; only of the first few values */
	size_t rows;
};

#define PROFILE_TEXTS 12 /* values whose texts are kept */
#define PROFILE_MARKS 14 /* texts that mean missing */

struct profile {
	/* For the caller to read. */
	size_t rows;
	size_t filled;              /* rows with a value */
	size_t mark[PROFILE_MARKS]; /* rows with each mark; not filled */
	struct profile_value *value;
	size_t n;                 /* different values that are kept */
	bool more;                /* there are more than those */
	size_t kept;              /* rows with a value that is kept */
	size_t shortest, longest; /* characters */
	struct profile_counts looked;
	struct timeshape times;

	/* Private. */
	size_t limit; /* of n */
	size_t cap;
	struct dict index;
	struct arena arena;
};

/*
 * Starts the profile of one of n columns, which share the memory: 32,768
 * values of up to 120 bytes in all, but 16 for each column at least.  Longer
 * values are told apart by their first 120 bytes.
 */
void profile_init(struct profile *p, size_t columns);

/* Sees the column's text in the next row. */
void profile_see(struct profile *p, struct slice text);

/* Of what kind the values are, as far as they tell. */
enum profile_kind profile_kind(const struct profile *p);

/* In how many rows a value stands, on the average of those kept; 0: none. */
double profile_repeats(const struct profile *p);

/* Whether nearly all values (looked at) are of a sort that was counted. */
bool profile_mostly(const struct profile *p, size_t count);

/* Whether the whole numbers were spoiled into floats: 2127.0. */
bool profile_is_floats(const struct profile *p);

/* The text of a mark that means missing; "" is blanks alone. */
struct slice profile_mark(size_t i);

void profile_release(struct profile *p);

#endif
