#include "diag.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "inert.h"

/* One process, one voice. */
static const char *program = "inc";
static bool quieted;
static enum status worst = STATUS_DONE;

/* Who hears what a thread says, if that is not printed. */
static _Thread_local struct {
	void (*hear)(void *ctx, enum status status, struct slice text);
	void *ctx;
} listener;

void
diag_start(const char *argv0)
{
	const char *slash = strrchr(argv0, '/');

	program = slash != NULL ? slash + 1 : argv0;
}

const char *
diag_program(void)
{
	return program;
}

void
diag_quiet(bool quiet)
{
	quieted = quiet;
}

bool
diag_is_quiet(void)
{
	return quieted;
}

static void
print(struct slice text)
{
	struct buf line = {0};
	size_t done = 0;

	buf_addf(&line, "%s: ", program);
	inert_add(&line, text);
	buf_add_char(&line, '\n');
	while (done < line.n) {
		ssize_t n = write(STDERR_FILENO, line.p + done, line.n - done);

		if (n < 0 && errno != EINTR)
			break; /* nowhere is left to complain */
		done += n > 0 ? (size_t)n : 0;
	}
	buf_release(&line);
}

void
diag_listen(
    void (*hear)(void *ctx, enum status status, struct slice text), void *ctx)
{
	listener.hear = hear;
	listener.ctx = ctx;
}

void
diag_text(enum status status, struct slice text)
{
	if (listener.hear != NULL) {
		listener.hear(listener.ctx, status, text);
		return;
	}
	print(text);
	diag_count(status);
}

static void
say_format(enum status status, const char *fmt, va_list ap)
{
	struct buf text = {0};

	buf_addv(&text, fmt, ap);
	diag_text(status, buf_slice(&text));
	buf_release(&text);
}

void
diag_say(enum status status, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	say_format(status, fmt, ap);
	va_end(ap);
}

void
diag_fault(enum status status, const struct fault *f)
{
	diag_text(status, buf_slice(&f->text));
}

void
diag_notice(const char *fmt, ...)
{
	va_list ap;

	if (quieted)
		return;
	va_start(ap, fmt);
	say_format(STATUS_DONE, fmt, ap);
	va_end(ap);
}

static int
badness(enum status status)
{
	switch (status) {
	case STATUS_DONE:
		return 0;
	case STATUS_NO:
		return 1;
	case STATUS_PARTIAL:
		return 2;
	case STATUS_RETRY:
		return 3;
	case STATUS_FAILED:
		break;
	}
	return 4;
}

void
diag_count(enum status status)
{
	if (listener.hear != NULL) {
		listener.hear(listener.ctx, status, (struct slice){NULL, 0});
		return;
	}
	if (badness(status) > badness(worst))
		worst = status;
}

enum status
diag_status(void)
{
	return worst;
}
