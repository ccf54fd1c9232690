#include "output.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "dir.h"

/* Output to /dev/full. */
static struct output
full(void)
{
	struct output out;

	CHECK(output_append(&out, "/dev/full") == 0);
	return out;
}

/* Adds n bytes.  Returns what output_add() does. */
static int
add(struct output *out, size_t n)
{
	struct buf many = {0};
	int got;

	memset(buf_room(&many, n), 'x', n);
	many.n = n;
	got = output_add(out, buf_slice(&many));
	buf_release(&many);
	return got;
}

static void
an_error_is_seen_at_the_latest_when_output_is_closed(void)
{
	static const size_t small = 1, large = 1 << 20;
	struct output out = full();

	CHECK(add(&out, small) == 0);
	CHECK(output_close(&out) == -1);
	CHECK_SLICE(buf_slice(&out.fault.text),
	    "write '/dev/full': No space left on device");
	output_release(&out);

	out = full();
	CHECK(add(&out, small) == 0);
	CHECK(add(&out, large) == -1);
	CHECK(add(&out, small) == -1);
	CHECK(output_flush(&out) == -1);
	CHECK(output_close(&out) == -1);
	CHECK_SLICE(buf_slice(&out.fault.text),
	    "write '/dev/full': No space left on device");
	output_release(&out);
}

static void
a_file_that_cant_be_made_takes_no_output(void)
{
	struct output out;

	CHECK(output_create(&out, dir) == -1);
	CHECK(add(&out, 1) == -1);
	CHECK(output_close(&out) == -1);
	CHECK(slice_starts(buf_slice(&out.fault.text), "create '/tmp/inc-"));
	output_release(&out);
}

static void
a_new_file_takes_no_other_s_place(void)
{
	struct output out;

	CHECK(output_create_new(&out, in_dir("new")) == 0);
	CHECK(add(&out, 3) == 0);
	CHECK(output_close(&out) == 0);
	output_release(&out);
	CHECK(output_create_new(&out, in_dir("new")) == -1);
	CHECK(output_close(&out) == -1);
	output_release(&out);
	CHECK(dir_get("new").n == 3);
	unlink(in_dir("new"));
}

static void
an_error_of_close_itself_is_seen(void)
{
	struct output out;
	int fd = open("/dev/null", O_WRONLY);

	close(fd);
	output_init(&out, fd, "closed");
	CHECK(output_close(&out) == -1);
	CHECK_SLICE(
	    buf_slice(&out.fault.text), "close 'closed': Bad file descriptor");
	output_release(&out);
}

static void
what_is_held_is_not_written_before_a_flush(void)
{
	static const size_t large = 1 << 19;
	struct output out;

	CHECK(output_create(&out, in_dir("held")) == 0);
	out.held = true;
	CHECK(add(&out, large) == 0);
	CHECK(add(&out, 1) == 0);
	CHECK(dir_get("held").n == 0);
	CHECK(output_flush(&out) == 0);
	CHECK(dir_get("held").n == large + 1);
	CHECK(output_close(&out) == 0);
	CHECK(output_append(&out, in_dir("held")) == 0);
	CHECK(add(&out, 1) == 0);
	CHECK(output_close(&out) == 0);
	CHECK(dir_get("held").n == large + 2);
	CHECK(output_create(&out, in_dir("held")) == 0);
	CHECK(output_close(&out) == 0);
	CHECK(dir_get("held").n == 0);
	output_release(&out);
	unlink(in_dir("held"));
}

int
main(void)
{
	dir_begin();
	RUN(an_error_is_seen_at_the_latest_when_output_is_closed);
	RUN(a_file_that_cant_be_made_takes_no_output);
	RUN(a_new_file_takes_no_other_s_place);
	RUN(an_error_of_close_itself_is_seen);
	RUN(what_is_held_is_not_written_before_a_flush);
	dir_end();
	return test_done();
}
