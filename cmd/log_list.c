/*
 * inc-log list: the incidents as a table that fits the terminal: what is open
 * first, the most urgent on top.  Personal columns are left out unless asked
 * for, since a screen is seen by whoever passes.
 */
#include <stdlib.h>
#include <unistd.h>

#include "diag.h"
#include "escape.h"
#include "inert.h"
#include "log.h"
#include "mem.h"
#include "output.h"
#include "target.h"
#include "terminal.h"

/* An incident that is listed, by what it is sorted. */
struct item {
	const struct incident *in;
	bool closed;
	size_t rank;           /* of its priority among the targets */
	struct stamp received; /* zero where it can't be read */
};

struct list {
	struct log_work *w;
	struct targets targets;
	struct stamp now;
	bool colour;
	size_t width; /* of the terminal; 0: as wide as need be */
	struct item *item;
	size_t n;
	struct columns numbers, twice; /* of ids, and those of several */
	size_t id_width;
	struct buf text, line; /* scratch */
};

static struct slice
holds(const struct list *l, const struct incident *in, const char *name)
{
	return incidents_value(&l->w->book.ledger.incidents, in, name);
}

/* What is unknown counts as urgent. */
static size_t
rank_of(const struct list *l, struct slice priority)
{
	const struct target *t = targets_find(&l->targets, priority);

	return t != NULL ? (size_t)(t - l->targets.target) + 1 : 0;
}

static int
most_urgent_first(const void *a, const void *b)
{
	const struct item *x = a, *y = b;

	if (x->closed != y->closed)
		return x->closed - y->closed;
	if (x->rank != y->rank)
		return x->rank < y->rank ? -1 : 1;
	return stamp_cmp(x->received, y->received);
}

/* The number that an id ends in, by which people call it; or the id. */
static struct slice
number_of(struct slice id)
{
	struct slice number = ids_number(id);

	while (number.n > 0 && *number.p == '0')
		number = (struct slice){number.p + 1, number.n - 1};
	return number.n > 0 ? number : id;
}

/* Notes the number of an incident that is listed. */
static void
note_number(struct list *l, struct slice id)
{
	size_t n = l->numbers.n;

	if (columns_add(&l->numbers, number_of(id)) < n)
		columns_add(&l->twice, number_of(id));
}

/* What an incident is called: for short, where that is one alone. */
static struct slice
name_of(const struct list *l, const struct incident *in)
{
	return columns_find(&l->twice, number_of(in->id)) == COLUMNS_NONE
	    ? log_short_id(in->id)
	    : in->id;
}

#define ID_MIN 12 /* characters of an id */
#define ID_MAX 32 /* and no more, whatever a feed brought */

static void
collect(struct list *l)
{
	const struct incidents *all = &l->w->book.ledger.incidents;

	l->item = mem_new(all->n + 1, sizeof *l->item);
	for (size_t i = 0; i < all->n; i++) {
		const struct incident *in = &all->list[i];
		struct item item = {.in = in,
		    .closed = holds(l, in, "closed").n > 0,
		    .rank = rank_of(l, holds(l, in, "priority"))};

		stamp_parse(holds(l, in, "received"), &item.received);
		if (item.closed && !l->w->own.all)
			continue;
		l->item[l->n++] = item;
		note_number(l, in->id);
	}
	qsort(l->item, l->n, sizeof *l->item, most_urgent_first);
	l->id_width = ID_MIN;
	for (size_t i = 0; i < l->n; i++) {
		size_t n = slice_characters(name_of(l, l->item[i].in));

		l->id_width = n > l->id_width ? n : l->id_width;
	}
	l->id_width = l->id_width > ID_MAX ? ID_MAX : l->id_width;
}

/* So long, in two units at most: 3d4h, 25m. */
static void
add_span(struct buf *out, int64_t seconds)
{
	int64_t minutes = seconds / 60, hours = minutes / 60;

	if (hours >= 48)
		buf_addf(out, "%lldd%lldh", (long long)(hours / 24),
		    (long long)(hours % 24));
	else if (hours > 0)
		buf_addf(out, "%lldh%02lldm", (long long)hours,
		    (long long)(minutes % 60));
	else
		buf_addf(out, "%lldm", (long long)minutes);
}

/* How it stands with time: since when, and against which deadline. */
static bool
add_clock(struct list *l, const struct incident *in, struct buf *out)
{
	bool taken = holds(l, in, "acknowledged").n > 0;
	struct stamp from, due;

	if (stamp_parse(holds(l, in, "received"), &from) < 0)
		return false;
	add_span(out, l->now.s > from.s ? l->now.s - from.s : 0);
	if (holds(l, in, "resolved").n > 0 || holds(l, in, "closed").n > 0) {
		buf_add_str(out, " done");
		return false;
	}
	if (holds(l, in, "vanished").n > 0) {
		buf_add_str(out, " vanished");
		return false;
	}
	if (holds(l, in, "held").n > 0) {
		buf_add_str(out, " on hold");
		return false;
	}
	if (stamp_parse(
		holds(l, in, taken ? "resolve_by" : "respond_by"), &due) < 0)
		return false;
	if (due.s < l->now.s) {
		buf_add_str(out, " late ");
		add_span(out, l->now.s - due.s);
		return true;
	}
	buf_add_str(out, " left ");
	add_span(out, due.s - l->now.s);
	return false;
}

/*
 * What it is about, by the first of these that may be shown; where none may,
 * how to see it.
 */
static struct slice
subject(struct list *l, const struct incident *in)
{
	static const char *const names[] = {
	    "summary", "category", "subcategory", "service", "location"};
	bool withheld = false;

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		struct slice value = holds(l, in, names[i]);
		bool hidden = !l->w->own.personal && l->w->has_form &&
		    form_is_personal(&l->w->form, slice_of(names[i]));

		if (value.n > 0 && !hidden)
			return unescape(value, &l->text);
		withheld = withheld || value.n > 0;
	}
	return slice_of(withheld ? "(personal)" : "");
}

#define FIXED 46 /* columns between the id and the subject */

static void
print_item(struct list *l, const struct item *item, struct output *out)
{
	const struct incident *in = item->in;
	struct buf clock = {0};
	bool late = add_clock(l, in, &clock);
	size_t fixed = l->id_width + FIXED;
	size_t room = l->width > fixed ? l->width - fixed : 1;
	struct slice about;

	buf_clear(&l->line);
	if (l->colour)
		buf_add_str(&l->line,
		    late                  ? "\033[1;31m"
			: item->rank <= 1 ? "\033[1m"
			: item->closed    ? "\033[2m"
					  : "");
	inert_column(&l->line, name_of(l, in), l->id_width);
	buf_add_char(&l->line, ' ');
	inert_column(&l->line, holds(l, in, "priority"), 4);
	buf_add_char(&l->line, ' ');
	inert_column(&l->line, holds(l, in, "level"), 2);
	buf_add_char(&l->line, ' ');
	inert_column(&l->line, buf_slice(&clock), 22);
	buf_add_char(&l->line, ' ');
	inert_column(
	    &l->line, unescape(holds(l, in, "assigned"), &l->text), 12);
	buf_add_char(&l->line, ' ');
	about = subject(l, in);
	if (l->width > 0 && slice_characters(about) > room)
		inert_column(&l->line, about, room);
	else
		inert_add(&l->line, about);
	if (l->colour)
		buf_add_str(&l->line, "\033[0m");
	buf_add_char(&l->line, '\n');
	output_add(out, buf_slice(&l->line));
	buf_release(&clock);
}

static void
print_list(struct list *l)
{
	struct output out;

	output_init(&out, STDOUT_FILENO, "<stdout>");
	buf_clear(&l->line);
	inert_column(&l->line, slice_of("id"), l->id_width);
	buf_add_str(
	    &l->line, " prio lv since and deadline     assigned     about\n");
	if (!l->w->shared.no_header)
		output_add(&out, buf_slice(&l->line));
	for (size_t i = 0; i < l->n; i++)
		print_item(l, &l->item[i], &out);
	if (output_close(&out) < 0)
		log_say(&out.fault);
	output_release(&out);
}

void
log_list(struct log_work *w)
{
	struct list l = {.w = w, .now = w->shared.now};
	struct fault fault = {0};
	const char *no_colour = getenv("NO_COLOR");

	if (w->n > 0)
		options_misuse("list takes no operand");
	l.width = terminal_width();
	l.colour = l.width > 0 && (no_colour == NULL || *no_colour == '\0');
	w->whole = w->own.all;
	if (log_open_reading(w) == 0) {
		if (!w->own.all && lookup_open(&w->book.lookup) < 0)
			log_say(&w->book.lookup.fault);
		else if (w->has_pack &&
		    targets_load(&l.targets, &w->pack, &fault) < 0) {
			log_say(&fault);
		} else {
			collect(&l);
			print_list(&l);
		}
	}
	fault_release(&fault);
	targets_release(&l.targets);
	buf_release(&l.text);
	buf_release(&l.line);
	columns_release(&l.numbers);
	columns_release(&l.twice);
	free(l.item);
}
