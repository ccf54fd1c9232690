#include "hours.h"

#include "civil.h"

/* 0 Monday to 6 Sunday, in any case; -1 where it is no day. */
static int
day_of(struct slice word)
{
	static const char *const name[] = {
	    "mon", "tue", "wed", "thu", "fri", "sat", "sun"};

	for (int i = 0; i < 7 && word.n == 3; i++) {
		if ((word.p[0] | 0x20) == name[i][0] &&
		    (word.p[1] | 0x20) == name[i][1] &&
		    (word.p[2] | 0x20) == name[i][2])
			return i;
	}
	return -1;
}

/* Adds the days of "mon" or "mon-fri".  Returns 0 or -1. */
static int
add_days(struct slice word, unsigned *days)
{
	struct slice rest = word, piece;
	int first, last;

	slice_split(&rest, '-', &piece);
	first = last = day_of(piece);
	if (rest.p != NULL)
		last = day_of(rest);
	if (first < 0 || last < 0)
		return -1;
	for (int day = first;; day = (day + 1) % 7) {
		*days |= 1U << day;
		if (day == last)
			return 0;
	}
}

/* Reads HH:MM, at most 24:00, as minutes; -1 where it is none. */
static int
clock_minutes(struct slice s)
{
	unsigned long long hours, minutes;

	if (s.n != 5 || s.p[2] != ':' ||
	    slice_number((struct slice){s.p, 2}, 24, &hours) < 0 ||
	    slice_number((struct slice){s.p + 3, 2}, 59, &minutes) < 0 ||
	    (hours == 24 && minutes > 0))
		return -1;
	return (int)(hours * 60 + minutes);
}

/* Reads "20:00-08:00".  Returns 0 or -1. */
static int
read_window(struct slice word, struct hours_window *w)
{
	struct slice rest = word, piece;

	slice_split(&rest, '-', &piece);
	if (rest.p == NULL)
		return -1;
	w->start = clock_minutes(piece);
	w->end = clock_minutes(rest);
	if (w->start < 0 || w->end < 0 || w->start == HOURS_DAY_MINUTES)
		return -1;
	if (w->end <= w->start)
		w->end += HOURS_DAY_MINUTES;
	return 0;
}

static int
read_days(
    struct hours *h, struct slice cell, struct place where, struct fault *f)
{
	struct slice rest = cell, word;

	h->days = 0;
	while (slice_word(&rest, &word) > 0) {
		if (add_days(word, &h->days) < 0)
			return fault_at(f, place_in(where, cell, word.p),
			    "'%.*s' is no day: mon tue wed thu fri sat sun or "
			    "a range as mon-fri was expected",
			    SLICE_ARG(word));
	}
	if (h->days == 0)
		h->days = HOURS_EVERY_DAY;
	return 0;
}

/* Whether two windows meet where the other is so many minutes later. */
static bool
meet(const struct hours_window *a, const struct hours_window *b, int later)
{
	return a->start < b->end + later && b->start + later < a->end;
}

/* Whether the last window overlaps one before it, on its day or the next. */
static bool
overlaps(const struct hours *h)
{
	const struct hours_window *last = &h->window[h->n];
	unsigned next = (h->days << 1 | h->days >> 6) & HOURS_EVERY_DAY;
	int step = (h->days & next) != 0 ? HOURS_DAY_MINUTES : 0;

	for (size_t i = 0; i < h->n; i++) {
		if (meet(&h->window[i], last, 0) ||
		    meet(&h->window[i], last, step) ||
		    meet(last, &h->window[i], step))
			return true;
	}
	return false;
}

static int
read_windows(struct hours *h, struct slice cell, struct place where,
    struct arena *arena, struct fault *f)
{
	struct slice rest = cell, word;
	size_t n = 0;

	while (slice_word(&rest, &word) > 0)
		n++;
	h->window = arena_new(arena, (n > 0 ? n : 1) * sizeof *h->window);
	h->n = 0;
	for (rest = cell; slice_word(&rest, &word) > 0; h->n++) {
		if (read_window(word, &h->window[h->n]) < 0)
			return fault_at(f, place_in(where, cell, word.p),
			    "'%.*s' is no window: HH:MM-HH:MM was expected",
			    SLICE_ARG(word));
		if (overlaps(h))
			return fault_at(f, place_in(where, cell, word.p),
			    "window '%.*s' overlaps one before it",
			    SLICE_ARG(word));
	}
	if (n == 0)
		h->window[h->n++] = (struct hours_window){0, HOURS_DAY_MINUTES};
	return 0;
}

int
hours_read(struct hours *h, struct slice days, struct place days_at,
    struct slice windows, struct place windows_at, struct arena *arena,
    struct fault *f)
{
	if (read_days(h, days, days_at, f) < 0)
		return -1;
	return read_windows(h, windows, windows_at, arena, f);
}

/* The instant of so many minutes after a day's local midnight. */
static struct stamp
instant(const struct zone *zone, int64_t day, int minutes, enum zone_pick pick)
{
	struct civil local = civil_of(day * DAY_S + (int64_t)minutes * 60);
	struct stamp t;

	zone_instant(zone, &local, pick, &t);
	return t;
}

static bool
on_day(const struct hours *h, int64_t day)
{
	struct civil c = civil_of(day * DAY_S);

	return (h->days >> civil_weekday(&c) & 1) != 0;
}

bool
hours_interval(const struct hours *h, size_t window, int64_t day,
    const struct zone *zone, struct stamp *from, struct stamp *until)
{
	const struct hours_window *w = &h->window[window];

	if (!on_day(h, day))
		return false;
	*from = instant(zone, day, w->start, ZONE_FIRST);
	*until = instant(zone, day, w->end, ZONE_LAST);
	return stamp_cmp(*from, *until) < 0;
}

/* Whether the windows leave no instant out. */
static bool
always(const struct hours *h)
{
	return h->days == HOURS_EVERY_DAY && h->n == 1 &&
	    h->window[0].start == 0 && h->window[0].end == HOURS_DAY_MINUTES;
}

bool
hours_hold(const struct hours *h, const struct zone *zone, int64_t first,
    int64_t last, struct stamp at)
{
	struct civil local;
	int64_t today, day, end;

	if (always(h) && first == INT64_MIN && last == INT64_MAX)
		return true;
	local = zone_civil(zone, at.s);
	today = civil_seconds(&local) / DAY_S;
	/*
	 * Yesterday's windows may run over midnight; tomorrow's have begun
	 * where the clock was put back over midnight.
	 */
	day = today - 1 < first ? first : today - 1;
	end = today + 1 > last ? last : today + 1;
	for (; day <= end; day++) {
		for (size_t i = 0; i < h->n; i++) {
			struct stamp from, until;

			if (hours_interval(h, i, day, zone, &from, &until) &&
			    stamp_cmp(from, at) <= 0 &&
			    stamp_cmp(at, until) < 0)
				return true;
		}
	}
	return false;
}
