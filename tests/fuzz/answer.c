/*
 * What a command says is heard the same whether it comes at once or byte by
 * byte; what is told of it is UTF-8 on one line, and of a bounded length.
 */
#include "answer.h"

#include <stdlib.h>

#include "utf8.h"

/* Whether two answers tell the same. */
static bool
is_same(const struct answer *a, const struct answer *b)
{
	return a->code == b->code && a->retry_after_s == b->retry_after_s &&
	    a->delivered == b->delivered &&
	    a->acknowledged == b->acknowledged &&
	    slice_eq(buf_slice(&a->error), buf_slice(&b->error));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice rest = {(const char *)data, size}, output;
	struct answer whole = {0}, bytes = {0};

	slice_split(&rest, '\0', &output);
	answer_begin(&whole);
	answer_begin(&bytes);
	answer_add(&whole, output);
	for (size_t i = 0; i < output.n; i++)
		answer_add(&bytes, (struct slice){output.p + i, 1});
	answer_add_error(&whole, rest);
	for (size_t i = 0; i < rest.n; i++)
		answer_add_error(&bytes, (struct slice){rest.p + i, 1});
	whole.status = bytes.status = (int)(size % 3);
	answer_end(&whole, 1);
	answer_end(&bytes, 1);
	if (!is_same(&whole, &bytes) || whole.error.n > 500 ||
	    !utf8_is_valid(buf_slice(&whole.error)) ||
	    memchr(buf_str(&whole.error), '\n', whole.error.n) != NULL ||
	    whole.code > 999 || whole.retry_after_s < -1)
		abort();
	answer_release(&whole);
	answer_release(&bytes);
	return 0;
}
