#ifndef INC_IMPORT_REPORT_H
#define INC_IMPORT_REPORT_H

#include "guess.h"
#include "options.h"

/*
 * Prints what was guessed, a row for each column: a stream, or a table that
 * fits the terminal.  Returns 0, or -1 after saying why.
 */
int import_report(const struct guess *g, const struct options *options);

#endif
