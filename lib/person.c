#include "person.h"

#include "buf.h"
#include "phone.h"
#include "utf8.h"

/* Adds a byte of a name to a pattern, with no meaning of its own. */
static void
add_byte(struct buf *body, char c)
{
	bool letter =
	    slice_is_letter(c) || slice_is_digit(c) || (unsigned char)c >= 0x80;

	if (!letter)
		buf_add_char(body, '\\');
	buf_add_char(body, c);
}

/* The words of text, told apart by white space. */
static void
add_words(struct buf *body, struct slice text)
{
	bool blank = false;

	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == ' ' || (c >= '\t' && c <= '\r')) {
			blank = true;
			continue;
		}
		if (blank)
			buf_add_str(body, "\\s+");
		blank = false;
		add_byte(body, c);
	}
}

int
person_read(struct person *p, struct slice text, struct fault *f)
{
	struct buf body = {0};

	p->text = slice_trim(text);
	if (p->text.n == 0 || p->text.n > PERSON_MAX_BYTES ||
	    !utf8_is_valid(p->text))
		return fault_at(f, (struct place){0},
		    "what a person is called was expected, in UTF-8 and at "
		    "most %d bytes",
		    PERSON_MAX_BYTES);
	buf_add_str(&body, "\\A\\s*");
	add_words(&body, p->text);
	buf_add_str(&body, "\\s*\\z");
	p->name = pattern_new(
	    buf_slice(&body), (struct slice)SLICE("i"), (struct place){0}, f);
	buf_release(&body);
	return p->name != NULL ? 0 : -1;
}

bool
person_is(
    const struct person *p, struct slice value, struct pattern_scratch *scratch)
{
	struct phone own, other;

	return pattern_match(p->name, value, scratch) == PATTERN_YES ||
	    (phone_read(&own, p->text) && phone_read(&other, value) &&
		phone_may_be_same(&own, &other));
}

void
person_release(struct person *p)
{
	pattern_free(p->name);
	*p = (struct person){0};
}
