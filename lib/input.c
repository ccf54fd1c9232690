#include "input.h"

#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int stop_fd = -1; /* set while there is one thread */

const char *
input_name(const char *operand)
{
	return strcmp(operand, "-") == 0 ? "<stdin>" : operand;
}

char *const *
input_operands(char *const *operands, size_t *n)
{
	static char dash[] = "-";
	static char *const standard_input[] = {dash};

	if (*n > 0)
		return operands;
	*n = 1;
	return standard_input;
}

int
input_look(const char *operand, struct fault *f)
{
	struct stat st;

	if (strcmp(operand, "-") == 0)
		return 0;
	if (stat(operand, &st) < 0)
		return fault_errno(f, "open", operand);
	if (S_ISDIR(st.st_mode))
		return fault_at(f, (struct place){.file = operand},
		    "is a directory, a file was expected");
	return S_ISREG(st.st_mode);
}

int
input_open(struct input *in, const char *operand, struct fault *f)
{
	in->name = input_name(operand);
	if (strcmp(operand, "-") == 0) {
		in->fd = STDIN_FILENO;
		return 0;
	}
	in->fd = open(operand, O_RDONLY | O_CLOEXEC);
	return in->fd < 0 ? fault_errno(f, "open", operand) : 0;
}

bool
input_is_ready(const struct input *in)
{
	struct pollfd fd = {in->fd, POLLIN, 0};

	return poll(&fd, 1, 0) > 0;
}

void
input_stop_by(int fd)
{
	stop_fd = fd;
}

/* Waits for input.  Returns false where it is to stop. */
static bool
wait_for(const struct input *in)
{
	struct pollfd wait[] = {{in->fd, POLLIN, 0}, {stop_fd, POLLIN, 0}};

	if (stop_fd < 0)
		return true;
	while (poll(wait, 2, -1) < 0 && errno == EINTR)
		;
	return wait[1].revents == 0;
}

ssize_t
input_read(struct input *in, void *p, size_t n, struct fault *f)
{
	ssize_t got;

	if (!wait_for(in))
		return 0;
	do
		got = read(in->fd, p, n);
	while (got < 0 && errno == EINTR);
	return got < 0 ? fault_errno(f, "read", in->name) : got;
}

void
input_close(struct input *in)
{
	if (in->fd > STDIN_FILENO)
		close(in->fd);
	in->fd = -1;
}
