/*
 * inc-log note, ack, assign and the other verbs of the desk: each is a row of
 * one incident's record, made of a word or two, and logged as add does it.
 */
#include <stdlib.h>

#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "log.h"
#include "utf8.h"

/* What a verb works on. */
struct desk {
	struct log_work *w;
	struct fields fields;
	size_t place;      /* of the incident */
	struct stamp when; /* it was so */
	struct buf text;   /* the operands after the id, joined by blanks */
};

/* What holds in a column of the incident, as on disk. */
static struct slice
holds(const struct desk *d, const char *name)
{
	const struct incidents *all = &d->w->book.ledger.incidents;

	return incidents_value(all, &all->list[d->place], name);
}

static void
clear(struct desk *d, const char *name)
{
	if (holds(d, name).n > 0)
		fields_put(&d->fields, slice_of(name), (struct slice){"", 0});
}

static void
put_when(struct desk *d, const char *name)
{
	fields_put_time(&d->fields, slice_of(name), d->when);
}

static void
put_note(struct desk *d)
{
	if (d->text.n > 0)
		fields_put_text(
		    &d->fields, slice_of("note"), buf_slice(&d->text));
}

static void
put_outcome(struct desk *d)
{
	if (d->w->own.outcome != NULL)
		fields_put_text(&d->fields, slice_of("outcome"),
		    slice_of(d->w->own.outcome));
}

/* Says that an incident is not as the verb needs it. */
static int
refuse(const struct desk *d, const char *why)
{
	struct slice id = d->w->book.ledger.incidents.list[d->place].id;

	diag_say(STATUS_FAILED, "'%.*s' %s", SLICE_ARG(id), why);
	return -1;
}

/* Lets the clocks go on. */
static void
go_on(struct desk *d)
{
	clear(d, "held");
	clear(d, "vanished");
}

static int
note(struct desk *d)
{
	put_note(d);
	return 0;
}

static int
ack(struct desk *d)
{
	if (holds(d, "acknowledged").n > 0)
		return refuse(d, "is acknowledged already");
	if (holds(d, "resolved").n > 0)
		return refuse(d, "is resolved: reopen it first");
	put_when(d, "acknowledged");
	put_note(d);
	return 0;
}

static int
assign(struct desk *d)
{
	fields_put_text(&d->fields, slice_of("assigned"), buf_slice(&d->text));
	return 0;
}

static int
hold(struct desk *d)
{
	if (holds(d, "held").n > 0)
		return refuse(d, "is on hold already");
	if (holds(d, "resolved").n > 0)
		return refuse(d, "is resolved: reopen it first");
	put_when(d, "held");
	put_note(d);
	return 0;
}

static int
resume(struct desk *d)
{
	if (holds(d, "held").n == 0 && holds(d, "vanished").n == 0)
		return refuse(d, "is not on hold");
	go_on(d);
	put_note(d);
	return 0;
}

static int
resolve(struct desk *d)
{
	if (holds(d, "resolved").n > 0)
		return refuse(d, "is resolved already");
	if (d->w->own.outcome == NULL ||
	    slice_trim(slice_of(d->w->own.outcome)).n == 0)
		options_misuse("resolve needs --outcome TEXT");
	put_when(d, "resolved");
	go_on(d);
	put_outcome(d);
	put_note(d);
	return 0;
}

/* What is closed is resolved too. */
static int
close_incident(struct desk *d)
{
	put_when(d, "closed");
	go_on(d);
	if (holds(d, "resolved").n == 0)
		put_when(d, "resolved");
	put_outcome(d);
	put_note(d);
	return 0;
}

static int
reopen(struct desk *d)
{
	if (holds(d, "closed").n == 0 && holds(d, "resolved").n == 0)
		return refuse(d, "is open");
	clear(d, "closed");
	clear(d, "resolved");
	clear(d, "vanished");
	put_note(d);
	return 0;
}

/* Whether an operand would take back what a verb has done; 0, or -1 said. */
static int
check_cleared(const struct desk *d)
{
	static const struct {
		const char *name, *why;
	} verb[] = {{"closed", "reopen takes back that it is closed"},
	    {"resolved", "reopen takes back that it is resolved"},
	    {"held", "resume takes back that it is on hold"}};

	for (size_t i = 0; i < sizeof verb / sizeof *verb; i++) {
		if (fields_have(&d->fields, verb[i].name) &&
		    fields_get(&d->fields, verb[i].name).n == 0) {
			diag_say(STATUS_FAILED, "%s", verb[i].why);
			return -1;
		}
	}
	return 0;
}

/* The operands after the id are FIELD=VALUE. */
static int
correct(struct desk *d)
{
	log_read_operands(d->w, &d->fields, 1);
	if (check_cleared(d) < 0)
		return -1;
	log_sign_priority(d->w, &d->fields);
	return log_check_known(d->w, &d->fields) < 0
	    ? -1
	    : log_aim_parent(d->w, &d->fields);
}

static int
link_to(struct desk *d)
{
	fields_put_text(&d->fields, slice_of("parent"), buf_slice(&d->text));
	return log_aim_parent(d->w, &d->fields);
}

static int
unlink_from(struct desk *d)
{
	if (holds(d, "parent").n == 0)
		return refuse(d, "belongs to no other incident");
	clear(d, "parent");
	put_note(d);
	return 0;
}

static int
stand_down(struct desk *d)
{
	return log_put_level(
	    d->w, &d->fields, d->place, d->when, NULL, buf_slice(&d->text));
}

/* The first operand after the id is the level. */
static int
escalate(struct desk *d)
{
	return log_put_level(d->w, &d->fields, d->place, d->when,
	    d->w->operands[1], buf_slice(&d->text));
}

static const struct verb {
	const char *name, *event, *state, *what;
	int (*make)(struct desk *d);
	size_t words; /* what: so many must come after the id */
	bool closed;  /* also of what is closed */
	bool decides; /* what the rules go by may be another */
} verbs[] = {{"note", "noted", NULL, " and TEXT", note, 1, true, false},
    {"ack", "acknowledged", "active", "", ack, 0, false, false},
    {"assign", "assigned", NULL, " and WHO", assign, 1, false, false},
    {"hold", "held", "held", "", hold, 0, false, true},
    {"resume", "resumed", "active", "", resume, 0, false, true},
    {"resolve", "resolved", "resolved", "", resolve, 0, false, false},
    {"close", "closed", "closed", "", close_incident, 0, false, false},
    {"reopen", "reopened", "active", "", reopen, 0, true, true},
    {"correct", "corrected", NULL, " and FIELD=VALUE", correct, 1, true, true},
    {"link", "linked", NULL, " and ID", link_to, 1, false, false},
    {"unlink", "unlinked", NULL, "", unlink_from, 0, false, false},
    {"escalate", "escalated", NULL, ", LEVEL and TEXT", escalate, 2, false,
	false},
    {"stand-down", "stood-down", NULL, " and TEXT", stand_down, 1, false,
	false}};

static const struct verb *
find_verb(const char *name)
{
	const struct verb *v = verbs;

	while (!slice_is(slice_of(v->name), name))
		v++;
	return v;
}

/*
 * Sets the label of the state that a verb leads to, where the procedures know
 * it, or there are none: it is but a label, and may be called otherwise.
 */
static int
put_state(struct desk *d, const char *state)
{
	struct fault fault = {0};
	struct table *t;
	int got = 0;
	bool known = !d->w->has_pack;

	if (state == NULL)
		return 0;
	if (d->w->has_pack)
		got = pack_table(&d->w->pack, "codes", &t, &fault);
	for (size_t i = 0; got > 0 && i < t->n && !known; i++)
		known = slice_is(table_text(&t->row[i], "field"), "state") &&
		    slice_is(table_text(&t->row[i], "code"), state);
	if (known)
		fields_put_text(&d->fields, slice_of("state"), slice_of(state));
	if (got < 0)
		log_say(&fault);
	fault_release(&fault);
	return got < 0 ? -1 : 0;
}

static void
run(struct desk *d, const struct verb *v)
{
	struct slice id = slice_trim(slice_of(d->w->operands[0]));
	struct buf disk = {0};
	struct stamp received;
	int got;

	got = log_pick(d->w, escape(id, &disk), &d->place);
	buf_release(&disk);
	if (got < 0)
		return;
	if (d->place == DICT_NONE) {
		diag_say(STATUS_FAILED, "no incident '%.*s'", SLICE_ARG(id));
		return;
	}
	if (!v->closed && holds(d, "closed").n > 0) {
		refuse(d, "is closed: reopen it first");
		return;
	}
	if (v->state != NULL && d->w->own.occurred != NULL &&
	    stamp_parse(holds(d, "received"), &received) == 0 &&
	    stamp_cmp(d->when, received) < 0) {
		refuse(d, "was received only after that");
		return;
	}
	d->w->did = v->event;
	log_aim(d->w, &d->fields, d->place);
	fields_put_text(&d->fields, slice_of("event"), slice_of(v->event));
	if (put_state(d, v->state) == 0 && v->make(d) == 0)
		log_enter(d->w, &d->fields, v->decides);
}

void
log_desk(struct log_work *w)
{
	const struct verb *v = find_verb(w->verb);
	struct desk d = {.w = w};
	size_t first = v->words > 1 ? v->words : 1; /* operand of the text */

	for (size_t i = first; i < w->n; i++)
		buf_addf(&d.text, "%s%s", i > first ? " " : "", w->operands[i]);
	if (w->n == 0 ||
	    (v->words > 0 && slice_trim(buf_slice(&d.text)).n == 0))
		options_misuse("%s needs ID%s", v->name, v->what);
	if (!utf8_is_valid(buf_slice(&d.text)))
		options_misuse("text in UTF-8 was expected");
	if (log_open_book(w, "") == 0) {
		d.when =
		    w->own.occurred != NULL ? log_occurred(w) : clock_now();
		if (log_lock(w) == 0)
			run(&d, v);
	}
	fields_release(&d.fields);
	buf_release(&d.text);
}
