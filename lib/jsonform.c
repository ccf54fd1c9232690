#include "jsonform.h"

#include <yajl/yajl_gen.h>

#include "escape.h"
#include "jsonmem.h"
#include "plain.h"

#define TRY_MOST 1000000 /* more is no number of a try */

static void
add_string(yajl_gen gen, struct slice s)
{
	yajl_gen_string(gen, (const unsigned char *)s.p, s.n);
}

static void
add_value(yajl_gen gen, enum message_column column, struct slice field)
{
	struct buf text = {0}, scratch = {0};
	unsigned long long n;

	if (column == MESSAGE_TRY && slice_number(field, TRY_MOST, &n) == 0) {
		yajl_gen_integer(gen, (long long)n);
	} else if (field_is_set(field)) {
		plain_add(&text, unescape(field, &scratch), true);
		add_string(gen, buf_slice(&text));
	} else if (column == MESSAGE_STATUS) {
		add_string(gen, slice_of("actual"));
	} else {
		yajl_gen_null(gen);
	}
	buf_release(&text);
	buf_release(&scratch);
}

void
jsonform_add(struct buf *out, const struct message *m)
{
	yajl_gen gen = yajl_gen_alloc(&jsonmem);
	const unsigned char *p = NULL;
	size_t n = 0;

	yajl_gen_map_open(gen);
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++) {
		if (i == MESSAGE_WORDING || i == MESSAGE_ROUTE)
			continue;
		add_string(gen, slice_of(message_columns[i]));
		add_value(gen, (enum message_column)i, m->field[i]);
	}
	yajl_gen_map_close(gen);
	yajl_gen_get_buf(gen, &p, &n);
	buf_add(out, p, n);
	buf_add_char(out, '\n');
	yajl_gen_free(gen);
}
