#include "snake.h"

#include "test.h"

static struct buf out;

static const char *
snake(const char *name)
{
	buf_clear(&out);
	snake_add(&out, slice_of(name), 7);
	return buf_str(&out);
}

#define BECOMES(name, want) CHECK_SLICE(slice_of(snake(name)), want)

static void
words_are_joined_by_one_underscore(void)
{
	BECOMES("Call Number", "call_number");
	BECOMES("Neighborhood  District", "neighborhood_district");
	BECOMES(" case:concept-name? ", "case_concept_name");
	BECOMES("sys_updated_at", "sys_updated_at");
	BECOMES("a\tb\nc", "a_b_c");
}

static void
capitals_start_words(void)
{
	BECOMES("Received DtTm", "received_dt_tm");
	BECOMES("RowID", "row_id");
	BECOMES("HTTPServer", "http_server");
	BECOMES("IncGeo_BoroughCode", "inc_geo_borough_code");
	BECOMES("ALS Unit", "als_unit");
	BECOMES("Box2Name", "box2_name");
}

static void
odd_names_become_columns_too(void)
{
	BECOMES("", "column_7");
	BECOMES("#", "column_7");
	BECOMES("3", "column_3");
	BECOMES("911 code", "column_911_code");
	BECOMES("Gr\xc3\xb6\xc3\x9f"
		"e",
	    "gr\xc3\xb6\xc3\x9f"
	    "e");
}

int
main(void)
{
	RUN(words_are_joined_by_one_underscore);
	RUN(capitals_start_words);
	RUN(odd_names_become_columns_too);
	buf_release(&out);
	return test_done();
}
