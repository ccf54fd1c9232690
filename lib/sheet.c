#include "sheet.h"

#include "escape.h"
#include "input.h"

#define TAKE_BYTES ((size_t)512 * 1024) /* of records taken together */

#define SHEET_MORE 3 /* with no_wait: something has to be read first */

/* Opens the first operand and sees whether it is JSON.  1, 0, or -1. */
static int
look_for_json(struct sheet *s, const char *operand, struct textin *t)
{
	if (textin_open(t, operand, s->form.encoding, &s->fault) < 0)
		return -1;
	return s->form.delimiter == 0 ? jsonsheet_is(t, &s->fault) : 0;
}

/* Opens operands in JSON, of which the first is open.  Returns 0, or -1. */
static int
open_json(struct sheet *s, char *const *operands, size_t n)
{
	struct jsonsheet *j = &s->json;

	s->is_json = true;
	j->in = s->csv.in;
	s->csv.in = (struct textin){0};
	if (s->form.headless || s->form.numbered)
		return fault_at(&s->fault, (struct place){.file = j->in.file},
		    "JSON has names, the map picks columns by number");
	j->encoding = s->form.encoding;
	j->records.joins = s->form.joins;
	j->records.records = s->form.records;
	j->records.rows = s->form.rows;
	for (size_t i = 0; i < s->csv.n; i++)
		jsonin_name(&j->records, s->csv.name[i]);
	j->records.fixed = s->form.names != NULL;
	if (jsonsheet_open(j, operands, n, &s->fault) < 0)
		return -1;
	s->file = j->file;
	s->name = j->records.names.name;
	s->n = s->form.names != NULL || j->any ? j->records.names.n : 0;
	return 0;
}

/* Says how the records of CSV stand. */
static void
show_csv(struct sheet *s)
{
	const struct csvsheet *c = &s->csv;

	s->file = c->file;
	s->line = c->line;
	s->row = c->row;
	s->field = c->field;
	s->delimiter = c->delimiter;
	s->encoding = c->encoding;
	s->not_utf8 = c->not_utf8;
}

/* Opens operands in CSV or TSV, of which the first is open.  0, or -1. */
static int
open_csv(struct sheet *s, char *const *operands, size_t n)
{
	int result = csvsheet_open(&s->csv, operands, n, &s->fault);

	s->name = s->csv.name;
	s->n = s->csv.n;
	show_csv(s); /* a wrong header too */
	return result;
}

int
sheet_open(struct sheet *s, char *const *operands, size_t n,
    const struct sheet_form *form)
{
	int is_json;

	*s = (struct sheet){.form = *form};
	s->csv.form.delimiter = form->delimiter;
	s->csv.form.encoding = form->encoding;
	s->csv.form.names = form->names;
	s->csv.form.headless = form->headless;
	s->csv.form.loose = form->loose || form->numbered;
	s->csv.form.joins = form->joins;
	operands = input_operands(operands, &n);
	if (form->names != NULL && csvsheet_names(&s->csv, &s->fault) < 0)
		return -1;
	is_json = look_for_json(s, operands[0], &s->csv.in);
	if (is_json < 0)
		return -1;
	return is_json ? open_json(s, operands, n) : open_csv(s, operands, n);
}

static int
next_json(struct sheet *s)
{
	struct jsonsheet *j = &s->json;
	int got;

	j->no_wait = s->no_wait;
	got = jsonsheet_next(j, &s->fault);
	s->file = j->file;
	s->line = j->line;
	s->row = j->row;
	s->field = j->records.field;
	s->not_utf8 = j->not_utf8;
	return got;
}

static int
next_csv(struct sheet *s)
{
	int got;

	s->csv.no_wait = s->no_wait;
	got = csvsheet_next(&s->csv, &s->fault);
	show_csv(s);
	return got;
}

/* The next of the copies. */
static int
next_copy(struct sheet *s)
{
	struct batch_view v;

	if (batch_next(&s->batch, &v) == 0)
		return SHEET_END;
	s->file = v.file;
	s->line = v.line;
	s->field = v.field;
	s->row = v.row;
	if (v.fault != NULL) {
		buf_clear(&s->fault.text);
		buf_add_slice(&s->fault.text, buf_slice(&v.fault->text));
		s->fault.reason = v.fault->reason;
	}
	return v.got;
}

bool
sheet_is_plain(const struct sheet *s)
{
	return !s->is_json && !escape_needed(s->row);
}

int
sheet_next(struct sheet *s)
{
	if (s->shared)
		return next_copy(s);
	return s->is_json ? next_json(s) : next_csv(s);
}

void
sheet_share(struct sheet *own, const struct sheet *s)
{
	*own = (struct sheet){.n = s->n, .shared = true};
}

static void
copy(const struct sheet *s, int got, struct batch *to)
{
	batch_add(to,
	    &(struct batch_view){.got = got,
		.file = s->file,
		.line = s->line,
		.field = s->field,
		.n = s->n,
		.row = s->row,
		.fault = got == SHEET_BAD ? &s->fault : NULL});
}

int
sheet_take(struct sheet *s, struct sheet *own)
{
	bool any = false;

	while (!s->over && batch_bytes(&own->batch) < TAKE_BYTES) {
		int got = sheet_next(s);

		if (got == SHEET_MORE)
			break;
		if (got <= 0) {
			s->over = true;
			s->end = got;
			break;
		}
		copy(s, got, &own->batch);
		any = true;
		s->no_wait = true;
	}
	s->no_wait = false;
	return any ? 1 : s->end;
}

void
sheet_release(struct sheet *s)
{
	csvsheet_release(&s->csv);
	jsonsheet_release(&s->json);
	batch_release(&s->batch);
	fault_release(&s->fault);
}
