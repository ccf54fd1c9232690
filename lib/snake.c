#include "snake.h"

static bool
is_upper(char c)
{
	return c >= 'A' && c <= 'Z';
}

static bool
is_lower(char c)
{
	return c >= 'a' && c <= 'z';
}

/* Whether a character may stand in such a name, save for its case. */
static bool
is_kept(char c)
{
	return is_upper(c) || is_lower(c) || slice_is_digit(c) ||
	    (unsigned char)c >= 0x80;
}

/* Whether a word starts at i: the D and T of DtTm, the S of HTTPServer. */
static bool
starts_word(struct slice name, size_t i)
{
	char before = i > 0 ? name.p[i - 1] : ' ';
	char after = i + 1 < name.n ? name.p[i + 1] : ' ';

	if (!is_upper(name.p[i]))
		return false;
	return is_lower(before) || slice_is_digit(before) ||
	    (is_upper(before) && is_lower(after));
}

void
snake_add(struct buf *out, struct slice name, size_t number)
{
	size_t start;
	bool gap = false;

	while (name.n > 0 && !is_kept(name.p[0]))
		name.p++, name.n--;
	if (name.n == 0) {
		buf_addf(out, "column_%zu", number);
		return;
	}
	if (slice_is_digit(name.p[0]))
		buf_add_str(out, "column_");
	start = out->n;
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!is_kept(c)) {
			gap = true;
			continue;
		}
		if ((gap || starts_word(name, i)) && out->n > start)
			buf_add_char(out, '_');
		gap = false;
		buf_add_char(out, is_upper(c) ? (char)(c + 'a' - 'A') : c);
	}
}
