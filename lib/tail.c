#include "tail.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "custody.h"
#include "files.h"
#include "mem.h"

#define BLOCK_BYTES 65536L /* read at once in search of a line end */

/* Reads n bytes from an offset; fewer are a fault, the file got shorter. */
static int
read_at(
    int fd, char *p, size_t n, off_t from, const char *path, struct fault *f)
{
	ssize_t got = pread(fd, p, n, from);

	if (got == (ssize_t)n)
		return 0;
	errno = got >= 0 ? EIO : errno;
	return fault_errno(f, "read", path);
}

/* Where the last whole line of a file ends: its offset, or -1 and the fault. */
static off_t
whole_size(int fd, off_t size, const char *path, struct fault *f)
{
	char *block = mem_new((size_t)BLOCK_BYTES, 1);
	off_t at = size;

	while (at > 0) {
		off_t from = at > BLOCK_BYTES ? at - BLOCK_BYTES : 0;
		size_t n = (size_t)(at - from);

		if (read_at(fd, block, n, from, path, f) < 0) {
			at = -1;
			break;
		}
		while (n > 0 && block[n - 1] != '\n')
			n--;
		at = from + (off_t)n;
		if (n > 0)
			break;
	}
	free(block);
	return at;
}

int
tail_line(
    int fd, off_t most, const char *path, struct buf *line, struct fault *f)
{
	struct stat st;
	off_t start, end;
	size_t n;

	buf_clear(line);
	if (fstat(fd, &st) < 0)
		return fault_errno(f, "open", path);
	end = whole_size(fd, st.st_size < most ? st.st_size : most, path, f);
	if (end <= 0)
		return (int)end;
	start = whole_size(fd, end - 1, path, f);
	if (start < 0)
		return -1;
	n = (size_t)(end - 1 - start);
	if (read_at(fd, buf_room(line, n), n, start, path, f) < 0)
		return -1;
	line->n = n;
	return 1;
}

/*
 * Adds a line to the end of a file in a directory, and syncs both.  Who added
 * the last one may have stopped in the middle: then that is a line too.
 */
static int
keep(const char *dir, const char *path, struct slice line, struct fault *f)
{
	int fd = custody_open(dir, path, O_RDWR | O_APPEND, f);
	struct buf text = {0};
	struct stat st;
	char last = '\n';
	int result = 0;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) < 0)
		result = fault_errno(f, "open", path);
	else if (st.st_size > 0)
		result = read_at(fd, &last, 1, st.st_size - 1, path, f);
	if (last != '\n')
		buf_add_char(&text, '\n');
	buf_add_slice(&text, line);
	if (result == 0)
		result = file_write_synced(fd, buf_slice(&text), path, f);
	close(fd);
	buf_release(&text);
	return result == 0 ? directory_sync(dir, f) : -1;
}

/* Moves the last n bytes of a file, from an offset on, to another file. */
static int
move_tail(int fd, off_t from, size_t n, const char *dir, const char *path,
    const char *torn, struct fault *f)
{
	struct buf tail = {0};
	int result = read_at(fd, buf_room(&tail, n), n, from, path, f);

	if (result == 0) {
		tail.n = n;
		buf_add_char(&tail, '\n');
		result = keep(dir, torn, buf_slice(&tail), f);
	}
	if (result == 0 && (ftruncate(fd, from) < 0 || fdatasync(fd) < 0))
		result = fault_errno(f, "cut the torn end of", path);
	buf_release(&tail);
	return result;
}

/* The same for an open file, called path. */
static int
cut(int fd, const char *dir, const char *path, struct buf *notice,
    struct fault *f)
{
	struct buf torn = {0};
	struct stat st;
	off_t whole;
	int result;

	if (fstat(fd, &st) < 0)
		return fault_errno(f, "open", path);
	whole = whole_size(fd, st.st_size, path, f);
	if (whole < 0 || whole == st.st_size)
		return whole < 0 ? -1 : 0;
	buf_addf(&torn, "%s.torn", path);
	result = move_tail(fd, whole, (size_t)(st.st_size - whole), dir, path,
	    buf_str(&torn), f);
	if (result == 0) {
		buf_clear(notice);
		buf_addf(notice,
		    "%s: the last writer stopped in the middle of an entry; "
		    "its %zu bytes are kept in %s",
		    path, (size_t)(st.st_size - whole), buf_str(&torn));
	}
	buf_release(&torn);
	return result;
}

int
tail_cut(const char *dir, const char *name, struct buf *notice, struct fault *f)
{
	struct buf path = {0};
	int fd, result;

	buf_addf(&path, "%s/%s", dir, name);
	fd = open(buf_str(&path), O_RDWR | CUSTODY_FLAGS);
	if (fd < 0)
		result = fault_errno(f, "open", buf_str(&path));
	else
		result = cut(fd, dir, buf_str(&path), notice, f);
	if (fd >= 0)
		close(fd);
	buf_release(&path);
	return result;
}
