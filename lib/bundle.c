#include "bundle.h"

#include <stdint.h>
#include <string.h>

#include "digest.h"
#include "escape.h"
#include "medium.h"
#include "occasion.h"

/* Adds a message to the body: its subject, if it has one, and its words. */
static void
add_words(struct buf *body, const struct letter *l)
{
	if (body->n > 0)
		buf_add_str(body, "\n\n");
	if (field_is_set(letter_field(l, MESSAGE_SUBJECT))) {
		unescape_add(body, letter_field(l, MESSAGE_SUBJECT));
		buf_add_char(body, '\n');
	}
	unescape_add(body, letter_field(l, MESSAGE_BODY));
	while (body->n > 0 && body->p[body->n - 1] == '\n')
		body->n--;
}

static void
add_name(struct bundle *b, const struct letter *l)
{
	buf_add_slice(&b->names, letter_field(l, MESSAGE_ID));
	buf_add_char(&b->names, '\n');
	b->n++;
}

void
bundle_begin(struct bundle *b, const struct letter *l)
{
	buf_clear(&b->subject);
	buf_clear(&b->body);
	buf_clear(&b->names);
	b->n = 0;
	add_words(&b->body, l);
	add_name(b, l);
}

bool
bundle_add(struct bundle *b, const struct means *means, const struct letter *l)
{
	size_t before = b->body.n;

	add_words(&b->body, l);
	if (!medium_fits(buf_slice(&b->body), means->limit)) {
		b->body.n = before;
		return false;
	}
	add_name(b, l);
	return true;
}

const struct message *
bundle_message(struct bundle *b, const struct letter *l)
{
	struct message *m = &b->message;
	char name[OCCASION_ID + 1];

	memcpy(m->field, l->try[l->last.try].field, sizeof m->field);
	if (b->n == 1)
		return m;
	digest_letters(buf_slice(&b->names), OCCASION_ID, name);
	/* so that it stays when name is gone */
	buf_clear(&m->text[MESSAGE_ID]);
	buf_add_str(&m->text[MESSAGE_ID], name);
	m->field[MESSAGE_ID] = buf_slice(&m->text[MESSAGE_ID]);
	if (field_is_set(m->field[MESSAGE_SUBJECT])) {
		buf_clear(&b->subject);
		unescape_add(&b->subject, m->field[MESSAGE_SUBJECT]);
		/* bundle_is_subject() knows it by that. */
		buf_addf(&b->subject, " (+%zu)", b->n - 1);
		message_set(m, MESSAGE_SUBJECT, buf_slice(&b->subject));
	}
	message_set(m, MESSAGE_BODY, buf_slice(&b->body));
	return m;
}

bool
bundle_is_subject(struct slice subject)
{
	unsigned long long others;
	struct slice rest = slice_trim(subject), last = {"", 0}, word;

	while (slice_word(&rest, &word))
		last = word;
	if (!slice_take(&last, '(') || !slice_take(&last, '+') || last.n == 0 ||
	    last.p[last.n - 1] != ')')
		return false;
	last.n--;
	return slice_number(last, SIZE_MAX, &others) == 0;
}

void
bundle_release(struct bundle *b)
{
	buf_release(&b->subject);
	buf_release(&b->body);
	buf_release(&b->names);
	message_release(&b->message);
}
