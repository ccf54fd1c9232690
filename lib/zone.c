#include "zone.h"

#include <stdlib.h>

#include "buf.h"
#include "files.h"
#include "mem.h"
#include "tzif.h"
#include "tzrule.h"

#ifndef INC_ZONEINFO
#define INC_ZONEINFO "/usr/share/zoneinfo"
#endif

struct zone {
	struct tzif table;
};

/* A name of the database can't climb out of it. */
static bool
is_name(struct slice name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = name.p[i];

		if (!slice_is_letter(c) && !slice_is_digit(c) && c != '_' &&
		    c != '+' && c != '-' && !(c == '/' && i > 0))
			return false;
	}
	return name.n > 0 && name.p[name.n - 1] != '/';
}

/* Takes the name from a line of zone.tab: country, coordinates, name. */
static bool
tab_name(struct slice line, struct slice *name)
{
	if (slice_starts(line, "#"))
		return false;
	for (int i = 0; i < 3; i++) {
		if (!slice_split(&line, '\t', name))
			return false;
	}
	return true;
}

/* Adds the nearest name of the database's own list, where there is one. */
static void
suggest(struct fault *f, struct slice name)
{
	struct buf text = {0};
	struct fault ignored = {0};
	struct slice rest, line, one, *names = NULL;
	size_t n = 0, cap = 0;

	if (file_read(INC_ZONEINFO "/zone.tab", TZIF_MAX_BYTES, &text,
		&ignored) == 0) {
		rest = buf_slice(&text);
		while (slice_split(&rest, '\n', &line)) {
			if (!tab_name(line, &one))
				continue;
			names = mem_grow(names, n, &cap, sizeof *names);
			names[n++] = one;
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
		result = file_read(buf_str(&path), TZIF_MAX_BYTES, text, f);
	}
	buf_release(&path);
	return result;
}

struct zone *
zone_read(struct slice bytes, struct slice name, struct fault *f)
{
	struct zone *z = mem_new(1, sizeof *z);

	if (tzif_read(bytes, &z->table) == 0)
		return z;
	fault_at(f, (struct place){0},
	    "time zone '%.*s': its file is cut, broken or counts leap seconds",
	    SLICE_ARG(name));
	free(z);
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
	tzif_release(&z->table);
	free(z);
}

/* The number of changes of the table at or before an instant. */
static size_t
changes_until(const struct tzif *t, int64_t s)
{
	size_t low = 0, high = t->n;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (t->change[middle].at <= s)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int
zone_offset(const struct zone *z, int64_t s)
{
	const struct tzif *t = &z->table;
	size_t n = changes_until(t, s);

	if (n == t->n && t->rule.is_set)
		return tzrule_offset(&t->rule, s);
	return n > 0 ? t->change[n - 1].offset_s : t->first_s;
}

/* The first instant after s at which the offset may change, or INT64_MAX. */
static int64_t
next_change(const struct zone *z, int64_t s)
{
	const struct tzif *t = &z->table;
	size_t n = changes_until(t, s);

	return n < t->n ? t->change[n].at : tzrule_next(&t->rule, s);
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

void
zone_add_time(const struct zone *z, struct stamp t, struct stamp now,
    bool seconds, struct buf *out)
{
	struct civil c = z != NULL ? zone_civil(z, t.s) : civil_of(t.s);
	struct civil today = z != NULL ? zone_civil(z, now.s) : civil_of(now.s);

	if (c.year != today.year || c.month != today.month ||
	    c.day != today.day) {
		civil_add_date(out, &c);
		buf_add_char(out, ' ');
	}
	buf_addf(out, "%02d:%02d", c.hour, c.minute);
	if (seconds)
		buf_addf(out, ":%02d", c.second);
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
	int64_t from = wanted - TZIF_OFFSET_MAX_S;
	int64_t until = wanted - TZIF_OFFSET_MIN_S;
	int64_t first = 0, last = 0, gap = 0;
	int offset = zone_offset(z, from), found = 0;

	if (z->table.n == 0 && !z->table.rule.is_set) { /* UTC, or such */
		*t = clamp(wanted - offset, local->ns);
		return ZONE_ONCE;
	}
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
