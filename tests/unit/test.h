#ifndef INC_TEST_H
#define INC_TEST_H

#include <stdio.h>
#include <string.h>

#include "slice.h"

/*
 * Unit tests: a test is a function named as a sentence; CHECK counts and
 * says where it failed.  Each program ends with "return test_done();" and
 * prints "ok NAME" or "not ok NAME" for each test.
 */
static int test_failed, test_now;

#define CHECK(cond)                                                         \
	do {                                                                \
		if (!(cond)) {                                              \
			printf("# %s:%d: %s\n", __FILE__, __LINE__, #cond); \
			test_now = 1;                                       \
		}                                                           \
	} while (0)

/* Checks that a slice holds the given text, and shows both where not. */
#define CHECK_SLICE(got, want)                                                 \
	do {                                                                   \
		struct slice test_s = (got);                                   \
		const char *test_w = (want);                                   \
		if (test_s.n != strlen(test_w) ||                              \
		    (test_s.n > 0 &&                                           \
			memcmp(test_s.p, test_w, test_s.n) != 0)) {            \
			printf("# %s:%d: got '%.*s', wanted '%s'\n", __FILE__, \
			    __LINE__, SLICE_ARG(test_s), test_w);              \
			test_now = 1;                                          \
		}                                                              \
	} while (0)

/* Runs one test function and prints its line. */
#define RUN(name)                                                     \
	do {                                                          \
		test_now = 0;                                         \
		name();                                               \
		printf("%s %s\n", test_now ? "not ok" : "ok", #name); \
		test_failed += test_now;                              \
	} while (0)

static inline int
test_done(void)
{
	return test_failed > 0;
}

#endif
