/*
 * inc status: one screen for whoever takes over the desk: how many incidents
 * are open, by priority, how many nobody has taken, how many are late,
 * waiting or vanished from their source's export, when the log was last
 * written, when the last good tick was, and which messages are not over.
 */
#include <stdlib.h>

#include "diag.h"
#include "duration.h"
#include "files.h"
#include "heartbeat.h"
#include "inc.h"
#include "inert.h"
#include "items.h"
#include "logbook.h"
#include "pack.h"
#include "print.h"
#include "site.h"
#include "spool.h"
#include "target.h"

#define MISSED_TICKS 3 /* so many are a fault */

struct counts {
	size_t open, untaken, late, held, vanished;
};

struct desk {
	struct logbook book;
	struct pack pack;
	struct targets targets;
	struct counts *row; /* by target; the last: no such priority */
	struct counts all;
	struct stamp now;
	bool has_pack;
};

static struct slice
holds(const struct desk *s, const struct incident *in, const char *name)
{
	return incidents_value(&s->book.ledger.incidents, in, name);
}

static bool
is_late(const struct desk *s, const struct incident *in, bool taken)
{
	struct stamp due;

	return holds(s, in, "resolved").n == 0 &&
	    stamp_parse(
		holds(s, in, taken ? "resolve_by" : "respond_by"), &due) == 0 &&
	    stamp_cmp(due, s->now) < 0;
}

static void
add(struct counts *to, const struct counts *c)
{
	to->open += c->open;
	to->untaken += c->untaken;
	to->late += c->late;
	to->held += c->held;
	to->vanished += c->vanished;
}

/* How an open incident counts. */
static struct counts
count(const struct desk *s, const struct incident *in)
{
	bool taken = holds(s, in, "acknowledged").n > 0;
	struct counts c = {.open = 1,
	    .held = holds(s, in, "held").n > 0,
	    .vanished = holds(s, in, "vanished").n > 0};

	c.untaken = !taken && holds(s, in, "resolved").n == 0;
	c.late = c.held + c.vanished == 0 && is_late(s, in, taken) ? 1 : 0;
	return c;
}

static void
count_all(struct desk *s)
{
	const struct incidents *all = &s->book.ledger.incidents;

	for (size_t i = 0; i < all->n; i++) {
		const struct incident *in = &all->list[i];
		const struct target *t =
		    targets_find(&s->targets, holds(s, in, "priority"));
		struct counts c = count(s, in);
		size_t row =
		    t != NULL ? (size_t)(t - s->targets.target) : s->targets.n;

		if (holds(s, in, "closed").n > 0)
			continue;
		add(&s->row[row], &c);
		add(&s->all, &c);
	}
}

static void
add_counts(struct buf *out, struct slice name, const struct counts *c)
{
	buf_add_str(out, "  ");
	inert_column(out, name, 10);
	buf_addf(out, " %6zu %8zu %6zu %8zu %9zu\n", c->open, c->untaken,
	    c->late, c->held, c->vanished);
}

/* Adds a time as the clock on the wall tells it. */
static void
add_time(struct buf *out, const struct desk *s, struct stamp t)
{
	struct civil c =
	    s->has_pack ? zone_civil(s->pack.zone, t.s) : civil_of(t.s);

	civil_add_date(out, &c);
	buf_addf(out, " at %02d:%02d", c.hour, c.minute);
}

static void
add_last(struct desk *s, struct buf *out)
{
	unsigned long long n = lookup_count(&s->book.lookup);

	if (s->book.journal.in.seq == 0) {
		buf_add_str(out, "nothing logged yet\n");
		return;
	}
	buf_addf(out, "%llu incident%s, %llu entr%s, the last on ", n,
	    n == 1 ? "" : "s", (unsigned long long)s->book.journal.in.seq,
	    s->book.journal.in.seq == 1 ? "y" : "ies");
	add_time(out, s, s->book.journal.in.at);
	buf_add_char(out, '\n');
}

/* Says that ticks were missed, by what a heartbeat tells. */
static void
tell_missed(const struct heartbeat *h, struct stamp now)
{
	uint64_t missed = heartbeat_missed(h, now);
	struct buf last = {0};

	stamp_add(&last, h->has_good ? h->good : h->began);
	if (!h->has_good)
		diag_say(STATUS_NO,
		    "no tick was good yet: the last one began at %s, on %.*s",
		    buf_str(&last), SLICE_ARG(h->host));
	else if (missed >= MISSED_TICKS)
		diag_say(STATUS_NO,
		    "%llu ticks were missed: the last good one began at %s, on "
		    "%.*s",
		    (unsigned long long)missed, buf_str(&last),
		    SLICE_ARG(h->host));
	buf_release(&last);
}

/* Adds what a heartbeat tells. */
static void
add_heartbeat(const struct desk *s, const struct heartbeat *h, struct buf *out)
{
	if (h->has_good) {
		buf_add_str(out, "ticks: the last good one on ");
		add_time(out, s, h->good);
	} else {
		buf_add_str(out, "ticks: none was good yet");
	}
	buf_add_str(out, " (every ");
	duration_add(out, h->every_s);
	buf_add_str(out, ", ");
	inert_add(out, h->host);
	buf_add_str(out, ")\n");
}

/* Adds when ticks were, in this home. */
static void
add_ticks(const struct desk *s, const char *home, struct buf *out)
{
	struct buf path = {0}, text = {0};
	struct fault fault = {0};
	struct heartbeat h;

	buf_addf(&path, "%s/heartbeat", home);
	if (!file_exists(buf_str(&path))) {
		buf_add_str(out, "ticks: never\n");
	} else if (file_read(path.p, HEARTBEAT_BYTES, &text, &fault) < 0) {
		diag_fault(STATUS_FAILED, &fault);
	} else if (heartbeat_parse(&h, buf_slice(&text)) < 0) {
		diag_say(STATUS_NO, "%s: is no heartbeat of ticks", path.p);
	} else {
		tell_missed(&h, s->now);
		add_heartbeat(s, &h, out);
	}
	buf_release(&path);
	buf_release(&text);
	fault_release(&fault);
}

static void
count_message(void *n, const char *name, struct stamp at)
{
	(void)name;
	(void)at;
	++*(size_t *)n;
}

/* Adds how many messages wait, and how many are dead, if there is a spool. */
static void
add_messages(struct buf *out, const char *dir)
{
	static const enum spool_where where[] = {
	    SPOOL_NEW, SPOOL_WORK, SPOOL_DEAD};
	struct stamp ever = {0, 0};
	struct fault fault = {0};
	struct spool spool;
	size_t n[LEN(where)] = {0};
	int result = spool_open_reading(&spool, dir, &fault);

	for (size_t i = 0; i < LEN(where) && result == 0; i++)
		result = items_each(
		    &spool, where[i], ever, count_message, &n[i], &fault);
	if (result < 0)
		diag_fault(STATUS_FAILED, &fault);
	else if (n[0] + n[1] + n[2] > 0)
		buf_addf(out, "messages: %zu not over%s, %zu dead%s\n",
		    n[0] + n[1], n[0] + n[1] > 0 ? " (inc send list)" : "",
		    n[2], n[2] > 0 ? " (inc send dead)" : "");
	spool_release(&spool);
	fault_release(&fault);
}

static void
print(struct desk *s, const char *home, const char *spool)
{
	struct buf text = {0};

	if (s->has_pack) {
		inert_add(&text, s->pack.rules);
		buf_add_str(&text, ": ");
	}
	add_last(s, &text);
	if (home != NULL)
		add_ticks(s, home, &text);
	if (spool != NULL)
		add_messages(&text, spool);
	buf_add_str(&text,
	    "\n  priority     open not taken  late  on hold  vanished\n");
	for (size_t i = 0; i < s->targets.n; i++)
		add_counts(&text, s->targets.target[i].priority, &s->row[i]);
	if (s->row[s->targets.n].open > 0)
		add_counts(&text, slice_of("other"), &s->row[s->targets.n]);
	add_counts(&text, slice_of("all"), &s->all);
	print_text(&text);
}

/* Opens procedures and log.  Returns 0, or -1 after saying why. */
static int
load(struct desk *s, const struct options *o, char **dir)
{
	struct logbook_options options = {
	    .some = true, .segment_bytes = site_segment_bytes()};
	struct fault fault = {0};
	int got = site_pack(&s->pack, o);

	s->has_pack = got > 0;
	if (got > 0 && targets_load(&s->targets, &s->pack, &fault) < 0) {
		diag_fault(STATUS_FAILED, &fault);
		got = -1;
	}
	fault_release(&fault);
	if (got < 0 || (*dir = site_log(o)) == NULL)
		return -1;
	options.dir = *dir;
	if (logbook_open(&s->book, &options) < 0) {
		diag_fault(STATUS_FAILED, &s->book.fault);
		return -1;
	}
	if (lookup_open(&s->book.lookup) < 0) {
		diag_fault(STATUS_FAILED, &s->book.lookup.fault);
		return -1;
	}
	return 0;
}

void
inc_status(const struct options *o)
{
	struct desk s = {.now = o->now};
	char *dir = NULL, *spool = NULL;

	if (load(&s, o, &dir) == 0) {
		s.row = mem_new(s.targets.n + 1, sizeof *s.row);
		count_all(&s);
		spool = site_spool_of(o, dir);
		print(&s, site_home(o), spool);
	}
	logbook_release(&s.book);
	targets_release(&s.targets);
	pack_release(&s.pack);
	free(s.row);
	free(dir);
	free(spool);
}
