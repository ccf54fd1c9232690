#ifndef INC_CUSTODY_H
#define INC_CUSTODY_H

#include <fcntl.h>
#include <stdbool.h>
#include <sys/types.h>

#include "fault.h"

/*
 * Whose files are, and who may read and write them, whoever makes them and
 * under whatever umask.  A directory is for its owner alone (0700), or shared
 * with a group: then it has the set-group-ID bit, by which the system gives all
 * that is made in it to that group.  A file follows its directory: it is read
 * and written by those who may list the directory and add to it; by others
 * never.
 */
struct custody {
	mode_t mode; /* of a directory */
	gid_t group; /* that it is shared with, if it is */
};

#define CUSTODY_OWN ((struct custody){0700, 0})
#define CUSTODY_READ(group) ((struct custody){02750, (group)})
#define CUSTODY_SHARED(group) ((struct custody){02770, (group)})

/*
 * Flags with which the files of such a directory are opened: not through a
 * link, by which who may write there would have others (root) write elsewhere,
 * and without waiting, should one be a pipe.
 */
#define CUSTODY_FLAGS (O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)

/*
 * Gives a directory that was just made to whom it is for.  Returns 0, or -1 and
 * the fault.
 */
int custody_set(const char *dir, struct custody c, struct fault *f);

/* Whether a directory that is there is so shared. */
bool custody_is(const char *dir, struct custody c);

/*
 * Opens a file in a directory, path being its whole name, as open(2) does with
 * these flags; where it is not there it is made, and follows the directory.
 * Made by root, it is the owner's of the directory, who could not go on with it
 * else.  With O_EXCL it must not be there; a symbolic link is never
 * followed.  Returns the descriptor, or -1 and the fault.
 */
int custody_open(const char *dir, const char *path, int flags, struct fault *f);

/*
 * Gives an open file, called path, the mode and the group of the one that it is
 * to replace, and its owner where that is allowed or the group does not need
 * it.  Where old is not there, nothing is done.  Returns 0, or -1 and the
 * fault.
 */
int custody_keep(int fd, const char *path, const char *old, struct fault *f);

#endif
