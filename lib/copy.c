#include "copy.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "buf.h"
#include "custody.h"
#include "files.h"
#include "segment.h"

/* What a copy has while it is made a log: else one killed meanwhile would leave
 * a log that says nothing of what is lost. */
#define MARK "restoring"

/* Whether there is a file of this name. */
static bool
has(const char *dir, const char *name)
{
	struct buf path = {0};
	bool is;

	buf_addf(&path, "%s/%s", dir, name);
	is = file_exists(buf_str(&path)) || errno != ENOENT;
	buf_release(&path);
	return is;
}

bool
copy_is(const char *dir)
{
	struct buf name = {0};
	struct fault fault = {0};
	bool is = (!has(dir, "lock") || has(dir, MARK)) &&
	    segment_last(dir, &name, &fault) > 0;

	buf_release(&name);
	fault_release(&fault);
	return is;
}

int
copy_refuse(const char *dir, struct fault *f)
{
	return fault_at(f, (struct place){.file = dir},
	    "is a copy of a log: inc-log restored makes it one that can be "
	    "written to");
}

void
copy_take_back(const char *dir)
{
	static const char *const made[] = {"lock", "synced", MARK};

	for (size_t i = 0; i < LEN(made); i++) {
		struct buf path = {0};

		buf_addf(&path, "%s/%s", dir, made[i]);
		unlink(buf_str(&path));
		buf_release(&path);
	}
}

/* Makes an empty file where there is none: 0, or -1. */
static int
make(const char *dir, const char *name, struct fault *f)
{
	struct buf path = {0};
	int fd;

	buf_addf(&path, "%s/%s", dir, name);
	fd = custody_open(dir, buf_str(&path), O_RDWR, f);
	buf_release(&path);
	if (fd < 0)
		return -1;
	close(fd);
	return directory_sync(dir, f);
}

int
copy_make_log(const char *dir, struct fault *f)
{
	return make(dir, "lock", f);
}

int
copy_begin_restore(const char *dir, struct fault *f)
{
	return make(dir, MARK, f) < 0 ? -1 : copy_make_log(dir, f);
}

int
copy_end_restore(const char *dir, struct fault *f)
{
	struct buf path = {0};
	int result;

	buf_addf(&path, "%s/" MARK, dir);
	result = unlink(buf_str(&path)) < 0 && errno != ENOENT
	    ? fault_errno(f, "remove", buf_str(&path))
	    : directory_sync(dir, f);
	buf_release(&path);
	return result;
}
