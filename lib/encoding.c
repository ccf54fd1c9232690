#include "encoding.h"

#include <errno.h>
#include <string.h>
#include <strings.h>

#define NOT_TEXT '\xff'

static bool
starts_with(const char *name, const char *prefix)
{
	return strncasecmp(name, prefix, strlen(prefix)) == 0;
}

/* The bytes of a code unit: what is passed over must not shift the rest. */
static size_t
unit_of(const char *name)
{
	if (starts_with(name, "utf-16") || starts_with(name, "utf16") ||
	    starts_with(name, "ucs-2") || starts_with(name, "ucs2"))
		return 2;
	if (starts_with(name, "utf-32") || starts_with(name, "utf32") ||
	    starts_with(name, "ucs-4") || starts_with(name, "ucs4"))
		return 4;
	return 1;
}

int
decoder_open(struct decoder *d, const char *encoding, struct fault *f)
{
	*d = (struct decoder){0};
	if (encoding == NULL || strcasecmp(encoding, "utf-8") == 0 ||
	    strcasecmp(encoding, "utf8") == 0) {
		d->open = d->passes = true;
		return 0;
	}
	/* A slash would ask iconv to guess where it can't convert. */
	if (*encoding != '\0' && strchr(encoding, '/') == NULL)
		d->cd = iconv_open("UTF-8", encoding);
	else
		d->cd = (iconv_t)-1;
	if (d->cd == (iconv_t)-1)
		return fault_at(f, (struct place){0},
		    "encoding '%s' is not known (iconv -l lists them)",
		    encoding);
	d->unit = unit_of(encoding);
	d->open = true;
	return 0;
}

/* Converts what it can of n bytes; returns how many are left over. */
static size_t
convert(struct decoder *d, char *p, size_t n, struct buf *out)
{
	while (n > 0) {
		size_t room = 4 * n + 16, left = room;
		char *to = buf_room(out, room);
		size_t got = iconv(d->cd, &p, &n, &to, &left);
		size_t skip = n < d->unit ? n : d->unit;

		out->n += room - left;
		if (got != (size_t)-1 || errno == EINVAL)
			break;
		if (errno == EILSEQ) {
			buf_add_char(out, NOT_TEXT);
			p += skip;
			n -= skip;
		}
	}
	return n;
}

void
decoder_add(struct decoder *d, struct slice text, struct buf *out)
{
	size_t n;

	if (d->passes) {
		buf_add_slice(out, text);
		return;
	}
	if (text.n == 0 && d->left.n > 0)
		buf_add_char(out, NOT_TEXT);
	buf_add_slice(&d->left, text);
	n = convert(d, d->left.p, d->left.n, out);
	if (n > 0)
		memmove(d->left.p, d->left.p + d->left.n - n, n);
	d->left.n = text.n > 0 ? n : 0;
}

void
decoder_close(struct decoder *d)
{
	if (d->open && !d->passes)
		iconv_close(d->cd);
	d->open = false;
	buf_release(&d->left);
}

const char *
encoding_likely(struct slice text)
{
	size_t turkish = 0, icelandic = 0, others = 0;

	/* What are six letters of Turkish are others in the west. */
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c == 0xf0 || c == 0xfd || c == 0xfe || c == 0xdd ||
		    c == 0xde || c == 0xd0)
			turkish++;
		else if (c == 0xe1 || c == 0xe6 || c == 0xed || c == 0xfa)
			icelandic++;
		else
			others += c >= 0xc0;
	}
	return turkish > icelandic && 3 * turkish > others ? "cp1254"
							   : "cp1252";
}
