#include "runnable.h"

#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "slice.h"

static bool
can_be_run(struct buf *path)
{
	const char *file = buf_str(path);
	struct stat st;

	return stat(file, &st) == 0 && S_ISREG(st.st_mode) &&
	    access(file, X_OK) == 0;
}

static bool
is_in(struct buf *path, struct slice dir, const char *name)
{
	buf_clear(path);
	buf_addf(path, "%.*s/%s", SLICE_ARG(dir), name);
	return can_be_run(path);
}

/* Looks for it on a path such as PATH; its name is left where it is nowhere. */
static bool
is_on(struct buf *path, const char *search, const char *name)
{
	struct slice rest = slice_of(search != NULL ? search : ""), dir;

	while (search != NULL && slice_split(&rest, ':', &dir)) {
		/* An empty part is the current directory. */
		if (is_in(path, dir.n > 0 ? dir : slice_of("."), name))
			return true;
	}
	buf_clear(path);
	buf_add_str(path, name);
	return false;
}

bool
runnable_find(struct buf *path, const struct pack *p, const char *share,
    const char *search, const char *name)
{
	struct buf media = {0};
	bool found;

	if (strchr(name, '/') != NULL) {
		buf_clear(path);
		buf_add_str(path, name);
		return can_be_run(path);
	}
	buf_addf(&media, "media/%s", name);
	if (pack_find(p, buf_str(&media), path))
		found = can_be_run(path);
	else
		found = is_in(path, slice_of(share), buf_str(&media)) ||
		    is_on(path, search, name);
	buf_release(&media);
	return found;
}
