#include "stops.h"

#include "test.h"

static struct arena arena;

static void
two_columns_stop_the_clocks(void)
{
	struct columns columns = {0};
	unsigned held = stops_kind(slice_of("held"));
	unsigned vanished = stops_kind(slice_of("vanished"));

	CHECK(held > 0 && vanished > 0 && held != vanished);
	CHECK(stops_kind(slice_of("holds")) == 0);
	columns_add(&columns, slice_of("state"));
	CHECK(!stops_among(&columns));
	columns_add(&columns, slice_of("vanished"));
	CHECK(stops_among(&columns));
	columns_release(&columns);
}

static void
they_stand_from_the_first_that_is_set_to_the_last_that_is_cleared(void)
{
	static const struct {
		int64_t updated;
		const char *column, *text;
	} row[] = {
	    /* not in the order of time, as they may be told */
	    {400, "vanished", ""},
	    {100, "held", "1970-01-01T00:01:40Z"},
	    {300, "held", ""},
	    {200, "vanished", "1970-01-01T00:03:20Z"},
	    {500, "held", "1970-01-01T00:08:20Z"},
	};
	struct stop *newest = NULL;
	struct buf out = {0};

	for (size_t i = 0; i < LEN(row); i++) {
		struct version version = {
		    .updated = {row[i].updated, 0}, .seq = i + 1};

		newest = stops_add(&arena, newest,
		    stops_kind(slice_of(row[i].column)), &version,
		    slice_of(row[i].text));
	}
	stops_write(newest, slice_of("soon"), &out);
	CHECK_SLICE(buf_slice(&out),
	    "1970-01-01T00:01:40Z/1970-01-01T00:06:40Z "
	    "1970-01-01T00:08:20Z/ soon");
	buf_clear(&out);
	stops_write(NULL, slice_of(""), &out);
	CHECK_SLICE(buf_slice(&out), "");
	buf_release(&out);
}

static void
the_order_of_columns_in_an_entry_says_nothing(void)
{
	static const struct {
		const char *column, *text;
	} second[] = {{"held", ""}, {"vanished", "1970-01-01T00:05:00Z"}};

	for (size_t first = 0; first < LEN(second); first++) {
		struct version version = {.updated = {100, 0}, .seq = 1};
		struct buf out = {0};
		struct stop *newest =
		    stops_add(&arena, NULL, stops_kind(slice_of("held")),
			&version, slice_of("1970-01-01T00:01:40Z"));

		version = (struct version){.updated = {200, 0}, .seq = 2};
		for (size_t i = 0; i < LEN(second); i++) {
			size_t at = (first + i) % LEN(second);

			newest = stops_add(&arena, newest,
			    stops_kind(slice_of(second[at].column)), &version,
			    slice_of(second[at].text));
		}
		stops_write(newest, slice_of(""), &out);
		CHECK_SLICE(buf_slice(&out),
		    "1970-01-01T00:01:40Z/1970-01-01T00:03:20Z "
		    "1970-01-01T00:05:00Z/");
		buf_release(&out);
	}
}

int
main(void)
{
	RUN(two_columns_stop_the_clocks);
	RUN(they_stand_from_the_first_that_is_set_to_the_last_that_is_cleared);
	RUN(the_order_of_columns_in_an_entry_says_nothing);
	arena_release(&arena);
	return test_done();
}
