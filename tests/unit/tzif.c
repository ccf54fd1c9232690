#include "tzif.h"

#include <stdlib.h>

#include "buf.h"
#include "files.h"
#include "mem.h"
#include "test.h"

static void
add_big(struct buf *b, uint64_t v, size_t bytes)
{
	while (bytes-- > 0)
		buf_add_char(b, (char)(v >> 8 * bytes & 0xff));
}

/* What a data block says. */
struct block {
	char version;
	size_t width;        /* bytes of a time */
	uint32_t leap;       /* leap seconds */
	int64_t at[2];       /* changes, if any */
	unsigned char to[2]; /* their types: 0 is UTC, 1 an hour east */
	size_t n;
};

static void
add_block(struct buf *b, const struct block *block)
{
	buf_add_str(b, "TZif");
	buf_add_char(b, block->version);
	for (size_t i = 0; i < 15 + 8; i++) /* unused, isut, isstd */
		buf_add_char(b, '\0');
	add_big(b, block->leap, 4);
	add_big(b, block->n, 4);
	add_big(b, 2, 4);
	add_big(b, 1, 4);
	for (size_t i = 0; i < block->n; i++)
		add_big(b, (uint64_t)block->at[i], block->width);
	for (size_t i = 0; i < block->n; i++)
		buf_add_char(b, (char)block->to[i]);
	buf_add(b, "\0\0\0\0\0\0", 6);
	add_big(b, 3600, 4);
	buf_add(b, "\1\0", 2);
	buf_add_char(b, '\0');
	for (size_t i = 0; i < block->leap; i++)
		add_big(b, 0, block->width + 4);
}

/* Reads a copy of just the bytes: a sanitizer sees reads past them. */
static int
read_copy(struct slice bytes, struct tzif *t)
{
	char *copy = mem_new(bytes.n, 1);
	int result;

	if (bytes.n > 0)
		memcpy(copy, bytes.p, bytes.n);
	result = tzif_read((struct slice){copy, bytes.n}, t);
	free(copy);
	return result;
}

/* Reads a file of version 1, which is its block alone. */
static int
read_first(const struct block *block, struct tzif *t)
{
	struct buf b = {0};
	int result;

	add_block(&b, block);
	result = read_copy(buf_slice(&b), t);
	buf_release(&b);
	return result;
}

/* Reads a file of version 2 without changes and with this footer. */
static int
read_footer(const char *footer, struct tzif *t)
{
	struct block narrow = {.version = '2', .width = 4};
	struct block wide = {.version = '2', .width = 8};
	struct buf b = {0};
	int result;

	add_block(&b, &narrow);
	add_block(&b, &wide);
	buf_add_str(&b, footer);
	result = read_copy(buf_slice(&b), t);
	buf_release(&b);
	return result;
}

static void
a_first_version_has_32_bit_times_and_no_rule(void)
{
	struct block block = {
	    .width = 4, .at = {-5, 1000}, .to = {1, 0}, .n = 2};
	struct tzif t;

	CHECK(read_first(&block, &t) == 0);
	CHECK(t.first_s == 0 && t.n == 2 && !t.rule.is_set);
	CHECK(t.change[0].at == -5 && t.change[0].offset_s == 3600);
	CHECK(t.change[1].at == 1000 && t.change[1].offset_s == 0);
	tzif_release(&t);
}

static void
later_versions_have_64_bit_times_and_a_rule(void)
{
	struct block narrow = {
	    .version = '2', .width = 4, .at = {7}, .to = {1}, .n = 1};
	struct block wide = {.version = '2',
	    .width = 8,
	    .at = {INT64_C(-99999999999), INT64_C(99999999999)},
	    .to = {1, 0},
	    .n = 2};
	struct buf b = {0};
	struct tzif t;

	add_block(&b, &narrow);
	add_block(&b, &wide);
	buf_add_str(&b, "\n<+03>-3\nwhat follows counts for nothing");
	CHECK(read_copy(buf_slice(&b), &t) == 0);
	CHECK(t.n == 2 && t.change[0].at == INT64_C(-99999999999));
	CHECK(t.change[1].at == INT64_C(99999999999));
	CHECK(t.rule.is_set && t.rule.std_s == 3 * 3600);
	tzif_release(&t);
	buf_release(&b);
}

static void
a_footer_stands_between_two_newlines(void)
{
	struct tzif t;

	CHECK(read_footer("\n\n", &t) == 0);
	CHECK(t.n == 0 && !t.rule.is_set);
	tzif_release(&t);
	CHECK(read_footer("\nEST5EDT,M3.2.0,M11.1.0\n", &t) == 0);
	CHECK(t.rule.has_dst && t.rule.dst_s == -4 * 3600);
	tzif_release(&t);
	CHECK(read_footer("", &t) < 0);
	CHECK(read_footer("\n", &t) < 0);
	CHECK(read_footer("\nUTC0", &t) < 0);
	CHECK(read_footer("UTC0\n", &t) < 0);
	CHECK(read_footer("\nEST5EDT\n", &t) < 0);
	CHECK(read_footer("\n AAA0\n", &t) < 0);
}

static void
changes_that_make_no_sense_are_refused(void)
{
	struct block good = {.width = 4, .at = {5, 6}, .to = {1, 0}, .n = 2};
	struct block block = good;
	struct tzif t;

	block.at[1] = 5; /* not after the one before */
	CHECK(read_first(&block, &t) < 0);
	block = good;
	block.to[1] = 2; /* no such type */
	CHECK(read_first(&block, &t) < 0);
	block = good;
	block.leap = 1;
	CHECK(read_first(&block, &t) < 0);
	block = good;
	block.version = '1'; /* there is none: it is NUL or from '2' on */
	CHECK(read_first(&block, &t) < 0);
}

/* Files that the system has. */
static void
a_file_that_is_cut_is_refused(void)
{
	struct buf text = {0};
	struct fault f = {0};
	struct tzif t;

	if (file_read("/usr/share/zoneinfo/Europe/London", TZIF_MAX_BYTES,
		&text, &f) < 0) {
		printf("# skipped: no zone database\n");
	} else {
		CHECK(read_copy(buf_slice(&text), &t) == 0);
		CHECK(t.n > 0 && t.rule.has_dst);
		tzif_release(&t);
	}
	for (size_t n = 0; n < text.n; n++)
		CHECK(read_copy((struct slice){text.p, n}, &t) < 0);
	buf_release(&text);
	fault_release(&f);
}

int
main(void)
{
	RUN(a_first_version_has_32_bit_times_and_no_rule);
	RUN(later_versions_have_64_bit_times_and_a_rule);
	RUN(a_footer_stands_between_two_newlines);
	RUN(changes_that_make_no_sense_are_refused);
	RUN(a_file_that_is_cut_is_refused);
	return test_done();
}
