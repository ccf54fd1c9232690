/*
 * inc-log add: FIELD=VALUE operands become one entry, of the incident that
 * their id names or of a new one.  What a person types is checked before it is
 * logged: a slip is cheap to mend at the prompt and dear in the record.
 */
#include <stdlib.h>

#include "decision.h"
#include "diag.h"
#include "escape.h"
#include "log.h"
#include "mem.h"
#include "record.h"
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
	    {"source", "the log itself says"}, {"holds", "the log itself says"},
	    {"incomplete", "the log itself says"},
	    {"rev", "the log itself says"}, {"nonces", "the log itself says"},
	    {"chain", "the log itself says"},
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

/* Takes a time; "now" is one too. */
static void
read_time(struct fields *f, struct slice name, struct slice value)
{
	struct stamp t;

	if (slice_is(value, "now"))
		t = log_clock();
	else if (stamp_parse(value, &t) < 0)
		options_misuse("%.*s: '%.*s' is no time: one such as "
			       "2026-03-25T09:00:00Z, or now, was expected",
		    SLICE_ARG(name), SLICE_ARG(value));
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
		options_misuse("field '%.*s' is given twice", SLICE_ARG(name));
	if (!slice_is_utf8(slice_of(operand)))
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
	if (ids_is_short(id)) {
		diag_say(STATUS_FAILED,
		    "no incident '%.*s' (without an id a new one is made)",
		    SLICE_ARG(id));
		return -1;
	}
	if (id.n > 0)
		diag_notice("'%.*s' is a new incident", SLICE_ARG(id));
	return 0;
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
		fields_put_time(f, slice_of("received"), log_clock());
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
	size_t place =
	    id.n > 0 ? log_find(&w->book.ledger.incidents, id) : DICT_NONE;

	*fresh = place == DICT_NONE;
	if (*fresh)
		return aim_new(f);
	log_aim(w, f, place);
	return 0;
}

int
log_aim_parent(struct log_work *w, struct fields *f)
{
	const struct incidents *all = &w->book.ledger.incidents;
	struct slice parent = fields_get(f, "parent");
	size_t place;

	if (parent.n == 0)
		return 0;
	place = log_find(all, parent);
	if (place == DICT_NONE) {
		diag_say(STATUS_FAILED, "parent: no incident '%.*s'",
		    SLICE_ARG(parent));
		return -1;
	}
	if (slice_eq(all->list[place].id, fields_get(f, "id"))) {
		diag_say(STATUS_FAILED, "parent: '%.*s' is the incident itself",
		    SLICE_ARG(parent));
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

/*
 * Lets the rules decide on a new incident, so that the desk has its priority
 * and its deadlines at once.  Returns 0, or -1 after saying why.
 */
static int
decide(struct log_work *w, struct fields *f)
{
	struct decision d = {.when = {.now = log_clock()}};
	struct columns out = {0};
	struct slice *field = NULL;
	struct fault fault = {0};
	struct table *t;
	int got = w->has_pack ? pack_table(&w->pack, "triage", &t, &fault) : 0;

	columns_add_all(&out, &f->columns);
	if (got > 0 &&
	    (decision_load(&d, &w->pack, NULL, &fault) < 0 ||
		decision_bind(&d, &f->columns, &out, &w->pack.known, &fault) <
		    0))
		got = -1;
	if (got > 0) {
		field = mem_new(out.n, sizeof *field);
		for (size_t i = 0; i < out.n; i++)
			field[i] = i < f->columns.n ? f->value[i]
						    : (struct slice){"", 0};
		decision_record(&d, f->value, field);
	}
	for (size_t i = 0; got > 0 && i < out.n; i++) {
		if (field_is_set(field[i]))
			fields_put(f, out.name[i], field[i]);
	}
	if (got < 0)
		log_say(&fault);
	fault_release(&fault);
	decision_release(&d);
	columns_release(&out);
	free(field);
	return got < 0 ? -1 : 0;
}

/* Prints the header and the record. */
static void
print_record(struct log_work *w)
{
	const struct incidents *all = &w->book.ledger.incidents;
	struct columns columns = {0};
	struct stream_writer out;
	struct record record = {0};
	struct slice *field;

	log_open_output(w, &out);
	record_columns(all, &columns, true);
	record_bind(&record, all, &columns);
	field = mem_new(columns.n, sizeof *field);
	record_fill(&record, &all->list[w->book.place], field);
	stream_writer_header(&out, &columns);
	stream_writer_row(&out, field, columns.n);
	log_close_output(&out);
	columns_release(&columns);
	record_release(&record);
	free(field);
}

void
log_enter(struct log_work *w, struct fields *f)
{
	enum logbook_outcome outcome;

	if (w->own.whom != NULL)
		fields_put_text(f, slice_of("for"), slice_of(w->own.whom));
	if (w->own.occurred != NULL && !fields_have(f, "updated"))
		fields_put_time(f, slice_of("updated"), log_occurred(w));
	logbook_columns(&w->book, &f->columns);
	outcome = logbook_row(&w->book, f->value, log_clock());
	if (outcome == LOGBOOK_FAILED)
		log_say(&w->book.fault);
	else if (outcome == LOGBOOK_REFUSED || outcome == LOGBOOK_OVERTAKEN)
		diag_fault(STATUS_PARTIAL, &w->book.fault);
	else if (logbook_commit(&w->book) < 0)
		log_say(&w->book.fault);
	else if (w->own.record)
		print_record(w);
	else
		log_answer(w, outcome == LOGBOOK_LOGGED);
	if (outcome == LOGBOOK_SAME)
		diag_notice("nothing new: no entry was made");
	if (w->book.compare.dropped > 0)
		diag_say(STATUS_PARTIAL,
		    "a value that was redacted is not taken again");
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

void
log_add(struct log_work *w)
{
	struct fields f = {0};
	bool fresh;

	if (w->n == 0)
		options_misuse("add needs FIELD=VALUE");
	log_read_operands(w, &f, 0);
	if (log_open_book(w, "") == 0 && log_check_known(w, &f) == 0 &&
	    log_lock(w) == 0 && aim(w, &f, &fresh) == 0 &&
	    log_aim_parent(w, &f) == 0) {
		log_sign_priority(w, &f);
		if (!fresh || decide(w, &f) == 0)
			log_enter(w, &f);
	}
	fields_release(&f);
}
