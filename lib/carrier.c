#include "carrier.h"

#include <errno.h>
#include <inttypes.h>
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "command.h"
#include "mem.h"
#include "plain.h"

#define GRACE_MS 2000     /* between SIGTERM and SIGKILL */
#define PATIENCE_MS 1000  /* after SIGKILL, as all is ended */
#define LOOK_MS 50        /* how often is looked, where no signal tells */
#define LONG_MS 60000     /* of one poll(2) */
#define LONG_S 1000000000 /* a limit that is longer is none */

#define BLOCK_BYTES ((size_t)64 * 1024)
#define BLOCKS_LEFT 16 /* more than a pipe can hold */
#define LINE_BYTES 1000
#define ERROR_BYTES 500

/* Lines that come by a pipe: what a command says. */
struct lines {
	int fd;          /* -1: closed */
	struct buf line; /* its start, as far as it has come */
	void (*take)(
	    struct slice line, struct buf *text, struct carrier_result *r);
	struct buf text; /* what was said of what went wrong, if anything */
};

struct slot {
	bool busy;
	pid_t pid;      /* 0: it could not be run */
	int64_t end_ms; /* when it is to be ended, next by SIGKILL if late */
	int64_t limit_s;
	struct lines out, err;
	struct carrier_result result;
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

static void
set_error(struct buf *text, struct slice s)
{
	buf_clear(text);
	plain_add(text, slice_trim(s), false);
	text->n = slice_cut(buf_slice(text), ERROR_BYTES).n;
}

static void
take_output(struct slice line, struct buf *text, struct carrier_result *r)
{
	struct slice word = {"", 0};
	unsigned long long n;

	slice_word(&line, &word);
	line = slice_trim(line);
	if (slice_is(word, "error"))
		set_error(text, line);
	else if (slice_is(word, "code") && slice_number(line, 999, &n) == 0 &&
	    n >= 100)
		r->code = (int)n;
	else if (slice_is(word, "retry-after") &&
	    slice_number(line, LONG_S, &n) == 0)
		r->retry_after_s = (int64_t)n;
	else if (slice_is(word, "delivered") && line.n == 0)
		r->delivered = true;
	else if (slice_is(word, "acknowledged") && line.n == 0)
		r->acknowledged = true;
}

static void
take_error(struct slice line, struct buf *text, struct carrier_result *r)
{
	(void)r;
	if (slice_trim(line).n > 0)
		set_error(text, line);
}

/* Takes bytes in, line by line, the start of each. */
static void
lines_add(struct lines *l, struct slice bytes, struct carrier_result *r)
{
	while (bytes.n > 0) {
		const char *end = memchr(bytes.p, '\n', bytes.n);
		size_t n = end != NULL ? (size_t)(end - bytes.p) : bytes.n;
		size_t room = LINE_BYTES - l->line.n;

		buf_add(&l->line, bytes.p, n < room ? n : room);
		bytes.p += n;
		bytes.n -= n;
		if (slice_take(&bytes, '\n')) {
			l->take(buf_slice(&l->line), &l->text, r);
			buf_clear(&l->line);
		}
	}
}

static void
lines_open(struct lines *l, int fd)
{
	l->fd = fd;
	buf_clear(&l->line);
	buf_clear(&l->text);
}

static void
lines_close(struct lines *l, struct carrier_result *r)
{
	if (l->fd < 0)
		return;
	close(l->fd);
	l->fd = -1;
	l->take(buf_slice(&l->line), &l->text, r);
}

/* Reads what has been said, up to so many blocks. */
static void
lines_read(
    struct carrier *c, struct lines *l, int blocks, struct carrier_result *r)
{
	while (l->fd >= 0 && blocks-- > 0) {
		ssize_t n = read(l->fd, c->block, BLOCK_BYTES);

		if (n > 0)
			lines_add(l, (struct slice){c->block, (size_t)n}, r);
		else if (n == 0)
			lines_close(l, r);
		else if (errno != EINTR)
			return;
	}
}

/* --- How commands start. --- */

/* What it says to whoever asked for it that a command could not be run. */
static void
fail_to_run(struct slot *s, const char *name, int error)
{
	struct buf *why = &s->out.line;

	s->result.status = error == ENOENT || error == ENOTDIR ? 127 : 126;
	buf_addf(why, "%s: %s", name, strerror(error));
	set_error(&s->result.error, buf_slice(why));
}

int
carrier_start(struct carrier *c, size_t slot, char *const *argv,
    char *const *own, char *const *envp, struct slice input, int64_t limit_s,
    struct fault *f)
{
	struct slot *s = &c->slot[slot];
	struct buf error = s->result.error;
	struct command command;

	if (command_start(&command, argv, own, envp, input, c->tmp, f) < 0)
		return -1;
	buf_clear(&error);
	s->result = (struct carrier_result){
	    .slot = slot, .status = -1, .retry_after_s = -1, .error = error};
	lines_open(&s->out, command.out);
	lines_open(&s->err, command.err);
	s->pid = command.pid;
	s->limit_s = limit_s;
	s->end_ms = limit_s > LONG_S ? INT64_MAX : c->clock() + limit_s * 1000;
	if (command.error != 0)
		fail_to_run(s, argv[0], command.error);
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
	end_by(s, s->result.late ? SIGKILL : SIGTERM);
	s->result.late = true;
	s->end_ms = now + GRACE_MS;
}

/* Says why it went wrong, if it did. */
static void
explain(struct slot *s)
{
	struct carrier_result *r = &s->result;
	bool failed = r->status != 0 || r->code >= 300;
	struct slice said = buf_slice(
	    s->out.text.n > 0 || !failed ? &s->out.text : &s->err.text);
	struct buf *why = &s->out.line;

	buf_clear(why);
	if (r->late) {
		buf_addf(why, "not done within %" PRId64 "s%s", s->limit_s,
		    said.n > 0 ? ": " : "");
	} else if (said.n == 0 && r->signal != 0) {
		buf_addf(why, "ended by signal %d", r->signal);
	} else if (said.n == 0 && r->code >= 300) {
		buf_addf(why, "answered with %d", r->code);
	} else if (said.n == 0 && r->status != 0) {
		buf_addf(why, "exit status %d", r->status);
	}
	buf_add_slice(why, said);
	set_error(&r->error, buf_slice(why));
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
		s->result.status = WEXITSTATUS(status);
	else
		s->result.signal = WTERMSIG(status);
	/* Who left the group may hold the pipes: what is in them is all. */
	lines_read(c, &s->out, BLOCKS_LEFT, &s->result);
	lines_read(c, &s->err, BLOCKS_LEFT, &s->result);
	lines_close(&s->out, &s->result);
	lines_close(&s->err, &s->result);
	explain(s);
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

		expect(&p[2 * i], s->busy ? s->out.fd : -1);
		expect(&p[2 * i + 1], s->busy ? s->err.fd : -1);
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
			lines_read(c, &s->out, 1, &s->result);
		if (p[2 * i + 1].revents != 0)
			lines_read(c, &s->err, 1, &s->result);
	}
	return stop->revents != 0;
}

int
carrier_wait(
    struct carrier *c, int64_t until_ms, int stop_fd, struct carrier_result **r)
{
	for (;;) {
		struct slot *ended = next_ended(c);
		int64_t now;

		if (ended != NULL) {
			*r = &ended->result;
			return 1;
		}
		now = c->clock();
		for (size_t i = 0; i < c->n; i++)
			look_at_clock(&c->slot[i], now);
		if (now >= until_ms ||
		    sleep_until(c, nap(c, now, until_ms), stop_fd))
			return 0;
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
	for (size_t i = 0; i < n; i++) {
		c->slot[i].out = (struct lines){.fd = -1, .take = take_output};
		c->slot[i].err = (struct lines){.fd = -1, .take = take_error};
	}
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
	struct carrier_result *r;

	for (size_t i = 0; i < c->n; i++) {
		if (!c->slot[i].result.late)
			c->slot[i].end_ms = now;
	}
	while (c->busy > 0 && carrier_wait(c, until, -1, &r) > 0)
		;
	for (size_t i = 0; i < c->n; i++) {
		struct slot *s = &c->slot[i];

		lines_close(&s->out, &s->result);
		lines_close(&s->err, &s->result);
		buf_release(&s->out.line);
		buf_release(&s->out.text);
		buf_release(&s->err.line);
		buf_release(&s->err.text);
		buf_release(&s->result.error);
	}
	free(c->slot);
	free(c->poll);
	free(c->block);
	free(c);
}
