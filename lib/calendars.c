#include "calendars.h"

#include <stdlib.h>

/* ---- holidays ---- */

/* The holidays of a name, made where they are new. */
static struct holidays *
find_holidays(struct calendars *c, struct slice name)
{
	size_t n = c->holiday_names.n,
	       at = columns_add(&c->holiday_names, name);

	if (at == n) {
		c->holidays = mem_grow(c->holidays, n, &c->holidays_cap,
		    sizeof(struct holidays *));
		c->holidays[at] = arena_new(&c->arena, sizeof(struct holidays));
	}
	return c->holidays[at];
}

static int
read_holiday(struct calendars *c, struct table_row *row, struct fault *f)
{
	struct slice name = table_text(row, "holidays");
	struct slice windows = table_text(row, "windows");
	struct place where = table_place(row, "date");
	struct holiday day = {.day = -1, .what = table_text(row, "what")};
	struct holidays *holidays;

	if (name.n == 0)
		return fault_at(f, table_place(row, "holidays"),
		    "a name was expected, by which calendars know them");
	holidays = find_holidays(c, name);
	if (table_date(row, "date", &day.day, f) < 0)
		return -1;
	if (day.day < 0)
		return fault_at(f, where, "a date was expected");
	day.hours.days = HOURS_EVERY_DAY;
	if (windows.n > 0 &&
	    hours_read(&day.hours, (struct slice){"", 0}, where, windows,
		table_place(row, "windows"), &c->arena, f) < 0)
		return -1;
	if (holidays_add(holidays, day) < 0)
		return fault_at(
		    f, where, "'%.*s' has this date twice", SLICE_ARG(name));
	return 0;
}

static int
read_holidays(struct calendars *c, struct pack *p, struct fault *f)
{
	struct table *t;
	int got = pack_table(p, "holidays", &t, f);

	for (size_t i = 0; got > 0 && i < t->n; i++) {
		if (read_holiday(c, &t->row[i], f) < 0 && fault_keep(f) < 0)
			return -1;
	}
	return got < 0 ? -1 : 0;
}

/* ---- calendars ---- */

/* The calendar of a name, made where it is new. */
static struct calendar *
find_or_make(struct calendars *c, struct slice name)
{
	size_t n = c->names.n, at = columns_add(&c->names, name);

	if (at == n) {
		c->calendar = mem_grow(
		    c->calendar, n, &c->cap, sizeof(struct calendar *));
		c->calendar[at] = arena_new(&c->arena, sizeof(struct calendar));
		c->calendar[at]->name = c->names.name[at];
	}
	return c->calendar[at];
}

static int
read_zone(struct calendars *c, struct calendar_row *out, struct table_row *row,
    const struct pack *p, struct fault *f)
{
	struct slice name = table_text(row, "zone");

	out->zone = name.n == 0
	    ? p->zone
	    : zones_open(&c->zones, name, table_place(row, "zone"), f);
	return out->zone != NULL ? 0 : -1;
}

static int
read_row(struct calendars *c, struct table_row *row, const struct pack *p,
    struct fault *f)
{
	struct slice name = table_text(row, "calendar");
	struct slice holidays = table_text(row, "holidays");
	struct calendar_row out = {0};
	size_t at = columns_find(&c->holiday_names, holidays);
	struct place where = table_place(row, "holidays");
	struct calendar *calendar;

	if (name.n == 0)
		return fault_at(f, table_place(row, "calendar"),
		    "a calendar without a name");
	calendar = find_or_make(c, name);
	if (holidays.n > 0 && at == COLUMNS_NONE) {
		fault_at(
		    f, where, "unknown holidays '%.*s'", SLICE_ARG(holidays));
		return fault_suggest(
		    f, holidays, c->holiday_names.name, c->holiday_names.n);
	}
	if (holidays.n > 0)
		out.holidays = c->holidays[at];
	if (read_zone(c, &out, row, p, f) < 0 ||
	    hours_read(&out.hours, table_text(row, "days"),
		table_place(row, "days"), table_text(row, "windows"),
		table_place(row, "windows"), &c->arena, f) < 0)
		return -1;
	calendar_add(calendar, out);
	return 0;
}

int
calendars_load(struct calendars *c, struct pack *p, struct fault *f)
{
	const struct slice always = SLICE("always");
	struct table *t;
	int got = read_holidays(c, p, f);

	calendar_elapsed(&c->elapsed, p->zone);
	if (got < 0 || (got = pack_table(p, "calendars", &t, f)) < 0)
		return -1;
	for (size_t i = 0; got > 0 && i < t->n; i++) {
		if (read_row(c, &t->row[i], p, f) < 0 && fault_keep(f) < 0)
			return -1;
	}
	if (columns_find(&c->names, always) == COLUMNS_NONE) {
		calendar_elapsed(find_or_make(c, always), p->zone);
		c->calendar[c->names.n - 1]->name = always;
	}
	return 0;
}

struct calendar *
calendars_find(struct calendars *c, struct slice name)
{
	size_t at = columns_find(&c->names, name);

	if (name.n == 0)
		return &c->elapsed;
	return at != COLUMNS_NONE ? c->calendar[at] : NULL;
}

int
calendars_cell(struct calendars *c, struct table_row *row, const char *column,
    struct calendar **calendar, struct fault *f)
{
	struct slice name = table_text(row, column);

	*calendar = calendars_find(c, name);
	if (*calendar != NULL)
		return 0;
	fault_at(f, table_place(row, column), "unknown calendar '%.*s'",
	    SLICE_ARG(name));
	/* c is there, whatever it was asked for: NOLINTNEXTLINE */
	return fault_suggest(f, name, c->names.name, c->names.n);
}

void
calendars_release(struct calendars *c)
{
	for (size_t i = 0; i < c->names.n; i++)
		calendar_release(c->calendar[i]);
	for (size_t i = 0; i < c->holiday_names.n; i++)
		holidays_release(c->holidays[i]);
	free(c->calendar);
	free(c->holidays);
	columns_release(&c->names);
	columns_release(&c->holiday_names);
	zones_release(&c->zones);
	arena_release(&c->arena);
	*c = (struct calendars){0};
}
