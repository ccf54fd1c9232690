#ifndef INC_CATALOGUE_H
#define INC_CATALOGUE_H

#include <stddef.h>

#include "slice.h"

/*
 * What can be found in procedures: each kind has a code, INC101, that never
 * means anything else.  A kind that is given up leaves a gap.  inc-check(1)
 * lists them.
 */
enum catalogue_level {
	CATALOGUE_NOTE,    /* good to know */
	CATALOGUE_WARNING, /* probably a mistake */
	CATALOGUE_ERROR,   /* programs refuse it, or do what nobody wants */
};

#define CATALOGUE_CODES 1000 /* every code is less */

/* The numbers of the codes. */
enum catalogue_code {
	/* What programs refuse as they load a table: by its table. */
	FOUND_PACK = 100,
	FOUND_PACK_TABLE = 101,
	FOUND_FIELDS = 111,
	FOUND_CODES = 121,
	FOUND_TRIAGE = 131,
	FOUND_CALL = 141,
	FOUND_TARGETS = 151,
	FOUND_CALENDARS = 161,
	FOUND_HOLIDAYS = 171,
	FOUND_ESCALATION = 201,
	FOUND_LEVELS = 211,
	FOUND_ROUTES = 221,
	FOUND_DIRECTORY = 231,
	FOUND_ROSTER = 241,
	FOUND_CHANNELS = 251,
	FOUND_WORDING = 261,
	FOUND_SERVICES = 301,
	FOUND_ADVICE = 311,
	FOUND_RESOURCES = 321,
	FOUND_RESPONSE = 331,
	FOUND_REGULATIONS = 341,
	FOUND_CASES = 601,
	/* What a table says that can't be meant. */
	FOUND_NO_TABLE = 102,
	FOUND_CODED = 122,
	FOUND_OUTPUT = 132,
	FOUND_HASTE = 152,
	FOUND_NEVER_CROSSED = 202,
	FOUND_NO_TIME = 203,
	FOUND_LATE = 204,
	FOUND_NO_ROLE = 212,
	FOUND_NO_MEDIUM = 222,
	FOUND_NO_WORDS = 223,
	FOUND_NO_ADDRESS = 232,
	FOUND_GAP = 242,
	FOUND_STRANGER = 243,
	FOUND_NO_COMMAND = 252,
	FOUND_TOO_LONG = 262,
	FOUND_UNSAID = 263,
	FOUND_OVERDUE = 312,
	/* Conditions and rows of any table. */
	FOUND_NEVER_HOLDS = 401,
	FOUND_SHADOWED = 402,
	FOUND_COVERED = 403,
	FOUND_VALUE = 404,
	FOUND_UNCOMPARED = 405,
	FOUND_ALWAYS_HOLDS = 406,
	FOUND_DRAG = 407,
	/* What spreadsheets do. */
	FOUND_ZERO = 501,
	FOUND_DATE = 502,
	FOUND_QUOTES = 503,
	FOUND_FORMULA = 504,
	FOUND_MARK = 505,
	FOUND_EXPONENT = 506,
	/* What cases show. */
	FOUND_CASE_FAILED = 602,
	FOUND_CASE_REPORT = 603,
	FOUND_CASE_REMARK = 604,
	FOUND_NO_CASE = 605,
};

struct catalogue_entry {
	enum catalogue_code code;
	enum catalogue_level level;
	const char *title;   /* a few words */
	const char *explain; /* what it means, why it matters, what to do */
};

/* All kinds, by code. */
const struct catalogue_entry *catalogue(size_t *n);

/* The kind of a code, which is one of the catalogue. */
const struct catalogue_entry *catalogue_entry(enum catalogue_code code);

/* The kind that a text such as "INC101" names, in any case, or "101"; NULL:
   none. */
const struct catalogue_entry *catalogue_find(struct slice name);

/* The code of what is wrong in a table of this name as it is loaded. */
enum catalogue_code catalogue_of_table(struct slice table);

/* "error", "warning", "note" */
const char *catalogue_level_name(enum catalogue_level level);

#endif
