#ifndef INC_IMPORT_ROWS_H
#define INC_IMPORT_ROWS_H

#include <stddef.h>

#include "map.h"
#include "pack.h"
#include "sheet.h"
#include "stamp.h"
#include "station.h"

/*
 * An import at work.
 */
struct import {
	struct pack pack; /* its zone is that of a map's rows without one */
	struct map *map;  /* bound to the columns of the sheet */
	struct sheet sheet;
	struct station station;
	struct stamp now;
};

/* Says, where something was not UTF-8 and had to be, what names another. */
void import_say_encoding(const struct sheet *s);

/*
 * Maps all records, by so many workers, and says, a line for each column, what
 * could not be read as it should.
 */
void import_rows(struct import *w, size_t jobs);

#endif
