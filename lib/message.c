#include "message.h"

#include "escape.h"

const char *const message_columns[MESSAGE_COLUMNS] = {"message", "try", "id",
    "reason", "role", "party", "medium", "address", "subject", "body", "tell",
    "due", "wording", "route", "status"};

void
message_set(struct message *m, enum message_column column, struct slice text)
{
	m->field[column] = escape(text, &m->text[column]);
}

void
message_set_number(struct message *m, enum message_column column, size_t number)
{
	buf_clear(&m->text[column]);
	buf_add_number(&m->text[column], number);
	m->field[column] = buf_slice(&m->text[column]);
}

void
message_set_time(
    struct message *m, enum message_column column, const struct stamp *t)
{
	buf_clear(&m->text[column]);
	if (t != NULL)
		stamp_add(&m->text[column], *t);
	m->field[column] = buf_slice(&m->text[column]);
}

bool
message_is_actual(struct slice status)
{
	return !field_is_set(status) || slice_is(status, "actual");
}

void
message_release(struct message *m)
{
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		buf_release(&m->text[i]);
	*m = (struct message){0};
}
