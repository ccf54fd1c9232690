#ifndef INC_CHANGES_H
#define INC_CHANGES_H

#include <stdbool.h>
#include <stddef.h>

#include "incident.h"

/*
 * What one row says differently: columns and their new values, which become
 * the fields of an entry.  Values are borrowed.  All zero is empty.
 */
struct changes {
	size_t *column;      /* places in incidents.columns */
	struct slice *value; /* as on disk; \N clears */
	size_t n, cap;
};

/* Makes room for one more; for changes_add() alone. */
void changes_grow(struct changes *c);

/* Adds a change, of a column that has none; an empty value clears. */
static inline void
changes_add(struct changes *c, size_t column, struct slice value)
{
	if (c->n == c->cap)
		changes_grow(c);
	c->column[c->n] = column;
	c->value[c->n++] = value.n > 0 ? value : (struct slice)SLICE("\\N");
}

/* The same in place of the column's change where it has one. */
void changes_put(struct changes *c, size_t column, struct slice value);

/* Whether the changes give a column a value. */
bool changes_set(const struct changes *c, size_t column);

/*
 * Fills record, by place in all->columns, with what holds for an incident
 * (NULL: a new one) once the changes are made by an entry with this updated.
 * Returns the event that this is.
 */
struct slice changes_preview(const struct changes *c,
    const struct incidents *all, const struct incident *in,
    struct stamp updated, struct slice *record);

void changes_release(struct changes *c);

#endif
