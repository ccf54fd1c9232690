#include "unpack.h"

#include <errno.h>
#include <fcntl.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "input.h"
#include "mem.h"

#define START_BYTES 4

/* What files start with that are no text. */
static const struct kind {
	struct slice start;
	const char *name;    /* what it is */
	const char *tool[2]; /* that reads it, where it may be; or NULL */
} kinds[] = {
    {SLICE("\x1f\x8b"), "compressed by gzip", {"/usr/bin/gzip", "/bin/gzip"}},
    {SLICE("\x28\xb5\x2f\xfd"), "compressed by zstd",
	{"/usr/bin/zstd", "/usr/local/bin/zstd"}},
    {SLICE("PK\x03\x04"),
	"a spreadsheet (.xlsx, .ods) or another archive: save the sheet as CSV",
	{NULL, NULL}},
    {SLICE("\xd0\xcf\x11\xe0"), "a spreadsheet (.xls): save it as CSV",
	{NULL, NULL}},
};

static const struct kind *
find_kind(struct slice start)
{
	for (size_t i = 0; i < sizeof kinds / sizeof *kinds; i++) {
		if (start.n >= kinds[i].start.n &&
		    memcmp(start.p, kinds[i].start.p, kinds[i].start.n) == 0)
			return &kinds[i];
	}
	return NULL;
}

const char *
unpack_kind(struct slice start)
{
	const struct kind *kind = find_kind(start);

	return kind != NULL ? kind->name : NULL;
}

/* Starts a tool from one descriptor to another.  Returns 0 or an errno. */
static int
start_tool(const char *path, int from, int to, pid_t *pid)
{
	static char dash[] = "-dc";
	static char *no_environment[] = {NULL};
	posix_spawn_file_actions_t actions;
	char *argv[] = {mem_copy(path, strlen(path)), dash, NULL};
	int error = posix_spawn_file_actions_init(&actions);

	if (error == 0) {
		error = posix_spawn_file_actions_adddup2(
		    &actions, from, STDIN_FILENO);
		if (error == 0)
			error = posix_spawn_file_actions_adddup2(
			    &actions, to, STDOUT_FILENO);
		if (error == 0)
			error = posix_spawn(
			    pid, path, &actions, NULL, argv, no_environment);
		posix_spawn_file_actions_destroy(&actions);
	}
	free(argv[0]);
	return error;
}

/* Makes the input what the tool for its kind writes. */
static int
pass_through(struct unpack *u, struct input *in, const struct kind *kind,
    struct fault *f)
{
	int ends[2], error = ENOENT;

	if (pipe(ends) < 0)
		return fault_errno(f, "pipe", in->name);
	fcntl(ends[0], F_SETFD, FD_CLOEXEC);
	fcntl(ends[1], F_SETFD, FD_CLOEXEC);
	for (size_t i = 0; i < 2 && error != 0; i++)
		error = start_tool(kind->tool[i], in->fd, ends[1], &u->tool);
	close(ends[1]);
	if (error != 0) {
		close(ends[0]);
		u->tool = 0;
		return fault_at(f, (struct place){.file = in->name},
		    "is %s, and '%s' can't be run: %s", kind->name,
		    kind->tool[0], strerror(error));
	}
	u->name = in->name;
	input_close(in);
	in->fd = ends[0];
	return 0;
}

int
unpack_open(struct unpack *u, struct input *in, struct fault *f)
{
	char start[START_BYTES];
	off_t at = lseek(in->fd, 0, SEEK_CUR);
	ssize_t n = at >= 0 ? pread(in->fd, start, sizeof start, at) : 0;
	const struct kind *kind =
	    find_kind((struct slice){start, n > 0 ? (size_t)n : 0});

	*u = (struct unpack){0};
	if (kind == NULL)
		return 0;
	if (kind->tool[0] != NULL)
		return pass_through(u, in, kind, f);
	return fault_at(
	    f, (struct place){.file = in->name}, "is %s", kind->name);
}

int
unpack_close(struct unpack *u, bool to_the_end, struct fault *f)
{
	pid_t tool = u->tool;
	int status = 0;

	u->tool = 0;
	if (tool == 0)
		return 0;
	while (waitpid(tool, &status, 0) < 0) {
		if (errno != EINTR)
			return fault_errno(f, "wait for", u->name);
	}
	if (!to_the_end || status == 0)
		return 0;
	return fault_at(f, (struct place){.file = u->name},
	    "is damaged: what could be read of it is not all");
}
