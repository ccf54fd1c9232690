#include "hash.h"

#include <errno.h>
#include <stdbool.h>
#include <sys/syscall.h>
#include <unistd.h>

#include "test.h"

long syscall(long number, ...); /* POSIX has none */

static bool has_random = true;

/* In place of the system's. */
ssize_t
getrandom(void *p, size_t n, unsigned flags)
{
	errno = ENOSYS;
	return has_random ? syscall(SYS_getrandom, p, n, flags) : -1;
}

static const struct hash_key key = {
    {UINT64_C(0x0706050403020100), UINT64_C(0x0f0e0d0c0b0a0908)}};

/*
 * The first are also those of Rust's tests; the wide one is by the reference's
 * 128 bits, with 1 and 3 rounds.
 */
static void
numbers_are_those_of_siphash_1_3(void)
{
	unsigned char bytes[8];
	uint64_t wide[2];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (unsigned char)i;
	CHECK(hash_of(&key, (struct slice){"", 0}) ==
	    UINT64_C(0xabac0158050fc4dc));
	CHECK(hash_of(&key, (struct slice){(const char *)bytes, 8}) ==
	    UINT64_C(0x369095118d299a8e));
	hash_wide(&key, 7, slice_of("abcdefghi"), wide);
	CHECK(wide[0] == UINT64_C(0x21b30accdce2d245));
	CHECK(wide[1] == UINT64_C(0xf1919dd175c45cba));
}

static void
wide_numbers_differ_where_what_or_the_bytes_do(void)
{
	static const struct {
		uint64_t what;
		const char *bytes;
	} row[] = {{1, ""}, {2, ""}, {1, "a"}, {2, "a"}, {1, "abcdefgh"},
	    {1, "abcdefghi"}, {1, "abcdefgi"}};
	uint64_t out[LEN(row)][2], again[2];

	for (size_t i = 0; i < LEN(row); i++) {
		hash_wide(&key, row[i].what, slice_of(row[i].bytes), out[i]);
		hash_wide(&key, row[i].what, slice_of(row[i].bytes), again);
		CHECK(memcmp(again, out[i], sizeof again) == 0);
		for (size_t k = 0; k < i; k++) {
			CHECK(out[i][0] != out[k][0]);
			CHECK(out[i][1] != out[k][1]);
		}
	}
}

static void
two_keys_make_two_numbers(void)
{
	struct hash_key a, b;

	hash_draw(&a);
	hash_draw(&b);
	CHECK(memcmp(&a, &b, sizeof a) != 0);
	CHECK(hash_of(&a, slice_of("x")) != hash_of(&b, slice_of("x")));
}

static void
a_system_without_random_numbers_has_a_key(void)
{
	static const struct hash_key zero;
	struct hash_key a = {{0, 0}};

	has_random = false;
	hash_draw(&a);
	has_random = true;
	CHECK(memcmp(&a, &zero, sizeof a) != 0);
}

int
main(void)
{
	RUN(numbers_are_those_of_siphash_1_3);
	RUN(wide_numbers_differ_where_what_or_the_bytes_do);
	RUN(two_keys_make_two_numbers);
	RUN(a_system_without_random_numbers_has_a_key);
	return test_done();
}
