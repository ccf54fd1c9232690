#include "carrier.h"

#include <errno.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "mem.h"

#define GRACE_MS 2000     /* between SIGTERM and SIGKILL */
#define PATIENCE_MS 1000  /* after SIGKILL, as all is ended */
#define LOOK_MS 50        /* how often is looked, where no signal tells */
#define LONG_MS 60000     /* of one poll(2) */
#define LONG_S 1000000000 /* a limit that is longer is none */

#define BLOCK_BYTES ((size_t)64 * 1024)
#define BLOCKS_LEFT 16 /* more than a pipe can hold */

struct slot {
	bool busy;
	pid_t pid;      /* 0: it could not be run */
	int64_t end_ms; /* when it is to be ended, next by SIGKILL if late */
	int64_t limit_s;
	int out, err; /* the pipes by which it says something; -1: closed */
	struct answer answer;
};

struct carrier {
	struct slot *slot;
	size_t n, busy;
	size_t next; /* is looked at first: each gets its turn */
	int64_t (*clock)(void);
	int child_fd;
	const char *tmp;
	struct pollfd *poll; /* two of each slot, and two more */
	char *block;
};

/* --- What commands say. --- */

/* Takes bytes that came by one of the pipes. */
typedef void take(struct answer *a, struct slice bytes);

static void
close_pipe(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

/* Reads what has been said by a pipe, up to so many blocks. */
static void
read_pipe(struct carrier *c, int *fd, int blocks, struct answer *a, take *add)
{
	while (*fd >= 0 && blocks-- > 0) {
		ssize_t n = read(*fd, c->block, BLOCK_BYTES);

		if (n > 0)
			add(a, (struct slice){c->block, (size_t)n});
		else if (n == 0)
			close_pipe(fd);
		else if (errno != EINTR)
			return;
	}
}

/* --- How commands start. --- */

int
carrier_start(struct carrier *c, size_t slot, char *const *argv,
    char *const *own, char *const *envp, struct slice input, int64_t limit_s,
    struct fault *f)
{
	struct slot *s = &c->slot[slot];
	struct command command;

	if (command_start(&command, argv, own, envp, input, c->tmp, f) < 0)
		return -1;
	answer_begin(&s->answer);
	s->out = command.out;
	s->err = command.err;
	s->pid = command.pid;
	s->limit_s = limit_s;
	s->end_ms = limit_s > LONG_S ? INT64_MAX : c->clock() + limit_s * 1000;
	if (command.error != 0)
		answer_fail(&s->answer, argv[0], command.error);
	s->busy = true;
	c->busy++;
	return 0;
}

/* --- How they end. --- */

/* The whole group; and its leader, should it have left it. */
static void
end_by(const struct slot *s, int signal)
{
	kill(-s->pid, signal);
	kill(s->pid, signal);
}

static void
look_at_clock(struct slot *s, int64_t now)
{
	if (!s->busy || s->pid == 0 || now < s->end_ms)
		return;
	end_by(s, s->answer.late ? SIGKILL : SIGTERM);
	s->answer.late = true;
	s->end_ms = now + GRACE_MS;
}

/*
 * Whether a command has ended.  As long as it has not been waited for, its
 * number is that of its group and no other's, so what is left of it is killed
 * before.
 */
static bool
has_ended(struct carrier *c, struct slot *s)
{
	siginfo_t info = {0};
	int status = 0;

	if (s->pid == 0)
		return true;
	if (waitid(P_PID, (id_t)s->pid, &info, WEXITED | WNOHANG | WNOWAIT) <
		0 ||
	    info.si_pid == 0)
		return false;
	end_by(s, SIGKILL);
	while (waitpid(s->pid, &status, 0) < 0 && errno == EINTR)
		;
	if (WIFEXITED(status))
		s->answer.status = WEXITSTATUS(status);
	else
		s->answer.signal = WTERMSIG(status);
	/* Who left the group may hold the pipes: what is in them is all. */
	read_pipe(c, &s->out, BLOCKS_LEFT, &s->answer, answer_add);
	read_pipe(c, &s->err, BLOCKS_LEFT, &s->answer, answer_add_error);
	close_pipe(&s->out);
	close_pipe(&s->err);
	answer_end(&s->answer, s->limit_s);
	return true;
}

static struct slot *
next_ended(struct carrier *c)
{
	for (size_t i = 0; i < c->n; i++) {
		struct slot *s = &c->slot[(c->next + i) % c->n];

		if (!s->busy || !has_ended(c, s))
			continue;
		c->next = (c->next + i + 1) % c->n;
		s->busy = false;
		c->busy--;
		return s;
	}
	return NULL;
}

/* How long may be slept, in milliseconds. */
static int
nap(const struct carrier *c, int64_t now, int64_t until)
{
	int64_t most = c->child_fd < 0 && c->busy > 0 ? LOOK_MS : LONG_MS;

	for (size_t i = 0; i < c->n; i++) {
		if (c->slot[i].busy && c->slot[i].end_ms < until)
			until = c->slot[i].end_ms;
	}
	/* Both are far from overflow: the clock counts from some start. */
	if (until - now < most)
		most = until > now ? until - now : 0;
	return (int)most;
}

static void
expect(struct pollfd *p, int fd)
{
	*p = (struct pollfd){.fd = fd, .events = POLLIN};
}

/* Sleeps until something happens.  Returns whether it is to stop. */
static bool
sleep_until(struct carrier *c, int milliseconds, int stop_fd)
{
	struct pollfd *p = c->poll, *child = &p[2 * c->n], *stop = child + 1;

	for (size_t i = 0; i < c->n; i++) {
		struct slot *s = &c->slot[i];

		expect(&p[2 * i], s->busy ? s->out : -1);
		expect(&p[2 * i + 1], s->busy ? s->err : -1);
	}
	expect(child, c->child_fd);
	expect(stop, stop_fd);
	if (poll(p, 2 * c->n + 2, milliseconds) <= 0)
		return false;
	if (child->revents != 0)
		(void)!read(c->child_fd, c->block, BLOCK_BYTES);
	for (size_t i = 0; i < c->n; i++) {
		struct slot *s = &c->slot[i];

		if (p[2 * i].revents != 0)
			read_pipe(c, &s->out, 1, &s->answer, answer_add);
		if (p[2 * i + 1].revents != 0)
			read_pipe(c, &s->err, 1, &s->answer, answer_add_error);
	}
	return stop->revents != 0;
}

const struct answer *
carrier_wait(struct carrier *c, int64_t until_ms, int stop_fd, size_t *slot)
{
	for (;;) {
		struct slot *ended = next_ended(c);
		int64_t now;

		if (ended != NULL) {
			*slot = (size_t)(ended - c->slot);
			return &ended->answer;
		}
		now = c->clock();
		for (size_t i = 0; i < c->n; i++)
			look_at_clock(&c->slot[i], now);
		if (now >= until_ms ||
		    sleep_until(c, nap(c, now, until_ms), stop_fd))
			return NULL;
	}
}

/* --- All of them. --- */

struct carrier *
carrier_new(size_t n, int64_t (*clock)(void), int child_fd, const char *tmp)
{
	struct carrier *c = mem_new(1, sizeof *c);

	command_keep_descriptors();
	*c = (struct carrier){
	    .n = n, .clock = clock, .child_fd = child_fd, .tmp = tmp};
	c->slot = mem_new(n, sizeof *c->slot);
	c->poll = mem_new(2 * n + 2, sizeof *c->poll);
	c->block = mem_new(BLOCK_BYTES, 1);
	for (size_t i = 0; i < n; i++)
		c->slot[i].out = c->slot[i].err = -1;
	return c;
}

size_t
carrier_busy(const struct carrier *c)
{
	return c->busy;
}

void
carrier_free(struct carrier *c)
{
	int64_t now = c->clock(), until = now + GRACE_MS + PATIENCE_MS;
	size_t slot;

	for (size_t i = 0; i < c->n; i++) {
		if (!c->slot[i].answer.late)
			c->slot[i].end_ms = now;
	}
	while (c->busy > 0 && carrier_wait(c, until, -1, &slot) != NULL)
		;
	for (size_t i = 0; i < c->n; i++) {
		struct slot *s = &c->slot[i];

		close_pipe(&s->out);
		close_pipe(&s->err);
		answer_release(&s->answer);
	}
	free(c->slot);
	free(c->poll);
	free(c->block);
	free(c);
}
