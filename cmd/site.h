#ifndef INC_SITE_H
#define INC_SITE_H

#include <stdint.h>
#include <sys/types.h>

#include "options.h"
#include "pack.h"

/*
 * Where this site keeps things: options, then INC_PROCEDURES, INC_LOG and
 * INC_SPOOL, then INC_HOME.  inc(7), ENVIRONMENT.
 */

/*
 * Opens the site's procedures.  Returns 1; 0 where none are named, after a
 * notice, for programs that need none; -1 after saying why.
 */
int site_pack(struct pack *p, const struct options *o);

/* The same for a program that can't work without: 0, or -1 after saying. */
int site_pack_needed(struct pack *p, const struct options *o);

/* The same, which keeps what is wrong in the pack's tables in *faults. */
int site_pack_faults(
    struct pack *p, const struct options *o, struct faults *faults);

/* Adds the name of the real user, else his number, as a field. */
void site_user(struct buf *out);

/* Finds a group by its name or number: 0, or -1 after saying why. */
int site_group(const char *name, gid_t *group);

/*
 * The directory of the log, or of the queue of messages, to be freed; or NULL
 * after saying the choices.
 */
char *site_log(const struct options *o);
char *site_spool(const struct options *o);

/*
 * The queue of messages that goes with a log, to be freed: where no option
 * names it, and where the log is not by an option of its own no variable, the
 * directory `spool` beside the log, as in a home.  NULL where none is there.
 */
char *site_spool_of(const struct options *o, const char *log);

/*
 * The home that the log is in, borrowed; NULL where none is named, or another
 * log is.
 */
const char *site_home(const struct options *o);

/*
 * How many bytes of entries fill a segment of the log, by INC_SEGMENT_BYTES; 0:
 * as many as the log itself says.  Ends the program where it is no number.
 */
uint64_t site_segment_bytes(void);

/* The directory of the program itself, to be freed; "." where not known. */
char *site_beside(void);

/*
 * The directory of the shipped data, to be freed: ../share/inc beside the
 * program, the source tree's share, else the compiled one.
 */
char *site_share(void);

#endif
