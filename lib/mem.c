#include "mem.h"

#include <stdalign.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

/*
 * Blocks of an arena: large enough that tables take a handful of them; each is
 * twice the one before, up to the most.
 */
#define BLOCK_BYTES ((size_t)16 * 1024)
#define BLOCK_MOST ((size_t)4 * 1024 * 1024)

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

/* Room for n bytes, at a multiple of align, a power of two. */
static char *
take(struct arena *a, size_t n, size_t align)
{
	struct arena_block *b = a->block;
	size_t at = b != NULL ? (b->used + align - 1) & ~(align - 1) : 0;

	if (n > SIZE_MAX / 2)
		out_of_memory();
	if (b == NULL || b->size < at || b->size - at < n) {
		size_t size = b != NULL ? 2 * b->size : BLOCK_BYTES;

		size = size < BLOCK_MOST ? size : BLOCK_MOST;
		size = n > size ? n : size;
		b = mem_resize(NULL, sizeof *b + size, 1);
		b->next = a->block;
		b->size = size;
		a->block = b;
		at = 0;
	}
	b->used = at + n;
	return b->data + at;
}

void *
arena_new(struct arena *a, size_t n)
{
	return memset(arena_raw(a, n), 0, n);
}

void *
arena_raw(struct arena *a, size_t n)
{
	return take(a, n, alignof(max_align_t));
}

char *
arena_bytes(struct arena *a, size_t n)
{
	return take(a, n, 1);
}

char *
arena_copy(struct arena *a, const void *p, size_t n)
{
	char *copy = arena_bytes(a, n + 1);

	if (n > 0)
		memcpy(copy, p, n);
	copy[n] = '\0';
	return copy;
}

void *
arena_grow(struct arena *a, void *p, size_t n, size_t size)
{
	void *more;

	if ((n & (n - 1)) != 0) /* neither 0 nor a power of two: not full */
		return p;
	if (n > SIZE_MAX / 4 / size)
		out_of_memory();
	more = take(a, (n == 0 ? 1 : 2 * n) * size, alignof(max_align_t));
	return n > 0 ? memcpy(more, p, n * size) : more;
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
