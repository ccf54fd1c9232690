#include "content.h"

#include "test.h"

static const struct hash_key key = {{1, 2}};
static const struct slice no = {"", 0};

static struct content
with(struct content c, size_t column, const char *old, const char *value)
{
	return content_with(&key, c, column, slice_of(old), slice_of(value));
}

static void
content_does_not_go_by_the_order_of_columns(void)
{
	struct content none = {{0, 0}}, a, b;

	a = with(with(none, 0, "", "1"), 1, "", "2");
	b = with(with(none, 1, "", "2"), 0, "", "1");
	CHECK(memcmp(&a, &b, sizeof a) == 0);
	b = with(with(b, 0, "1", ""), 1, "2", "");
	CHECK(memcmp(&b, &none, sizeof b) == 0);
	a = with(none, 0, "", "2");
	b = with(none, 1, "", "2");
	CHECK(memcmp(&a, &b, sizeof a) != 0);
}

static void
content_goes_by_the_key(void)
{
	struct content none = {{0, 0}}, a = with(none, 0, "", "1"), b;
	struct hash_key other = {{1, 3}};

	b = content_with(&other, none, 0, no, slice_of("1"));
	CHECK(a.sum[0] != b.sum[0] && a.sum[1] != b.sum[1]);
}

int
main(void)
{
	RUN(content_does_not_go_by_the_order_of_columns);
	RUN(content_goes_by_the_key);
	return test_done();
}
