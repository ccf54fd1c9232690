#include "decision.h"

#include <stdlib.h>

#include "deadline.h"
#include "escape.h"
#include "mem.h"
#include "schema.h"
#include "utf8.h"
#include "vocabulary.h"

/* Places in text[]; the first two are those of enum target_clock. */
enum { TEXT_PATH = 2, TEXT_PRIORITY };

/* The columns of deadlines, by target_clock. */
static const char *const deadline_names[] = {"respond_by", "resolve_by"};

/* Refuses a tree that sets what is not a tree's to set. */
static int
check_outputs(const struct decision *d, struct fault *f)
{
	static const char *const reserved[] = {"id", "seq", "rev", "path",
	    "because", "rules", "priority_by", "suggested", "respond_by",
	    "resolve_by", "level", "level_by", "escalated"};

	for (size_t i = 0; i < d->outputs->n; i++) {
		struct slice name = d->outputs->name[i];
		size_t at = columns_find(&d->table->columns, name);

		for (size_t k = 0; k < LEN(reserved); k++) {
			if (!slice_is(name, reserved[k]))
				continue;
			fault_at(f, table_header_place(d->table, at),
			    "a tree can't set '%s'", reserved[k]);
			if (fault_keep(f) < 0)
				return -1;
		}
	}
	return 0;
}

/* Refuses a prefix that makes one of inc's own names. */
static int
check_prefix(const struct decision *d, struct fault *f)
{
	struct buf name = {0};
	int result = 0;

	for (size_t i = 0; d->prefix != NULL && i < d->outputs->n; i++) {
		buf_clear(&name);
		buf_add_str(&name, d->prefix);
		buf_add_slice(&name, d->outputs->name[i]);
		if (vocabulary_has(buf_slice(&name)))
			result = fault_at(f, (struct place){0},
			    "--prefix '%s' would overwrite '%s'", d->prefix,
			    buf_str(&name));
	}
	buf_release(&name);
	return result;
}

static int
load_table(
    struct decision *d, struct pack *p, const char *tree_file, struct fault *f)
{
	escape_add(&d->rules, p->rules);
	if (tree_file == NULL)
		return pack_table_needed(p, "triage", &d->table, f);
	if (!utf8_is_valid(slice_of(tree_file)))
		return fault_at(f, (struct place){.file = tree_file},
		    "a name in UTF-8 was expected: it goes into 'rules'");
	buf_add_str(&d->rules, " + ");
	escape_add(&d->rules, slice_of(tree_file));
	return pack_table_at(p, "triage", tree_file, &d->table, f);
}

/* Refuses a tree that sets a priority for which no target says how soon. */
static int
check_priorities(const struct decision *d, struct fault *f)
{
	for (size_t i = 0; d->targets.path != NULL && i < d->table->n; i++) {
		struct table_row *row = &d->table->row[i];
		struct slice priority = table_text(row, "priority");

		if (priority.n == 0 ||
		    targets_find(&d->targets, priority) != NULL)
			continue;
		fault_at(f, table_place(row, "priority"),
		    "priority '%.*s' has no target in %s", SLICE_ARG(priority),
		    d->targets.path);
		if (fault_keep(f) < 0)
			return -1;
	}
	return 0;
}

int
decision_load(
    struct decision *d, struct pack *p, const char *tree_file, struct fault *f)
{
	if (load_table(d, p, tree_file, f) < 0)
		return -1;
	d->tree = tree_new(d->table, f);
	if (d->tree == NULL)
		return -1;
	d->outputs = tree_outputs(d->tree);
	d->walk.explain = d->explain;
	replay_load(&d->replay, d->table, d->outputs);
	if (check_outputs(d, f) < 0 || check_prefix(d, f) < 0 ||
	    targets_load(&d->targets, p, f) < 0)
		return -1;
	return check_priorities(d, f);
}

/* The place of a column that is set, under the prefix if any. */
static size_t
add_column(const struct decision *d, struct columns *out, struct slice name)
{
	struct buf full = {0};
	size_t at;

	if (d->prefix != NULL)
		buf_add_str(&full, d->prefix);
	buf_add_slice(&full, name);
	at = columns_add(out, buf_slice(&full));
	buf_release(&full);
	return at;
}

/* The same by a literal. */
static size_t
add_named(const struct decision *d, struct columns *out, const char *name)
{
	return add_column(d, out, slice_of(name));
}

static void
add_outputs(struct decision *d, struct columns *out)
{
	d->output = mem_new(d->outputs->n, sizeof *d->output);
	d->before = mem_new(d->outputs->n, sizeof *d->before);
	d->priority = COLUMNS_NONE;
	for (size_t i = 0; i < d->outputs->n; i++) {
		d->output[i] = add_column(d, out, d->outputs->name[i]);
		if (slice_is(d->outputs->name[i], "priority"))
			d->priority = d->output[i];
	}
	if (d->prefix != NULL)
		return;
	if (d->priority != COLUMNS_NONE) {
		d->priority_by = add_named(d, out, "priority_by");
		d->suggested = add_named(d, out, "suggested");
	} else {
		d->priority = columns_find(out, slice_of("priority"));
	}
}

int
decision_bind(struct decision *d, const struct columns *in, struct columns *out,
    const struct columns *known, struct fault *f)
{
	if (tree_bind(d->tree, in, known, f) < 0)
		return -1;
	add_outputs(d, out);
	if (d->targets.n > 0) {
		for (int i = TARGET_RESPOND; i <= TARGET_RESOLVE; i++)
			d->deadline[i] = add_named(d, out, deadline_names[i]);
	}
	d->path = add_named(d, out, "path");
	d->rules_at =
	    d->prefix == NULL ? add_named(d, out, "rules") : COLUMNS_NONE;
	if (d->explain)
		d->because = add_named(d, out, "because");
	else
		d->because = columns_find(out, slice_of("because"));
	d->received = columns_find(out, slice_of("received"));
	d->holds = columns_find(out, slice_of("holds"));
	return 0;
}

static void
clear(struct slice *field)
{
	if (field_is_set(*field))
		*field = slice_of("\\N");
}

/* Sets the priority where it is ours, else suggests. */
static void
set_priority(struct decision *d, struct slice *field, struct slice answer)
{
	bool ours = !field_is_set(field[d->priority]) ||
	    slice_is(field[d->priority_by], "rules");

	if (ours)
		clear(&field[d->suggested]);
	else if (answer.n > 0)
		field[d->suggested] = answer;
	if (ours && answer.n > 0) {
		field[d->priority] = answer;
		field[d->priority_by] = slice_of("rules");
	}
}

/* Sets outputs that are empty or as the rules left them. */
static void
set_outputs(struct decision *d, struct slice *field)
{
	bool decided = field_is_set(field[d->rules_at]);

	replay_path(&d->replay,
	    decided ? field[d->path] : (struct slice){"", 0}, d->before);
	for (size_t i = 0; i < d->outputs->n; i++) {
		struct slice *to = &field[d->output[i]];
		struct slice answer = d->walk.output[i];

		if (d->output[i] == d->priority)
			set_priority(d, field, answer);
		else if (answer.n > 0 &&
		    (!field_is_set(*to) || slice_eq(*to, d->before[i])))
			*to = answer;
	}
}

/* What is needed to reckon a record's deadlines. */
struct reckoning {
	bool counts; /* received is a time */
	bool ours;   /* rules have decided it before */
	struct stamp received;
	const struct target *target; /* or NULL */
};

/* Whether a clock has an end, which is then in its text. */
static bool
reckon(struct decision *d, const struct reckoning *r, enum target_clock clock)
{
	struct stamp due;

	if (!r->counts || r->target == NULL ||
	    !target_due(r->target, clock, r->received, &d->held, &due))
		return false;
	buf_clear(&d->text[clock]);
	stamp_add(&d->text[clock], due);
	return true;
}

static void
set_deadline(struct decision *d, const struct reckoning *r,
    enum target_clock clock, struct slice *field)
{
	struct stamp is;
	bool free = d->prefix != NULL || !field_is_set(*field) ||
	    (r->ours && r->counts && stamp_parse(*field, &is) == 0 &&
		targets_gave(&d->targets, clock, r->received, &d->held, is));

	if (!free)
		return;
	if (reckon(d, r, clock))
		*field = buf_slice(&d->text[clock]);
	else if (d->prefix != NULL)
		*field = (struct slice){"", 0};
	else
		clear(field);
}

/* Adds to the explanation how the time to a deadline passes. */
static void
explain_deadline(struct decision *d, const struct reckoning *r,
    enum target_clock clock, const struct slice *field)
{
	const struct target *target = r->target;
	struct buf *text = &d->text[TEXT_PRIORITY];
	struct stamp due;

	if (!r->counts || target == NULL ||
	    target_due(target, clock, r->received, &d->held, &due) == 0 ||
	    !slice_eq(field[d->deadline[clock]], buf_slice(&d->text[clock])))
		return;
	buf_clear(text);
	buf_add_str(text, "; ");
	buf_add_str(text, deadline_names[clock]);
	buf_add_char(text, ' ');
	limit_add(text, target->limit[clock]);
	if (target->calendar->name.n > 0) {
		buf_add_str(text, " on ");
		buf_add_slice(text, target->calendar->name);
	}
	buf_add_str(text, ": ");
	if (limit_counts_openings(target->limit[clock]))
		deadline_explain(
		    target->calendar, r->received, due, &d->held, text);
	else
		buf_add_str(text, "every day counts, open or not");
	escape_add(&d->walk.because, buf_slice(text));
}

/* Sets the deadlines that the priority gives. */
static void
set_deadlines(struct decision *d, struct slice *field)
{
	struct slice received = columns_field(field, d->received);
	struct slice priority = columns_field(field, d->priority);
	struct reckoning r = {
	    .ours = field_is_set(columns_field(field, d->rules_at))};

	d->untargeted = false;
	if (d->targets.n == 0)
		return;
	if (field_is_set(received)) {
		r.counts = stamp_parse(received, &r.received) == 0;
		d->unreadable += !r.counts;
	}
	if (holds_read(&d->held, columns_field(field, d->holds)) < 0)
		d->unreadable++;
	if (field_is_set(priority)) {
		r.target = targets_find(
		    &d->targets, unescape(priority, &d->text[TEXT_PRIORITY]));
		d->untargeted = r.target == NULL;
	}
	for (int i = TARGET_RESPOND; i <= TARGET_RESOLVE; i++) {
		set_deadline(
		    d, &r, (enum target_clock)i, &field[d->deadline[i]]);
		if (d->explain)
			explain_deadline(d, &r, (enum target_clock)i, field);
	}
}

/* Writes how the tree decided. */
static void
set_path(struct decision *d, struct slice *field)
{
	struct slice path =
	    escape(buf_slice(&d->walk.path), &d->text[TEXT_PATH]);
	bool moved = !slice_eq(path, field[d->path]);

	field[d->path] = path;
	if (d->prefix == NULL)
		field[d->rules_at] = buf_slice(&d->rules);
	if (d->explain)
		field[d->because] = buf_slice(&d->walk.because);
	else if (moved && d->prefix == NULL && d->because != COLUMNS_NONE)
		clear(&field[d->because]);
}

void
decision_record(struct decision *d, const struct slice *in, struct slice *field)
{
	tree_go(d->tree, in, &d->when, &d->walk, d->report, d->ctx);
	if (d->prefix == NULL) {
		set_outputs(d, field);
	} else {
		for (size_t i = 0; i < d->outputs->n; i++)
			field[d->output[i]] = d->walk.output[i];
	}
	set_deadlines(d, field);
	set_path(d, field);
}

void
decision_release(struct decision *d)
{
	tree_walk_release(&d->walk);
	when_state_release(&d->when);
	tree_free(d->tree);
	targets_release(&d->targets);
	replay_release(&d->replay);
	holds_release(&d->held);
	buf_release(&d->rules);
	for (size_t i = 0; i < LEN(d->text); i++)
		buf_release(&d->text[i]);
	free(d->output);
	free(d->before);
}
