#ifndef INC_IMPORT_GUESS_H
#define INC_IMPORT_GUESS_H

#include <stddef.h>

#include "options.h"
#include "sheet.h"

/*
 * inc-import --guess: prints what is in an export, a row for each column, and
 * says what a person has to decide; with a path for map, writes a draft of a
 * map there.  Says what goes wrong.  Returns the exit status.
 */
int import_guess(const struct options *options, const struct sheet_form *form,
    char *const *operands, size_t n, const char *map);

#endif
