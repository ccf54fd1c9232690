#include "content.h"

#include "test.h"

static void
content_does_not_go_by_the_order_of_columns(void)
{
	struct content none = {{0, 0}}, a, b;
	struct slice x = slice_of("x"), y = slice_of("y"), no = {"", 0};

	a = content_with(none, x, no, slice_of("1"));
	a = content_with(a, y, no, slice_of("2"));
	b = content_with(none, y, no, slice_of("2"));
	b = content_with(b, x, no, slice_of("1"));
	CHECK(memcmp(&a, &b, sizeof a) == 0);
	b = content_with(b, x, slice_of("1"), no);
	b = content_with(b, y, slice_of("2"), no);
	CHECK(memcmp(&b, &none, sizeof b) == 0);
	a = content_with(none, x, no, slice_of("2"));
	b = content_with(none, y, no, slice_of("2"));
	CHECK(memcmp(&a, &b, sizeof a) != 0);
}

int
main(void)
{
	RUN(content_does_not_go_by_the_order_of_columns);
	return test_done();
}
