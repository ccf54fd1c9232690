/*
 * Runs a fuzz harness without a fuzzer, as a test: on nothing, on each file
 * of its corpus (tests/fuzz/corpus/NAME, NAME being the program's), on the
 * starts of each, and on each with bytes changed, always in the same way.
 */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "files.h"
#include "mem.h"

#define CHANGES 200 /* of each input, and as many starts */
#define MAX_BYTES ((size_t)1024 * 1024)

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

/* A block of just these bytes, so that a sanitizer sees reads past them. */
static void
run(struct slice s)
{
	uint8_t *copy = mem_new(s.n, 1);

	if (s.n > 0)
		memcpy(copy, s.p, s.n);
	LLVMFuzzerTestOneInput(copy, s.n);
	free(copy);
}

static void
run_variants(struct buf *input)
{
	size_t step = input->n / CHANGES + 1;
	uint32_t random = 1;

	run(buf_slice(input));
	for (size_t n = 0; n < input->n; n += step)
		run((struct slice){input->p, n});
	for (size_t i = 0; input->n > 0 && i < CHANGES; i++) {
		char *byte;
		char was;

		random = random * 1664525 + 1013904223;
		byte = &input->p[random % input->n];
		was = *byte;
		*byte = (char)(random >> 24);
		run(buf_slice(input));
		*byte = was;
	}
}

/* Runs all files of a directory; returns their number. */
static size_t
run_directory(const char *path)
{
	DIR *dir = opendir(path);
	struct buf name = {0}, input = {0};
	struct fault fault = {0};
	struct dirent *entry;
	size_t n = 0;

	while (dir != NULL && (entry = readdir(dir)) != NULL) {
		if (entry->d_name[0] == '.')
			continue;
		buf_clear(&name);
		buf_clear(&input);
		buf_addf(&name, "%s/%s", path, entry->d_name);
		if (file_read(buf_str(&name), MAX_BYTES, &input, &fault) < 0) {
			printf("# %s\n", buf_str(&fault.text));
			continue;
		}
		run_variants(&input);
		n++;
	}
	if (dir != NULL)
		closedir(dir);
	buf_release(&name);
	buf_release(&input);
	fault_release(&fault);
	return n;
}

int
main(int argc, char **argv)
{
	const char *slash = strrchr(argv[0], '/');
	const char *name = slash != NULL ? slash + 1 : argv[0];
	struct buf path = {0};
	size_t n;

	run((struct slice){"", 0});
	buf_addf(&path, "tests/fuzz/corpus/%s", name);
	n = run_directory(argc > 1 ? argv[1] : buf_str(&path));
	buf_release(&path);
	printf("%s the %zu inputs of the corpus %s pass\n",
	    n > 0 ? "ok" : "not ok", n, name);
	return n == 0;
}
