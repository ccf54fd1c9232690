#ifndef INC_MAP_H
#define INC_MAP_H

#include <stdbool.h>
#include <stddef.h>

#include "columns.h"
#include "fault.h"
#include "maprule.h"
#include "mapwhole.h"
#include "mem.h"
#include "slice.h"
#include "table.h"
#include "zone.h"

/*
 * Import maps: how the columns of an export become those of the stream.
 * inc-import(1), "Maps".  maprow.h makes the rows.
 */

/* The name of the column for values that can't be read as the map has it. */
#define MAP_UNREAD "unread"

struct map {
	struct table table;
	struct arena arena;
	struct maprule *rule;
	size_t n;               /* rules */
	struct columns fields;  /* that the rules set, as they come first */
	struct maprule **first; /* of each field, the others linked */
	size_t *copied;         /* after map_bind(): the column that a field
				   takes as it stands where that has a value,
				   or MAPWANT_NOWHERE */
	struct mapwhole whole;  /* what the rows of the field `*` say */
	struct mapwants wants;
	struct zones zones;
	const struct zone *zone; /* of rows that name none; NULL: UTC */
	bool reads_times;

	/* After map_bind(). */
	struct columns bound; /* the export's names, then aliases: what
				 conditions are tested on */
	size_t n_in;          /* columns of the export, once joined */
	size_t *alias;        /* the column that each alias stands for */
	struct columns lacks; /* needed names that are not there */
	struct columns out;   /* of the stream: fields, kept, unread */
	size_t *kept;         /* of those columns */
	size_t n_kept;
	size_t unread; /* MAP_UNREAD in out, or MAPWANT_NOWHERE */
};

/*
 * Loads a map; map_read() reads it from a text in TSV, called path in
 * messages.  Conditions, patterns, templates, formats and zones are all
 * checked.  zone, which must outlive the map, is that of rows that name none;
 * NULL: UTC.  Returns NULL and the fault.
 */
struct map *map_load(
    const char *path, const struct zone *zone, struct fault *f);
struct map *map_read(const char *path, struct slice text,
    const struct zone *zone, struct fault *f);

void map_free(struct map *m);

/* Whether every `from` is by number, so that exports have no header. */
bool map_is_headless(const struct map *m);

/* Whether any column is picked by number, so that names may come twice. */
bool map_picks_by_number(const struct map *m);

/*
 * Binds the map to an export's n column names (borrowed), of which none may
 * come twice save where they are joined or columns are picked by number.  where
 * is the header's place.  An export that has none of the columns that the map
 * names, or that lacks one picked by number, is a fault.  Call once.  Then
 *
 * m->lacks is the names that the export lacks, in the map's order; not those
 * of a field with more than one row that always holds, as they are
 * alternatives;
 *
 * m->out is the columns of the stream: the map's fields, the export's columns
 * that no `from` takes (or only one after a row that always holds), and
 * MAP_UNREAD where the map reads times, or what only a capture keeps.
 *
 * An export without a record (n == 0) has no names, and lacks none.
 *
 * Returns 0, or -1 and the fault.
 */
int map_bind(struct map *m, const struct slice *name, size_t n,
    struct place where, struct fault *f);

#endif
