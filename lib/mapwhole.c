#include "mapwhole.h"

#include "template.h"

/* Reads a row that says what means missing. */
static int
read_marks(struct mapwhole *w, struct table_row *row, struct fault *f)
{
	if (table_raw(row, "value").n > 0)
		return fault_at(f, table_place(row, "value"),
		    "what means missing has a condition alone");
	return marks_add(
	    &w->marks, table_raw(row, "when"), table_place(row, "when"), f);
}

/* The column alone that a row of the field "*" names.  Returns 0, or -1. */
static int
read_column(struct mapwhole *w, struct table_row *row, const char *what,
    struct slice *name, struct fault *f)
{
	struct place where = table_place(row, "from");
	struct template t = {0};

	if (template_parse(&t, table_text(row, "from"), where, &w->arena, f) <
	    0)
		return -1;
	if (!template_is_cell(&t) || t.piece->nfilter > 0)
		return fault_at(f, where, "%s was expected", what);
	*name = t.piece->column;
	return 0;
}

/* Reads a row that says which column may come several times. */
static int
read_join(struct mapwhole *w, struct table_row *row, struct fault *f)
{
	struct slice name = {0}, between = table_text(row, "value");

	if (read_column(w, row,
		"a column to join, such as {Comment}, or {X} for any,", &name,
		f) < 0)
		return -1;
	if (slice_is(name, "X"))
		name.n = 0;
	if (between.n == 0)
		between = (struct slice)SLICE(", ");
	if (joins_add(&w->joins, name, between) < 0)
		return fault_at(f, table_place(row, "from"),
		    "an earlier row says how to join that");
	return 0;
}

/* Adds an array of rows, which must be in the one before. */
static int
add_rows(
    struct mapwhole *w, struct slice name, struct place where, struct fault *f)
{
	size_t n = w->rows.n;
	struct slice outer;

	if (n > 0) {
		outer = w->rows.name[n - 1];
		if (name.n < outer.n + 2 || name.p[outer.n] != '.' ||
		    memcmp(name.p, outer.p, outer.n) != 0)
			return fault_at(f, where,
			    "an array in '%.*s' was expected, such as "
			    "{%.*s.parts}",
			    SLICE_ARG(outer), SLICE_ARG(outer));
	}
	columns_add(&w->rows, name);
	return 0;
}

/* Reads a row that says what the elements of an array of JSON are. */
static int
read_array(struct mapwhole *w, struct table_row *row, struct fault *f)
{
	struct place where = table_place(row, "from");
	struct slice what = table_raw(row, "format"), name = {0};

	if (table_raw(row, "value").n > 0)
		return fault_at(f, table_place(row, "value"),
		    "%.*s are not joined", SLICE_ARG(what));
	if (read_column(w, row, "an array, such as {incidents},", &name, f) < 0)
		return -1;
	if (slice_is(what, "rows"))
		return add_rows(w, name, where, f);
	if (!slice_is(what, "records"))
		return fault_at(f, table_place(row, "format"),
		    "records or rows was expected, for what the elements of an "
		    "array are");
	if (w->records.n > 0)
		return fault_at(
		    f, where, "an earlier row says where the records are");
	w->records = name;
	return 0;
}

int
mapwhole_read(struct mapwhole *w, struct table_row *row, struct fault *f)
{
	static const char *const others[] = {"zone", "capture"};
	bool array = table_raw(row, "format").n > 0;
	bool joins = !array && table_raw(row, "from").n > 0;

	for (size_t i = 0; i < sizeof others / sizeof *others; i++) {
		if (table_raw(row, others[i]).n > 0)
			return fault_at(f, table_place(row, others[i]),
			    "the field * has none");
	}
	if ((joins || array) && table_raw(row, "when").n > 0)
		return fault_at(f, table_place(row, "when"),
		    "that holds in every record or in none");
	if (array)
		return read_array(w, row, f);
	return joins ? read_join(w, row, f) : read_marks(w, row, f);
}

void
mapwhole_release(struct mapwhole *w)
{
	marks_release(&w->marks);
	joins_release(&w->joins);
	columns_release(&w->rows);
	arena_release(&w->arena);
	*w = (struct mapwhole){0};
}
