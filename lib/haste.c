#include "haste.h"

/* The place of a priority's cell in the table targets. */
static struct place
place_of(struct survey *s, struct slice priority)
{
	struct table *t = survey_table(s, "targets");

	for (size_t i = 0; t != NULL && i < t->n; i++) {
		if (slice_eq(table_text(&t->row[i], "priority"), priority))
			return table_place(&t->row[i], "respond");
	}
	return (struct place){0};
}

void
haste_check(struct survey *s)
{
	const struct targets *t = &s->decision.targets;

	for (size_t i = 0; s->sound.decision && i < t->n; i++) {
		struct limit respond = t->target[i].limit[TARGET_RESPOND];
		struct limit resolve = t->target[i].limit[TARGET_RESOLVE];
		struct buf text = {0};

		/* Limits of two kinds, as 5wd and 10cd, can't be compared. */
		if (respond.kind != resolve.kind || respond.n <= resolve.n)
			continue;
		limit_add(&text, respond);
		buf_add_str(&text, " to be taken, and ");
		limit_add(&text, resolve);
		findings_add(&s->found, FOUND_HASTE,
		    place_of(s, t->target[i].priority),
		    "'%.*s' has %s to be put right",
		    SLICE_ARG(t->target[i].priority), buf_str(&text));
		buf_release(&text);
	}
}
