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
 *
 * A text of up to PATTERN_SHORT bytes is searched at full speed, under
 * PCRE2's match limit.  That limit is one for each place where a match may
 * start and counts no bytes, so it can't hold a search that is quadratic in
 * a long text.  A longer text is therefore searched by a second program of
 * the same pattern, made at its first use, that calls back between all parts
 * of the pattern: these calls are charged with the bytes that were passed
 * since the last, and the search ends when PATTERN_BUDGET is used up.  Both
 * limits count work, not time: the same search always ends the same way.
 *
 * Both programs are made when they are first needed: of a table's many
 * patterns most never are.
 */
struct pattern;

/* What a search needs beside the pattern; one for each thread. */
struct pattern_scratch;

enum {
	PATTERN_LIMIT = -1, /* a limit was hit: neither yes nor no */
	PATTERN_NO = 0,
	PATTERN_YES = 1,
};

#define PATTERN_MAX_BODY ((size_t)16 * 1024) /* bytes of a pattern */
#define PATTERN_MAX_NEST 100                 /* parentheses in each other */
#define PATTERN_SHORT ((size_t)1024)         /* bytes */
#define PATTERN_BUDGET UINT64_C(50000000)    /* bytes passed, 16 for a call */

/* A longer text is not searched: its answer is PATTERN_LIMIT. */
#define PATTERN_MAX_TEXT ((size_t)64 * 1024 * 1024)

/*
 * Checks body with flags, any of the letters i m s x (PCRE2's CASELESS,
 * MULTILINE, DOTALL, EXTENDED).  Returns NULL and the fault, whose column is
 * where.column plus the offset of the error; the flags are taken to stand one
 * byte after the body.
 */
struct pattern *pattern_new(
    struct slice body, struct slice flags, struct place where, struct fault *f);

void pattern_free(struct pattern *p);

/* A scratch, which serves for any pattern. */
struct pattern_scratch *pattern_scratch_new(void);
void pattern_scratch_free(struct pattern_scratch *s);

/*
 * Whether text holds a match: PATTERN_YES, PATTERN_NO or PATTERN_LIMIT.
 * Threads may search for one pattern at the same time, each with a scratch of
 * its own.  Bytes that are not UTF-8 match nothing.
 */
int pattern_match(const struct pattern *p, struct slice text,
    struct pattern_scratch *scratch);

/* What it was made of. */
struct slice pattern_body(const struct pattern *p);
struct slice pattern_flags(const struct pattern *p);

/* The number of capture groups; group 0, the whole match, is not counted. */
size_t pattern_groups(const struct pattern *p);

/*
 * A group of the last match by this scratch, as a view of its text; empty
 * where the group took no part.  Group 0 is the whole match.
 */
struct slice pattern_group(const struct pattern_scratch *scratch, size_t group);

#endif
