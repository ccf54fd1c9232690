#ifndef INC_UTF8_H
#define INC_UTF8_H

#include <stdbool.h>

#include "slice.h"

/*
 * Whether all of s is UTF-8 (RFC 3629: no overlong forms, surrogates or values
 * over U+10FFFF), as fast as text is read.
 */
bool utf8_is_valid(struct slice s);

#endif
