#include "jsonform.h"

#include "chance.h"
#include "escape.h"
#include "jsontree.h"
#include "plain.h"
#include "test.h"

static struct message message;
static struct buf json;

static void
set(enum message_column column, const char *text)
{
	message_set(&message, column, slice_of(text));
}

static struct slice
make(void)
{
	buf_clear(&json);
	jsonform_add(&json, &message);
	return buf_slice(&json);
}

static void
a_message_is_an_object_on_one_line(void)
{
	set(MESSAGE_ID, "0123");
	message_set_number(&message, MESSAGE_TRY, 1);
	set(MESSAGE_RECORD, "20261126-0042");
	set(MESSAGE_BODY, "say \"hi\"\n\\N \xc3\xa4");
	set(MESSAGE_ROUTE, "routes.tsv:3");
	CHECK_SLICE(make(),
	    "{\"message\":\"0123\",\"try\":1,\"id\":\"20261126-0042\","
	    "\"reason\":null,\"role\":null,\"party\":null,\"medium\":null,"
	    "\"address\":null,\"subject\":null,"
	    "\"body\":\"say \\\"hi\\\"\\n\\\\N \xc3\xa4\",\"tell\":null,"
	    "\"due\":null,\"status\":\"actual\"}\n");
	set(MESSAGE_STATUS, "exercise");
	set(MESSAGE_TRY, "first");
	CHECK(strstr((make(), buf_str(&json)), "\"try\":\"first\"") != NULL);
	CHECK(strstr(buf_str(&json), "\"status\":\"exercise\"") != NULL);
}

/* Of random bytes: it can be read, and says what the fields say. */
static void
whatever_the_fields_hold_it_can_be_read(void)
{
	struct jsontree tree = {0};
	struct fault fault = {0};
	struct buf text = {0}, plain = {0}, scratch = {0};

	for (int round = 0; round < 2000; round++) {
		for (size_t i = 0; i < MESSAGE_COLUMNS; i++) {
			buf_clear(&text);
			for (size_t k = 1 + chance(20); k > 0; k--)
				buf_add_char(&text, (char)chance(256));
			buf_clear(&message.text[i]);
			buf_add_slice(&message.text[i], buf_slice(&text));
			message.field[i] = buf_slice(&message.text[i]);
		}
		CHECK(jsontree_read(&tree, make(), (struct place){0}, &fault) ==
		    0);
		CHECK(memchr(json.p, '\n', json.n) == json.p + json.n - 1);
		for (size_t i = 1; i < tree.n; i++) {
			size_t column = i - 1;

			CHECK_SLICE(jsontree_key(&tree, i),
			    message_columns[column + (column > 11 ? 2 : 0)]);
			if (column != MESSAGE_BODY)
				continue;
			buf_clear(&plain);
			plain_add(&plain,
			    unescape(message.field[column], &scratch), true);
			CHECK(slice_eq(
			    jsontree_text(&tree, i), buf_slice(&plain)));
		}
	}
	jsontree_release(&tree);
	fault_release(&fault);
	buf_release(&text);
	buf_release(&plain);
	buf_release(&scratch);
}

int
main(void)
{
	RUN(a_message_is_an_object_on_one_line);
	RUN(whatever_the_fields_hold_it_can_be_read);
	message_release(&message);
	buf_release(&json);
	return test_done();
}
