#include "survey.h"

#include <stdlib.h>
#include <string.h>

#include "means.h"
#include "schema.h"

/* ---- faults become findings ---- */

/* The table that a file is, "wording" for words, or an empty slice. */
static struct slice
table_of(struct slice file)
{
	struct slice rest = file, part, base = {"", 0}, table;

	while (slice_split(&rest, '/', &part)) {
		if (slice_is(base, "wording"))
			return base;
		base = part;
	}
	return schema_file(base, &table) == SCHEMA_TABLE
	    ? table
	    : (struct slice){"", 0};
}

/* Where something stands that no file has. */
static struct place
nowhere(const struct survey *s)
{
	return (struct place){.file = s->pack->dir[0]};
}

/* Turns what was kept into findings, and collects which tables have faults. */
static void
take(struct survey *s, struct faults *faults, struct columns *broken)
{
	for (size_t i = 0; i < faults->n; i++) {
		const struct fault *f = &faults->fault[i];
		struct slice table = table_of(fault_file(f));

		if (table.n > 0)
			columns_add(broken, table);
		findings_add_fault(&s->found,
		    f->line > 0 ? catalogue_of_table(table) : FOUND_PACK,
		    nowhere(s), f);
	}
	if (faults->more)
		findings_add(&s->found, FOUND_PACK, nowhere(s),
		    "more than %d faults: what else there is comes to light "
		    "when these are put right",
		    FAULTS_MOST);
	faults_release(faults);
}

/* Whether none of the tables in a list is broken. */
static bool
all_sound(const struct columns *broken, const char *tables)
{
	for (size_t i = 0; i < broken->n; i++) {
		if (slice_has_word(slice_of(tables), broken->name[i]))
			return false;
	}
	return true;
}

/* What rests on a broken table is not to be looked at more closely. */
static void
doubt(struct survey *s, const struct columns *broken)
{
	s->sound.decision = s->sound.decision &&
	    all_sound(broken, "triage targets calendars holidays fields");
	s->sound.call = s->sound.call && all_sound(broken, "call fields");
	s->sound.boundaries = s->sound.boundaries &&
	    all_sound(broken,
		"escalation levels targets calendars holidays "
		"roster directory fields");
	s->sound.recipients = s->sound.recipients &&
	    all_sound(broken, "channels directory roster levels");
	s->sound.means = s->sound.means && all_sound(broken, "channels");
	s->sound.routes = s->sound.routes && s->sound.recipients &&
	    all_sound(broken, "routes targets fields codes wording");
}

/* ---- loading ---- */

/* Keeps the fault, if loading ended with one, and returns whether not. */
static bool
went_well(int result, struct fault *f)
{
	if (result < 0)
		fault_keep(f);
	return result >= 0;
}

static void
load_form(struct survey *s, struct fault *f)
{
	struct table *t;
	int got = pack_table(s->pack, "fields", &t, f);

	if (got > 0)
		got = form_load(&s->form, t, f);
	if (got >= 0)
		got = form_bind(&s->form, &s->none, &s->pack->known, f);
	went_well(got, f);
}

static void
load_codes(struct survey *s, struct fault *f)
{
	struct table *t;
	int got = pack_table(s->pack, "codes", &t, f);

	if (got > 0)
		got = codes_load(&s->codes, t, f);
	went_well(got, f);
}

/* Notes that a program can't work with this pack; returns whether it can. */
static bool
has_table(struct survey *s, const char *name, const char *program)
{
	struct fault f = {0};
	struct table *t;
	int got = pack_table(s->pack, name, &t, &f);

	if (got == 0)
		findings_add(&s->found, FOUND_NO_TABLE, nowhere(s),
		    "no table '%s', so %s can't work with this pack", name,
		    program);
	fault_release(&f);
	return got != 0;
}

static void
load_decision(struct survey *s, struct fault *f)
{
	struct columns out = {0};
	int result;

	if (!has_table(s, "triage", "inc-triage"))
		return;
	result = decision_load(&s->decision, s->pack, NULL, f);
	if (result == 0)
		result = decision_bind(
		    &s->decision, &s->none, &out, &s->pack->known, f);
	s->sound.decision = went_well(result, f);
	columns_release(&out);
}

static void
load_call(struct survey *s, struct fault *f)
{
	struct table *t;
	int got = pack_table(s->pack, "call", &t, f);

	if (got > 0) {
		s->call = tree_new(t, f);
		got = s->call == NULL
		    ? -1
		    : tree_bind(s->call, &s->none, &s->pack->known, f);
	}
	s->sound.call = went_well(got, f) && s->call != NULL;
}

static void
load_boundaries(struct survey *s, struct fault *f)
{
	int result;

	if (!has_table(s, "escalation", "inc-escalate"))
		return;
	result = boundaries_load(&s->boundaries, s->pack, f);
	if (result == 0)
		result = boundaries_bind(
		    &s->boundaries, &s->none, &s->pack->known, f);
	s->sound.boundaries = went_well(result, f);
}

/* Binds routes and words, those of summaries to columns of their own too. */
static int
bind_routes(struct survey *s, struct fault *f)
{
	const struct columns *known = &s->pack->known;

	columns_add(&s->summary, slice_of("count"));
	columns_add(&s->summary, slice_of("ids"));
	if (routes_bind(&s->routes, &s->none, known, f) < 0)
		return -1;
	return routes_bind_summary(&s->routes, &s->summary, known, f);
}

static void
load_routes(struct survey *s, struct fault *f)
{
	struct calendars *calendars = &s->occasions.targets.calendars;
	int result;

	if (!has_table(s, "routes", "inc-notify"))
		return;
	if (!went_well(occasions_load(&s->occasions, s->pack, f), f))
		return;
	result = recipients_load(&s->recipients, s->pack, calendars, f);
	s->sound.recipients = went_well(result, f);
	if (result < 0)
		return;
	result = routes_load(
	    &s->routes, s->pack, &s->recipients.directory, calendars, f);
	if (result == 0 &&
	    (recipients_check(&s->recipients, &s->routes, f) < 0 ||
		bind_routes(s, f) < 0))
		result = -1;
	s->sound.routes = went_well(result, f);
}

/* How media hand messages over. */
static void
load_means(struct survey *s, struct fault *f)
{
	struct means_list means = {0};
	struct table *t;
	int got = pack_table(s->pack, "channels", &t, f);

	if (got > 0)
		got = means_load(&means, t, f);
	s->sound.means = went_well(got, f);
	means_release(&means);
}

/* The group of a row. */
static size_t
group_of(struct survey *s, const char *table, struct table_row *row)
{
	const char *column = strcmp(table, "routes") == 0 ? "reason" : "node";
	struct buf name = {0};
	size_t group;

	buf_addf(&name, "%s\t", table);
	buf_add_slice(&name, table_text(row, column));
	group = columns_add(&s->groups, buf_slice(&name));
	buf_release(&name);
	return group;
}

/* Takes a condition in, unless it can't be read. */
static void
add_condition(struct survey *s, const char *table, struct table_row *row,
    const char *column, struct fault *f)
{
	struct place where = table_place(row, column);
	struct slice cell = table_raw(row, column);
	struct when *when = when_parse(cell, where, f);

	if (when == NULL || when_bind(when, &s->none, &s->pack->known, f) < 0)
		fault_keep(f);
	if (when == NULL)
		return;
	s->condition =
	    mem_grow(s->condition, s->n, &s->cap, sizeof *s->condition);
	s->condition[s->n++] = (struct survey_condition){
	    table, row, where, when, group_of(s, table, row)};
}

/*
 * All conditions of all tables, also of those that no program loads yet; and
 * with them, whether the columns of these are right.
 */
static void
load_conditions(struct survey *s, struct fault *f)
{
	size_t n;
	const struct schema *all = schema_list(&n);

	for (size_t i = 0; i < n; i++) {
		const char *name = all[i].table;
		bool fields = strcmp(name, "fields") == 0;
		const char *column = fields ? "required" : "when";
		struct table *t;
		int got = pack_table(s->pack, name, &t, f);

		if (got < 0)
			fault_keep(f);
		if (got <= 0 ||
		    columns_find(&t->columns, slice_of(column)) == COLUMNS_NONE)
			continue;
		for (size_t k = 0; k < t->n; k++) {
			if (!fields || table_raw(&t->row[k], column).n > 0)
				add_condition(s, name, &t->row[k], column, f);
		}
	}
}

void
survey_load(struct survey *s, struct pack *pack, struct faults *faults)
{
	struct fault f = {.kept = faults};
	struct columns broken = {0};

	s->pack = pack;
	if (pack_learn_outputs(pack, &f) < 0)
		fault_keep(&f);
	load_form(s, &f);
	load_codes(s, &f);
	load_decision(s, &f);
	load_call(s, &f);
	load_boundaries(s, &f);
	load_routes(s, &f);
	load_means(s, &f);
	load_conditions(s, &f);
	take(s, faults, &broken);
	doubt(s, &broken);
	columns_release(&broken);
	fault_release(&f);
}

struct table *
survey_table(struct survey *s, const char *name)
{
	struct fault f = {0};
	struct table *t;
	int got = pack_table(s->pack, name, &t, &f);

	fault_release(&f);
	return got > 0 ? t : NULL;
}

void
survey_intricate(struct survey *s, struct place where)
{
	findings_add(&s->found, FOUND_UNCOMPARED, where,
	    "too intricate to tell all that follows from it");
}

void
survey_release(struct survey *s)
{
	findings_release(&s->found);
	form_release(&s->form);
	codes_release(&s->codes);
	decision_release(&s->decision);
	tree_free(s->call);
	boundaries_release(&s->boundaries);
	occasions_release(&s->occasions);
	routes_release(&s->routes);
	recipients_release(&s->recipients);
	columns_release(&s->none);
	columns_release(&s->summary);
	columns_release(&s->groups);
	for (size_t i = 0; i < s->n; i++)
		when_free(s->condition[i].when);
	free(s->condition);
	*s = (struct survey){0};
}
