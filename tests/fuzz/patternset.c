#include "patternset.h"

#include <stdio.h>
#include <stdlib.h>

#include "buf.h"
#include "escape.h"
#include "utf8.h"

/*
 * Sets of patterns: lines up to an empty one are patterns, each "flags/body";
 * what follows is a text.  The set answers as its patterns do in turn.
 */
#define MOST 8

static void
compare(struct pattern *const *pattern, size_t n, struct slice text)
{
	struct patternset *s =
	    patternset_new((const struct pattern *const *)pattern, n);
	struct pattern_scratch *scratch = pattern_scratch_new();
	struct sightings *f = sightings_new(s);
	struct buf escaped = {0};
	struct slice field = escape(text, &escaped);

	for (size_t i = 0; i < n; i++) {
		int got = sightings_match(f, 0, field, i, scratch);
		int want = pattern_match(pattern[i], text, scratch);

		if (got != want && want != PATTERN_LIMIT) {
			printf("/%.*s/ %d, not %d\n",
			    SLICE_ARG(pattern_body(pattern[i])), got, want);
			abort();
		}
	}
	buf_release(&escaped);
	sightings_free(f);
	pattern_scratch_free(scratch);
	patternset_free(s);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size}, body, flags;
	struct pattern *pattern[MOST] = {0};
	struct fault fault = {0};
	size_t n = 0;

	if (size == 0)
		return 0;
	while (slice_split(&rest, '\n', &body) > 0 && body.n > 0 && n < MOST) {
		if (slice_split(&body, '/', &flags) == 0 || body.p == NULL)
			continue;
		pattern[n] =
		    pattern_new(body, flags, (struct place){0}, &fault);
		n += pattern[n] != NULL;
	}
	if (rest.p != NULL && rest.n > 0 && utf8_is_valid(rest))
		compare(pattern, n, rest);
	while (n > 0)
		pattern_free(pattern[--n]);
	fault_release(&fault);
	return 0;
}
