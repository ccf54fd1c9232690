#ifndef INC_TEST_KEPT_H
#define INC_TEST_KEPT_H

#include <stdlib.h>
#include <unistd.h>

#include "mem.h"
#include "slice.h"

/* A file with these bytes, removed by drop(). */
static inline char *
keep(struct slice text)
{
	char *path = mem_copy("/tmp/inc-unit-XXXXXX", 20);
	int fd = mkstemp(path);

	if (fd < 0 || write(fd, text.p, text.n) != (ssize_t)text.n)
		abort();
	close(fd);
	return path;
}

static inline void
drop(char *path)
{
	unlink(path);
	free(path);
}

#endif
