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

static void
many_arrays_grow_in_an_arena(void)
{
	struct arena a = {0};
	size_t *v[50] = {NULL};

	for (size_t n = 0; n < 100; n++) {
		for (size_t i = 0; i < 50; i++) {
			v[i] = arena_grow(&a, v[i], n, sizeof **v);
			CHECK((uintptr_t)v[i] % sizeof **v == 0);
			v[i][n] = n * i;
			arena_copy(&a, "x", n % 3 > 0); /* any address */
		}
	}
	for (size_t i = 0; i < 50; i++) {
		for (size_t n = 0; n < 100; n++)
			CHECK(v[i][n] == n * i);
	}
	arena_release(&a);
}

static void
an_arena_of_many_blocks_keeps_all(void)
{
	struct arena a = {0};
	char **piece = mem_new(30000, sizeof *piece);

	for (size_t i = 0; i < 30000; i++) {
		piece[i] = arena_new(&a, 1000);
		*(size_t *)(void *)piece[i] = i;
	}
	for (size_t i = 0; i < 30000; i++)
		CHECK(*(size_t *)(void *)piece[i] == i && piece[i][999] == 0);
	free(piece);
	arena_release(&a);
}

int
main(void)
{
	RUN(new_memory_is_zero);
	RUN(a_copy_ends_with_a_nul);
	RUN(an_array_grows_by_doubling);
	RUN(an_arena_hands_out_aligned_zeros);
	RUN(an_arena_takes_pieces_larger_than_a_block);
	RUN(many_arrays_grow_in_an_arena);
	RUN(an_arena_of_many_blocks_keeps_all);
	return test_done();
}
