#include "agenda.h"

#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "output.h"
#include "test.h"

/* What was done, in order, one letter each; and rows in a buffer. */
struct log {
	struct stream_writer out;
	struct buf done;
};

static void
start(struct log *l, int fd)
{
	*l = (struct log){0};
	output_init(&l->out.out, fd, "out");
}

static void
end(struct log *l)
{
	output_close(&l->out.out);
	output_release(&l->out.out);
	buf_release(&l->done);
}

/* Parts: a text, of which - means that what follows is not to be done. */
static int
note(void *log, const struct slice *part)
{
	struct log *l = log;

	buf_add_slice(&l->done, part[0]);
	buf_addf(&l->done, "(%zu)", l->out.out.buf.n);
	return slice_is(part[0], "stop") ? -1 : !slice_is(part[0], "skip");
}

static size_t
add(struct agenda *a, size_t rows, struct log *l, const char *text)
{
	char copied[8];
	struct slice part = {copied, strlen(text)};

	memcpy(copied, text, part.n);
	return agenda_add(a, rows, note, l, &part, 1);
}

static void
calls_come_between_the_rows_where_they_were_added(void)
{
	struct agenda a = {0};
	struct log l;

	start(&l, -1);
	l.out.out.held = true;
	add(&a, 0, &l, "a");
	add(&a, 4, &l, "b");
	add(&a, 4, &l, "");
	CHECK(agenda_do(&a, slice_of("one\ntwo\n"), &l.out) == 0);
	CHECK_SLICE(buf_slice(&l.done), "a(0)b(4)(4)");
	CHECK_SLICE(buf_slice(&l.out.out.buf), "one\ntwo\n");
	/* It is empty again. */
	CHECK(agenda_do(&a, slice_of("x\n"), &l.out) == 0);
	CHECK_SLICE(buf_slice(&l.done), "a(0)b(4)(4)");
	agenda_release(&a);
	end(&l);
}

static void
a_group_is_passed_over_where_its_call_says_so(void)
{
	struct agenda a = {0};
	struct log l;
	size_t first, second;

	start(&l, -1);
	first = add(&a, 0, &l, "skip");
	add(&a, 0, &l, "no");
	agenda_end_group(&a, first);
	second = add(&a, 0, &l, "b");
	add(&a, 0, &l, "yes");
	agenda_end_group(&a, second);
	add(&a, 0, &l, "skip"); /* no group: nothing to pass over */
	add(&a, 0, &l, "c");
	CHECK(agenda_do(&a, slice_of(""), &l.out) == 0);
	CHECK_SLICE(buf_slice(&l.done), "skip(0)b(0)yes(0)skip(0)c(0)");
	agenda_release(&a);
	end(&l);
}

static void
a_call_or_the_output_ends_it(void)
{
	struct agenda a = {0};
	struct log l;

	start(&l, -1);
	add(&a, 2, &l, "stop");
	add(&a, 2, &l, "no");
	CHECK(agenda_do(&a, slice_of("x\ny\n"), &l.out) < 0);
	CHECK_SLICE(buf_slice(&l.done), "stop(2)");
	buf_clear(&l.out.out.buf);
	end(&l);
	start(&l, open("/dev/full", O_WRONLY));
	l.out.line_buffered = true;
	add(&a, 0, &l, "a");
	add(&a, 2, &l, "no");
	CHECK(agenda_do(&a, slice_of("x\ny\n"), &l.out) < 0);
	CHECK_SLICE(buf_slice(&l.done), "a(0)");
	agenda_release(&a);
	end(&l);
}

int
main(void)
{
	RUN(calls_come_between_the_rows_where_they_were_added);
	RUN(a_group_is_passed_over_where_its_call_says_so);
	RUN(a_call_or_the_output_ends_it);
	return test_done();
}
