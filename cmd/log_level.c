/*
 * A level that a person sets at the desk, as inc-escalate(1) with --level does
 * it for many.
 */
#include <stdlib.h>

#include "boundary.h"
#include "diag.h"
#include "judge.h"
#include "log.h"
#include "mem.h"

/* The level of a text, above the one that holds; NULL after saying why not. */
static const struct level *
higher(const struct levels *levels, const char *text, struct slice holds)
{
	const struct level *found = levels_find(levels, slice_of(text));
	const struct level *present = levels_find(levels, holds);
	struct buf choices = {0};

	if (found == NULL) {
		levels_add_choices(levels, &choices);
		diag_say(STATUS_FAILED, "no level '%s': there are %s", text,
		    buf_str(&choices));
		buf_release(&choices);
	} else if (present != NULL && found->number <= present->number) {
		diag_say(STATUS_FAILED,
		    "level %llu is no higher than %llu, which it is at: "
		    "stand-down lowers it",
		    found->number, present->number);
		found = NULL;
	}
	return found;
}

/* Sets the level in the fields, with what goes with it. */
static void
put(struct log_work *w, struct fields *f, size_t place, struct judge *judge,
    const struct boundaries *b, const struct level *level, struct slice why)
{
	const struct incidents *all = &w->book.ledger.incidents;
	struct columns columns = {0};
	struct slice *field;

	columns_add_all(&columns, &all->columns);
	for (size_t i = 0; i < JUDGE_COLUMNS; i++)
		columns_add(&columns, slice_of(judge_columns[i]));
	field = mem_new(columns.n, sizeof *field);
	for (size_t i = 0; i < columns.n; i++)
		field[i] = incident_value(&all->list[place], i);
	judge_start(judge, b, &columns);
	judge_person(judge, field, level, why);
	for (size_t i = 0; i < JUDGE_COLUMNS; i++) {
		struct slice name = slice_of(judge_columns[i]);
		struct slice value = field[columns_find(&columns, name)];

		fields_put(f, name,
		    field_is_set(value) ? value : (struct slice){"", 0});
	}
	judge_release(judge);
	columns_release(&columns);
	free(field);
}

int
log_put_level(struct log_work *w, struct fields *f, size_t place,
    struct stamp when, const char *text, struct slice why)
{
	const struct incidents *all = &w->book.ledger.incidents;
	struct judge judge = {.crossings = {.when = {.now = when}}};
	const struct level *level;
	struct boundaries b = {0};
	struct fault fault = {0};
	struct columns known = {0};
	int result = -1;

	if (!w->has_pack) {
		diag_say(
		    STATUS_FAILED, "there are no levels without procedures");
		return -1;
	}
	columns_add_all(&known, &all->columns);
	if (boundaries_load(&b, &w->pack, &fault) < 0 ||
	    pack_learn_outputs(&w->pack, &fault) < 0 ||
	    boundaries_bind(&b, &known, &w->pack.known, &fault) < 0) {
		log_say(&fault);
	} else {
		level = text != NULL
		    ? higher(&b.levels, text,
			  incidents_value(all, &all->list[place], "level"))
		    : &b.levels.level[0];
		if (level != NULL) {
			put(w, f, place, &judge, &b, level, why);
			result = 0;
		}
	}
	boundaries_release(&b);
	columns_release(&known);
	fault_release(&fault);
	return result;
}
