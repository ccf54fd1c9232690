#ifndef INC_TEST_TIMES_H
#define INC_TEST_TIMES_H

#include "stamp.h"
#include "test.h"

/* The instant that a text names. */
static inline struct stamp
at(const char *text)
{
	struct stamp t = {0, 0};

	CHECK(stamp_parse(slice_of(text), &t) == 0);
	return t;
}

#endif
