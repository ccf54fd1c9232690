#include "maprule.h"

#include <stdlib.h>

#include "mem.h"
#include "timeform.h"
#include "vocabulary.h"

struct mapwant *
mapwants_add(struct mapwants *w, struct slice name, struct place where)
{
	size_t n = w->name.n, i = columns_add(&w->name, name);

	if (i == n) {
		w->want = mem_grow(w->want, n, &w->cap, sizeof *w->want);
		w->want[i] =
		    (struct mapwant){.where = where, .index = MAPWANT_NOWHERE};
	}
	return &w->want[i];
}

bool
mapwant_number(struct slice name, size_t *number)
{
	unsigned long long value;

	if (slice_number(name, SIZE_MAX / 2, &value) < 0 || value == 0)
		return false;
	*number = (size_t)value;
	return true;
}

void
mapwants_release(struct mapwants *w)
{
	columns_release(&w->name);
	free(w->want);
}

/* Checks the slots of a template over the export's columns. */
static int
check_from(struct maprule_reader *m, const struct template *t,
    struct place where, struct fault *f)
{
	size_t slots = 0;

	for (size_t i = 0; i < t->n; i++) {
		const struct template_piece *piece = &t->piece[i];

		if (piece->column.p == NULL)
			continue;
		if (piece->nfilter > 0)
			return fault_at(f, piece->where,
			    "a filter has no place in an import map");
		mapwants_add(m->wants, piece->column, piece->where)->in_from =
		    true;
		slots++;
	}
	if (slots == 0)
		return fault_at(f, where,
		    "a column in braces was expected, as in {Call Number} "
		    "(a constant is for the column value)");
	return 0;
}

/* Reads a part of digest(a,{b} {c}): a bare word is a column. */
static int
read_part(struct maprule_reader *m, struct template *t, struct slice part,
    struct place where, struct fault *f)
{
	part = slice_trim(part);
	if (part.n > 0 && memchr(part.p, '{', part.n) == NULL) {
		t->piece = arena_new(m->arena, sizeof *t->piece);
		t->piece->column = part;
		t->piece->where = where;
		t->n = 1;
	} else if (template_parse(t, part, where, m->arena, f) < 0) {
		return -1;
	}
	return check_from(m, t, where, f);
}

/* Takes what stands before the next comma outside braces. */
static int
split_part(struct slice *rest, struct slice *part)
{
	size_t i = 0;
	bool inside = false;

	if (rest->p == NULL)
		return 0;
	for (; i < rest->n && (inside || rest->p[i] != ','); i++)
		inside = rest->p[i] == '{' || (inside && rest->p[i] != '}');
	*part = (struct slice){rest->p, i};
	if (i == rest->n)
		*rest = (struct slice){NULL, 0};
	else
		*rest = (struct slice){rest->p + i + 1, rest->n - i - 1};
	return 1;
}

static int
read_digest(struct maprule_reader *m, struct maprule *r, struct slice text,
    struct fault *f)
{
	struct place where = table_place(r->row, "from");
	struct slice rest = {text.p + 7, text.n - 8}, part;
	size_t n = 1;

	for (size_t i = 0; i < rest.n; i++)
		n += rest.p[i] == ',';
	r->digests = true;
	r->from = arena_new(m->arena, n * sizeof *r->from);
	while (split_part(&rest, &part)) {
		if (read_part(m, &r->from[r->nfrom++], part,
			place_in(where, text, part.p), f) < 0)
			return -1;
	}
	return 0;
}

static int
read_from(struct maprule_reader *m, struct maprule *r, struct fault *f)
{
	struct slice text = table_text(r->row, "from");
	struct place where = table_place(r->row, "from");

	if (text.n == 0)
		return 0;
	if (slice_starts(text, "digest(") && text.p[text.n - 1] == ')')
		return read_digest(m, r, text, f);
	r->from = arena_new(m->arena, sizeof *r->from);
	r->nfrom = 1;
	if (template_parse(r->from, text, where, m->arena, f) < 0)
		return -1;
	return check_from(m, r->from, where, f);
}

/* Reads capture, and value as a template over its groups. */
static int
read_capture(struct maprule_reader *m, struct maprule *r, struct slice body,
    struct fault *f)
{
	struct place where = table_place(r->row, "value");
	size_t groups;

	r->capture_text = body;
	r->capture_at = table_place(r->row, "capture");
	if (r->nfrom == 0)
		return fault_at(
		    f, r->capture_at, "a capture needs a column in from");
	r->capture =
	    pattern_new(body, (struct slice)SLICE(""), r->capture_at, f);
	if (r->capture == NULL)
		return -1;
	groups = pattern_groups(r->capture);
	if (template_parse(
		&r->value, table_text(r->row, "value"), where, m->arena, f) < 0)
		return -1;
	for (size_t i = 0; i < r->value.n; i++) {
		struct template_piece *piece = &r->value.piece[i];
		unsigned long long group;

		if (piece->column.p == NULL)
			continue;
		if (slice_number(piece->column, groups, &group) < 0 ||
		    piece->nfilter > 0)
			return fault_at(f, piece->where,
			    "{%.*s} is no group of the capture, which has %zu",
			    SLICE_ARG(piece->column), groups);
		piece->index = (size_t)group;
	}
	return 0;
}

static int
read_value(struct maprule_reader *m, struct maprule *r, struct fault *f)
{
	struct slice body = table_raw(r->row, "capture");

	r->constant = table_text(r->row, "value");
	r->has_value = r->constant.n > 0;
	if (!r->has_value && r->nfrom == 0)
		return fault_at(f, table_place(r->row, "from"),
		    "neither from nor value says what the field gets");
	if (body.n > 0)
		return read_capture(m, r, body, f);
	for (size_t i = 0; i + 2 < r->constant.n; i++) {
		const char *p = r->constant.p + i;

		if (p[0] == '{' && slice_is_digit(p[1]) && p[2] == '}')
			return fault_at(f, table_place(r->row, "value"),
			    "'%.*s' is a group of a capture, and there is none",
			    3, p);
	}
	return 0;
}

static int
read_form(struct maprule_reader *m, struct maprule *r, struct fault *f)
{
	struct slice format = table_text(r->row, "format");
	struct slice zone = table_text(r->row, "zone");
	char letter;

	r->is_time = format.n > 0 || zone.n > 0 ||
	    vocabulary_kind(r->name) == COLUMN_TIME;
	r->form.format = arena_copy(m->arena, format.p, format.n);
	if (format.n > 0 && memchr(format.p, '%', format.n) == NULL)
		return fault_at(f, table_place(r->row, "format"),
		    "'%.*s' is no format: one such as %%d/%%m/%%Y %%H:%%M was "
		    "expected",
		    SLICE_ARG(format));
	if (timeform_check(r->form.format, &letter) < 0)
		return fault_at(f, table_place(r->row, "format"),
		    "'%%%c' is not known in a format (inc-import(1) lists "
		    "what is)",
		    letter);
	r->form.zone = m->zone;
	if (zone.n == 0)
		return 0;
	r->form.zone =
	    zones_open(m->zones, zone, table_place(r->row, "zone"), f);
	return r->form.zone != NULL ? 0 : -1;
}

static void
see_name(void *ctx, struct slice name, struct place where)
{
	mapwants_add(ctx, name, where)->in_when = true;
}

static int
read_when(struct maprule_reader *m, struct maprule *r, struct fault *f)
{
	struct slice text = table_raw(r->row, "when");
	struct place where = table_place(r->row, "when");

	if (text.n == 0)
		return fault_at(
		    f, where, "a condition was expected (* always holds)");
	r->when = when_parse(text, where, f);
	if (r->when == NULL)
		return -1;
	if (!when_is_always(r->when)) {
		when_names(r->when, see_name, m->wants);
		return 0;
	}
	when_free(r->when);
	r->when = NULL;
	return 0;
}

int
maprule_read(struct maprule *r, struct table_row *row,
    struct maprule_reader *reader, struct fault *f)
{
	r->row = row;
	r->name = table_text(row, "field");
	if (!columns_plain_name(r->name))
		return fault_at(f, table_place(row, "field"),
		    "'%.*s' can't be a field: a name such as received was "
		    "expected",
		    SLICE_ARG(r->name));
	if (read_when(reader, r, f) < 0 || read_from(reader, r, f) < 0 ||
	    read_value(reader, r, f) < 0 || read_form(reader, r, f) < 0)
		return -1;
	r->copies = r->nfrom == 1 && !r->digests && template_is_cell(r->from) &&
	    r->capture == NULL && !r->has_value && !r->is_time;
	return 0;
}

void
maprule_release(struct maprule *r)
{
	when_free(r->when);
	pattern_free(r->capture);
}

bool
maprule_takes(const struct maprule *r)
{
	bool constant = r->has_value;

	for (size_t i = 0; i < r->value.n; i++)
		constant = constant && r->value.piece[i].column.p == NULL;
	return r->capture == NULL || !constant;
}

void
maprule_columns(const struct maprule *r,
    void (*see)(void *ctx, struct template_piece *slot), void *ctx)
{
	for (size_t k = 0; k < r->nfrom; k++) {
		for (size_t i = 0; i < r->from[k].n; i++) {
			struct template_piece *slot = &r->from[k].piece[i];

			if (slot->column.p != NULL)
				see(ctx, slot);
		}
	}
}
