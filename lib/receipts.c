#include "receipts.h"

bool
receipts_take(struct receipts *r, struct slice message, struct slice try,
    struct content content)
{
	bool added;

	buf_clear(&r->text);
	buf_add_slice(&r->text, message);
	buf_add_char(&r->text, '\t');
	buf_add_slice(&r->text, try);
	buf_add_char(&r->text, '\t');
	buf_add(&r->text, content.sum, sizeof content.sum);
	dict_add(&r->taken, buf_slice(&r->text), 1, &added);
	return added;
}

void
receipts_release(struct receipts *r)
{
	dict_release(&r->taken);
	buf_release(&r->text);
	*r = (struct receipts){0};
}
