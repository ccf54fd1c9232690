#ifndef INC_SEGMENT_H
#define INC_SEGMENT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>

#include "buf.h"
#include "columns.h"
#include "extents.h"
#include "fault.h"
#include "slice.h"
#include "stream.h"

/*
 * The files that a log is made of: inc-log(5), FILES.  A segment is a stream
 * called by the number of its first entry, SEQ.tsv, in a fixed number of
 * digits, so that names stand in the order of numbers.  The same columns stand
 * first and last in all of them; its own, those of the incidents, stand
 * between.
 */
#define SEGMENT_FIRST 7 /* seq at by source event id updated */
#define SEGMENT_LAST 4  /* why rules nonces chain */

/* Adds the name of the segment that begins with entry seq. */
void segment_name(struct buf *name, uint64_t seq);

/* Adds the name of its index: index.h. */
void segment_index_name(struct buf *name, uint64_t seq);

/*
 * Whether a name (without its directory) is that of a segment; then *seq is
 * the number of its first entry.
 */
bool segment_number(struct slice name, uint64_t *seq);

/* The name in the path of a segment, a view of it; "" where it has none. */
struct slice segment_of(struct slice path);

/*
 * Leaves in *name the name of the segment of a directory that comes next after
 * another one's (after "": the first), or of the last of all, or of that in
 * which entry seq stands, if it is there.  Returns 1; 0 and an empty *name
 * where there is none; -1 and the fault where the directory can't be read.
 * after must not be a view of *name.
 */
int segment_next(
    const char *dir, struct slice after, struct buf *name, struct fault *f);
int segment_last(const char *dir, struct buf *name, struct fault *f);
int segment_with(
    const char *dir, uint64_t seq, struct buf *name, struct fault *f);

/*
 * Tells of each segment of a directory that begins before entry end, by the
 * number of its first entry, in any order.  Returns 0, or -1 and the fault.
 */
int segment_each(const char *path, uint64_t end,
    void (*see)(void *context, uint64_t first), void *context, struct fault *f);

/*
 * How many bytes the segments of a directory have together: 0, or -1 and the
 * fault.
 */
int segment_sizes(const char *dir, uint64_t *bytes, struct fault *f);

/* Adds the columns of a segment that has none of its own. */
void segment_columns(struct columns *c);

/* Whether columns are those of a segment. */
bool segment_has(const struct columns *c);

/*
 * Opens a segment by its path, which is borrowed, at its first row.  Returns 0;
 * or -1 and the fault, also where it is no regular file or has another header:
 * there is nothing to be released then.
 */
int segment_open(struct stream_reader *in, char *path, struct fault *f);

/* Where in its segment the row stands that was read last. */
struct extent segment_extent(const struct stream_reader *in);

/* Adds to *own those columns of a segment that are its own. */
void segment_own(const struct columns *c, struct columns *own);

/*
 * The place of `nonces` in the columns of a segment: what stands before it
 * goes into the chain, and `chain` itself comes next.
 */
size_t segment_nonces(const struct columns *c);

/*
 * Whether a name would be one column of a header line: it has no tab, no
 * line end and no NUL.
 */
bool segment_allows(struct slice column);

/* Adds the header line of a segment with these columns of its own. */
void segment_header(struct buf *out, const struct columns *own);

/* Whether an entry with this chain ends at an offset of an open segment. */
bool segment_has_end(int fd, off_t end, const char *chain);

/*
 * Takes a lock of the log in a directory, shared with other readers or alone,
 * for a descriptor.  Returns 1; 0 and a fault that says so where others held it
 * for wait_s seconds (INT64_MAX: waits however long); or -1 and the fault.
 */
int segment_lock(
    int fd, const char *dir, bool shared, int64_t wait_s, struct fault *f);

/*
 * Waits in the same way until no writer is at work in a log, and keeps writers
 * out, but no readers that do the same, until *fd is closed.  Where it returns
 * 0 or -1 there is no *fd.
 */
int segment_settle(const char *dir, int64_t wait_s, int *fd, struct fault *f);

#endif
