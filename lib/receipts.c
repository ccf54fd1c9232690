#include "receipts.h"

bool
receipts_take(struct receipts *r, struct slice message, struct slice try,
    struct content content)
{
	bool added;

	buf_clear(&r->key);
	buf_add_slice(&r->key, message);
	buf_add_char(&r->key, '\t');
	buf_add_slice(&r->key, try);
	buf_add_char(&r->key, '\t');
	buf_add(&r->key, content.sum, sizeof content.sum);
	dict_add(&r->taken, buf_slice(&r->key), 1, &added);
	return added;
}

void
receipts_release(struct receipts *r)
{
	dict_release(&r->taken);
	buf_release(&r->key);
	*r = (struct receipts){0};
}
