#include "dict.h"

#include "buf.h"
#include "test.h"

static void
an_empty_dict_has_nothing(void)
{
	struct dict d = {0};

	CHECK(dict_find(&d, slice_of("a")) == DICT_NONE);
	CHECK(dict_find(&d, slice_of("")) == DICT_NONE);
	dict_release(&d);
}

static void
the_first_value_of_a_key_stays_until_it_is_set(void)
{
	struct dict d = {0};
	bool added = false;

	CHECK(dict_add(&d, slice_of("a"), 1, &added) == 1 && added);
	CHECK(dict_add(&d, slice_of("a"), 2, &added) == 1 && !added);
	CHECK(dict_add(&d, slice_of("a"), 2, NULL) == 1);
	dict_set(&d, slice_of("a"), 3);
	dict_set(&d, slice_of("b"), 4);
	CHECK(dict_find(&d, slice_of("a")) == 3);
	CHECK(dict_find(&d, slice_of("b")) == 4);
	CHECK(d.n == 2);
	dict_release(&d);
}

static void
keys_may_be_any_bytes_and_are_copied(void)
{
	struct dict d = {0};
	char key[3] = {'a', '\0', 'b'};

	dict_set(&d, (struct slice){key, 3}, 1);
	dict_set(&d, (struct slice){key, 1}, 2);
	dict_set(&d, slice_of(""), 3);
	key[0] = 'x';
	CHECK(dict_find(&d, (struct slice){"a\0b", 3}) == 1);
	CHECK(dict_find(&d, slice_of("a")) == 2);
	CHECK(dict_find(&d, slice_of("")) == 3);
	CHECK(dict_find(&d, (struct slice){key, 3}) == DICT_NONE);
	dict_release(&d);
}

static void
many_keys_are_all_found(void)
{
	struct dict d = {0};
	struct buf key = {0};

	for (size_t i = 0; i < 50000; i++) {
		buf_clear(&key);
		buf_addf(&key, "%zu-of-many", i);
		dict_set(&d, buf_slice(&key), i);
	}
	for (size_t i = 0; i < 60000; i++) {
		buf_clear(&key);
		buf_addf(&key, "%zu-of-many", i);
		CHECK(dict_find(&d, buf_slice(&key)) ==
		    (i < 50000 ? i : DICT_NONE));
	}
	CHECK(d.n == 50000);
	CHECK_SLICE(dict_newest(&d), "49999-of-many");
	buf_release(&key);
	dict_release(&d);
}

int
main(void)
{
	RUN(an_empty_dict_has_nothing);
	RUN(the_first_value_of_a_key_stays_until_it_is_set);
	RUN(keys_may_be_any_bytes_and_are_copied);
	RUN(many_keys_are_all_found);
	return test_done();
}
