#include "jsonmem.h"

#include <stdlib.h>

#include "mem.h"

static void *
resize(void *ctx, void *p, size_t n)
{
	(void)ctx;
	return mem_resize(p, n, 1);
}

static void *
allocate(void *ctx, size_t n)
{
	return resize(ctx, NULL, n);
}

static void
release(void *ctx, void *p)
{
	(void)ctx;
	free(p);
}

yajl_alloc_funcs jsonmem = {allocate, resize, release, NULL};
