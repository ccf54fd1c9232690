#ifndef INC_FINDING_H
#define INC_FINDING_H

#include <stddef.h>

#include "catalogue.h"
#include "fault.h"
#include "mem.h"
#include "slice.h"

/*
 * What was found in procedures, each with its kind and its place.
 */
struct finding {
	const struct catalogue_entry *kind;
	struct place where;
	struct slice text; /* lower case, no full stop, as a fault's reason */
};

/* So many of one code are kept: more than loading alone can have. */
#define FINDINGS_MOST ((size_t)2 * FAULTS_MOST)

/* All zero is none. */
struct findings {
	struct finding *finding;
	size_t n, cap;
	size_t of[CATALOGUE_CODES]; /* how many there were of each code */
	/* By level; set by findings_sort(). */
	size_t count[CATALOGUE_ERROR + 1];
	struct arena arena;
};

/* Adds one; the file's name is copied. */
void findings_add(struct findings *all, enum catalogue_code code,
    struct place where, const char *fmt, ...)
    __attribute__((format(printf, 4, 5)));

/* Adds a fault, in its place or, where it has none, in `where`. */
void findings_add_fault(struct findings *all, enum catalogue_code code,
    struct place where, const struct fault *f);

/* Sorts by place, then code; what is there twice is left out; counts. */
void findings_sort(struct findings *all);

void findings_release(struct findings *all);

#endif
