#include "output.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

void
output_init(struct output *out, int fd, const char *name)
{
	*out = (struct output){.fd = fd, .name = name};
}

static int
open_output(struct output *out, const char *path, int flag)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_CLOEXEC | flag, 0666);

	output_init(out, fd, path);
	if (fd < 0) {
		out->failed = true;
		return fault_errno(&out->fault, "create", path);
	}
	return 0;
}

int
output_create(struct output *out, const char *path)
{
	return open_output(out, path, O_TRUNC);
}

int
output_create_new(struct output *out, const char *path)
{
	return open_output(out, path, O_EXCL);
}

int
output_append(struct output *out, const char *path)
{
	return open_output(out, path, O_APPEND);
}

/* Writes n bytes past the buffer. */
static int
write_all(struct output *out, const char *p, size_t n)
{
	while (n > 0 && !out->failed) {
		ssize_t done = write(out->fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			out->failed = true;
			fault_errno(&out->fault, "write", out->name);
			break;
		}
		p += done;
		n -= (size_t)done;
	}
	return out->failed ? -1 : 0;
}

int
output_flush(struct output *out)
{
	int result = write_all(out, out->buf.p, out->buf.n);

	buf_clear(&out->buf);
	return result;
}

int
output_add(struct output *out, struct slice s)
{
	if (out->failed)
		return -1;
	if (!out->held && out->buf.n + s.n > OUTPUT_BYTES &&
	    output_flush(out) < 0)
		return -1;
	if (!out->held && s.n > OUTPUT_BYTES)
		return write_all(out, s.p, s.n);
	buf_add_slice(&out->buf, s);
	return 0;
}

int
output_write(struct output *out, struct slice s)
{
	if (output_flush(out) < 0)
		return -1;
	return write_all(out, s.p, s.n);
}

char *
output_room(struct output *out, size_t n)
{
	char *room;

	if (out->failed)
		return NULL;
	if (!out->held && out->buf.n + n > OUTPUT_BYTES &&
	    output_flush(out) < 0)
		return NULL;
	room = buf_room(&out->buf, n);
	out->buf.n += n;
	return room;
}

int
output_close(struct output *out)
{
	output_flush(out);
	/* NFS and quotas tell of a full disk only here. */
	if (out->fd >= 0 && close(out->fd) < 0 && !out->failed) {
		out->failed = true;
		fault_errno(&out->fault, "close", out->name);
	}
	out->fd = -1;
	buf_release(&out->buf);
	return out->failed ? -1 : 0;
}

void
output_release(struct output *out)
{
	buf_release(&out->buf);
	fault_release(&out->fault);
}
