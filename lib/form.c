#include "form.h"

#include <stdlib.h>

#include "escape.h"
#include "mem.h"
#include "quantity.h"
#include "stamp.h"

enum field_type { FIELD_TEXT, FIELD_TIME, FIELD_NUMBER, FIELD_CODE };

struct form_field {
	struct slice name;
	enum field_type type;
	struct when *required;   /* NULL: never */
	struct pattern *pattern; /* NULL: any */
	struct slice values;     /* words; empty: any */
	bool personal;
	size_t column; /* of the bound records, or COLUMNS_NONE */
};

static int
read_type(struct form_field *field, struct table_row *row, struct fault *f)
{
	static const struct slice name[] = {
	    SLICE("text"), SLICE("time"), SLICE("number"), SLICE("code")};
	struct slice type = table_text(row, "type");

	if (type.n == 0)
		return 0;
	for (size_t i = 0; i < 4; i++) {
		if (slice_eq(type, name[i])) {
			field->type = (enum field_type)i;
			return 0;
		}
	}
	fault_at(f, table_place(row, "type"),
	    "'%.*s' is no type: text, time, number or code was expected",
	    SLICE_ARG(type));
	return fault_suggest(f, type, name, 4);
}

static int
read_field(struct form_field *field, struct table_row *row, struct fault *f)
{
	struct slice required = table_raw(row, "required");
	struct slice pattern = table_raw(row, "pattern");

	field->name = table_text(row, "name");
	field->values = table_text(row, "values");
	field->personal = table_text(row, "personal").n > 0;
	field->column = COLUMNS_NONE;
	if (field->name.n == 0)
		return fault_at(
		    f, table_place(row, "name"), "a field without a name");
	if (read_type(field, row, f) < 0)
		return -1;
	if (required.n > 0) {
		field->required =
		    when_parse(required, table_place(row, "required"), f);
		if (field->required == NULL)
			return -1;
	}
	if (pattern.n > 0) {
		field->pattern = pattern_new(pattern, (struct slice){"", 0},
		    table_place(row, "pattern"), f);
		if (field->pattern == NULL)
			return -1;
	}
	return 0;
}

int
form_load(struct form *form, struct table *t, struct fault *f)
{
	form->field = mem_new(t->n, sizeof *form->field);
	for (form->n = 0; form->n < t->n; form->n++) {
		if (read_field(&form->field[form->n], &t->row[form->n], f) <
			0 &&
		    fault_keep(f) < 0) {
			form->n++; /* what it holds so far is released */
			return -1;
		}
	}
	return 0;
}

int
form_bind(struct form *form, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	for (size_t i = 0; i < form->n; i++) {
		struct form_field *field = &form->field[i];

		field->column = columns_find(columns, field->name);
		if (field->required != NULL &&
		    when_bind(field->required, columns, known, f) < 0)
			return -1;
	}
	return 0;
}

/* Whether a pattern matches all of a value. */
static bool
matches_whole(struct form *form, const struct pattern *p, struct slice value)
{
	if (form->state.scratch == NULL)
		form->state.scratch = pattern_scratch_new();
	return pattern_match(p, value, form->state.scratch) == PATTERN_YES &&
	    pattern_group(form->state.scratch, 0).n == value.n;
}

static bool
is_valid(struct form *form, const struct form_field *field, struct slice value)
{
	struct quantity number;
	struct stamp t;

	if (field->type == FIELD_TIME && stamp_parse(value, &t) < 0)
		return false;
	if (field->type == FIELD_NUMBER &&
	    quantity_parse(value, QUANTITY_NUMBER, &number) < 0)
		return false;
	if (field->values.n > 0 && !slice_has_word(field->values, value))
		return false;
	return field->pattern == NULL ||
	    matches_whole(form, field->pattern, value);
}

void
form_check(struct form *form, const struct slice *field, struct buf *incomplete)
{
	for (size_t i = 0; i < form->n; i++) {
		struct form_field *ff = &form->field[i];
		struct slice value = {"", 0};
		bool fine;

		if (ff->column != COLUMNS_NONE)
			value = field[ff->column];
		if (field_is_set(value))
			fine = is_valid(
			    form, ff, unescape(value, &form->state.text[0]));
		else
			fine = ff->required == NULL ||
			    when_test(ff->required, field, &form->state) == 0;
		if (!fine)
			buf_add_word(incomplete, ff->name);
	}
}

bool
form_is_personal(const struct form *form, struct slice column)
{
	for (size_t i = 0; i < form->n; i++) {
		if (slice_eq(form->field[i].name, column))
			return form->field[i].personal;
	}
	return false;
}

void
form_release(struct form *form)
{
	for (size_t i = 0; i < form->n; i++) {
		when_free(form->field[i].required);
		pattern_free(form->field[i].pattern);
	}
	free(form->field);
	when_state_release(&form->state);
	*form = (struct form){0};
}
