#include "command.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <unistd.h>

#include "buf.h"
#include "files.h"
#include "mem.h"

#define INHERITED_MOST 65536 /* no shell hands down a descriptor past it */

/*
 * Has a descriptor closed in commands, and moves it past the standard ones,
 * should the program have those closed.  Returns it, or -1.
 */
static int
set_apart(int fd)
{
	int above;

	if (fd < 0)
		return -1;
	if (fd > STDERR_FILENO && fcntl(fd, F_SETFD, FD_CLOEXEC) == 0)
		return fd;
	above = fcntl(fd, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
	close(fd);
	return above;
}

/*
 * A file without a name that holds text, to be read.  Returns it, or -1.  It is
 * not opened by its name again, which may be gone: in a spool others remove
 * what seems left over.
 */
static int
input_of(const char *tmp, struct slice text, struct fault *f)
{
	struct buf name = {0};
	int fd;

	buf_addf(&name, "%s/input.XXXXXX", tmp);
	buf_str(&name);
	fd = set_apart(mkstemp(name.p));
	if (fd < 0)
		fault_errno(f, "create", name.p);
	else
		unlink(name.p);
	if (fd >= 0 &&
	    (file_write(fd, text, name.p, f) < 0 ||
		lseek(fd, 0, SEEK_SET) < 0)) {
		close(fd);
		fd = -1;
	}
	buf_release(&name);
	return fd;
}

/* A pipe, the end to be read of which never waits.  Returns 0 or -1. */
static int
open_pipe(int *reader, int *writer, struct fault *f)
{
	int ends[2];

	if (pipe(ends) < 0)
		return fault_errno(f, "open", "a pipe");
	*reader = set_apart(ends[0]);
	*writer = set_apart(ends[1]);
	if (*reader >= 0 && *writer >= 0 &&
	    fcntl(*reader, F_SETFL, O_NONBLOCK) == 0)
		return 0;
	return fault_errno(f, "open", "a pipe");
}

/* Whether a string NAME=VALUE has the name of one of others. */
static bool
is_among(const char *s, char *const *others)
{
	size_t n = strcspn(s, "=");

	for (; *others != NULL; others++) {
		if (strncmp(s, *others, n) == 0 && (*others)[n] == '=')
			return true;
	}
	return false;
}

/*
 * own, and those of envp that own has not: of two that have one name some
 * shells take the first and some the last.  To be freed.
 */
static char **
environment(char *const *own, char *const *envp)
{
	size_t n = 0, most = 1;
	char **all;

	for (char *const *s = own; *s != NULL; s++)
		most++;
	for (char *const *s = envp; *s != NULL; s++)
		most++;
	all = mem_new(most, sizeof *all);
	for (char *const *s = own; *s != NULL; s++)
		all[n++] = *s;
	for (char *const *s = envp; *s != NULL; s++) {
		if (!is_among(*s, own))
			all[n++] = *s;
	}
	return all;
}

static void
set_attributes(posix_spawnattr_t *attr)
{
	sigset_t all, none;

	sigfillset(&all);
	sigemptyset(&none);
	posix_spawnattr_setsigdefault(attr, &all);
	posix_spawnattr_setsigmask(attr, &none);
	posix_spawnattr_setpgroup(attr, 0);
	posix_spawnattr_setflags(attr,
	    POSIX_SPAWN_SETPGROUP | POSIX_SPAWN_SETSIGDEF |
		POSIX_SPAWN_SETSIGMASK);
}

/* Returns 0 and *pid, or an error number. */
static int
spawn(pid_t *pid, const int fd[3], char *const *argv, char *const *envp)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attr;
	int error = posix_spawn_file_actions_init(&actions);

	if (error != 0)
		return error;
	for (int i = 0; i < 3 && error == 0; i++)
		error = posix_spawn_file_actions_adddup2(&actions, fd[i], i);
	if (error == 0)
		error = posix_spawnattr_init(&attr);
	if (error == 0) {
		set_attributes(&attr);
		error = posix_spawnp(pid, argv[0], &actions, &attr, argv, envp);
		posix_spawnattr_destroy(&attr);
	}
	posix_spawn_file_actions_destroy(&actions);
	return error;
}

/* Whether it is the system that is short of something, not the command. */
static bool
is_shortage(int error)
{
	return error == EAGAIN || error == ENOMEM || error == EMFILE ||
	    error == ENFILE;
}

static void
close_if_open(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

int
command_start(struct command *m, char *const *argv, char *const *own,
    char *const *envp, struct slice input, const char *tmp, struct fault *f)
{
	int fd[3] = {input_of(tmp, input, f), -1, -1}, result = -1;
	char **all = environment(own, envp);

	*m = (struct command){.out = -1, .err = -1};
	if (fd[0] >= 0 && open_pipe(&m->out, &fd[1], f) == 0 &&
	    open_pipe(&m->err, &fd[2], f) == 0) {
		m->error = errno = spawn(&m->pid, fd, argv, all);
		result =
		    is_shortage(errno) ? fault_errno(f, "start", argv[0]) : 0;
	}
	for (size_t i = 0; i < LEN(fd); i++)
		close_if_open(&fd[i]);
	if (result < 0 || m->error != 0) {
		m->pid = 0;
		close_if_open(&m->out);
		close_if_open(&m->err);
	}
	free(all);
	return result;
}

void
command_keep_descriptors(void)
{
	long most = sysconf(_SC_OPEN_MAX);

	if (most < 0 || most > INHERITED_MOST)
		most = INHERITED_MOST;
	for (int fd = STDERR_FILENO + 1; fd < most; fd++)
		fcntl(fd, F_SETFD, FD_CLOEXEC);
}
