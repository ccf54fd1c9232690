#include "mem.h"

#include <stdint.h>
#include <stdlib.h>

#include "test.h"

static void
new_memory_is_zero(void)
{
	char *p = mem_new(100, 3), *none = mem_new(0, 8);

	for (size_t i = 0; i < 300; i++)
		CHECK(p[i] == 0);
	CHECK(none != NULL);
	free(p);
	free(none);
}

static void
a_copy_ends_with_a_nul(void)
{
	char *p = mem_copy("abc", 2), *empty = mem_copy(NULL, 0);

	CHECK(strcmp(p, "ab") == 0);
	CHECK(strcmp(empty, "") == 0);
	free(p);
	free(empty);
}

static void
an_array_grows_by_doubling(void)
{
	int *v = NULL;
	size_t cap = 0;

	for (size_t n = 0; n < 1000; n++) {
		v = mem_grow(v, n, &cap, sizeof *v);
		v[n] = (int)n;
	}
	for (int i = 0; i < 1000; i++)
		CHECK(v[i] == i);
	CHECK(cap == 1024);
	free(v);
}

static void
an_arena_hands_out_aligned_zeros(void)
{
	struct arena a = {0};

	for (size_t n = 0; n < 3000; n += 7) {
		char *p = arena_new(&a, n);

		CHECK((uintptr_t)p % sizeof(long double) == 0);
		for (size_t i = 0; i < n; i++)
			CHECK(p[i] == 0);
		memset(p, 0xff, n); /* dirty, for the reset below */
	}
	arena_reset(&a);
	CHECK(((char *)arena_new(&a, 100))[99] == 0);
	arena_release(&a);
}

static void
an_arena_takes_pieces_larger_than_a_block(void)
{
	struct arena a = {0};
	char *large = arena_new(&a, 1000000), *small;

	memset(large, 'x', 1000000);
	small = arena_copy(&a, "abc", 3);
	CHECK(strcmp(small, "abc") == 0);
	CHECK(large[999999] == 'x');
	arena_release(&a);
	CHECK(a.block == NULL);
	arena_reset(&a); /* of an empty one */
}

int
main(void)
{
	RUN(new_memory_is_zero);
	RUN(a_copy_ends_with_a_nul);
	RUN(an_array_grows_by_doubling);
	RUN(an_arena_hands_out_aligned_zeros);
	RUN(an_arena_takes_pieces_larger_than_a_block);
	return test_done();
}
