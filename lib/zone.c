#include "zone.h"

#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "files.h"
#include "mem.h"
#include "tzrule.h"

#ifndef INC_ZONEINFO
#define INC_ZONEINFO "/usr/share/zoneinfo"
#endif

#define FILE_MAX_BYTES ((size_t)1024 * 1024) /* the largest real ones: 4 kB */

/* Offsets that RFC 9636 allows: a little over a day. */
#define OFFSET_MIN_S (-89999)
#define OFFSET_MAX_S 93599

struct change {
	int64_t at;   /* from this second on */
	int offset_s; /* east of UTC */
};

struct zone {
	int first_s; /* the offset before the first change */
	struct change *change;
	size_t n;
	struct tzrule rule;
};

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
	if (c->time > FILE_MAX_BYTES || c->type == 0 || c->type > 256 ||
	    c->chars == 0 || c->chars > FILE_MAX_BYTES ||
	    c->leap > FILE_MAX_BYTES)
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

	if (offset < OFFSET_MIN_S || offset > OFFSET_MAX_S || p[4] > 1 ||
	    p[5] >= c->chars)
		return -1;
	*offset_s = offset;
	return 0;
}

/* Reads a data block into z. */
static int
take_block(
    struct bytes *b, const struct counts *c, size_t width, struct zone *z)
{
	const unsigned char *p = take(b, block_size(c, width));
	const unsigned char *index, *types;

	if (p == NULL || c->leap > 0)
		return -1;
	index = p + (size_t)c->time * width;
	types = index + c->time;
	if (type_offset(types, c, 0, &z->first_s) < 0)
		return -1;
	z->change = mem_new(c->time, sizeof *z->change);
	for (; z->n < c->time; z->n++) {
		struct change *change = &z->change[z->n];

		change->at = big_signed(p + z->n * width, width);
		if (z->n > 0 && change->at <= change[-1].at)
			return -1;
		if (index[z->n] >= c->type ||
		    type_offset(types, c, index[z->n], &change->offset_s) < 0)
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
read_file(struct bytes b, struct zone *z)
{
	struct counts c;

	if (take_counts(&b, &c) < 0)
		return -1;
	if (c.version == '\0')
		return take_block(&b, &c, 4, z);
	if (c.version < '2' || take(&b, block_size(&c, 4)) == NULL ||
	    take_counts(&b, &c) < 0 || take_block(&b, &c, 8, z) < 0)
		return -1;
	return take_footer(&b, &z->rule);
}

static bool
is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* A name of the database can't climb out of it. */
static bool
is_name(struct slice name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!is_letter(c) && !(c >= '0' && c <= '9') && c != '_' &&
		    c != '+' && c != '-' && !(c == '/' && i > 0))
			return false;
	}
	return name.n > 0 && name.p[name.n - 1] != '/';
}

/* Adds the nearest name of the database's own list, where there is one. */
static void
suggest(struct fault *f, struct slice name)
{
	struct buf text = {0};
	struct fault ignored = {0};
	struct slice rest, line, *names = NULL;
	size_t n = 0, cap = 0;

	if (file_read(INC_ZONEINFO "/zone.tab", FILE_MAX_BYTES, &text,
		&ignored) == 0) {
		rest = buf_slice(&text);
		while (slice_split(&rest, '\n', &line)) {
			struct slice cell;

			if (slice_starts(line, "#"))
				continue;
			/* country, coordinates, name */
			for (int i = 0;
			     i < 3 && slice_split(&line, '\t', &cell); i++) {
				if (i < 2)
					continue;
				names = mem_grow(names, n, &cap, sizeof *names);
				names[n++] = cell;
			}
		}
		fault_suggest(f, name, names, n);
	}
	free(names);
	buf_release(&text);
	fault_release(&ignored);
}

/* Adds the bytes of the database's file for a name. */
static int
load(struct slice name, struct buf *text, struct fault *f)
{
	struct buf path = {0};
	int result;

	buf_add_str(&path, INC_ZONEINFO "/");
	buf_add_slice(&path, name);
	if (!file_exists(buf_str(&path))) {
		fault_at(f, (struct place){0}, "unknown time zone '%.*s'",
		    SLICE_ARG(name));
		suggest(f, name);
		result = -1;
	} else {
		result = file_read(buf_str(&path), FILE_MAX_BYTES, text, f);
	}
	buf_release(&path);
	return result;
}

struct zone *
zone_read(struct slice tzif, struct slice name, struct fault *f)
{
	struct bytes b = {(const unsigned char *)tzif.p, tzif.n};
	struct zone *z = mem_new(1, sizeof *z);

	if (read_file(b, z) == 0)
		return z;
	fault_at(f, (struct place){0},
	    "time zone '%.*s': its file is cut, broken or counts leap seconds",
	    SLICE_ARG(name));
	zone_free(z);
	return NULL;
}

struct zone *
zone_open(struct slice name, struct fault *f)
{
	struct buf text = {0};
	struct zone *z;

	if (slice_is(name, "UTC"))
		return mem_new(1, sizeof *z);
	if (!is_name(name)) {
		fault_at(f, (struct place){0},
		    "'%.*s' is no name of a time zone", SLICE_ARG(name));
		return NULL;
	}
	if (load(name, &text, f) < 0) {
		buf_release(&text);
		return NULL;
	}
	z = zone_read(buf_slice(&text), name, f);
	buf_release(&text);
	return z;
}

void
zone_free(struct zone *z)
{
	if (z == NULL)
		return;
	free(z->change);
	free(z);
}

/* The number of changes of the table at or before an instant. */
static size_t
changes_until(const struct zone *z, int64_t s)
{
	size_t low = 0, high = z->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (z->change[middle].at <= s)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int
zone_offset(const struct zone *z, int64_t s)
{
	size_t n = changes_until(z, s);

	if (n == z->n && z->rule.is_set)
		return tzrule_offset(&z->rule, s);
	return n > 0 ? z->change[n - 1].offset_s : z->first_s;
}

/* The first instant after s at which the offset may change, or INT64_MAX. */
static int64_t
next_change(const struct zone *z, int64_t s)
{
	size_t n = changes_until(z, s);

	return n < z->n ? z->change[n].at : tzrule_next(&z->rule, s);
}

struct civil
zone_civil(const struct zone *z, int64_t s)
{
	int offset = zone_offset(z, s);
	struct civil c = civil_of(s + offset);

	c.offset_s = offset;
	c.has_offset = true;
	return c;
}

static struct stamp
clamp(int64_t s, uint32_t ns)
{
	if (s < 0)
		return (struct stamp){0};
	if (s > STAMP_MAX_S)
		return (struct stamp){.s = STAMP_MAX_S, .ns = 999999999};
	return (struct stamp){.s = s, .ns = ns};
}

/*
 * Goes through the stretches of one offset that could hold the local time,
 * and looks in each for the instant that it would be.
 */
enum zone_kind
zone_instant(const struct zone *z, const struct civil *local,
    enum zone_pick pick, struct stamp *t)
{
	int64_t wanted = civil_seconds(local);
	int64_t from = wanted - OFFSET_MAX_S, until = wanted - OFFSET_MIN_S;
	int64_t first = 0, last = 0, gap = 0;
	int offset = zone_offset(z, from), found = 0;

	for (;;) {
		int64_t next = next_change(z, from), s = wanted - offset;

		if (s >= from && s < next) {
			first = found++ > 0 ? first : s;
			last = s;
		}
		if (next > until)
			break;
		from = next;
		if (next + offset <= wanted)
			gap = next;
		offset = zone_offset(z, next);
	}
	if (found == 0) {
		*t = clamp(gap, 0);
		return ZONE_GAP;
	}
	*t = clamp(pick == ZONE_FIRST ? first : last, local->ns);
	return found > 1 ? ZONE_TWICE : ZONE_ONCE;
}

const struct zone *
zones_open(
    struct zones *z, struct slice name, struct place where, struct fault *f)
{
	size_t at = dict_find(&z->names, name);
	struct fault why = {0};
	struct zone *zone;

	if (at != DICT_NONE)
		return z->zone[at];
	zone = zone_open(name, &why);
	if (zone == NULL) {
		fault_at(f, where, "%.*s", SLICE_ARG(fault_reason(&why)));
		fault_release(&why);
		return NULL;
	}
	dict_add(&z->names, name, z->n, NULL);
	z->zone = mem_grow(z->zone, z->n, &z->cap, sizeof(struct zone *));
	z->zone[z->n++] = zone;
	return zone;
}

void
zones_release(struct zones *z)
{
	for (size_t i = 0; i < z->n; i++)
		zone_free(z->zone[i]);
	free(z->zone);
	dict_release(&z->names);
	*z = (struct zones){0};
}
