#include "lookup.h"

#include "dict.h"
#include "escape.h"
#include "ids.h"
#include "segment.h"

/* A segment is so many times larger than its checkpoint, at least. */
#define CHECKPOINT_SHARE 8

static const struct slice none = {"", 0};

static int
journal_failed(struct lookup *l)
{
	return fault_pass(&l->fault, &l->journal->fault);
}

static int
recall_failed(struct lookup *l)
{
	return fault_pass(&l->fault, &l->recall.fault);
}

static bool
is_open(const struct lookup *l, size_t place)
{
	return !l->ledger->incidents.list[place].closed;
}

/* Takes an entry into the ledger. */
static int
take_entry(struct lookup *l, const struct journal_entry *e)
{
	struct stamp updated;

	if (stamp_parse(e->updated, &updated) < 0)
		return fault_at(&l->fault, e->where, "'%.*s' is no time",
		    SLICE_ARG(e->updated));
	if (l->limited &&
	    (stamp_cmp(updated, l->at) > 0 ||
		stamp_cmp(e->written, l->known_at) > 0))
		return 0;
	ledger_read(l->ledger, e, updated);
	return 0;
}

/* Reads what was added since. */
static int
read_on(struct lookup *l)
{
	struct journal_entry e;
	int got;

	while ((got = journal_reader_next(l->journal, &e)) > 0) {
		if (l->some)
			recall_note(&l->recall, &e);
		if (!l->whole &&
		    incidents_find(&l->ledger->incidents, e.id) == DICT_NONE)
			ledger_pass(l->ledger, &e);
		else if (take_entry(l, &e) < 0)
			return -1;
	}
	return got < 0 ? journal_failed(l) : 0;
}

int
lookup_refresh(struct lookup *l)
{
	if (read_on(l) < 0)
		return -1;
	/* Where all incidents are known, nothing is looked up. */
	return !l->whole && recall_refresh(&l->recall) < 0 ? recall_failed(l)
							   : 0;
}

/* Takes in the columns of all segments, and who uses them. */
static void
know_columns(struct lookup *l)
{
	struct incidents *all = &l->ledger->incidents;

	for (size_t i = 0; i < l->recall.n; i++) {
		const struct contents *s = &l->recall.segment[i];

		for (size_t k = 0; k < s->columns.n; k++) {
			size_t at = incidents_column(all, s->columns.name[k]);
			char use = s->uses.p[k];

			if (at != COLUMNS_NONE)
				incidents_used(all, at,
				    use == 'i' || use == 'b',
				    use == 'm' || use == 'b');
		}
	}
}

/* Ids that are looked through. */
struct sieve {
	struct lookup *l;
	struct slice shorter; /* only those that this may mean; empty: all */
	struct dict seen;
};

/* Wants an incident that may be meant and is not known yet. */
static void
want_one(void *context, struct slice id, uint64_t from)
{
	struct sieve *s = context;
	bool added;

	if ((s->shorter.n > 0 && !ids_match(id, s->shorter)) ||
	    incidents_find(&s->l->ledger->incidents, id) != DICT_NONE)
		return;
	dict_add(&s->seen, id, 1, &added);
	if (added)
		recall_want(&s->l->recall, id, from);
}

/*
 * Learns which ids are lost.  They have no incident by which they would be
 * found, but it is `restored` entries that say so, whatever ids rows have.
 */
static int
learn_lost(struct lookup *l)
{
	struct sieve s = {.l = l};
	struct journal_entry e;
	int got = recall_ids(
	    &l->recall, 0, (struct slice)SLICE(IDS_LOST), want_one, &s);

	while (got >= 0 && (got = recall_next(&l->recall, &e)) > 0) {
		if (slice_is(e.event, "restored"))
			ledger_lose(l->ledger, e.id);
	}
	dict_release(&s.seen);
	return got < 0 ? recall_failed(l) : 0;
}

/* Learns what it takes to look up incidents, unless the log is small. */
static int
learn(struct lookup *l)
{
	uint64_t bytes, first = 0;
	int got = 0;

	if (segment_sizes(l->journal->dir, &bytes, &l->fault) < 0)
		return -1;
	l->whole = bytes <= l->segment_bytes;
	if (!l->whole)
		got = journal_reader_newest(l->journal, &first);
	if (got < 0)
		return journal_failed(l);
	if (recall_open(&l->recall, l->journal->dir, first) < 0)
		return recall_failed(l);
	/* Ids that are lost have no incident by which they would be found. */
	return !l->whole && l->ledger->writer ? learn_lost(l) : 0;
}

int
lookup_start(struct lookup *l)
{
	l->whole = true;
	l->recall.fd = -1;
	if (l->segment_bytes == 0)
		l->segment_bytes = LOOKUP_BYTES;
	if ((l->some && learn(l) < 0) || read_on(l) < 0)
		return -1;
	if (!l->whole)
		know_columns(l);
	return 0;
}

/*
 * What was looked up of incidents from a place on, their source had told before
 * this run.
 */
static void
untell(struct lookup *l, size_t from)
{
	for (size_t i = from; i < l->ledger->incidents.n; i++)
		feed_said(&l->ledger->feed, i)->told = false;
}

/* Takes in the entries that recall_want() wants. */
static int
take_wanted(struct lookup *l)
{
	size_t before = l->ledger->incidents.n;
	struct journal_entry e;
	int got;

	while ((got = recall_next(&l->recall, &e)) > 0) {
		if (take_entry(l, &e) < 0)
			return -1;
	}
	untell(l, before);
	return got < 0 ? recall_failed(l) : 0;
}

/* Looks up all. */
static int
look_up_all(struct lookup *l)
{
	struct incidents *all = &l->ledger->incidents;
	size_t known = all->n, place;
	struct journal_entry e;
	struct journal_reader r;
	int got;

	if (l->whole)
		return 0;
	got = journal_reader_open(&r, l->journal->dir) < 0 ? -1 : 1;
	while (got > 0 && (got = journal_reader_next(&r, &e)) > 0 &&
	    e.seq <= l->journal->seq) {
		place = incidents_find(all, e.id);
		if (place != DICT_NONE && place < known)
			continue;
		if (take_entry(l, &e) < 0)
			got = -1;
	}
	if (got < 0 && l->fault.text.n == 0)
		fault_pass(&l->fault, &r.fault);
	journal_reader_release(&r);
	untell(l, known);
	l->whole = true;
	return got < 0 ? -1 : 0;
}

int
lookup_incident(struct lookup *l, struct slice id)
{
	if (l->whole || id.n == 0 ||
	    incidents_find(&l->ledger->incidents, id) != DICT_NONE)
		return 0;
	recall_want(&l->recall, id, 0);
	if (take_wanted(l) < 0)
		return -1;
	/* Where so much is looked up, reading all is quicker. */
	return l->recall.lookups > l->journal->seq ? look_up_all(l) : 0;
}

int
lookup_receipts(struct lookup *l, struct slice message)
{
	struct journal_entry e;
	int got;

	if (l->whole)
		return 0;
	recall_want_receipts(&l->recall, message);
	while ((got = recall_next(&l->recall, &e)) > 0)
		ledger_receipt(l->ledger, &e);
	return got < 0 ? recall_failed(l) : 0;
}

static void
see_id(void *context, struct slice id, uint64_t from)
{
	struct lookup *l = context;

	(void)from;
	ids_see(&l->ledger->ids, id);
}

int
lookup_numbers(struct lookup *l)
{
	struct ids *ids = &l->ledger->ids;

	for (size_t i = 0; i < l->ledger->incidents.n; i++)
		ids_see(ids, l->ledger->incidents.list[i].id);
	if (!l->whole &&
	    recall_ids(&l->recall, 0, buf_slice(&ids->day), see_id, l) < 0)
		return recall_failed(l);
	return 0;
}

/* Wants those that a checkpoint tells of: lines of SEQ, a blank, and an id. */
static void
want_checkpoint(struct sieve *s, struct slice open)
{
	struct buf text = {0};
	struct slice lines = unescape(open, &text), line, first;
	unsigned long long from;

	while (lines.n > 0 && slice_split(&lines, '\n', &line)) {
		if (slice_split(&line, ' ', &first) && line.n > 0 &&
		    slice_number(first, UINT64_MAX, &from) == 0)
			want_one(s, line, from);
	}
	buf_release(&text);
}

/*
 * Takes in the incidents that may be meant of those that are open, or have an
 * entry since the newest checkpoint.
 */
static int
take_open(struct lookup *l, struct slice shorter)
{
	struct sieve s = {.l = l, .shorter = shorter};
	struct slice open;
	size_t i;
	int got = recall_checkpoint(&l->recall, &i, &open);

	if (got == 0 && i < l->recall.n)
		want_checkpoint(&s, open);
	if (got == 0)
		got = recall_ids(
		    &l->recall, i < l->recall.n ? i : 0, none, want_one, &s);
	dict_release(&s.seen);
	return got < 0 ? recall_failed(l) : take_wanted(l);
}

int
lookup_open(struct lookup *l)
{
	return l->whole ? 0 : take_open(l, none);
}

int
lookup_meant(struct lookup *l, struct slice shorter)
{
	struct incidents *all = &l->ledger->incidents;
	struct sieve s = {.l = l, .shorter = shorter};
	size_t fits, at;
	int got;

	if (l->whole)
		return 0;
	if (lookup_incident(l, shorter) < 0)
		return -1;
	if (incidents_find(all, shorter) != DICT_NONE || shorter.n == 0)
		return 0;
	if (take_open(l, shorter) < 0)
		return -1;
	at = ids_find(all, shorter, &fits);
	/* what is closed is not meant where one is open */
	if (at != DICT_NONE && is_open(l, at))
		return 0;
	got = recall_ids(&l->recall, 0, none, want_one, &s);
	dict_release(&s.seen);
	return got < 0 ? recall_failed(l) : take_wanted(l);
}

uint64_t
lookup_count(const struct lookup *l)
{
	uint64_t n = 0;

	if (l->whole)
		return l->ledger->incidents.n;
	for (size_t i = 0; i < l->recall.n; i++)
		n += l->recall.segment[i].incidents;
	return n;
}

/* ---- segments ---- */

int
lookup_is_full(struct lookup *l)
{
	uint64_t bytes = 0, most = l->segment_bytes;
	struct slice open = none;
	size_t i;

	if (recall_checkpoint(&l->recall, &i, &open) < 0)
		return recall_failed(l);
	for (i = i < l->recall.n ? i : 0; i < l->recall.n; i++)
		bytes += l->recall.segment[i].bytes;
	if (most < open.n * CHECKPOINT_SHARE)
		most = open.n * CHECKPOINT_SHARE;
	return bytes >= most;
}

int
lookup_checkpoint(struct lookup *l, struct buf *text)
{
	const struct incidents *all = &l->ledger->incidents;

	if (lookup_open(l) < 0)
		return -1;
	for (size_t i = 0; i < all->n; i++) {
		if (!is_open(l, i))
			continue;
		buf_add_number(text, all->list[i].first);
		buf_add_char(text, ' ');
		buf_add_slice(text, all->list[i].id);
		buf_add_char(text, '\n');
	}
	return 0;
}

void
lookup_release(struct lookup *l)
{
	recall_release(&l->recall);
	fault_release(&l->fault);
}
