#include "address.h"

#include "phone.h"

/* A mailbox that is read. */
struct mailbox {
	struct buf plain; /* what is in no comment and in no angle brackets */
	struct buf angle; /* what is in those */
	size_t angles, comments;
	bool open, quoted;
};

static void
add(struct mailbox *m, char c)
{
	buf_add_char(m->open ? &m->angle : &m->plain, c);
}

/* Takes a byte outside of comments and quotes.  Returns 0, or -1. */
static int
take(struct mailbox *m, char c)
{
	switch (c) {
	case '(':
		m->comments++;
		return 0;
	case '<':
		m->open = true;
		return m->angles++ == 0 ? 0 : -1;
	case '>':
		if (!m->open)
			return -1;
		m->open = false;
		return 0;
	case ',':
		if (!m->open)
			return -1;
		break;
	case '"':
		m->quoted = true;
		break;
	default:
		break;
	}
	add(m, c);
	return 0;
}

/* Reads the whole.  Returns 0, or -1 where it is no single mailbox. */
static int
read_mailbox(struct mailbox *m, struct slice text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool pair = c == '\\' && i + 1 < text.n;

		if (m->comments > 0) {
			m->comments += c == '(';
			m->comments -= c == ')';
			i += pair;
		} else if (m->quoted) {
			add(m, c);
			if (pair)
				add(m, text.p[++i]);
			m->quoted = c != '"';
		} else if (take(m, c) < 0) {
			return -1;
		}
	}
	return m->open || m->quoted || m->comments > 0 ? -1 : 0;
}

int
address_mailbox(struct slice text, struct buf *address)
{
	struct mailbox m = {.open = false};
	int result = read_mailbox(&m, text);
	struct slice found =
	    slice_trim(buf_slice(m.angles > 0 ? &m.angle : &m.plain));

	if (found.n == 0)
		result = -1;
	if (result == 0)
		buf_add_slice(address, found);
	buf_release(&m.plain);
	buf_release(&m.angle);
	return result;
}

bool
address_same(struct slice a, struct slice b)
{
	struct phone x, y;
	struct buf p = {0}, q = {0};
	bool same;

	if (phone_read(&x, a) && phone_read(&y, b))
		return phone_same(&x, &y);
	same = address_mailbox(a, &p) == 0 && address_mailbox(b, &q) == 0 &&
	    slice_eq_letters(buf_slice(&p), buf_slice(&q));
	buf_release(&p);
	buf_release(&q);
	return same;
}
