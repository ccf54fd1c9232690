#ifndef INC_PATTERN_H
#define INC_PATTERN_H

#include <stddef.h>
#include <stdint.h>

#include "fault.h"
#include "slice.h"

/*
 * A regular expression (PCRE2 with UTF and Unicode properties, always by its
 * JIT compiler) with limits that no text and no pattern can pass: a search
 * ends within a fraction of a second or says that it did not.
 */
struct pattern;

/* What a search needs beside the pattern; one for each thread. */
struct pattern_scratch;

enum {
	PATTERN_LIMIT = -1, /* a limit was hit: neither yes nor no */
	PATTERN_NO = 0,
	PATTERN_YES = 1,
};

/*
 * Compiles body with flags, any of the letters i m s x (PCRE2's CASELESS,
 * MULTILINE, DOTALL, EXTENDED).  Returns NULL and the fault, whose column is
 * where.column plus the offset of the error.
 */
struct pattern *pattern_new(
    struct slice body, struct slice flags, struct place where, struct fault *f);

void pattern_free(struct pattern *p);

struct pattern_scratch *pattern_scratch_new(void);
void pattern_scratch_free(struct pattern_scratch *s);

/* Whether text holds a match: PATTERN_YES, PATTERN_NO or PATTERN_LIMIT. */
int pattern_match(const struct pattern *p, struct slice text,
    struct pattern_scratch *scratch);

/* The number of capture groups; group 0, the whole match, is not counted. */
size_t pattern_groups(const struct pattern *p);

/*
 * A group of the last match by this scratch, as a view of its text; empty
 * where the group took no part.  Group 0 is the whole match.
 */
struct slice pattern_group(const struct pattern_scratch *scratch, size_t group);

#endif
