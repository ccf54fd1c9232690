#include "message.h"

#include "columns.h"
#include "test.h"
#include "times.h"

static void
the_columns_are_called_as_the_stream_calls_them(void)
{
	struct columns names = {0};

	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		CHECK(columns_add(&names, slice_of(message_columns[i])) == i);
	CHECK_SLICE(names.name[MESSAGE_ID], "message");
	CHECK_SLICE(names.name[MESSAGE_RECORD], "id");
	CHECK_SLICE(names.name[MESSAGE_STATUS], "status");
	columns_release(&names);
}

static void
a_row_begins_without_values(void)
{
	struct message m = {0};

	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		CHECK(m.field[i].n == 0);
	message_release(&m);
}

static void
fields_are_as_on_disk(void)
{
	struct message m = {0};
	struct stamp due = at("2026-03-02T12:00:00.5Z");

	message_set(&m, MESSAGE_BODY, slice_of("two\nlines\\"));
	message_set(&m, MESSAGE_PARTY, slice_of("ann"));
	message_set_number(&m, MESSAGE_TRY, 2);
	message_set_time(&m, MESSAGE_DUE, &due);
	CHECK_SLICE(m.field[MESSAGE_BODY], "two\\nlines\\\\");
	CHECK_SLICE(m.field[MESSAGE_PARTY], "ann");
	CHECK_SLICE(m.field[MESSAGE_TRY], "2");
	CHECK_SLICE(m.field[MESSAGE_DUE], "2026-03-02T12:00:00.5Z");
	message_release(&m);
	CHECK(m.field[MESSAGE_BODY].n == 0);
}

static void
a_value_takes_the_place_of_the_one_before(void)
{
	struct message m = {0};
	struct stamp due = at("2026-03-02T12:00:00Z");

	message_set(&m, MESSAGE_BODY, slice_of("a\tb\tc"));
	message_set(&m, MESSAGE_BODY, slice_of("d\te"));
	CHECK_SLICE(m.field[MESSAGE_BODY], "d\\te");
	message_set_number(&m, MESSAGE_TRY, 10);
	message_set_number(&m, MESSAGE_TRY, 1);
	CHECK_SLICE(m.field[MESSAGE_TRY], "1");
	message_set_time(&m, MESSAGE_DUE, &due);
	message_set_time(&m, MESSAGE_DUE, NULL);
	CHECK_SLICE(m.field[MESSAGE_DUE], "");
	message_release(&m);
}

int
main(void)
{
	RUN(the_columns_are_called_as_the_stream_calls_them);
	RUN(a_row_begins_without_values);
	RUN(fields_are_as_on_disk);
	RUN(a_value_takes_the_place_of_the_one_before);
	return test_done();
}
