#ifndef INC_PACK_H
#define INC_PACK_H

#include <stddef.h>

#include "columns.h"
#include "fault.h"
#include "mem.h"
#include "slice.h"
#include "table.h"
#include "zone.h"

/*
 * A pack of procedures: directories of tables, sought in order, the first
 * that has a table wins.  inc-procedures(7).
 */
struct pack {
	const char **dir; /* the search path, resolved */
	size_t n;
	struct slice name, version, id_prefix, language; /* of pack.tsv */
	struct slice rules;   /* "name version", for the column rules */
	struct zone *zone;    /* the pack's, never NULL */
	struct columns known; /* inc's own columns and those of fields */
	struct table *tables; /* private: what was loaded, linked */
	struct arena arena;
};

/*
 * Opens the packs of a colon-separated path of directories or names of shipped
 * packs (in share/procedures), reads pack and fields.  share is the shipped
 * data's directory (files_share()).  Returns 0, or -1 and the fault.
 * p must be all zero.
 */
int pack_open(
    struct pack *p, const char *path, const char *share, struct fault *f);

/*
 * The table of a name ("triage"), loaded at its first use and owned by the
 * pack.  Returns 1 and *t, 0 where no directory has it, -1 and the fault.
 */
int pack_table(
    struct pack *p, const char *name, struct table **t, struct fault *f);

/*
 * The path of another file ("wording/sms/new.txt") in the first directory
 * that has it, owned by the pack; NULL where none has it.  name may hold only
 * letters, digits, '-', '_', '/' and single dots, so data can't climb out.
 */
const char *pack_file(struct pack *p, const char *name);

void pack_release(struct pack *p);

#endif
