#include "rehearsal.h"

#include <stdlib.h>

#include "escape.h"

/* Whether the pack has a table: 1 or 0, or -1 and the fault. */
static int
has_table(struct pack *p, const char *name, bool *has, struct fault *f)
{
	struct table *t;
	int got = pack_table(p, name, &t, f);

	*has = got > 0;
	return got;
}

static int
load_form(struct rehearsal *r, struct pack *p, struct fault *f)
{
	struct table *t;
	int got = pack_table(p, "fields", &t, f);

	r->marks = got > 0;
	return got > 0 ? form_load(&r->form, t, f) : got;
}

int
rehearsal_load(struct rehearsal *r, struct pack *p, struct fault *f)
{
	if (has_table(p, "triage", &r->decides, f) < 0 ||
	    has_table(p, "escalation", &r->judges, f) < 0 ||
	    has_table(p, "routes", &r->tells, f) < 0 ||
	    pack_learn_outputs(p, f) < 0 || load_form(r, p, f) < 0)
		return -1;
	if (r->decides && decision_load(&r->decision, p, NULL, f) < 0)
		return -1;
	if (r->judges && boundaries_load(&r->boundaries, p, f) < 0)
		return -1;
	return r->tells ? messenger_load(&r->messenger, p, f) : 0;
}

/* Passes on what a part of the way reports. */
static void
report(void *ctx, const struct fault *f)
{
	struct rehearsal *r = ctx;

	r->report(r->ctx, f);
}

static void
remark(void *ctx, const struct fault *f)
{
	struct rehearsal *r = ctx;

	r->remark(r->ctx, f);
}

/* Keeps a message. */
static void
keep(void *ctx, const struct message *m)
{
	struct rehearsal *r = ctx;
	struct rehearsal_message *to;
	struct buf text = {0};

	r->message = mem_grow(r->message, r->n, &r->cap, sizeof *r->message);
	to = &r->message[r->n++];
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++) {
		buf_clear(&text);
		unescape_add(&text, m->field[i]);
		to->text[i].p = arena_copy(&r->arena, text.p, text.n);
		to->text[i].n = text.n;
	}
	buf_release(&text);
}

int
rehearsal_bind(struct rehearsal *r, const struct columns *in,
    const struct columns *known, struct fault *f)
{
	columns_add_all(&r->columns, in);
	r->in = in->n;
	if (r->decides &&
	    decision_bind(&r->decision, in, &r->columns, known, f) < 0)
		return -1;
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		columns_add(&r->columns, slice_of(judge_columns[i]));
	r->boundary_at = columns_find(&r->columns, slice_of("boundary"));
	r->marked_at = columns_add(&r->columns, slice_of("incomplete"));
	r->field = mem_new(r->columns.n, sizeof *r->field);
	if ((r->judges &&
		boundaries_bind(&r->boundaries, &r->columns, known, f) < 0) ||
	    (r->marks && form_bind(&r->form, &r->columns, known, f) < 0) ||
	    (r->tells &&
		messenger_bind(&r->messenger, &r->columns, known, f) < 0))
		return -1;
	r->decision.report = r->judge.crossings.report = report;
	r->messenger.report = report;
	r->messenger.remark = remark;
	r->messenger.write = keep;
	r->decision.ctx = r->judge.crossings.ctx = r->messenger.ctx = r;
	if (r->judges)
		judge_start(&r->judge, &r->boundaries, &r->columns);
	return 0;
}

static void
judge(struct rehearsal *r)
{
	struct slice names, first;

	if (judge_record(&r->judge, r->field)) {
		names = r->field[r->boundary_at];
		if (slice_word(&names, &first))
			r->crossed = boundaries_find(&r->boundaries, first);
	}
	if (r->judge.unjudged.n == 0)
		return;
	fault_at(&r->fault, (struct place){0},
	    "boundary '%.*s' can't be judged: %s", SLICE_ARG(r->judge.unjudged),
	    r->judge.unjudged_why);
	report(r, &r->fault);
}

/* Marks what the record lacks, unless it came with such a mark. */
static void
mark(struct rehearsal *r)
{
	if (field_is_set(r->field[r->marked_at]))
		return;
	buf_clear(&r->marked);
	form_check(&r->form, r->field, &r->marked);
	r->field[r->marked_at] = buf_slice(&r->marked);
}

/* Values so far that could not be read. */
static uint64_t
unreadable(const struct rehearsal *r)
{
	return r->decision.unreadable + r->decision.when.unreadable +
	    r->judge.unreadable + r->judge.crossings.unreadable +
	    r->judge.crossings.when.unreadable + r->messenger.when.unreadable;
}

void
rehearsal_record(struct rehearsal *r, const struct slice *in, struct stamp now)
{
	uint64_t before = unreadable(r);

	r->decision.when.now = r->judge.crossings.when.now = now;
	r->form.state.now = r->messenger.when.now = now;
	arena_reset(&r->arena);
	r->crossed = NULL;
	r->n = 0;
	for (size_t i = 0; i < r->columns.n; i++)
		r->field[i] = i < r->in ? in[i] : (struct slice){"", 0};
	if (r->decides)
		decision_record(&r->decision, in, r->field);
	if (r->judges)
		judge(r);
	if (r->marks)
		mark(r);
	if (r->tells)
		messenger_record(&r->messenger, r->field, (struct slice){"", 0},
		    COLUMNS_NONE);
	if (unreadable(r) == before)
		return;
	fault_at(&r->fault, (struct place){0},
	    "a value could not be read as a time, a number or a duration");
	remark(r, &r->fault);
}

void
rehearsal_release(struct rehearsal *r)
{
	decision_release(&r->decision);
	judge_release(&r->judge);
	boundaries_release(&r->boundaries);
	form_release(&r->form);
	messenger_release(&r->messenger);
	columns_release(&r->columns);
	free(r->field);
	free(r->message);
	buf_release(&r->marked);
	fault_release(&r->fault);
	arena_release(&r->arena);
	*r = (struct rehearsal){0};
}
