/*
 * A library to preload, which makes calls of a program fail:
 *
 *	INC_FAIL=CALL:N:HOW[,CALL:N:HOW...]
 *
 * The N-th CALL (from 1) fails with the error HOW, such as EIO; with KILL the
 * program dies before anything was done, and with STOP it stops, and the call
 * fails with EIO once it goes on; with PAUSE it is done then.  A CALL is one of
 *
 *	write      to a file other than standard output and standard error; what
 *	           goes into a pipe is left alone
 *	short      the same, but the call writes half of its bytes, and HOW is
 *	           what becomes of the rest: a disk that fills up
 *	output     a write to standard output
 *	open       for writing
 *	close      of what was opened so; it is closed all the same
 *	fdatasync, fsync, rename, ftruncate, flock, fchmod, mkdir, pwrite,
 *	unlink, futimens
 *
 * INC_CALLS=FILE: the name of each CALL (but short) is added to that file, as a
 * line, before it is made.  All others go through to the system, past what a
 * sanitizer puts between.
 *
 *	INC_CLOCK=SECONDS[,SECONDS...]
 *
 * The clock tells these times since 1970, one after the other, and the last one
 * from then on.
 *
 *	INC_HOSTNAME=NAME
 *
 * The host is called so.
 */
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <sys/utsname.h>
#include <time.h>
#include <unistd.h>

long syscall(long number, ...); /* POSIX has none */

static struct {
	const char *name;
	unsigned long n; /* calls so far */
} call[] = {{"write", 0}, {"short", 0}, {"output", 0}, {"open", 0},
    {"fdatasync", 0}, {"fsync", 0}, {"rename", 0}, {"ftruncate", 0},
    {"flock", 0}, {"close", 0}, {"fchmod", 0}, {"mkdir", 0}, {"pwrite", 0},
    {"unlink", 0}, {"futimens", 0}};

static const struct {
	const char *name;
	int number; /* of the error */
	int signal; /* that comes first, or 0 */
} how[] = {{"EIO", EIO, 0}, {"ENOSPC", ENOSPC, 0}, {"EDQUOT", EDQUOT, 0},
    {"EROFS", EROFS, 0}, {"EINTR", EINTR, 0}, {"KILL", EIO, SIGKILL},
    {"STOP", EIO, SIGSTOP}, {"PAUSE", 0, SIGSTOP}};

/*
 * Does what is said after "CALL:N:", if anything is.  Returns -1, or 0 where
 * the call is to be made.
 */
static int
fail(const char *name)
{
	if (name == NULL)
		return 0;
	for (size_t i = 0; i < sizeof how / sizeof *how; i++) {
		size_t n = strlen(how[i].name);

		if (strncmp(name, how[i].name, n) != 0)
			continue;
		if (how[i].signal != 0)
			raise(how[i].signal);
		errno = how[i].number;
		return how[i].number != 0 ? -1 : 0;
	}
	abort(); /* the test has it wrong */
}

/* The number of this call, counted by its name. */
static unsigned long
number_of(const char *name)
{
	for (size_t i = 0; i < sizeof call / sizeof *call; i++) {
		if (strcmp(call[i].name, name) == 0)
			return ++call[i].n;
	}
	abort();
}

/* Adds a line to INC_CALLS. */
static void
tell(const char *name)
{
	const char *path = getenv("INC_CALLS");
	char line[16];
	size_t n = strlen(name);
	long fd;

	if (path == NULL || strcmp(name, "short") == 0)
		return;
	memcpy(line, name, n);
	line[n] = '\n';
	fd = syscall(
	    SYS_openat, AT_FDCWD, path, O_WRONLY | O_APPEND | O_CREAT, 0600);
	if (fd < 0 || syscall(SYS_write, fd, line, n + 1) < 0)
		abort();
	syscall(SYS_close, fd);
}

/* What is to become of this call: text after "CALL:N:", or NULL. */
static const char *
fate(const char *name)
{
	unsigned long number = number_of(name);
	const char *p = getenv("INC_FAIL");

	tell(name);
	while (p != NULL && *p != '\0') {
		size_t n = strcspn(p, ":");
		bool ours = strncmp(p, name, n) == 0 && name[n] == '\0';
		char *end;

		if (p[n] != ':' || strtoul(p + n + 1, &end, 10) == 0 ||
		    *end != ':')
			abort();
		if (ours && strtoul(p + n + 1, NULL, 10) == number)
			return end + 1;
		p = strchr(end, ',');
		p += p != NULL;
	}
	return NULL;
}

/* Whether a write is to a file, and not to one of the standard ones. */
static bool
is_file(int fd)
{
	struct stat st;

	return fd > STDERR_FILENO &&
	    (fstat(fd, &st) < 0 || !S_ISFIFO(st.st_mode));
}

/* NOLINTBEGIN(readability-inconsistent-*): libc's names are reserved */
ssize_t
write(int fd, const void *p, size_t n)
{
	static const char *rest; /* what becomes of it, after a short one */
	const char *now = rest;

	rest = NULL;
	if (now == NULL && fd == STDOUT_FILENO)
		now = fate("output");
	if (now == NULL && is_file(fd))
		now = fate("write");
	if (fail(now) < 0)
		return -1;
	if (is_file(fd) && (rest = fate("short")) != NULL)
		n /= 2;
	return syscall(SYS_write, fd, p, n);
}

ssize_t
pwrite(int fd, const void *p, size_t n, off_t at)
{
	return fail(fate("pwrite")) < 0 ? -1
					: syscall(SYS_pwrite64, fd, p, n, at);
}

int
open(const char *path, int flags, ...)
{
	const char *now = (flags & O_ACCMODE) != O_RDONLY ? fate("open") : NULL;
	mode_t mode = 0;
	va_list ap;

	if (fail(now) < 0)
		return -1;
	va_start(ap, flags);
	if ((flags & O_CREAT) != 0)
		mode = va_arg(ap, mode_t);
	va_end(ap);
	return (int)syscall(SYS_openat, AT_FDCWD, path, flags, mode);
}

int
fdatasync(int fd)
{
	return fail(fate("fdatasync")) < 0 ? -1
					   : (int)syscall(SYS_fdatasync, fd);
}

int
fsync(int fd)
{
	return fail(fate("fsync")) < 0 ? -1 : (int)syscall(SYS_fsync, fd);
}

int
rename(const char *from, const char *to)
{
	return fail(fate("rename")) < 0
	    ? -1
	    : (int)syscall(SYS_renameat2, AT_FDCWD, from, AT_FDCWD, to, 0);
}

int
ftruncate(int fd, off_t size)
{
	return fail(fate("ftruncate")) < 0
	    ? -1
	    : (int)syscall(SYS_ftruncate, fd, size);
}

int
flock(int fd, int operation)
{
	return fail(fate("flock")) < 0 ? -1
				       : (int)syscall(SYS_flock, fd, operation);
}

int
close(int fd)
{
	long flags = fd > STDERR_FILENO ? syscall(SYS_fcntl, fd, F_GETFL) : -1;
	const char *now = flags >= 0 && (flags & O_ACCMODE) != O_RDONLY
	    ? fate("close")
	    : NULL;
	int result = (int)syscall(SYS_close, fd);

	return now != NULL ? fail(now) : result;
}

int
fchmod(int fd, mode_t mode)
{
	const char *now = fate("fchmod");

	return now != NULL ? fail(now) : (int)syscall(SYS_fchmod, fd, mode);
}

int
mkdir(const char *path, mode_t mode)
{
	const char *now = fate("mkdir");

	return now != NULL ? fail(now)
			   : (int)syscall(SYS_mkdirat, AT_FDCWD, path, mode);
}

int
unlink(const char *path)
{
	return fail(fate("unlink")) < 0
	    ? -1
	    : (int)syscall(SYS_unlinkat, AT_FDCWD, path, 0);
}

int
futimens(int fd, const struct timespec t[2])
{
	return fail(fate("futimens")) < 0
	    ? -1
	    : (int)syscall(SYS_utimensat, fd, NULL, t, 0);
}

int
clock_gettime(clockid_t clock, struct timespec *t)
{
	static const char *next;
	const char *now = getenv("INC_CLOCK");
	char *end;

	if (clock != CLOCK_REALTIME || now == NULL)
		return (int)syscall(SYS_clock_gettime, clock, t);
	if (next == NULL)
		next = now;
	t->tv_sec = strtol(next, &end, 10);
	t->tv_nsec = 0;
	if (*end == ',')
		next = end + 1;
	return 0;
}

int
uname(struct utsname *host)
{
	const char *name = getenv("INC_HOSTNAME");
	size_t n = name != NULL ? strlen(name) : 0;

	if (syscall(SYS_uname, host) < 0)
		return -1;
	if (n >= sizeof host->nodename)
		abort();
	if (name != NULL)
		memcpy(host->nodename, name, n + 1);
	return 0;
}
/* NOLINTEND(readability-inconsistent-*) */
