#ifndef INC_PACK_H
#define INC_PACK_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
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
	struct slice id_prefix, language; /* of pack.tsv */
	struct slice rules;   /* "name version", for the column rules; of
				 several directories joined by " + " */
	struct zone *zone;    /* the pack's, never NULL */
	struct columns known; /* inc's own columns and those of fields */
	struct table *tables; /* private: what was loaded, linked */
	struct arena arena;
};

/*
 * Opens the packs of a colon-separated path, reads pack and fields.  A part
 * that names a directory, or has a slash, is a directory; any other is a
 * shipped pack, a directory of that name in share/procedures.  share is the
 * shipped data's directory.  Of the table pack the name is needed, in letters,
 * digits, '.', '-' and '_', as are version and id_prefix; an empty zone is
 * UTC; a language is a tag such as en-GB.  A directory without any table is a
 * fault, and so is a file in one that was meant as a table and counts for
 * nothing.  p must be all zero.  Returns 0, or -1 and the fault, with nothing
 * left to release.  Where f keeps faults, only a path that leads nowhere is
 * refused, and the rest is opened as far as it can be.
 */
int pack_open(
    struct pack *p, const char *path, const char *share, struct fault *f);

/*
 * The table of a name ("triage"), loaded at its first use and owned by the
 * pack.  NAME.tsv and NAME.csv in one directory are a fault.  Its columns are
 * checked against the schema.  Returns 1 and *t, 0 where no directory has it,
 * -1 and the fault.
 */
int pack_table(
    struct pack *p, const char *name, struct table **t, struct fault *f);

/*
 * The same for a table that must be there and have a row: 0 and *t, or -1 and
 * the fault, which says where it was sought.
 */
int pack_table_needed(
    struct pack *p, const char *name, struct table **t, struct fault *f);

/*
 * The same for a table that a file of another path has the place of, which is
 * read once: it may be a pipe.  Returns 0, or -1 and the fault.
 */
int pack_table_at(struct pack *p, const char *name, const char *path,
    struct table **t, struct fault *f);

/*
 * Whether a table stands in the first directory, so that it speaks of this
 * pack and not of one that stands behind it.
 */
bool pack_is_own(const struct pack *p, const struct table *t);

/*
 * Sets *path to that of another file ("wording/sms/new.txt") in the first
 * directory that has it, and returns whether one has.  name may hold only
 * letters, digits, '-', '_', '/' and single dots, so data can't climb out.
 */
bool pack_find(const struct pack *p, const char *name, struct buf *path);

/* The same as a text that the pack keeps as long as it is open, or NULL. */
const char *pack_file(struct pack *p, const char *name);

/*
 * Adds the names of all files in a directory ("wording/sms") of any of the
 * packs, each once, sorted in each pack.  dir is as name above; one that is
 * not there adds none.  Returns 0, or -1 and the fault.
 */
int pack_names(
    struct pack *p, const char *dir, struct columns *names, struct fault *f);

/*
 * Adds the outputs of the tree triage to what is known, so that a rule may
 * name one before any record has it.  Returns 0, or -1 and the fault.
 */
int pack_learn_outputs(struct pack *p, struct fault *f);

/* Frees everything; p is all zero then and may be opened again. */
void pack_release(struct pack *p);

#endif
