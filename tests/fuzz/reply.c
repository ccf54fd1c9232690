/*
 * Replies found in a text are the same whether it comes in one block or byte by
 * byte; what is read of each is UTF-8 on one line, and of a bounded length.
 */
#include <stdint.h>
#include <stdlib.h>

#include "address.h"
#include "replies.h"
#include "utf8.h"

static void
check_line(struct slice s, size_t most)
{
	if (s.n > most || !utf8_is_valid(s) ||
	    (s.n > 0 &&
		(memchr(s.p, '\n', s.n) != NULL ||
		    memchr(s.p, '\0', s.n) != NULL)))
		abort();
}

static void
read_reply(struct reply *r, const struct replies *all)
{
	static const struct slice word = SLICE("kabul");
	struct slice answers, identity;
	struct fault f = {0};

	if (reply_read(r, all->form, all->text, &word, 1,
		(struct place){"-", all->line, 0}, &f) == 0) {
		check_line(r->said, all->text.n + MAILIN_SUBJECT);
		check_line(r->words, REPLY_WORDS);
		check_line(r->subject, MAILIN_SUBJECT);
		answers = r->answers;
		while (reply_answer(&answers, &identity))
			check_line(identity, r->answers.n);
		if (all->form == REPLY_MAIL) {
			check_line(r->from, all->text.n);
			address_same(r->from, r->said);
		}
	}
	fault_release(&f);
}

static void
read_blocks(struct slice text, bool plain, size_t block, struct buf *seen)
{
	struct replies all = {.plain = plain};
	struct reply r = {.from = {"", 0}};
	int got;

	while ((got = replies_next(&all)) != REPLIES_END) {
		struct slice part = {text.p, text.n < block ? text.n : block};

		if (got == REPLIES_ONE) {
			buf_addf(seen, "%zu<%d ", all.line, all.cut);
			buf_add_slice(seen, all.text);
			buf_add_char(seen, '>');
			if (block > 1)
				read_reply(&r, &all);
			continue;
		}
		replies_feed(&all, part);
		text.p += part.n;
		text.n -= part.n;
	}
	replies_release(&all);
	reply_release(&r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size};

	for (int plain = 0; plain < 2; plain++) {
		struct buf a = {0}, b = {0};

		read_blocks(text, plain > 0, SIZE_MAX, &a);
		read_blocks(text, plain > 0, 1, &b);
		if (!slice_eq(buf_slice(&a), buf_slice(&b)))
			abort();
		buf_release(&a);
		buf_release(&b);
	}
	return 0;
}
