#include "replacement.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

#include "custody.h"
#include "files.h"

int
replacement_begin(
    struct replacement *r, const char *dir, const char *name, struct fault *f)
{
	const char *path;
	int fd;

	*r = (struct replacement){0};
	buf_add_str(&r->dir, dir);
	buf_addf(&r->path, "%s/%s", dir, name);
	buf_addf(&r->temporary, "%s/%s.tmp", dir, name);
	path = buf_str(&r->temporary);
	/* What an interrupted program left may be another user's. */
	unlink(path);
	fd = custody_open(dir, path, O_WRONLY | O_EXCL, f);
	output_init(&r->out, fd, path);
	return fd < 0 ? -1 : custody_keep(fd, path, buf_str(&r->path), f);
}

/* Writes out, syncs and renames. */
static int
put_in_place(struct replacement *r, struct fault *f)
{
	if (output_flush(&r->out) < 0)
		return fault_pass(f, &r->out.fault);
	if (fdatasync(r->out.fd) < 0)
		return fault_errno(f, "sync", r->out.name);
	if (output_close(&r->out) < 0)
		return fault_pass(f, &r->out.fault);
	if (rename(r->out.name, buf_str(&r->path)) < 0)
		return fault_errno(f, "create", buf_str(&r->path));
	return 0;
}

int
replacement_end(struct replacement *r, bool keep, struct fault *f)
{
	int result = keep ? put_in_place(r, f) : 0;

	if (r->out.fd >= 0) {
		close(r->out.fd); /* what it holds does not count */
		r->out.fd = -1;
	}
	if (!keep || result < 0)
		unlink(r->out.name); /* the fault is said already */
	else
		result = directory_sync(buf_str(&r->dir), f);
	output_release(&r->out);
	buf_release(&r->dir);
	buf_release(&r->path);
	buf_release(&r->temporary);
	return result;
}

int
replacement_write(
    const char *dir, const char *name, struct slice text, struct fault *f)
{
	struct replacement r;
	bool begun = replacement_begin(&r, dir, name, f) == 0;

	if (begun)
		output_add(&r.out, text);
	return replacement_end(&r, begun, f) < 0 || !begun ? -1 : 0;
}
