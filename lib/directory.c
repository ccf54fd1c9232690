#include "directory.h"

#include <limits.h>
#include <stdint.h>
#include <stdlib.h>

#include "language.h"

/* Two calendars that never open together: how often is one asked? */
#define OPENINGS_MOST 4000

/* A number that says what comes first; an empty cell comes last. */
static int
read_rank(struct table_row *row, const char *column, unsigned long long *rank,
    struct fault *f)
{
	struct slice cell = table_text(row, column);

	*rank = ULLONG_MAX;
	if (cell.n > 0 && slice_number(cell, ULLONG_MAX - 1, rank) < 0)
		return fault_at(f, table_place(row, column),
		    "%s '%.*s': a whole number was expected", column,
		    SLICE_ARG(cell));
	return 0;
}

/* Whether it rings: the column kind. */
static int
read_kind(struct table_row *row, bool *voice, struct fault *f)
{
	static const struct slice kinds[] = {SLICE("voice"), SLICE("data")};
	struct slice kind = table_text(row, "kind");

	*voice = slice_eq(kind, kinds[0]);
	if (*voice || kind.n == 0 || slice_eq(kind, kinds[1]))
		return 0;
	fault_at(f, table_place(row, "kind"),
	    "kind '%.*s': voice or data was expected", SLICE_ARG(kind));
	return fault_suggest(f, kind, kinds, 2);
}

static int
add_channel(struct directory *d, struct table_row *row,
    struct calendars *calendars, struct fault *f)
{
	struct channel *c = &d->channel[d->nchannels];
	int result = medium_read(&c->medium, row, f);
	bool added;

	if (c->medium.name.n == 0)
		return result;
	dict_add(&d->media, c->medium.name, d->nchannels, &added);
	if (!added)
		return fault_at(f, table_place(row, "medium"),
		    "medium '%.*s' is there twice", SLICE_ARG(c->medium.name));
	c->tell = table_text(row, "tell");
	d->nchannels++;
	if (result < 0 || read_kind(row, &c->voice, f) < 0 ||
	    read_rank(row, "cost", &c->cost, f) < 0)
		return -1;
	return calendars_cell(calendars, row, "calendar", &c->hours, f);
}

static int
read_channels(struct directory *d, struct table *t, struct calendars *calendars,
    struct fault *f)
{
	d->channel = mem_new(t->n + 1, sizeof *d->channel);
	for (size_t i = 0; i < t->n; i++) {
		if (add_channel(d, &t->row[i], calendars, f) < 0 &&
		    fault_keep(f) < 0)
			return -1;
	}
	return 0;
}

static int
unknown_medium(const struct directory *d, const struct table_row *row,
    struct slice medium, struct fault *f)
{
	struct slice *names = mem_new(d->nchannels + 1, sizeof *names);

	for (size_t i = 0; i < d->nchannels; i++)
		names[i] = d->channel[i].medium.name;
	fault_at(f, table_place(row, "medium"), "no channel has medium '%.*s'",
	    SLICE_ARG(medium));
	fault_suggest(f, medium, names, d->nchannels);
	free(names);
	return -1;
}

/* The party of a row, made where it is new. */
static int
row_party(struct directory *d, struct table_row *row, struct party **p,
    struct fault *f)
{
	struct slice name = table_text(row, "party");
	bool added;
	size_t at;

	if (name.n == 0)
		return fault_at(
		    f, table_place(row, "party"), "a row without a party");
	at = dict_add(&d->parties, name, d->nparties, &added);
	*p = &d->party[at];
	if (added) {
		(*p)->name = name;
		(*p)->where = table_place(row, "party");
		d->nparties++;
	}
	if ((*p)->language.n == 0)
		(*p)->language = table_text(row, "language");
	return 0;
}

static int
read_language(struct table_row *row, struct slice *language, struct fault *f)
{
	*language = table_text(row, "language");
	if (language->n == 0 || language_is_tag(*language))
		return 0;
	return fault_at(f, table_place(row, "language"),
	    "language '%.*s': a tag such as en-GB was expected",
	    SLICE_ARG(*language));
}

/* Reads a row: 1 where it has an address, which is put into *a. */
static int
read_address(struct directory *d, struct table_row *row,
    struct calendars *calendars, struct address *a, struct fault *f)
{
	struct slice medium = table_text(row, "medium");

	a->text = table_text(row, "address");
	if (read_rank(row, "prefer", &a->prefer, f) < 0 ||
	    read_language(row, &a->language, f) < 0 ||
	    calendars_cell(calendars, row, "calendar", &a->hours, f) < 0)
		return -1;
	if (medium.n == 0 && a->text.n > 0)
		return fault_at(f, table_place(row, "medium"),
		    "an address without a medium");
	if (medium.n == 0)
		return 0;
	a->channel = directory_medium(d, medium);
	if (a->channel == DICT_NONE)
		return unknown_medium(d, row, medium, f);
	return a->text.n > 0;
}

/* An address under way: qsort() has no argument for what channels cost. */
struct candidate {
	struct address address;
	const struct party *party;
	unsigned long long cost;
};

static int
compare(unsigned long long a, unsigned long long b)
{
	return (a > b) - (a < b);
}

static int
best_first(const void *pa, const void *pb)
{
	const struct candidate *a = pa, *b = pb;
	int order = compare((uintptr_t)a->party, (uintptr_t)b->party);

	if (order == 0)
		order = compare(a->address.prefer, b->address.prefer);
	if (order == 0)
		order = compare(a->cost, b->cost);
	if (order == 0)
		order = compare(a->address.channel, b->address.channel);
	return order != 0 ? order : compare(a->address.row, b->address.row);
}

/* Sorts the addresses and hands each party its own. */
static void
hand_out(struct directory *d, struct candidate *all, size_t n)
{
	struct address *sorted = arena_new(&d->arena, (n + 1) * sizeof *sorted);

	qsort(all, n, sizeof *all, best_first);
	for (size_t i = 0; i < n; i++) {
		struct party *p = &d->party[all[i].party - d->party];

		sorted[i] = all[i].address;
		if (p->n++ == 0)
			p->address = &sorted[i];
	}
}

static int
read_rows(struct directory *d, struct table *t, struct calendars *calendars,
    struct candidate *all, size_t *n, struct fault *f)
{
	for (size_t i = 0; i < t->n; i++) {
		struct candidate *c = &all[*n];
		struct party *p = NULL;
		int got;

		got = row_party(d, &t->row[i], &p, f);
		if (got == 0)
			got = read_address(
			    d, &t->row[i], calendars, &c->address, f);
		if (got < 0 && fault_keep(f) < 0)
			return -1;
		if (got <= 0)
			continue;
		c->address.row = i;
		c->party = p;
		c->cost = d->channel[c->address.channel].cost;
		(*n)++;
	}
	return 0;
}

int
directory_load(struct directory *d, struct table *channels,
    struct table *directory, struct calendars *calendars, struct fault *f)
{
	struct candidate *all;
	size_t n = 0;
	int result;

	if (read_channels(d, channels, calendars, f) < 0)
		return -1;
	d->party = mem_new(directory->n + 1, sizeof *d->party);
	all = mem_new(directory->n + 1, sizeof *all);
	result = read_rows(d, directory, calendars, all, &n, f);
	if (result == 0)
		hand_out(d, all, n);
	free(all);
	return result;
}

const struct party *
directory_find(const struct directory *d, struct slice name)
{
	size_t at = dict_find(&d->parties, name);

	return at == DICT_NONE ? NULL : &d->party[at];
}

size_t
directory_medium(const struct directory *d, struct slice name)
{
	return dict_find(&d->media, name);
}

bool
channel_serves(const struct channel *c, struct slice tell)
{
	return slice_has_word(c->tell, tell);
}

bool
directory_is_open(
    const struct directory *d, const struct address *a, struct stamp at)
{
	return calendar_is_open(a->hours, at) &&
	    calendar_is_open(d->channel[a->channel].hours, at);
}

int
directory_opens(const struct directory *d, const struct address *a,
    struct stamp at, struct stamp *t)
{
	struct calendar *medium = d->channel[a->channel].hours;

	for (int i = 0; i < OPENINGS_MOST; i++) {
		if (calendar_opens(a->hours, at, &at) == 0 ||
		    calendar_opens(medium, at, t) == 0)
			return 0;
		if (stamp_cmp(at, *t) == 0)
			return 1;
		at = *t;
	}
	return 0;
}

void
directory_release(struct directory *d)
{
	free(d->channel);
	free(d->party);
	dict_release(&d->media);
	dict_release(&d->parties);
	arena_release(&d->arena);
	*d = (struct directory){0};
}
