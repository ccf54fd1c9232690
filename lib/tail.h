#ifndef INC_TAIL_H
#define INC_TAIL_H

#include <sys/types.h>

#include "buf.h"
#include "fault.h"

/*
 * The end of a file to which lines are added, and its torn tail: what a writer
 * left that stopped in the middle of one.  That is no line, but may be all that
 * there is of what somebody sent, so it is kept aside.
 */

/*
 * Cuts a torn tail off the file dir/name and keeps it, with a line end, at the
 * end of dir/name.torn; both are on disk then, and *notice says so
 * in a line for the caller to print.  A file that ends with a line, or is
 * empty, is left as it is, and so is *notice.  Nobody else may write
 * meanwhile.  Returns 0, or -1 and the fault; the tail may then be in both.
 */
int tail_cut(
    const char *dir, const char *name, struct buf *notice, struct fault *f);

/*
 * Leaves in *line the last whole line of an open file, called path in
 * messages, or of its first most bytes where it has more.  The line end is left
 * out, and what is torn after it passed over.  Returns 1, 0 where there is
 * none, or -1 and the fault.
 */
int tail_line(
    int fd, off_t most, const char *path, struct buf *line, struct fault *f);

#endif
