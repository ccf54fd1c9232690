#include "language.h"

#include <stdint.h>

#define SUBTAG_MOST 8

bool
language_is_tag(struct slice s)
{
	struct slice part;
	bool first = true;

	while (slice_split(&s, '-', &part)) {
		if (part.n > SUBTAG_MOST || part.n < (first ? 2 : 1))
			return false;
		for (size_t i = 0; i < part.n; i++) {
			char c = slice_small(part.p[i]);

			if ((c < 'a' || c > 'z') &&
			    (first || !slice_is_digit(c)))
				return false;
		}
		first = false;
	}
	return true;
}

/* Takes off the last subtag, and a single letter that then ends it. */
static struct slice
shorten(struct slice tag)
{
	do {
		while (tag.n > 0 && tag.p[tag.n - 1] != '-')
			tag.n--;
		tag.n -= tag.n > 0;
	} while (tag.n >= 2 && tag.p[tag.n - 2] == '-');
	return tag;
}

size_t
language_lookup(struct slice wanted, const struct slice *tag, size_t n)
{
	for (; wanted.n > 0; wanted = shorten(wanted)) {
		for (size_t i = 0; i < n; i++) {
			if (slice_eq_letters(wanted, tag[i]))
				return i;
		}
	}
	return SIZE_MAX;
}
