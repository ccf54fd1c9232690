#ifndef INC_MAPRULE_H
#define INC_MAPRULE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "columns.h"
#include "fault.h"
#include "mem.h"
#include "moment.h"
#include "pattern.h"
#include "slice.h"
#include "table.h"
#include "template.h"
#include "when.h"
#include "zone.h"

/*
 * A row of an import map: where a field's value comes from and what is made of
 * it.  inc-import(1), "Maps".
 */

/* A column of the export that a map names. */
struct mapwant {
	struct place where; /* where it does so first */
	bool needed;        /* not only an alternative */
	bool identifies;    /* the field id is made of it */
	bool in_from;
	bool in_when;
	size_t index; /* its place in the export, or MAPWANT_NOWHERE */
};

#define MAPWANT_NOWHERE SIZE_MAX

/* All of them.  All zero is empty. */
struct mapwants {
	struct columns name;
	struct mapwant *want; /* as many */
	size_t cap;
};

/* The want of a name, added where it is not there. */
struct mapwant *mapwants_add(
    struct mapwants *w, struct slice name, struct place where);

/* Whether a name is a column's number, from 1: then sets it. */
bool mapwant_number(struct slice name, size_t *number);

void mapwants_release(struct mapwants *w);

struct maprule {
	struct table_row *row;
	struct slice name;     /* of the field that it sets */
	size_t field;          /* for the map: the field's place */
	struct maprule *next;  /* for the map: the field's next rule */
	struct when *when;     /* NULL: always holds */
	struct template *from; /* none, one, or the parts of a digest; for
				  the map: index of a slot is its column's */
	size_t nfrom;
	struct pattern *capture; /* or NULL */
	struct slice capture_text;
	struct place capture_at;
	struct template value; /* over its groups: index is the group */
	struct slice constant; /* value without capture, as text */
	struct moment_form form;
	bool digests;
	bool has_value;
	bool is_time;
	bool copies; /* it gives a cell as it stands */
	bool sole; /* for the map: no rule takes its columns but by a capture */
};

/* What reading needs and adds to. */
struct maprule_reader {
	struct arena *arena;
	struct mapwants *wants;
	struct zones *zones;
	const struct zone *zone; /* of rows that name none; NULL: UTC */
};

/*
 * Reads a row; everything in it is checked.  r must be all zero, and is to be
 * released either way; it points into the table and the arena.  Returns 0, or
 * -1 and the fault.
 */
int maprule_read(struct maprule *r, struct table_row *row,
    struct maprule_reader *reader, struct fault *f);

void maprule_release(struct maprule *r);

/*
 * Whether the rule takes what its columns hold, whole or in part; a capture
 * with a constant only looks.
 */
bool maprule_takes(const struct maprule *r);

/* Calls see for every slot of from. */
void maprule_columns(const struct maprule *r,
    void (*see)(void *ctx, struct template_piece *slot), void *ctx);

#endif
