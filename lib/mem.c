#include "mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/* Large enough that tables take a handful of blocks. */
#define BLOCK_BYTES ((size_t)16 * 1024)

struct arena_block {
	struct arena_block *next; /* the block before this one */
	size_t used;              /* bytes handed out */
	size_t size;              /* bytes of data[] */
	alignas(max_align_t) char data[];
};

static _Noreturn void
out_of_memory(void)
{
	fputs("inc: out of memory\n", stderr);
	exit(2);
}

void *
mem_new(size_t count, size_t size)
{
	void *p = calloc(count ? count : 1, size ? size : 1);

	if (p == NULL)
		out_of_memory();
	return p;
}

void *
mem_resize(void *p, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		out_of_memory();
	p = realloc(p, count * size != 0 ? count * size : 1);
	if (p == NULL)
		out_of_memory();
	return p;
}

char *
mem_copy(const void *p, size_t n)
{
	char *copy;

	if (n == SIZE_MAX)
		out_of_memory();
	copy = mem_resize(NULL, n + 1, 1);
	if (n > 0)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

void *
mem_grow(void *p, size_t n, size_t *cap, size_t size)
{
	if (n < *cap)
		return p;
	if (*cap > SIZE_MAX / 2)
		out_of_memory();
	*cap = *cap < 8 ? 8 : *cap * 2;
	return mem_resize(p, *cap, size);
}

void *
arena_new(struct arena *a, size_t n)
{
	const size_t align = alignof(max_align_t);
	struct arena_block *b = a->block;
	char *p;

	if (n > SIZE_MAX / 2)
		out_of_memory();
	n = (n + align - 1) / align * align;
	if (b == NULL || b->size - b->used < n) {
		size_t size = n > BLOCK_BYTES ? n : BLOCK_BYTES;

		b = mem_resize(NULL, sizeof *b + size, 1);
		b->next = a->block;
		b->used = 0;
		b->size = size;
		a->block = b;
	}
	p = b->data + b->used;
	b->used += n;
	memset(p, 0, n);
	return p;
}

char *
arena_copy(struct arena *a, const void *p, size_t n)
{
	char *copy = arena_new(a, n + 1);

	if (n > 0)
		memcpy(copy, p, n);
	return copy;
}

void
arena_reset(struct arena *a)
{
	struct arena_block *keep = a->block;

	if (keep == NULL)
		return;
	a->block = keep->next;
	arena_release(a);
	keep->next = NULL;
	keep->used = 0;
	a->block = keep;
}

void
arena_release(struct arena *a)
{
	while (a->block != NULL) {
		struct arena_block *b = a->block;

		a->block = b->next;
		free(b);
	}
}
