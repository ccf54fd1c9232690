#include "answer.h"

#include <errno.h>
#include <inttypes.h>
#include <string.h>

#include "plain.h"

#define LINE_BYTES 1000
#define ERROR_BYTES 500
#define LONG_S 1000000000 /* who asks for longer asks for nothing */

void
answer_begin(struct answer *a)
{
	struct answer next = {.status = -1,
	    .retry_after_s = -1,
	    .error = a->error,
	    .line = a->line,
	    .error_line = a->error_line,
	    .said = a->said,
	    .error_said = a->error_said};

	*a = next;
	buf_clear(&a->error);
	buf_clear(&a->line);
	buf_clear(&a->error_line);
	buf_clear(&a->said);
	buf_clear(&a->error_said);
}

static void
set_error(struct buf *text, struct slice s)
{
	buf_clear(text);
	plain_add(text, slice_trim(s), false);
	text->n = slice_cut(buf_slice(text), ERROR_BYTES).n;
}

/* Takes a line of standard output. */
static void
take_line(struct answer *a, struct slice line)
{
	struct slice word = {"", 0};
	unsigned long long n;

	slice_word(&line, &word);
	line = slice_trim(line);
	if (slice_is(word, "error"))
		set_error(&a->said, line);
	else if (slice_is(word, "code") && slice_number(line, 999, &n) == 0 &&
	    n >= 100)
		a->code = (int)n;
	else if (slice_is(word, "retry-after") &&
	    slice_number(line, LONG_S, &n) == 0)
		a->retry_after_s = (int64_t)n;
	else if (slice_is(word, "delivered") && line.n == 0)
		a->delivered = true;
	else if (slice_is(word, "acknowledged") && line.n == 0)
		a->acknowledged = true;
}

/* Takes a line of standard error. */
static void
take_error_line(struct answer *a, struct slice line)
{
	if (slice_trim(line).n > 0)
		set_error(&a->error_said, line);
}

/* Takes bytes in, line by line, the start of each. */
static void
add(struct answer *a, struct buf *line, struct slice bytes,
    void (*take)(struct answer *a, struct slice line))
{
	while (bytes.n > 0) {
		const char *end = memchr(bytes.p, '\n', bytes.n);
		size_t n = end != NULL ? (size_t)(end - bytes.p) : bytes.n;
		size_t room = LINE_BYTES - line->n;

		buf_add(line, bytes.p, n < room ? n : room);
		bytes.p += n;
		bytes.n -= n;
		if (slice_take(&bytes, '\n')) {
			take(a, buf_slice(line));
			buf_clear(line);
		}
	}
}

void
answer_add(struct answer *a, struct slice bytes)
{
	add(a, &a->line, bytes, take_line);
}

void
answer_add_error(struct answer *a, struct slice bytes)
{
	add(a, &a->error_line, bytes, take_error_line);
}

void
answer_end(struct answer *a, int64_t limit_s)
{
	struct buf *why = &a->line;
	struct slice said;
	bool failed;

	take_line(a, buf_slice(&a->line));
	take_error_line(a, buf_slice(&a->error_line));
	failed = a->status != 0 || a->code >= 300;
	said = buf_slice(a->said.n > 0 || !failed ? &a->said : &a->error_said);
	buf_clear(why);
	if (a->late)
		buf_addf(why, "not done within %" PRId64 "s%s", limit_s,
		    said.n > 0 ? ": " : "");
	else if (said.n == 0 && a->signal != 0)
		buf_addf(why, "ended by signal %d", a->signal);
	else if (said.n == 0 && a->code >= 300)
		buf_addf(why, "answered with %d", a->code);
	else if (said.n == 0 && a->status != 0)
		buf_addf(why, "exit status %d", a->status);
	buf_add_slice(why, said);
	set_error(&a->error, buf_slice(why));
}

void
answer_fail(struct answer *a, const char *name, int error)
{
	struct buf *why = &a->line;

	a->status = error == ENOENT || error == ENOTDIR ? 127 : 126;
	buf_clear(why);
	buf_addf(why, "%s: %s", name, strerror(error));
	set_error(&a->error, buf_slice(why));
}

void
answer_release(struct answer *a)
{
	buf_release(&a->error);
	buf_release(&a->line);
	buf_release(&a->error_line);
	buf_release(&a->said);
	buf_release(&a->error_said);
}
