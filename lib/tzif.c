#include "tzif.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"

/* Bytes of a file that are read from the front. */
struct bytes {
	const unsigned char *p;
	size_t n;
};

/* The next n bytes, or NULL where fewer are left. */
static const unsigned char *
take(struct bytes *b, uint64_t n)
{
	const unsigned char *p = b->p;

	if (n > b->n)
		return NULL;
	b->p += n;
	b->n -= (size_t)n;
	return p;
}

static uint32_t
big32(const unsigned char *p)
{
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	    (uint32_t)p[2] << 8 | p[3];
}

static int64_t
big_signed(const unsigned char *p, size_t width)
{
	if (width == 4)
		return (int32_t)big32(p);
	return (int64_t)((uint64_t)big32(p) << 32 | big32(p + 4));
}

/* The header of a data block: how many there are of each. */
struct counts {
	char version;
	uint32_t isut, isstd, leap, time, type, chars;
};

static int
take_counts(struct bytes *b, struct counts *c)
{
	const unsigned char *p = take(b, 44);

	if (p == NULL || memcmp(p, "TZif", 4) != 0)
		return -1;
	c->version = (char)p[4];
	c->isut = big32(p + 20);
	c->isstd = big32(p + 24);
	c->leap = big32(p + 28);
	c->time = big32(p + 32);
	c->type = big32(p + 36);
	c->chars = big32(p + 40);
	/* Bounded so that no sum of sizes overflows, nor any index. */
	if (c->time > TZIF_MAX_BYTES || c->type == 0 || c->type > 256 ||
	    c->chars == 0 || c->chars > TZIF_MAX_BYTES ||
	    c->leap > TZIF_MAX_BYTES)
		return -1;
	return (c->isut == 0 || c->isut == c->type) &&
		(c->isstd == 0 || c->isstd == c->type)
	    ? 0
	    : -1;
}

/* The bytes of a data block whose times have the given width. */
static uint64_t
block_size(const struct counts *c, size_t width)
{
	return (uint64_t)c->time * (width + 1) + (uint64_t)c->type * 6 +
	    c->chars + (uint64_t)c->leap * (width + 4) + c->isstd + c->isut;
}

/* The offset of a local time type, or -1 where it is none. */
static int
type_offset(
    const unsigned char *types, const struct counts *c, size_t i, int *offset_s)
{
	const unsigned char *p = types + i * 6;
	int32_t offset = (int32_t)big32(p);

	if (offset < TZIF_OFFSET_MIN_S || offset > TZIF_OFFSET_MAX_S ||
	    p[4] > 1 || p[5] >= c->chars)
		return -1;
	*offset_s = offset;
	return 0;
}

/* Reads a data block into t. */
static int
take_block(
    struct bytes *b, const struct counts *c, size_t width, struct tzif *t)
{
	const unsigned char *p = take(b, block_size(c, width));
	const unsigned char *index, *types;

	if (p == NULL || c->leap > 0)
		return -1;
	index = p + (size_t)c->time * width;
	types = index + c->time;
	if (type_offset(types, c, 0, &t->first_s) < 0)
		return -1;
	t->change = mem_new(c->time, sizeof *t->change);
	for (; t->n < c->time; t->n++) {
		struct tzif_change *change = &t->change[t->n];

		change->at = big_signed(p + t->n * width, width);
		if (t->n > 0 && change->at <= change[-1].at)
			return -1;
		if (index[t->n] >= c->type ||
		    type_offset(types, c, index[t->n], &change->offset_s) < 0)
			return -1;
	}
	return 0;
}

/* Reads the footer: the rule between two newlines. */
static int
take_footer(struct bytes *b, struct tzrule *r)
{
	struct slice text = {(const char *)b->p, b->n};
	const char *end;

	if (!slice_take(&text, '\n'))
		return -1;
	end = text.n > 0 ? memchr(text.p, '\n', text.n) : NULL;
	if (end == NULL)
		return -1;
	return tzrule_parse((struct slice){text.p, (size_t)(end - text.p)}, r);
}

/*
 * Reads a file of any version: from version 2 on, the block of 32-bit times
 * is passed over.
 */
static int
read_file(struct bytes b, struct tzif *t)
{
	struct counts c;

	if (take_counts(&b, &c) < 0)
		return -1;
	if (c.version == '\0')
		return take_block(&b, &c, 4, t);
	if (c.version < '2' || take(&b, block_size(&c, 4)) == NULL ||
	    take_counts(&b, &c) < 0 || take_block(&b, &c, 8, t) < 0)
		return -1;
	return take_footer(&b, &t->rule);
}

int
tzif_read(struct slice bytes, struct tzif *t)
{
	struct bytes b = {(const unsigned char *)bytes.p, bytes.n};

	*t = (struct tzif){0};
	if (read_file(b, t) == 0)
		return 0;
	tzif_release(t);
	return -1;
}

void
tzif_release(struct tzif *t)
{
	free(t->change);
	*t = (struct tzif){0};
}
