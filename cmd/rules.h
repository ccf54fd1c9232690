#ifndef INC_RULES_H
#define INC_RULES_H

#include <stddef.h>

#include "fault.h"

/*
 * What all programs that go by rules say of records in the same words.
 */

/* A search hit its limit at this record, so its rule is not met: status 3. */
void rules_say_limit(const struct fault *fault, const char *file, size_t line);

/* A notice that conditions and clocks found n values unreadable, if n > 0. */
void rules_say_unreadable(unsigned long long n);

#endif
