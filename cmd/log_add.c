/*
 * inc-log add: FIELD=VALUE operands become one entry, of the incident that
 * their id names or of a new one.  What a person types is checked before it is
 * logged: a slip is cheap to mend at the prompt and dear in the record.
 */
#include <stdlib.h>

#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "log.h"
#include "mem.h"
#include "record.h"
#include "utf8.h"
#include "vocabulary.h"

/* ---- what is typed ---- */

/* Refuses a name that is not to be given. */
static void
check_name(struct slice name)
{
	static const struct {
		const char *name, *why;
	} refused[] = {{"seq", "the log itself says"},
	    {"at", "the log itself says"}, {"by", "the log itself says"},
	    {"source", "the log itself says"}, {"for", "--for says"},
	    {"holds", "the log itself says"},
	    {"vanished", "the log itself says"},
	    {"incomplete", "the log itself says"},
	    {"rev", "the log itself says"}, {"nonces", "the log itself says"},
	    {"chain", "the log itself says"}, {"message", "a receipt says"},
	    {"delivery", "a receipt says"}, {"try", "a receipt says"},
	    {"level", "inc-escalate --level sets"},
	    {"level_by", "inc-escalate --level sets"},
	    {"escalated", "inc-escalate --level sets"},
	    {"escalate_to", "inc-escalate --level sets"},
	    {"boundary", "inc-escalate --level sets"}};

	for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
		if (slice_is(name, refused[i].name))
			options_misuse(
			    "'%s' is what %s", refused[i].name, refused[i].why);
	}
	for (size_t i = 0; i < name.n; i++) {
		if ((unsigned char)name.p[i] < ' ')
			options_misuse(
			    "'%.*s' is no name of a field", SLICE_ARG(name));
	}
}

/* Whether a time says when something happened, so that it can't be to come. */
static bool
is_past(struct slice name)
{
	static const char *const past[] = {"received", "updated",
	    "acknowledged", "held", "resolved", "closed"};

	for (size_t i = 0; i < sizeof past / sizeof *past; i++) {
		if (slice_is(name, past[i]))
			return true;
	}
	return false;
}

/* Takes a time; "now" is one too. */
static void
read_time(struct fields *f, struct slice name, struct slice value)
{
	struct stamp t;

	if (slice_is(value, "now"))
		t = clock_now();
	else if (stamp_parse(value, &t) < 0)
		options_misuse("%.*s: '%.*s' is no time: one such as "
			       "2026-03-25T09:00:00Z, or now, was expected",
		    SLICE_ARG(name), SLICE_ARG(value));
	if (is_past(name) && stamp_cmp(t, clock_now()) > 0)
		options_misuse("%.*s: '%.*s' is still to come", SLICE_ARG(name),
		    SLICE_ARG(value));
	fields_put_time(f, name, t);
}

static void
read_value(struct fields *f, struct slice name, struct slice value)
{
	enum column_kind kind = vocabulary_kind(name);
	struct buf text = {0};
	unsigned long long number;

	if (slice_is(name, "id") || slice_is(name, "parent"))
		value = slice_trim(value);
	if (slice_is(name, "id") && value.n == 0)
		options_misuse("id: an incident's was expected");
	if (kind == COLUMN_TIME && value.n > 0) {
		read_time(f, name, value);
		return;
	}
	if (kind == COLUMN_NUMBER && value.n > 0 &&
	    slice_number(value, UINT64_MAX, &number) < 0)
		options_misuse("%.*s: '%.*s' is no number", SLICE_ARG(name),
		    SLICE_ARG(value));
	if (slice_is(name, "event") && value.n > 0)
		log_check_event(value.p);
	if (slice_is(name, "event") &&
	    (slice_is(value, "redacted") || slice_is(value, "restored")))
		options_misuse("event: '%.*s' is what a verb of its own logs",
		    SLICE_ARG(value));
	fields_put(f, name, escape(value, &text));
	buf_release(&text);
}

/* Takes a FIELD=VALUE operand. */
static void
read_operand(struct fields *f, const char *operand)
{
	struct slice value = slice_of(operand), name;

	if (!slice_split(&value, '=', &name) || value.p == NULL || name.n == 0)
		options_misuse("'%s': FIELD=VALUE was expected", operand);
	if (columns_find(&f->columns, name) != COLUMNS_NONE)
		options_misuse(
		    "field '%.*s' is given already", SLICE_ARG(name));
	if (!utf8_is_valid(slice_of(operand)))
		options_misuse(
		    "'%.*s': text in UTF-8 was expected", SLICE_ARG(name));
	check_name(name);
	read_value(f, name, value);
}

/* ---- what the log has ---- */

/*
 * Whether the id that is given, if any, can be that of a new incident.  A
 * number that people would type for one that there is can't: it is a slip.
 */
static int
check_new(struct slice id)
{
	if (ids_is_short(id) || ids_is_tail(id)) {
		diag_say(STATUS_FAILED,
		    "no incident '%.*s' (without an id a new one is made)",
		    SLICE_ARG(id));
		return -1;
	}
	if (id.n > 0)
		diag_notice("'%.*s' is a new incident", SLICE_ARG(id));
	return 0;
}

/* Takes the time of --occurred, unless updated says it. */
static void
put_occurred(struct log_work *w, struct fields *f)
{
	if (w->own.occurred != NULL && !fields_have(f, "updated"))
		fields_put_time(f, slice_of("updated"), log_occurred(w));
}

/* Makes the fields those of a new incident, received when it was so, or now. */
static int
aim_new(struct fields *f)
{
	struct slice updated = fields_get(f, "updated");

	if (check_new(fields_get(f, "id")) < 0)
		return -1;
	if (fields_have(f, "received"))
		return 0;
	if (updated.n > 0)
		fields_put(f, slice_of("received"), updated);
	else
		fields_put_time(f, slice_of("received"), clock_now());
	return 0;
}

void
log_aim(struct log_work *w, struct fields *f, size_t place)
{
	const struct incident *in = &w->book.ledger.incidents.list[place];
	struct buf rev = {0};

	fields_put(f, slice_of("id"), in->id);
	buf_addf(&rev, "%llu", (unsigned long long)incident_rev(in));
	fields_put(f, slice_of("rev"), buf_slice(&rev));
	buf_release(&rev);
}

/*
 * Makes the fields a row of the record that their id names, or of a new one.
 * Returns 0, or -1 after saying why.
 */
static int
aim(struct log_work *w, struct fields *f, bool *fresh)
{
	struct slice id = fields_get(f, "id");
	size_t place = DICT_NONE;

	if (id.n > 0 && log_pick(w, id, &place) < 0)
		return -1;
	*fresh = place == DICT_NONE;
	if (*fresh)
		return aim_new(f);
	log_aim(w, f, place);
	return 0;
}

/* Whether an incident is that of this id, or belongs to it by its parents. */
static bool
belongs(struct log_work *w, size_t place, struct slice id)
{
	const struct incidents *all = &w->book.ledger.incidents;
	struct slice parent;

	/* What others have logged may be a circle already. */
	for (size_t n = 0; n < all->n && place != DICT_NONE; n++) {
		if (slice_eq(all->list[place].id, id))
			return true;
		parent = incidents_value(all, &all->list[place], "parent");
		if (lookup_incident(&w->book.lookup, parent) < 0)
			return log_say(&w->book.lookup.fault) < 0;
		place = incidents_find(all, parent);
	}
	return false;
}

int
log_aim_parent(struct log_work *w, struct fields *f)
{
	const struct incidents *all = &w->book.ledger.incidents;
	struct slice parent = fields_get(f, "parent");
	const char *why = NULL;
	size_t place;

	if (parent.n == 0)
		return 0;
	if (log_pick(w, parent, &place) < 0)
		return -1;
	if (place == DICT_NONE)
		why = "is no incident";
	else if (slice_eq(all->list[place].id, fields_get(f, "id")))
		why = "is the incident itself";
	else if (belongs(w, place, fields_get(f, "id")))
		why = "belongs to this incident itself";
	else if (incidents_value(all, &all->list[place], "closed").n > 0)
		why = "is closed: nobody would see to this one";
	if (why != NULL) {
		diag_say(
		    STATUS_FAILED, "parent: '%.*s' %s", SLICE_ARG(parent), why);
		return -1;
	}
	fields_put(f, slice_of("parent"), all->list[place].id);
	return 0;
}

void
log_sign_priority(struct log_work *w, struct fields *f)
{
	if (fields_have(f, "priority") && !fields_have(f, "priority_by"))
		fields_put(f, slice_of("priority_by"),
		    fields_get(f, "priority").n > 0 ? buf_slice(&w->by)
						    : (struct slice){"", 0});
}

/* Says which of the fields, true at a time, a later entry has overruled. */
static void
say_overruled(
    const struct log_work *w, const struct fields *f, struct stamp when)
{
	const struct incidents *all = &w->book.ledger.incidents;
	const struct incident *in = &all->list[w->book.place];
	struct buf names = {0};

	for (size_t i = 0; i < f->columns.n; i++) {
		size_t column = columns_find(&all->columns, f->columns.name[i]);

		if (column == COLUMNS_NONE ||
		    incident_yields(in, column, when) ||
		    slice_eq(f->value[i], incident_value(in, column)))
			continue;
		buf_addf(&names, " %.*s", SLICE_ARG(f->columns.name[i]));
	}
	if (names.n > 0)
		diag_notice("logged, but later entries say otherwise:%s",
		    buf_str(&names));
	buf_release(&names);
}

void
log_enter(struct log_work *w, struct fields *f, bool decides)
{
	struct stamp now = clock_now(), when = now;
	enum logbook_outcome outcome;

	put_occurred(w, f);
	if (fields_get(f, "updated").n > 0)
		stamp_parse(fields_get(f, "updated"), &when);
	logbook_columns(&w->book, &f->columns);
	outcome = logbook_row(&w->book, f->value, now);
	if (outcome == LOGBOOK_SAME)
		diag_notice("nothing new: no entry was made");
	if (w->book.compare.dropped > 0)
		diag_say(STATUS_PARTIAL,
		    "a value that was redacted is not taken again");
	if (outcome == LOGBOOK_REFUSED || outcome == LOGBOOK_OVERTAKEN) {
		diag_fault(STATUS_PARTIAL, &w->book.fault);
		return;
	}
	if (outcome == LOGBOOK_FAILED || logbook_commit(&w->book) < 0) {
		log_say(&w->book.fault);
		return;
	}
	if (outcome == LOGBOOK_LOGGED && !w->own.dry)
		say_overruled(w, f, when);
	if (outcome == LOGBOOK_LOGGED && decides)
		log_decide_anew(w);
	log_answer(w, outcome == LOGBOOK_LOGGED, when);
}

void
log_read_operands(struct log_work *w, struct fields *f, size_t first)
{
	for (size_t i = first; i < w->n; i++)
		read_operand(f, w->operands[i]);
}

int
log_check_known(struct log_work *w, const struct fields *f)
{
	struct fault fault = {0};
	int result = 0;

	for (size_t i = 0; w->has_pack && i < f->columns.n; i++) {
		struct slice name = f->columns.name[i];

		if (columns_find(&w->pack.known, name) != COLUMNS_NONE ||
		    columns_find(&w->book.ledger.incidents.columns, name) !=
			COLUMNS_NONE)
			continue;
		fault_at(&fault, (struct place){0}, "unknown field '%.*s'",
		    SLICE_ARG(name));
		fault_suggest(
		    &fault, name, w->pack.known.name, w->pack.known.n);
		result = log_say(&fault);
	}
	fault_release(&fault);
	return result;
}

static void
enter_added(struct log_work *w, struct fields *f)
{
	bool fresh;

	if (aim(w, f, &fresh) < 0 || log_aim_parent(w, f) < 0)
		return;
	log_sign_priority(w, f);
	if (!fresh || log_decide(w, f) == 0)
		log_enter(w, f, false);
}

void
log_add(struct log_work *w)
{
	struct fields f = {0};

	if (w->n == 0)
		options_misuse("add needs FIELD=VALUE");
	log_read_operands(w, &f, 0);
	if (log_open_book(w, "") == 0 && log_check_known(w, &f) == 0 &&
	    log_lock(w) == 0) {
		put_occurred(w, &f);
		enter_added(w, &f);
	}
	fields_release(&f);
}
