#include "rejects.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "escape.h"
#include "output.h"

/*
 * Whether a file of rejects is there already: 1; 0 where there is none or it
 * is empty or no regular file; -1 and the fault where it is something else.
 */
static int
there_already(const char *path, struct fault *f)
{
	static const char header[] = "file\tline\treason\trow\n";
	char start[sizeof header - 1];
	struct stat st;
	ssize_t n;
	int fd;

	if (stat(path, &st) < 0 || !S_ISREG(st.st_mode) || st.st_size == 0)
		return 0;
	fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return fault_errno(f, "open", path);
	n = read(fd, start, sizeof start);
	close(fd);
	if (n == (ssize_t)sizeof start &&
	    memcmp(start, header, sizeof start) == 0)
		return 1;
	return fault_at(f, (struct place){.file = path},
	    "is there and holds no rejects, a new file was expected");
}

int
rejects_open(struct rejects *r, const char *path)
{
	static const struct slice name[] = {
	    SLICE("file"), SLICE("line"), SLICE("reason"), SLICE("row")};
	struct fault fault = {0};
	int there = there_already(path, &fault);

	if (there < 0) {
		output_init(&r->out.out, -1, path);
		r->out.out.fault = fault;
		r->out.out.failed = true;
		return -1;
	}
	if (output_append(&r->out.out, path) < 0)
		return -1;
	r->open = true;
	return there ? 0 : stream_writer_row(&r->out, name, 4);
}

int
rejects_add(struct rejects *r, const char *file, size_t line,
    struct slice reason, struct slice row)
{
	struct slice field[4];

	if (!r->open)
		return 0;
	for (size_t i = 0; i < 4; i++)
		buf_clear(&r->text[i]);
	escape_add(&r->text[0], slice_of(file));
	buf_addf(&r->text[1], "%zu", line);
	escape_add(&r->text[2], reason);
	escape_add(&r->text[3], row);
	for (size_t i = 0; i < 4; i++)
		field[i] = buf_slice(&r->text[i]);
	return stream_writer_row(&r->out, field, 4);
}

int
rejects_close(struct rejects *r)
{
	if (!r->open)
		return 0;
	r->open = false;
	return output_close(&r->out.out);
}

void
rejects_release(struct rejects *r)
{
	output_release(&r->out.out);
	for (size_t i = 0; i < 4; i++)
		buf_release(&r->text[i]);
}
