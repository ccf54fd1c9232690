#include "medium.h"

#include <stdint.h>

#include "duration.h"
#include "sms.h"
#include "speech.h"

#define MOST 1000000000ULL  /* of any number in a limit */
#define PART_CHARACTERS 160 /* of an SMS at most */

/* Takes a number and a word after it, as in "64 KiB". */
static int
read_amount(struct slice cell, struct medium_limit *limit)
{
	static const struct {
		const char *word;
		enum medium_limit_kind kind;
		unsigned long long times;
	} unit[] = {{"part", MEDIUM_PARTS, 1}, {"parts", MEDIUM_PARTS, 1},
	    {"B", MEDIUM_BYTES, 1}, {"KiB", MEDIUM_BYTES, 1024},
	    {"MiB", MEDIUM_BYTES, 1024 * 1024}};
	struct slice number = {"", 0}, word = {"", 0};
	unsigned long long n;

	slice_word(&cell, &number);
	if (slice_word(&cell, &word) == 0 || slice_trim(cell).n > 0 ||
	    slice_number(number, MOST, &n) < 0)
		return -1;
	for (size_t i = 0; i < sizeof unit / sizeof *unit; i++) {
		if (!slice_is(word, unit[i].word))
			continue;
		limit->kind = unit[i].kind;
		limit->most = (size_t)(n * unit[i].times);
		return n > 0 ? 0 : -1;
	}
	return -1;
}

int
medium_limit_read(struct slice cell, struct medium_limit *limit)
{
	unsigned long long n;
	int64_t seconds;

	cell = slice_trim(cell);
	*limit = (struct medium_limit){0};
	if (cell.n == 0)
		return 0;
	if (slice_number(cell, MOST, &n) == 0) {
		limit->kind = MEDIUM_CHARACTERS;
		limit->most = (size_t)n;
		return n > 0 ? 0 : -1;
	}
	if (duration_parse(cell, &seconds) == 0) {
		limit->kind = MEDIUM_SECONDS;
		limit->most = (size_t)seconds;
		return seconds > 0 && seconds <= (int64_t)MOST ? 0 : -1;
	}
	return read_amount(cell, limit);
}

static int
read_charset(struct slice cell, enum medium_charset *charset)
{
	if (cell.n == 0 || slice_is(cell, "utf-8"))
		*charset = MEDIUM_UTF8;
	else if (slice_is(cell, "gsm7"))
		*charset = MEDIUM_GSM7;
	else if (slice_is(cell, "speech"))
		*charset = MEDIUM_SPEECH;
	else
		return -1;
	return 0;
}

int
medium_read(struct medium *m, struct table_row *row, struct fault *f)
{
	struct slice limit = table_text(row, "limit");
	struct slice charset = table_text(row, "charset");

	m->name = table_text(row, "medium");
	if (m->name.n == 0)
		return fault_at(f, table_place(row, "medium"),
		    "a medium was expected, as sms or email");
	if (medium_limit_read(limit, &m->limit) < 0)
		return fault_at(f, table_place(row, "limit"),
		    "'%.*s' is no limit: '3 parts', '500', '64 KiB' or '60s' "
		    "was expected",
		    SLICE_ARG(limit));
	if (read_charset(charset, &m->charset) < 0)
		return fault_at(f, table_place(row, "charset"),
		    "'%.*s' is no charset: utf-8, gsm7 or speech was expected",
		    SLICE_ARG(charset));
	return 0;
}

struct slice
medium_ellipsis(const struct medium *m)
{
	return m->charset == MEDIUM_UTF8 ? (struct slice)SLICE("\xe2\x80\xa6")
					 : (struct slice)SLICE("...");
}

size_t
medium_shorten(
    const struct medium *m, struct slice s, size_t n, struct buf *out)
{
	struct slice dots = medium_ellipsis(m), start = slice_first(s, n);
	size_t ndots = slice_characters(dots);

	if (start.n == s.n) {
		buf_add_slice(out, s);
		return 0;
	}
	if (n < ndots) {
		ndots = 0;
		dots.n = 0;
	}
	start = slice_first(s, n - ndots);
	buf_add_slice(out, start);
	buf_add_slice(out, dots);
	return slice_characters(slice_from(s, start.n));
}

/* What is left of a limit, which need not have that much. */
static size_t
without(size_t most, size_t n)
{
	return most > n ? most - n : 0;
}

size_t
medium_cut(struct slice s, struct medium_limit limit, struct slice tail)
{
	switch (limit.kind) {
	case MEDIUM_PARTS:
		return sms_cut(s, limit.most, tail);
	case MEDIUM_CHARACTERS:
		return slice_first(
		    s, without(limit.most, slice_characters(tail)))
		    .n;
	case MEDIUM_BYTES:
		return slice_cut(s, without(limit.most, tail.n)).n;
	case MEDIUM_SECONDS:
		return speech_cut(s,
		    without(speech_words_in(limit.most), tail.n > 0 ? 1 : 0));
	case MEDIUM_NO_LIMIT:
		break;
	}
	return s.n;
}

bool
medium_fits(struct slice s, struct medium_limit limit)
{
	if (limit.kind == MEDIUM_PARTS && sms_any_fits(s.n, limit.most))
		return true;
	return medium_cut(s, limit, (struct slice){"", 0}) == s.n;
}

size_t
medium_most_characters(struct medium_limit limit)
{
	switch (limit.kind) {
	case MEDIUM_PARTS:
		return limit.most * PART_CHARACTERS;
	case MEDIUM_SECONDS:
		return (speech_words_in(limit.most) + 1) *
		    SPEECH_WORD_CHARACTERS;
	case MEDIUM_NO_LIMIT:
		return SIZE_MAX;
	case MEDIUM_CHARACTERS:
	case MEDIUM_BYTES:
		break;
	}
	return limit.most;
}

size_t
medium_units(struct slice s, enum medium_limit_kind kind)
{
	switch (kind) {
	case MEDIUM_PARTS:
		return sms_size(s).units;
	case MEDIUM_SECONDS:
		return speech_words(s);
	case MEDIUM_BYTES:
		return s.n;
	case MEDIUM_CHARACTERS:
	case MEDIUM_NO_LIMIT:
		break;
	}
	return slice_characters(s);
}

size_t
medium_size(struct slice s, enum medium_limit_kind kind)
{
	if (kind == MEDIUM_PARTS)
		return sms_size(s).parts;
	if (kind == MEDIUM_SECONDS)
		return speech_seconds(speech_words(s));
	return medium_units(s, kind);
}

void
medium_size_add(struct buf *out, struct medium_limit size)
{
	static const char *const unit[] = {[MEDIUM_NO_LIMIT] = "",
	    [MEDIUM_PARTS] = " parts",
	    [MEDIUM_CHARACTERS] = "",
	    [MEDIUM_BYTES] = " B",
	    [MEDIUM_SECONDS] = "s"};
	bool one = size.kind == MEDIUM_PARTS && size.most == 1;

	buf_addf(out, "%zu%s", size.most, one ? " part" : unit[size.kind]);
}
