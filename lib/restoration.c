#include "restoration.h"

#include "changes.h"
#include "civil.h"
#include "ledger.h"
#include "zone.h"

/*
 * How long the day of a time has lasted, as HHMMSS.  It is counted, not read
 * off the clock, which is set back in autumn.
 */
static unsigned long long
time_of_day(const struct zone *zone, struct stamp t)
{
	struct civil day = zone != NULL ? zone_civil(zone, t.s) : civil_of(t.s);
	struct stamp start;
	unsigned long long s;

	day.hour = day.minute = day.second = 0;
	if (zone != NULL)
		zone_instant(zone, &day, ZONE_FIRST, &start);
	else
		start.s = civil_seconds(&day);
	s = t.s > start.s ? (unsigned long long)(t.s - start.s) : 0;
	return s / 3600 * 10000 + s / 60 % 60 * 100 + s % 60;
}

/* Makes the ids: no number up to theirs is given again on that day. */
static int
make_ids(struct restoration *r)
{
	const struct logbook_options *o = &r->book->options;
	struct ids *ids = &r->book->ledger.ids;
	uint64_t lost = r->lost < IDS_MOST ? r->lost : IDS_MOST;

	if (logbook_begin_day(r->book, r->at) < 0)
		return fault_pass(&r->fault, &r->book->fault);
	ids_skip(ids, ids->number + lost); /* one for each, at most */
	ids_skip(ids, time_of_day(o->zone, r->at));
	ids_skip(ids, r->last);
	if (ids_next(ids, &r->last_id) < 0)
		return fault_at(&r->fault, (struct place){0},
		    "after %llu lost entries and number %llu no id is left of "
		    "this day: is the newest head of this log, and --last "
		    "right?",
		    (unsigned long long)r->lost, r->last);
	ids_add_lost(&r->id, r->at, ids->number);
	return 0;
}

int
restoration_add(struct restoration *r)
{
	struct logbook *b = r->book;
	struct columns none = {0};
	struct changes changes = {0};
	struct entry_head head = {.event = SLICE("restored")};
	size_t place = DICT_NONE;
	int result;

	if (stamp_cmp(r->at, b->journal.in.at) < 0)
		r->at = b->journal.in.at;
	if (make_ids(r) < 0)
		return -1;
	head.at = r->at;
	head.id = buf_slice(&r->id);
	logbook_columns(b, &none);
	changes_add(&changes, ledger_column(&b->ledger, "why"), r->why);
	result = scribe_add(&b->scribe, &place, &changes, head, r->at);
	changes_release(&changes);
	return result < 0 ? fault_pass(&r->fault, &b->scribe.fault) : 0;
}

void
restoration_release(struct restoration *r)
{
	buf_release(&r->last_id);
	buf_release(&r->id);
	fault_release(&r->fault);
}
