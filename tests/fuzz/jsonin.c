/*
 * Values found in a text are the same whether it comes in one block or byte by
 * byte, nothing but blanks, commas and brackets stands between them, and their
 * records have texts without a NUL, in UTF-8.
 */
#include "jsonin.h"

#include <stdint.h>
#include <stdlib.h>

#include "jsontext.h"
#include "utf8.h"

struct seen {
	struct buf all;
	size_t bytes; /* of values */
};

static void
read_records(struct jsonin *j, struct slice value, size_t line)
{
	struct place where = {.file = "-", .line = line};
	struct fault f = {0};

	if (utf8_is_valid(value) && jsonin_take(j, value, where, &f) == 0) {
		int got;

		while ((got = jsonin_next(j, &f)) != JSONIN_END) {
			for (size_t i = 0;
			     got == JSONIN_RECORD && i < j->names.n; i++) {
				if (!utf8_is_valid(j->field[i]) ||
				    memchr(j->field[i].p, '\0',
					j->field[i].n) != NULL)
					abort();
			}
		}
	}
	fault_release(&f);
}

static void
read_blocks(struct slice text, size_t block, struct seen *seen)
{
	static const struct slice between = SLICE(";");
	struct joins joins = {0};
	struct columns rows = {0};
	struct jsonin j = {.joins = &joins, .rows = &rows};
	struct jsontext t = {0};
	int got;

	joins_add(&joins, (struct slice)SLICE("j"), between);
	columns_add(&rows, (struct slice)SLICE("r"));
	if (text.n % 2 > 0)
		j.records = (struct slice)SLICE("b");
	while ((got = jsontext_next(&t)) != JSONTEXT_END) {
		struct slice part = {text.p, text.n < block ? text.n : block};

		if (got == JSONTEXT_VALUE) {
			buf_addf(&seen->all, "%zu<", t.line);
			buf_add_slice(&seen->all, t.value);
			buf_add_char(&seen->all, '>');
			seen->bytes += t.value.n;
			read_records(&j, t.value, t.line);
			continue;
		}
		jsontext_feed(&t, part);
		text.p += part.n;
		text.n -= part.n;
	}
	joins_release(&joins);
	columns_release(&rows);
	jsontext_release(&t);
	jsonin_release(&j);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char between[] = {' ', '\t', '\r', '\n', ',', '[', ']'};
	struct slice text = {(const char *)data, size};
	struct seen a = {0}, b = {0};
	size_t other = 0;

	read_blocks(text, SIZE_MAX, &a);
	read_blocks(text, 1, &b);
	if (!slice_eq(buf_slice(&a.all), buf_slice(&b.all)))
		abort();
	if (slice_starts(text, "\xef\xbb\xbf"))
		text = (struct slice){text.p + 3, text.n - 3};
	for (size_t i = 0; i < text.n; i++)
		other += memchr(between, text.p[i], sizeof between) == NULL;
	if (other > a.bytes || a.bytes > text.n)
		abort();
	buf_release(&a.all);
	buf_release(&b.all);
	return 0;
}
