#include "replies.h"

static const char mbox_line[] = "From ";

void
replies_feed(struct replies *r, struct slice text)
{
	r->ended = text.n == 0;
	if (r->told && r->form == REPLY_JSON) {
		r->fed += text.n;
		jsontext_feed(&r->json, text);
		return;
	}
	r->block.n -= r->at;
	if (r->block.n > 0)
		memmove(r->block.p, r->block.p + r->at, r->block.n);
	r->at = 0;
	buf_add_slice(&r->block, text);
}

static struct slice
rest(const struct replies *r)
{
	struct slice all = buf_slice(&r->block);

	return slice_from(all, r->at);
}

/* ---- what it is ---- */

/* Passes over what may stand before a text; false where more may come. */
static bool
skip_start(struct replies *r)
{
	struct slice s = rest(r);

	while (s.n > 0 &&
	    (s.p[0] == '\n' || s.p[0] == '\r' || s.p[0] == ' ' ||
		s.p[0] == '\t' || slice_starts(s, "\xef\xbb\xbf"))) {
		size_t n = s.p[0] == '\xef' ? 3 : 1;

		r->lines += s.p[0] == '\n';
		r->at += n;
		s = rest(r);
	}
	return r->ended || s.n >= sizeof mbox_line - 1;
}

/* Finds out what the text is.  Returns false where more has to come. */
static bool
tell(struct replies *r)
{
	struct slice s;

	if (!r->plain && !skip_start(r))
		return false;
	s = rest(r);
	r->told = r->blank = r->fresh = true;
	r->form = r->plain ? REPLY_TEXT : REPLY_MAIL;
	r->line = r->lines + 1;
	r->mbox = !r->plain && slice_starts(s, mbox_line);
	if (r->plain)
		return true;
	r->over = s.n == 0;
	if (slice_starts(s, "{") || slice_starts(s, "[")) {
		r->form = REPLY_JSON;
		r->fed = s.n;
		jsontext_feed(&r->json, s);
	}
	return true;
}

/* ---- replies ---- */

static int
give(struct replies *r, struct slice text)
{
	r->text = text;
	r->given = true;
	return REPLIES_ONE;
}

static int
next_json(struct replies *r)
{
	for (;;) {
		int got = jsontext_next(&r->json);

		if (got == JSONTEXT_END)
			return REPLIES_END;
		r->line = r->lines + (r->json.line > 0 ? r->json.line : 1);
		if (got == JSONTEXT_VALUE) {
			r->fed = 0;
			return give(r, r->json.value);
		}
		if (r->fed > REPLIES_BYTES) {
			r->over = r->cut = true;
			return give(r, (struct slice){"", 0});
		}
		if (!r->ended)
			return REPLIES_MORE;
		jsontext_feed(&r->json, (struct slice){"", 0});
	}
}

/* Adds a line, or a piece of one, to the reply under way. */
static void
add_line(struct replies *r, struct slice line, bool whole)
{
	size_t room = REPLIES_BYTES - r->one.n;

	buf_add(&r->one, line.p, line.n < room ? line.n : room);
	r->cut = r->cut || line.n > room;
	r->blank = r->fresh && slice_trim(line).n == 0;
	r->fresh = whole;
	r->lines += whole;
	r->at += line.n;
}

static int
next_mail(struct replies *r)
{
	struct slice line;

	for (line = rest(r); line.n > 0; line = rest(r)) {
		const char *end = memchr(line.p, '\n', line.n);

		/* By its start one can tell whether another begins with it. */
		if (end == NULL && r->fresh && !r->ended &&
		    line.n < sizeof mbox_line - 1)
			return REPLIES_MORE;
		if (end != NULL)
			line.n = (size_t)(end - line.p) + 1;
		if (r->mbox && r->fresh && r->blank && r->one.n > 0 &&
		    slice_starts(line, mbox_line))
			return give(r, buf_slice(&r->one));
		add_line(r, line, end != NULL);
	}
	if (!r->ended)
		return REPLIES_MORE;
	r->over = true;
	return give(r, buf_slice(&r->one));
}

int
replies_next(struct replies *r)
{
	if (!r->told && !tell(r))
		return REPLIES_MORE;
	if (r->over)
		return REPLIES_END;
	if (r->form == REPLY_JSON)
		return next_json(r);
	if (r->given) {
		buf_clear(&r->one);
		r->given = r->cut = false;
		r->line = r->lines + 1;
	}
	return next_mail(r);
}

void
replies_release(struct replies *r)
{
	jsontext_release(&r->json);
	buf_release(&r->block);
	buf_release(&r->one);
}
