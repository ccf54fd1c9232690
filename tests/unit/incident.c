#include "incident.h"

#include "buf.h"
#include "chance.h"
#include "folds.h"

static struct slice
value(const char *id, const char *column)
{
	size_t place = incidents_find(&all, slice_of(id));

	return incident_value(
	    &all.list[place], columns_find(&all.columns, slice_of(column)));
}

static void
the_latest_updated_holds_then_the_latest_entry(void)
{
	start();
	fold("A", 10, "state", "ten");
	fold("A", 5, "state", "five");
	CHECK_SLICE(value("A", "state"), "ten");
	fold("A", 10, "state", "ten again");
	CHECK_SLICE(value("A", "state"), "ten again");
	CHECK(incident_updated(&all.list[0]).s == 10);
	CHECK(incident_rev(&all.list[0]) == 3);
}

static void
an_empty_field_says_nothing_and_a_mark_clears(void)
{
	start();
	fold("A", 1, "state", "x");
	fold("A", 2, "state", "");
	CHECK_SLICE(value("A", "state"), "x");
	fold("A", 3, "state", "\\N");
	CHECK_SLICE(value("A", "state"), "");
	fold("A", 2, "state", "late");
	CHECK_SLICE(value("A", "state"), "");
}

static void
what_held_at_an_earlier_entry_is_remembered(void)
{
	const struct incident *in;

	start();
	fold("A", 1, "state", "one");
	fold("A", 3, "state", "three");
	fold("A", 2, "state", "two");
	fold("A", 4, "state", "\\N");
	in = &all.list[0];
	CHECK_SLICE(incident_value_at(in, 0, 1), "one");
	CHECK_SLICE(incident_value_at(in, 0, 2), "three");
	CHECK_SLICE(incident_value_at(in, 0, 3), "three");
	CHECK_SLICE(incident_value_at(in, 0, 4), "");
	CHECK(incident_said(in, 0) == 4);
	CHECK(incident_yields(in, 0, (struct stamp){4, 0}));
	CHECK(!incident_yields(in, 0, (struct stamp){3, 0}));
}

static void
messages_make_no_incident_and_change_no_column(void)
{
	start();
	fold("A", 1, "state", "one");
	fold_as("notified", "B", 0, "state", "x");
	CHECK(incidents_find(&all, slice_of("B")) == DICT_NONE);
	fold_as("notified", "A", 0, "state", "x");
	CHECK_SLICE(value("A", "state"), "one");
	CHECK(incident_rev(&all.list[0]) == 3);
}

static void
holds_are_folded_in_the_order_of_updated(void)
{
	struct buf out = {0};

	start();
	fold("A", 300, "held", "\\N");
	fold("A", 100, "held", "1970-01-01T00:01:40Z");
	fold("A", 200, "held", "1970-01-01T00:03:20Z");
	fold("A", 400, "held", "1970-01-01T00:06:40Z");
	incident_holds(&all.list[0],
	    slice_of("1970-01-01T00:00:01Z/1970-01-01T00:00:02Z "
		     "1970-01-01T00:01:40Z/ nonsense"),
	    &out);
	CHECK_SLICE(buf_slice(&out),
	    "1970-01-01T00:00:01Z/1970-01-01T00:00:02Z "
	    "1970-01-01T00:01:40Z/1970-01-01T00:05:00Z "
	    "1970-01-01T00:06:40Z/ nonsense");
	buf_release(&out);
}

static void
clocks_stand_while_it_is_held_or_vanished(void)
{
	struct buf out = {0};

	start();
	CHECK(!incidents_stand(&all));
	fold("A", 100, "held", "1970-01-01T00:01:40Z");
	fold("A", 150, "vanished", "1970-01-01T00:02:30Z");
	CHECK(incidents_stand(&all));
	fold("A", 200, "held", "\\N");
	fold("A", 300, "vanished", "\\N");
	/* Said later, it began earlier. */
	fold("A", 400, "vanished", "1970-01-01T00:06:40Z");
	fold("A", 410, "held", "1970-01-01T00:06:30Z");
	fold("A", 500, "vanished", "\\N");
	incident_holds(&all.list[0], slice_of(""), &out);
	CHECK_SLICE(buf_slice(&out),
	    "1970-01-01T00:01:40Z/1970-01-01T00:05:00Z "
	    "1970-01-01T00:06:30Z/");
	buf_release(&out);
}

static void
holds_that_touch_are_one(void)
{
	struct buf out = {0};

	start();
	/* Held again, as if nobody had resumed it. */
	fold("A", 100, "held", "1970-01-01T00:01:40Z");
	fold("A", 200, "held", "\\N");
	fold("A", 300, "held", "1970-01-01T00:01:40Z");
	fold("A", 400, "held", "\\N");
	/* All at one time: the clock may have gone back. */
	fold("A", 500, "vanished", "1970-01-01T00:08:20Z");
	fold("A", 500, "vanished", "\\N");
	fold("A", 500, "vanished", "1970-01-01T00:08:20Z");
	incident_holds(&all.list[0], slice_of(""), &out);
	CHECK_SLICE(buf_slice(&out),
	    "1970-01-01T00:01:40Z/1970-01-01T00:06:40Z "
	    "1970-01-01T00:08:20Z/");
	buf_release(&out);
}

static void
columns_of_the_log_itself_are_no_incident_s(void)
{
	start();
	CHECK(incidents_column(&all, slice_of("id")) == COLUMNS_NONE);
	CHECK(incidents_column(&all, slice_of("rev")) == COLUMNS_NONE);
	CHECK(incidents_column(&all, slice_of("chain")) == COLUMNS_NONE);
	CHECK(incidents_column(&all, slice_of("why")) == 0);
}

#define COLUMNS 5
#define ENTRIES 24
#define TIMES 6

/* What was said, entry by entry, as the plain way keeps it. */
struct told {
	int64_t updated;
	bool own;
	const char *value[COLUMNS]; /* as on disk */
};

/* Folds one of n entries, its fields in some order. */
static void
fold_told(const struct told *told, size_t at)
{
	struct slice field[COLUMNS];
	size_t column[COLUMNS], shift = chance(COLUMNS);

	for (size_t i = 0; i < COLUMNS; i++) {
		column[i] = (i + shift) % COLUMNS;
		field[i] = slice_of(told[at].value[column[i]]);
	}
	CHECK(incidents_fold(&all,
		  &(struct entry){.seq = at + 1,
		      .updated = {told[at].updated, 0},
		      .id = slice_of("A"),
		      .event = slice_of("updated"),
		      .own = told[at].own,
		      .field = field,
		      .column = column,
		      .n = COLUMNS}) == 0);
}

/*
 * The entry of the first n, told up to a time, that decides what holds in a
 * column, or NULL.
 */
static const struct told *
decides(const struct told *told, size_t n, size_t column, int64_t until)
{
	const struct told *best = NULL;

	for (size_t i = 0; i < n; i++) {
		if (told[i].updated <= until && *told[i].value[column] != 0 &&
		    (best == NULL || told[i].updated >= best->updated))
			best = &told[i];
	}
	return best;
}

static const char *
text_of(const struct told *told, size_t column)
{
	return told == NULL || strcmp(told->value[column], "\\N") == 0
	    ? ""
	    : told->value[column];
}

/* Compares what holds after n entries. */
static void
check_now(const struct told *told, size_t n)
{
	const struct incident *in = &all.list[0];
	struct slice value[COLUMNS + 1];

	incident_values(in, value, COLUMNS + 1);
	CHECK(value[COLUMNS].n == 0);
	for (size_t c = 0; c < COLUMNS; c++) {
		const struct told *by = decides(told, n, c, TIMES);

		CHECK_SLICE(incident_value(in, c), text_of(by, c));
		CHECK_SLICE(value[c], text_of(by, c));
		CHECK(incident_said(in, c) ==
		    (by != NULL ? (uint64_t)(by - told) + 1 : 0));
		for (int64_t t = 0; t < TIMES; t++)
			CHECK(incident_yields(in, c, (struct stamp){t, 0}) ==
			    (by == NULL || t >= by->updated));
	}
}

/* Compares what held before, after n entries. */
static void
check_then(const struct told *told, size_t n)
{
	const struct incident *in = &all.list[0];

	for (size_t c = 0; c < COLUMNS; c++) {
		for (size_t rev = 0; rev <= n; rev++)
			CHECK_SLICE(incident_value_at(in, c, rev),
			    text_of(decides(told, rev, c, TIMES), c));
		for (int64_t t = -1; t < TIMES; t++) {
			const struct told *by = decides(told, n, c, t);
			bool own;

			CHECK_SLICE(incident_value_on(
					in, c, (struct stamp){t, 0}, &own),
			    text_of(by, c));
			CHECK(own == (by != NULL && by->own));
		}
	}
	for (size_t rev = 1; rev <= n; rev++) {
		int64_t latest = 0;

		for (size_t i = 0; i < rev; i++)
			latest =
			    told[i].updated > latest ? told[i].updated : latest;
		CHECK(incident_updated_at(in, rev).s == latest);
	}
	CHECK(incident_rev(in) == n);
}

static void
entries_in_any_order_are_folded_as_by_looking_at_each(void)
{
	static const char *const values[] = {
	    "", "", "a", "b", "longer than those", "\\N"};
	static const char *const names[COLUMNS] = {
	    "state", "held", "closed", "note", "level"};

	for (size_t run = 0; run < 400; run++) {
		struct told told[ENTRIES];

		start();
		all.remember = run % 2 == 0;
		for (size_t c = 0; c < COLUMNS; c++)
			incidents_column(&all, slice_of(names[c]));
		for (size_t n = 0; n < ENTRIES; n++) {
			told[n].updated = (int64_t)chance(TIMES);
			told[n].own = chance(2) > 0;
			for (size_t c = 0; c < COLUMNS; c++)
				told[n].value[c] = values[chance(LEN(values))];
			fold_told(told, n);
			check_now(told, n + 1);
			if (all.remember)
				check_then(told, n + 1);
		}
	}
}

static void
many_incidents_of_many_columns_keep_what_they_are_told(void)
{
	char id[32], name[32], text[32];

	start();
	for (size_t i = 0; i < 3000; i++) {
		snprintf(id, sizeof id, "I%zu", i * 7919 % 1000);
		snprintf(name, sizeof name, "c%zu", i * 31 % 41);
		snprintf(text, sizeof text, "v%zu", i);
		fold(id, (int64_t)i, name, text);
	}
	CHECK(all.n == 1000);
	for (size_t i = 0; i < 3000; i++) {
		snprintf(id, sizeof id, "I%zu", i * 7919 % 1000);
		snprintf(name, sizeof name, "c%zu", i * 31 % 41);
		snprintf(text, sizeof text, "v%zu", i);
		CHECK_SLICE(value(id, name), text);
	}
}

int
main(void)
{
	RUN(the_latest_updated_holds_then_the_latest_entry);
	RUN(an_empty_field_says_nothing_and_a_mark_clears);
	RUN(what_held_at_an_earlier_entry_is_remembered);
	RUN(messages_make_no_incident_and_change_no_column);
	RUN(holds_are_folded_in_the_order_of_updated);
	RUN(clocks_stand_while_it_is_held_or_vanished);
	RUN(holds_that_touch_are_one);
	RUN(entries_in_any_order_are_folded_as_by_looking_at_each);
	RUN(many_incidents_of_many_columns_keep_what_they_are_told);
	RUN(columns_of_the_log_itself_are_no_incident_s);
	incidents_release(&all);
	return test_done();
}
