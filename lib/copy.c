#include "copy.h"

#include <errno.h>
#include <fcntl.h>
#include <unistd.h>

#include "buf.h"
#include "custody.h"
#include "files.h"
#include "segment.h"

bool
copy_is(const char *dir)
{
	struct buf text = {0};
	struct fault fault = {0};
	bool is;

	buf_addf(&text, "%s/lock", dir);
	is = !file_exists(buf_str(&text)) && errno == ENOENT &&
	    segment_last(dir, &text, &fault) > 0;
	buf_release(&text);
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
	static const char *const made[] = {"lock", "synced"};

	for (size_t i = 0; i < LEN(made); i++) {
		struct buf path = {0};

		buf_addf(&path, "%s/%s", dir, made[i]);
		unlink(buf_str(&path));
		buf_release(&path);
	}
}

int
copy_restore(const char *dir, struct fault *f)
{
	struct buf path = {0};
	int fd;

	buf_addf(&path, "%s/lock", dir);
	fd = custody_open(dir, buf_str(&path), O_RDWR, f);
	buf_release(&path);
	if (fd < 0)
		return -1;
	close(fd);
	return directory_sync(dir, f);
}
