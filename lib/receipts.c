#include "receipts.h"

#include <stdlib.h>

bool
receipts_take(struct receipts *r, struct slice message, struct slice try,
    struct content content)
{
	size_t at;
	bool added;

	buf_clear(&r->key);
	buf_add_slice(&r->key, message);
	buf_add_char(&r->key, '\t');
	buf_add_slice(&r->key, try);
	at = dict_add(&r->place, buf_slice(&r->key), r->n, &added);
	if (added) {
		r->content =
		    mem_grow(r->content, r->n, &r->cap, sizeof *r->content);
		r->n++;
	} else if (memcmp(&r->content[at], &content, sizeof content) == 0) {
		return false;
	}
	r->content[at] = content;
	return true;
}

void
receipts_release(struct receipts *r)
{
	dict_release(&r->place);
	buf_release(&r->key);
	free(r->content);
	*r = (struct receipts){0};
}
