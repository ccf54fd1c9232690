#include "buf.h"

#include <stdint.h>

#include "test.h"

static void
an_empty_buffer_has_a_slice_and_a_string(void)
{
	struct buf b = {0};

	CHECK(buf_slice(&b).p != NULL && buf_slice(&b).n == 0);
	CHECK(strcmp(buf_str(&b), "") == 0);
	buf_add(&b, NULL, 0);
	CHECK(b.n == 0);
	buf_release(&b);
	CHECK(b.p == NULL && b.cap == 0);
}

static void
all_that_is_added_is_kept_in_order(void)
{
	struct buf b = {0};

	buf_add_str(&b, "a");
	buf_add_char(&b, '\0');
	buf_add(&b, "bc", 2);
	buf_add_slice(&b, slice_of("d"));
	buf_addf(&b, "%d%s", 12, "e");
	CHECK(b.n == 8 && memcmp(b.p, "a\0bcd12e", 8) == 0);
	CHECK(buf_str(&b)[8] == '\0' && b.n == 8);
	buf_clear(&b);
	CHECK(b.n == 0 && b.cap > 0);
	buf_release(&b);
}

static void
a_word_is_added_once(void)
{
	static const char *const word[] = {"ab", "a", "ab", "b", "a"};
	struct buf b = {0};

	for (size_t i = 0; i < 5; i++)
		buf_add_word(&b, slice_of(word[i]));
	CHECK_SLICE(buf_slice(&b), "ab a b");
	buf_release(&b);
}

static void
a_buffer_grows_past_every_size(void)
{
	struct buf b = {0};

	for (size_t i = 0; i < 100000; i++)
		buf_addf(&b, "%zu,", i % 10);
	CHECK(b.n == 200000);
	CHECK(memcmp(b.p + b.n - 4, "8,9,", 4) == 0);
	memset(buf_room(&b, 5000000), 'x', 5000000);
	CHECK(b.n == 200000 && b.cap >= 5200000);
	buf_release(&b);
}

static void
a_number_is_added_in_decimal(void)
{
	struct buf b = {0};

	buf_add_number(&b, 0);
	buf_add_char(&b, ' ');
	buf_add_number(&b, 1200);
	buf_add_char(&b, ' ');
	buf_add_number(&b, UINT64_MAX);
	CHECK_SLICE(buf_slice(&b), "0 1200 18446744073709551615");
	buf_clear(&b);
	buf_add_digits(&b, 7, 0);
	buf_add_digits(&b, 7, 3);
	buf_add_digits(&b, 1234, 3);
	CHECK_SLICE(buf_slice(&b), "70071234");
	buf_clear(&b);
	buf_add_digits(&b, UINT64_MAX, 20);
	buf_add_digits(&b, 0, 20);
	CHECK_SLICE(buf_slice(&b), "1844674407370955161500000000000000000000");
	buf_release(&b);
}

int
main(void)
{
	RUN(an_empty_buffer_has_a_slice_and_a_string);
	RUN(all_that_is_added_is_kept_in_order);
	RUN(a_word_is_added_once);
	RUN(a_number_is_added_in_decimal);
	RUN(a_buffer_grows_past_every_size);
	return test_done();
}
