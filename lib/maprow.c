#include "maprow.h"

#include <stdlib.h>

#include "digest.h"
#include "escape.h"
#include "mem.h"
#include "moment.h"
#include "pattern.h"

#define ID_LETTERS 16  /* of a digest */
#define VALUE_SHOWN 60 /* bytes of a value in a note */

void
maprow_init(struct maprow *row, const struct map *m)
{
	*row = (struct maprow){.map = m};
	row->unread = mem_new(m->out.n, sizeof *row->unread);
	row->shifted = mem_new(m->out.n, sizeof *row->shifted);
	row->out = mem_new(m->out.n, sizeof *row->out);
	row->made = mem_new(m->out.n, sizeof *row->made);
	row->own[0] = mem_new(m->n_in, sizeof *row->own[0]);
	row->own[1] = mem_new(m->bound.n, sizeof *row->own[1]);
	row->as_they_are = m->whole.marks.n == 0 && m->bound.n == m->n_in &&
	    m->whole.joins.n == m->whole.joins.n_in;
	row->escaped = mem_new(m->n_in, sizeof *row->escaped);
	row->joined = mem_new(m->n_in, sizeof *row->joined);
}

void
maprow_release(struct maprow *row)
{
	for (size_t i = 0; row->map != NULL && i < row->map->out.n; i++) {
		buf_release(&row->unread[i].first);
		buf_release(&row->shifted[i].first);
		buf_release(&row->made[i]);
	}
	for (size_t i = 0; row->map != NULL && i < row->map->n_in; i++) {
		buf_release(&row->escaped[i]);
		buf_release(&row->joined[i]);
	}
	for (size_t i = 0; i < sizeof row->text / sizeof *row->text; i++)
		buf_release(&row->text[i]);
	free(row->unread);
	free(row->shifted);
	free(row->out);
	free(row->made);
	free(row->own[0]);
	free(row->own[1]);
	free(row->escaped);
	free(row->joined);
	marks_state_release(&row->marks);
	when_state_release(&row->when);
}

static void
tell_limit(struct maprow *row, const struct fault *f)
{
	if (row->report != NULL)
		row->report(row->ctx, f);
}

/* Takes a record's cell, which may stand alone; a missing one as empty. */
static void
take_cell(struct maprow *row, size_t i, struct slice cell, bool plain)
{
	struct slice disk = plain ? cell : escape(cell, &row->escaped[i]);
	int missing = marks_test(&row->map->whole.marks, disk, &row->marks);

	if (missing < 0)
		tell_limit(row, &row->marks.when.fault);
	if (missing == 1)
		cell = disk = (struct slice){"", 0};
	row->own[0][i] = cell;
	row->own[1][i] = disk;
}

/* Adds the cell just taken to those of its column. */
static void
join_cell(struct maprow *row, size_t i)
{
	struct buf *joined = &row->joined[i];
	struct slice *cell = &row->own[0][i];

	if (cell->n > 0 && joined->n > 0)
		buf_add_slice(joined, *row->map->whole.joins.between[i]);
	buf_add_slice(joined, *cell);
	*cell = buf_slice(joined);
}

/* Takes a record's cells. */
static void
take_cells(struct maprow *row, const struct slice *cell, bool plain)
{
	const struct map *m = row->map;
	const struct joins *j = &m->whole.joins;

	row->cell = row->disk = cell;
	if (plain && row->as_they_are)
		return;
	for (size_t i = 0; i < j->n; i++)
		buf_clear(&row->joined[i]);
	for (size_t i = 0; i < j->n_in; i++) {
		take_cell(row, j->to[i], cell[i], plain);
		if (j->between[j->to[i]] != NULL)
			join_cell(row, j->to[i]);
	}
	row->cell = row->own[0];
	row->disk = row->own[1];
	for (size_t i = 0; i < j->n; i++) {
		if (j->between[i] != NULL)
			row->own[1][i] = escape(row->cell[i], &row->escaped[i]);
	}
	for (size_t i = m->n_in; i < m->bound.n; i++)
		row->own[1][i] = row->disk[m->alias[i - m->n_in]];
}

/* Fills a template with cells.  Returns whether any of them has a value. */
static bool
fill(const struct template *t, const struct maprow *row, struct buf *out)
{
	bool any = false;

	for (size_t i = 0; i < t->n; i++) {
		const struct template_piece *p = &t->piece[i];

		if (p->column.p == NULL) {
			buf_add_slice(out, p->text);
		} else if (p->index != MAPWANT_NOWHERE) {
			buf_add_slice(out, row->cell[p->index]);
			any = any || row->cell[p->index].n > 0;
		}
	}
	return any;
}

/* The first letters of the digest of the parts, joined by tabs. */
static bool
fill_digest(const struct maprule *r, struct maprow *row, struct buf *out)
{
	char letters[ID_LETTERS + 1];
	bool any = false;

	for (size_t i = 0; i < r->nfrom; i++) {
		if (i > 0)
			buf_add_char(out, '\t');
		if (fill(&r->from[i], row, out))
			any = true;
	}
	digest_letters(buf_slice(out), ID_LETTERS, letters);
	buf_clear(out);
	buf_add(out, letters, ID_LETTERS);
	return any;
}

/* What from gives, as text.  Returns whether it has a value. */
static bool
take_from(const struct maprule *r, struct maprow *row, struct slice *text)
{
	struct buf *out = &row->text[0];
	bool any;

	if (!r->digests && template_is_cell(r->from)) {
		if (r->from->piece->index == MAPWANT_NOWHERE)
			return false;
		*text = row->cell[r->from->piece->index];
		return text->n > 0;
	}
	buf_clear(out);
	any = r->digests ? fill_digest(r, row, out) : fill(r->from, row, out);
	*text = buf_slice(out);
	return any;
}

/* What capture and value make of a text.  Returns whether that is a value. */
static bool
take_capture(const struct maprule *r, struct maprow *row, struct slice *text)
{
	struct buf *out = &row->text[1];
	size_t slots = 0, filled = 0;
	int got;

	if (row->when.scratch == NULL)
		row->when.scratch = pattern_scratch_new();
	got = pattern_match(r->capture, *text, row->when.scratch);
	if (got == PATTERN_LIMIT) {
		fault_at(&row->when.fault, r->capture_at,
		    "the search hit a limit, it counts as no match");
		tell_limit(row, &row->when.fault);
	}
	if (got != PATTERN_YES)
		return false;
	if (!r->has_value) {
		*text = pattern_group(
		    row->when.scratch, pattern_groups(r->capture) > 0);
		return text->n > 0;
	}
	buf_clear(out);
	for (size_t i = 0; i < r->value.n; i++) {
		const struct template_piece *p = &r->value.piece[i];
		struct slice group = p->text;

		if (p->column.p != NULL) {
			group = pattern_group(row->when.scratch, p->index);
			slots++;
			filled += group.n > 0;
		}
		buf_add_slice(out, group);
	}
	*text = buf_slice(out);
	return text->n > 0 && (slots == 0 || filled > 0);
}

/* Counts what happened to a value; of the first it says where, and why. */
static void
add_note(struct maprow_note *note, const struct maprow *row, struct slice field,
    struct slice value, const char *why, struct slice form)
{
	value = slice_cut(value, VALUE_SHOWN);
	if (note->count++ == 0)
		buf_addf(&note->first, "%s:%zu: %.*s '%.*s' %s%.*s",
		    row->where.file, row->where.line, SLICE_ARG(field),
		    SLICE_ARG(value), why, SLICE_ARG(form));
}

/* Keeps the field's first value that a rule can't read. */
static void
note_odd(const struct maprule *r, struct maprow *row, struct slice text)
{
	if (row->odd.n > 0)
		return;
	buf_clear(&row->text[2]);
	buf_add_slice(&row->text[2], text);
	row->odd = buf_slice(&row->text[2]);
	row->odd_rule = r;
}

/* Reads a time into made.  Returns whether it is one. */
static bool
make_time(const struct maprule *r, struct maprow *row, struct slice text)
{
	struct buf *made = &row->made[r->field];
	struct stamp t;
	bool shifted;

	if (moment_read(&r->form, text, &t, &shifted) < 0) {
		note_odd(r, row, text);
		return false;
	}
	if (shifted)
		add_note(&row->shifted[r->field], row, r->name, text,
		    "is a time that the clock skipped or repeated",
		    (struct slice){"", 0});
	buf_clear(made);
	stamp_add(made, t);
	row->out[r->field] = buf_slice(made);
	return true;
}

static bool
holds(const struct maprule *r, struct maprow *row)
{
	int got;

	if (r->when == NULL)
		return true;
	got = when_test(r->when, row->disk, &row->when);
	if (got < 0)
		tell_limit(row, &row->when.fault);
	return got == 1;
}

/* Tries a rule.  Returns whether it set its field. */
static bool
apply(const struct maprule *r, struct maprow *row)
{
	struct buf *made = &row->made[r->field];
	struct slice text = r->constant, whole;

	if (!holds(r, row) || (r->nfrom > 0 && !take_from(r, row, &text)))
		return false;
	if (r->copies) {
		row->out[r->field] = row->disk[r->from->piece->index];
		return true;
	}
	whole = text;
	if (r->capture != NULL && !take_capture(r, row, &text)) {
		if (r->sole)
			note_odd(r, row, whole);
		return false;
	}
	if (r->capture == NULL && r->has_value)
		text = r->constant;
	if (r->is_time)
		return make_time(r, row, text);
	if (text.n == 0)
		return false;
	buf_clear(made);
	escape_add(made, text);
	row->out[r->field] = buf_slice(made);
	return true;
}

/* Keeps a value that no rule of its field could read. */
static void
keep_unread(struct maprow *row, size_t field)
{
	const struct map *m = row->map;
	const struct maprule *r = row->odd_rule;
	struct buf *made = &row->made[m->unread];
	struct slice name = m->fields.name[field], form = slice_of("");
	const char *why = "is no time such as 2026-03-25 09:08";

	if (r->is_time && *r->form.format != '\0') {
		why = "is no time of the form ";
		form = slice_of(r->form.format);
	} else if (!r->is_time) {
		why = "does not match ";
		form = r->capture_text;
	}
	add_note(&row->unread[field], row, name, row->odd, why, form);
	if (made->n > 0)
		buf_add_str(made, "; ");
	buf_add_slice(made, name);
	buf_add_char(made, '=');
	escape_add(made, row->odd);
	row->out[m->unread] = buf_slice(made);
}

/* Makes a field by its rules. */
static void
make_field(struct maprow *row, size_t i)
{
	const struct maprule *r = row->map->first[i];

	row->out[i] = (struct slice){"", 0};
	row->odd.n = 0;
	while (r != NULL && !apply(r, row))
		r = r->next;
	if (r == NULL && row->odd.n > 0)
		keep_unread(row, i);
}

const struct slice *
maprow_make(struct maprow *row, const struct slice *cell, bool plain,
    struct place where)
{
	const struct map *m = row->map;

	row->where = where;
	row->when.now = row->marks.when.now = row->now;
	take_cells(row, cell, plain);
	if (m->unread != MAPWANT_NOWHERE) {
		buf_clear(&row->made[m->unread]);
		row->out[m->unread] = (struct slice){"", 0};
	}
	for (size_t i = 0; i < m->fields.n; i++) {
		size_t from = m->copied[i];

		if (from != MAPWANT_NOWHERE && row->disk[from].n > 0)
			row->out[i] = row->disk[from];
		else
			make_field(row, i);
	}
	for (size_t i = 0; i < m->n_kept; i++)
		row->out[m->fields.n + i] = row->disk[m->kept[i]];
	return row->out;
}
