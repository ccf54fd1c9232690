#ifndef INC_PACKS_H
#define INC_PACKS_H

#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "buf.h"
#include "files.h"
#include "mem.h"
#include "test.h"

/*
 * Packs made for a test, in a directory of its own that packs_finish()
 * removes.
 */
static char packs_root[] = "/tmp/inc-packs-XXXXXX";
static struct arena packs_paths;
static const char *packs_made[64];
static size_t packs_n;

/* The path of a name in the directory. */
static const char *
packs_path(const char *name)
{
	struct buf b = {0};
	const char *path;

	buf_addf(&b, "%s/%s", packs_root, name);
	path = arena_copy(&packs_paths, b.p, b.n);
	buf_release(&b);
	return path;
}

static inline void
packs_start(void)
{
	CHECK(mkdtemp(packs_root) != NULL);
}

/* What is made is removed in the opposite order. */
static const char *
packs_note(const char *name)
{
	const char *path = packs_path(name);

	for (size_t i = 0; i < packs_n; i++) {
		if (strcmp(packs_made[i], path) == 0)
			return path;
	}
	packs_made[packs_n++] = path;
	return path;
}

static inline void
packs_directory(const char *name)
{
	CHECK(mkdir(packs_note(name), 0700) == 0);
}

/* Writes a file; text replaces what it held. */
static inline void
packs_file(const char *name, const char *text)
{
	struct output out;

	CHECK(output_create(&out, packs_note(name)) == 0);
	output_add(&out, slice_of(text));
	CHECK(output_close(&out) == 0);
	output_release(&out);
}

static inline void
packs_finish(void)
{
	while (packs_n > 0)
		remove(packs_made[--packs_n]);
	rmdir(packs_root);
	arena_release(&packs_paths);
}

#endif
