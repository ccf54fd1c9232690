#include "signals.h"

#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include "diag.h"

static int child[2] = {-1, -1}, stop[2] = {-1, -1};

static void
tell(int fd)
{
	int kept = errno;

	(void)!write(fd, "", 1); /* a full pipe tells as much */
	errno = kept;
}

static void
on_child(int signal)
{
	(void)signal;
	tell(child[1]);
}

static void
on_stop(int signal)
{
	(void)signal;
	tell(stop[1]);
}

static int
make_pipe(int fd[2])
{
	if (pipe(fd) < 0)
		return -1;
	for (size_t i = 0; i < 2; i++) {
		if (fcntl(fd[i], F_SETFD, FD_CLOEXEC) < 0 ||
		    fcntl(fd[i], F_SETFL, O_NONBLOCK) < 0)
			return -1;
	}
	return 0;
}

int
signals_catch(struct signals *s)
{
	struct sigaction ended = {.sa_handler = on_child,
			     .sa_flags = SA_RESTART},
			 asked = {
			     .sa_handler = on_stop, .sa_flags = SA_RESTART};

	/* Who reads may be gone: that is seen where it is written to. */
	signal(SIGPIPE, SIG_IGN);
	if (make_pipe(child) < 0 || make_pipe(stop) < 0 ||
	    sigaction(SIGCHLD, &ended, NULL) < 0 ||
	    sigaction(SIGTERM, &asked, NULL) < 0 ||
	    sigaction(SIGINT, &asked, NULL) < 0 ||
	    sigaction(SIGHUP, &asked, NULL) < 0) {
		diag_say(STATUS_FAILED, "signals: %s", strerror(errno));
		return -1;
	}
	s->child = child[0];
	s->stop = stop[0];
	return 0;
}
