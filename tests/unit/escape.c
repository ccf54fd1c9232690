#include "escape.h"

#include "chance.h"
#include "test.h"

/* Checks that text and field stand for each other. */
static void
check_pair(const char *text, const char *field)
{
	struct buf a = {0}, b = {0};

	CHECK_SLICE(escape(slice_of(text), &a), field);
	CHECK_SLICE(unescape(slice_of(field), &b), text);
	buf_release(&a);
	buf_release(&b);
}

static void
four_bytes_have_an_escape(void)
{
	check_pair(
	    "plain, \"text\" \x01 \xc3\xa9", "plain, \"text\" \x01 \xc3\xa9");
	check_pair("a\tb\nc\rd\\e", "a\\tb\\nc\\rd\\\\e");
	check_pair("\\", "\\\\");
	check_pair("\\n", "\\\\n");
	check_pair("\\N", "\\\\N");
	check_pair("\n\n", "\\n\\n");
	check_pair("", "");
}

static void
any_field_can_be_read(void)
{
	struct buf b = {0};

	CHECK_SLICE(unescape(slice_of("\\x\\"), &b), "\\x\\");
	CHECK_SLICE(unescape(slice_of("C:\\dir"), &b), "C:\\dir");
	CHECK_SLICE(unescape(slice_of("\\\\\\t"), &b), "\\\t");
	buf_release(&b);
}

static void
empty_and_backslash_n_have_no_value(void)
{
	struct buf b = {0};

	CHECK(!field_is_set(slice_of("")));
	CHECK(!field_is_set(slice_of("\\N")));
	CHECK(field_is_set(slice_of("\\n")));
	CHECK(field_is_set(slice_of("\\N ")));
	CHECK_SLICE(unescape(slice_of("\\N"), &b), "");
	buf_release(&b);
}

static void
what_needs_no_escape_is_not_copied(void)
{
	struct slice s = slice_of("plain");
	struct buf b = {0};

	CHECK(escape(s, &b).p == s.p);
	CHECK(unescape(s, &b).p == s.p);
	CHECK(b.p == NULL);
}

static void
a_copy_of_a_field_lives_in_the_arena(void)
{
	struct arena arena = {0};
	struct slice s = slice_of("plain");

	CHECK(escape_copy(s, &arena).p != s.p);
	CHECK_SLICE(escape_copy(s, &arena), "plain");
	CHECK_SLICE(escape_copy(slice_of("a\tb"), &arena), "a\\tb");
	CHECK_SLICE(escape_copy((struct slice){NULL, 0}, &arena), "");
	arena_release(&arena);
}

static void
any_text_comes_back_from_its_field(void)
{
	static const char letters[] = "\\\\\t\n\rtnrNx \xc3\xa9\0";
	struct buf field = {0}, again = {0};

	for (int i = 0; i < 100000; i++) {
		char text[40];
		size_t n = chance(sizeof text);

		for (size_t k = 0; k < n; k++)
			text[k] = letters[chance(sizeof letters)];
		buf_clear(&field);
		buf_clear(&again);
		escape_add(&field, (struct slice){text, n});
		unescape_add(&again, buf_slice(&field));
		CHECK(slice_eq(buf_slice(&again), (struct slice){text, n}));
		CHECK(n == 0 || memchr(field.p, '\n', field.n) == NULL);
		CHECK(n == 0 || memchr(field.p, '\t', field.n) == NULL);
		CHECK(n == 0 || field_is_set(buf_slice(&field)));
	}
	buf_release(&field);
	buf_release(&again);
}

int
main(void)
{
	RUN(four_bytes_have_an_escape);
	RUN(any_field_can_be_read);
	RUN(empty_and_backslash_n_have_no_value);
	RUN(what_needs_no_escape_is_not_copied);
	RUN(a_copy_of_a_field_lives_in_the_arena);
	RUN(any_text_comes_back_from_its_field);
	return test_done();
}
