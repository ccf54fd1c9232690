/*
 * What can be read as a stream can be written, and what was written reads
 * back as the same columns and rows; a filter that sets nothing changes
 * nothing, however often.  Any text comes back from its escaped form.
 */
#include "stream.h"
#include "files.h"
#include "output.h"
#include "streamout.h"

#include <fcntl.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

#include "escape.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A file in memory, without a name. */
static int
new_file(struct slice bytes)
{
	struct buf name = {0};
	int fd;

	buf_addf(&name, "/inc-fuzz-%ld", (long)getpid());
	fd = shm_open(buf_str(&name), O_RDWR | O_CREAT | O_EXCL, 0600);
	shm_unlink(buf_str(&name));
	buf_release(&name);

	if (fd < 0 || write(fd, bytes.p, bytes.n) != (ssize_t)bytes.n)
		abort();
	return fd;
}

/* Adds to *out what a filter that sets nothing makes of the bytes. */
static void
pass(struct slice bytes, struct buf *out, bool clean)
{
	int from = new_file(bytes), to = new_file((struct slice){"", 0});
	struct buf path = {0};
	struct fault fault = {0};
	struct stream_reader r;
	struct stream_writer w = {0};
	char *operand;
	int got = STREAM_FAILED;

	buf_addf(&path, "/proc/self/fd/%d", from);
	buf_str(&path);
	operand = path.p;
	output_init(&w.out, dup(to), "memory");
	if (stream_reader_open(&r, &operand, 1, NULL) == 0) {
		stream_writer_header(&w, &r.columns);
		while ((got = stream_reader_next(&r)) > 0) {
			if (got == STREAM_ROW)
				stream_writer_row(&w, r.field, r.columns.n);
			else if (clean || fault_reason(&r.fault).n == 0)
				abort(); /* our own output has no bad line */
		}
	}
	if (got == STREAM_FAILED && clean)
		abort();
	if (output_close(&w.out) < 0)
		abort();
	buf_clear(&path);
	buf_addf(&path, "/proc/self/fd/%d", to);
	if (file_read(buf_str(&path), SIZE_MAX, out, &fault) < 0)
		abort();
	output_release(&w.out);
	stream_reader_release(&r);
	buf_release(&path);
	close(from);
	close(to);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice all = {(const char *)data, size};
	struct buf once = {0}, twice = {0};

	escape_add(&once, all);
	unescape_add(&twice, buf_slice(&once));
	if (!slice_eq(buf_slice(&twice), all) ||
	    (once.n > 0 && memchr(once.p, '\n', once.n) != NULL))
		abort();
	buf_clear(&once);
	buf_clear(&twice);
	pass(all, &once, false);
	if (once.n > 0)
		pass(buf_slice(&once), &twice, true);
	if (!slice_eq(buf_slice(&once), buf_slice(&twice)))
		abort();
	buf_release(&once);
	buf_release(&twice);
	return 0;
}
