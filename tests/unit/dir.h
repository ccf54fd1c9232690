#ifndef INC_TEST_DIR_H
#define INC_TEST_DIR_H

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "buf.h"
#include "files.h"
#include "output.h"
#include "test.h"

/*
 * A directory of this test alone: dir_begin() makes it, and dir_end() removes
 * it with all that is in it.
 */
static char dir[] = "/tmp/inc-unit-XXXXXX";
static struct buf dir_path[2], dir_text;

static inline void
dir_begin(void)
{
	if (mkdtemp(dir) == NULL) {
		perror(dir);
		exit(1);
	}
}

/* The path of a name in it, valid until the next but one call. */
static inline const char *
in_dir(const char *name)
{
	static size_t turn;
	struct buf *path = &dir_path[turn++ % 2];

	buf_clear(path);
	buf_addf(path, "%s/%s", dir, name);
	return buf_str(path);
}

/* Makes a directory in it. */
static inline void
dir_make(const char *name)
{
	CHECK(mkdir(in_dir(name), 0700) == 0);
}

/* Writes a file in it; text replaces what it held. */
static inline void
dir_put(const char *name, const char *text)
{
	struct output out;

	CHECK(output_create(&out, in_dir(name)) == 0);
	output_add(&out, slice_of(text));
	CHECK(output_close(&out) == 0);
	output_release(&out);
}

/* What a file in it holds, valid until the next call here. */
static inline struct slice
dir_get(const char *name)
{
	struct fault fault = {0};

	buf_clear(&dir_text);
	CHECK(file_read(in_dir(name), 1 << 20, &dir_text, &fault) == 0);
	fault_release(&fault);
	return buf_slice(&dir_text);
}

/* The permissions of what has a name in it. */
static inline unsigned
dir_mode(const char *name)
{
	struct stat st = {0};

	CHECK(stat(in_dir(name), &st) == 0);
	return (unsigned)st.st_mode & 0777U;
}

/* A fault without the directory's path, valid until the next call here. */
static inline struct slice
dir_said(const struct fault *fault)
{
	struct slice rest = buf_slice(&fault->text);

	buf_clear(&dir_text);
	while (rest.n > 0) {
		size_t n = slice_starts(rest, dir) ? strlen(dir) : 0;

		if (n == 0)
			buf_add_char(&dir_text, *rest.p);
		rest = slice_from(rest, n > 0 ? n : 1);
	}
	return buf_slice(&dir_text);
}

static inline int
dir_remove(const char *path, const struct stat *st, int kind, struct FTW *where)
{
	(void)st, (void)kind, (void)where;
	return remove(path);
}

static inline void
dir_end(void)
{
	nftw(dir, dir_remove, 8, FTW_DEPTH | FTW_PHYS);
	buf_release(&dir_path[0]);
	buf_release(&dir_path[1]);
	buf_release(&dir_text);
}

#endif
