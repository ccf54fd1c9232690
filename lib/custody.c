#include "custody.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_OWN 0600   /* mode of a file */
#define FILE_GROUP 0060 /* of that, what goes by the directory */

int
custody_set(const char *dir, struct custody c, struct fault *f)
{
	/* The mode comes last: a change of the group may take bits of it. */
	if ((c.mode & S_ISGID) != 0 && chown(dir, (uid_t)-1, c.group) < 0)
		return fault_errno(f, "give to the group", dir);
	if (chmod(dir, c.mode) < 0)
		return fault_errno(f, "set the mode of", dir);
	return 0;
}

bool
custody_is(const char *dir, struct custody c)
{
	struct stat st;

	return stat(dir, &st) == 0 && (st.st_mode & 07777) == c.mode &&
	    ((c.mode & S_ISGID) == 0 || st.st_gid == c.group);
}

/* The mode of a file in a directory. */
static mode_t
mode_in(const struct stat *dir)
{
	if ((dir->st_mode & S_ISGID) == 0)
		return FILE_OWN;
	return FILE_OWN | (dir->st_mode & FILE_GROUP);
}

/* Makes a file that is not there.  Returns the descriptor, or -1 and errno. */
static int
make(const char *path, int flags, const struct stat *dir)
{
	int fd = open(path, flags | O_CREAT | O_EXCL, mode_in(dir));
	struct stat own;
	int why;

	if (fd < 0)
		return -1;
	/* Only root may, and nobody else has to: a failure is none. */
	if (fstat(fd, &own) == 0 && own.st_uid != dir->st_uid)
		(void)!fchown(fd, dir->st_uid, (gid_t)-1);
	if (fchmod(fd, mode_in(dir)) == 0)
		return fd;
	why = errno;
	close(fd);
	unlink(path);
	errno = why;
	return -1;
}

int
custody_open(const char *dir, const char *path, int flags, struct fault *f)
{
	int found = (flags & O_EXCL) == 0;
	struct stat st;
	int fd = -1;

	if (found && (fd = open(path, flags | CUSTODY_FLAGS)) >= 0)
		return fd;
	if (found && errno != ENOENT)
		return fault_errno(f, "open", path);
	if (stat(dir, &st) < 0)
		return fault_errno(f, "create", path);
	fd = make(path, flags, &st);
	if (fd < 0 && errno == EEXIST && found) /* by another, meanwhile */
		fd = open(path, flags | CUSTODY_FLAGS);
	return fd < 0 ? fault_errno(f, "create", path) : fd;
}

int
custody_keep(int fd, const char *path, const char *old, struct fault *f)
{
	struct stat was, own;
	bool kept;

	if (stat(old, &was) < 0)
		return errno == ENOENT ? 0 : fault_errno(f, "open", old);
	if (fstat(fd, &own) < 0)
		return fault_errno(f, "open", path);
	kept = (own.st_uid == was.st_uid && own.st_gid == was.st_gid) ||
	    fchown(fd, was.st_uid, was.st_gid) == 0;
	/* What all of a group write to is nobody's in particular. */
	if (!kept && (was.st_mode & FILE_GROUP) == FILE_GROUP)
		kept = own.st_gid == was.st_gid ||
		    fchown(fd, (uid_t)-1, was.st_gid) == 0;
	if (!kept || fchmod(fd, was.st_mode & 07777) < 0)
		return fault_errno(f, "keep the owner and mode of", old);
	return 0;
}
