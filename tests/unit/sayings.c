#include "sayings.h"

#include "test.h"

static const struct version version[] = {
    {.updated = {10, 0}, .seq = 1},
    {.updated = {5, 0}, .seq = 2},
    {.updated = {10, 0}, .seq = 3},
};

static void
versions_go_by_time_then_by_number(void)
{
	CHECK(version_cmp(&version[1], &version[0]) < 0);
	CHECK(version_cmp(&version[0], &version[2]) < 0);
	CHECK(version_cmp(&version[2], &version[1]) > 0);
	CHECK(version_cmp(&version[2], &version[2]) == 0);
}

static void
the_last_of_a_column_is_found_up_to_a_point(void)
{
	struct saying said[] = {{{.number = 0}, 4, SLICE("ten")},
	    {{.number = 1}, 4, SLICE("five")},
	    {{.number = 2}, 4, SLICE("ten again")},
	    {{.number = 1}, 7, SLICE("other")}};
	struct treap_node *all = NULL;
	struct stamp nine = {9, 0}, four = {4, 0};
	uint32_t weights = 0;
	const struct {
		struct sought want;
		const struct saying *found;
	} row[] = {
	    {{4, NULL, NULL}, &said[2]},
	    {{4, &version[2], NULL}, &said[0]},
	    {{4, &version[0], NULL}, &said[1]},
	    {{4, &version[1], NULL}, NULL},
	    {{4, NULL, &nine}, &said[1]},
	    {{4, NULL, &four}, NULL},
	    {{7, NULL, NULL}, &said[3]},
	    {{5, NULL, NULL}, NULL},
	    {{9, NULL, NULL}, NULL},
	};

	CHECK(sayings_last(NULL, version, &row[0].want) == NULL);
	for (size_t i = 0; i < LEN(said); i++)
		sayings_add(&all, &said[i], version, &weights);
	for (size_t i = 0; i < LEN(row); i++)
		CHECK(sayings_last(all, version, &row[i].want) == row[i].found);
}

int
main(void)
{
	RUN(versions_go_by_time_then_by_number);
	RUN(the_last_of_a_column_is_found_up_to_a_point);
	return test_done();
}
