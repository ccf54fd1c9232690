/*
 * Agreed words and a row, rendered for each kind of medium: the text is
 * UTF-8, keeps its limit, and its subject is one line.  The input is the
 * limit, then the words, then a field, separated by NUL.
 */
#include "wording.h"
#include "utf8.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void
check(const struct wording_text *text, const struct medium_limit *limit)
{
	struct slice s = buf_slice(&text->subject), b = buf_slice(&text->body);

	if (!utf8_is_valid(s) || !utf8_is_valid(b) || slice_characters(s) > 200)
		abort();
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < ' ')
			abort();
	}
	/* With no room for "..." itself, no limit can be kept. */
	if (text->over || limit->kind == MEDIUM_NO_LIMIT ||
	    (limit->kind != MEDIUM_PARTS && limit->most < 4))
		return;
	if (limit->kind == MEDIUM_BYTES
		? limit->most > s.n + 3 && s.n + b.n > limit->most
		: medium_size(b, limit->kind) > limit->most)
		abort();
}

static void
try(const char *name, enum medium_charset charset, struct medium_limit limit,
    struct slice words, struct slice value)
{
	struct medium medium = {slice_of(name), charset, limit};
	struct codes codes = {0};
	struct fault f = {0};
	struct zone *zone = zone_open((struct slice)SLICE("UTC"), &f);
	struct wording_means means = {
	    .say = {&medium, &codes, zone}, .status = value};
	struct wording_text text = {0};
	struct columns columns = {0};
	struct wording *w = wording_read("w", words, medium.name, &f);

	columns_add(&columns, (struct slice)SLICE("status"));
	columns_add(&columns, (struct slice)SLICE("a"));
	if (w != NULL && wording_bind(w, &columns, NULL, &f) == 0) {
		struct slice field[] = {value, value};

		for (int again = 0; again < 2; again++) {
			wording_render(w, field, &means, &text);
			check(&text, &limit);
		}
	}
	zone_free(zone);
	columns_release(&columns);
	wording_text_release(&text);
	wording_free(w);
	fault_release(&f);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size}, cell, words;
	struct medium_limit limit;

	if (size == 0 || slice_split(&rest, '\0', &cell) == 0 ||
	    slice_split(&rest, '\0', &words) == 0 || rest.p == NULL ||
	    medium_limit_read(cell, &limit) < 0)
		return 0;
	try("sms", MEDIUM_GSM7, limit, words, rest);
	try("webhook", MEDIUM_UTF8, limit, words, rest);
	try("voice", MEDIUM_SPEECH, limit, words, rest);
	return 0;
}
