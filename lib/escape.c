#include "escape.h"

#ifdef __SSE2__
#include <emmintrin.h>
#endif

/* The bytes that need an escape. */
static const bool needs[256] = {
    ['\t'] = true, ['\n'] = true, ['\r'] = true, ['\\'] = true};

/* The letter that stands for c after a backslash, or 0. */
static char
letter_of(char c)
{
	switch (c) {
	case '\t':
		return 't';
	case '\n':
		return 'n';
	case '\r':
		return 'r';
	case '\\':
		return '\\';
	default:
		return 0;
	}
}

/* What a letter after a backslash stands for, or 0. */
static char
meaning_of(char letter)
{
	switch (letter) {
	case 't':
		return '\t';
	case 'n':
		return '\n';
	case 'r':
		return '\r';
	case '\\':
		return '\\';
	default:
		return 0;
	}
}

#ifdef __SSE2__
/* Whether one of 16 bytes needs an escape. */
static inline bool
any_needs_escape(__m128i v)
{
	__m128i tab = _mm_cmpeq_epi8(v, _mm_set1_epi8('\t'));
	__m128i lf = _mm_cmpeq_epi8(v, _mm_set1_epi8('\n'));
	__m128i cr = _mm_cmpeq_epi8(v, _mm_set1_epi8('\r'));
	__m128i slash = _mm_cmpeq_epi8(v, _mm_set1_epi8('\\'));

	return _mm_movemask_epi8(_mm_or_si128(
		   _mm_or_si128(tab, lf), _mm_or_si128(cr, slash))) != 0;
}

/* The first and the last eight of n bytes, 8 to 16, which may overlap. */
static inline __m128i
both_ends(const char *p, size_t n)
{
	__m128i first = _mm_loadl_epi64((const void *)p);
	__m128i last = _mm_loadl_epi64((const void *)(p + n - 8));

	return _mm_unpacklo_epi64(first, last);
}
#endif

bool
escape_needed(struct slice text)
{
	size_t i = 0;

#ifdef __SSE2__
	for (; i + 16 <= text.n; i += 16) {
		if (any_needs_escape(
			_mm_loadu_si128((const void *)(text.p + i))))
			return true;
	}
	if (i > 0 && i < text.n) /* the rest, and some once more */
		return any_needs_escape(
		    _mm_loadu_si128((const void *)(text.p + text.n - 16)));
	if (i == 0 && text.n >= 8)
		return any_needs_escape(both_ends(text.p, text.n));
#endif
	for (; i < text.n; i++) {
		if (needs[(unsigned char)text.p[i]])
			return true;
	}
	return false;
}

void
escape_add(struct buf *out, struct slice text)
{
	size_t from = 0;

	if (!escape_needed(text)) {
		buf_add_slice(out, text);
		return;
	}
	for (size_t i = 0; i < text.n; i++) {
		char letter = letter_of(text.p[i]);

		if (letter == 0)
			continue;
		buf_add(out, text.p + from, i - from);
		buf_add_char(out, '\\');
		buf_add_char(out, letter);
		from = i + 1;
	}
	buf_add(out, text.p + from, text.n - from);
}

void
unescape_add(struct buf *out, struct slice field)
{
	size_t from = 0;

	if (!field_is_set(field))
		return;
	for (size_t i = 0; i + 1 < field.n; i++) {
		char meaning;

		if (field.p[i] != '\\')
			continue;
		meaning = meaning_of(field.p[i + 1]);
		if (meaning == 0)
			continue;
		buf_add(out, field.p + from, i - from);
		buf_add_char(out, meaning);
		from = i + 2;
		i++;
	}
	buf_add(out, field.p + from, field.n - from);
}

struct slice
unescape(struct slice field, struct buf *scratch)
{
	if (field.n == 0 || memchr(field.p, '\\', field.n) == NULL)
		return field;
	buf_clear(scratch);
	unescape_add(scratch, field);
	return buf_slice(scratch);
}

struct slice
escape(struct slice text, struct buf *scratch)
{
	if (!escape_needed(text))
		return text;
	buf_clear(scratch);
	escape_add(scratch, text);
	return buf_slice(scratch);
}

struct slice
escape_copy(struct slice text, struct arena *arena)
{
	struct buf scratch = {0};
	struct slice field = escape(text, &scratch);

	field.p = arena_copy(arena, field.p, field.n);
	buf_release(&scratch);
	return field;
}
