#include "vocabulary.h"

static const struct slice incident[] = {
    SLICE("id"),
    SLICE("received"),
    SLICE("updated"),
    SLICE("channel"),
    SLICE("caller"),
    SLICE("callback"),
    SLICE("location"),
    SLICE("summary"),
    SLICE("details"),
    SLICE("category"),
    SLICE("subcategory"),
    SLICE("service"),
    SLICE("impact"),
    SLICE("urgency"),
    SLICE("affected"),
    SLICE("state"),
    SLICE("code"),
    SLICE("priority"),
    SLICE("priority_by"),
    SLICE("suggested"),
    SLICE("path"),
    SLICE("because"),
    SLICE("rules"),
    SLICE("respond_by"),
    SLICE("resolve_by"),
    SLICE("acknowledged"),
    SLICE("held"),
    SLICE("holds"),
    SLICE("vanished"),
    SLICE("resolved"),
    SLICE("closed"),
    SLICE("outcome"),
    SLICE("legal_hold"),
    SLICE("assigned"),
    SLICE("level"),
    SLICE("level_by"),
    SLICE("escalated"),
    SLICE("escalate_to"),
    SLICE("boundary"),
    SLICE("why"),
    SLICE("considered"),
    SLICE("note"),
    SLICE("for"),
    SLICE("parent"),
    SLICE("reports"),
    SLICE("status"),
    SLICE("incomplete"),
    SLICE("seq"),
    SLICE("rev"),
};

/* Of log entries, messages and receipts. */
static const struct slice others[] = {
    SLICE("at"),
    SLICE("by"),
    SLICE("source"),
    SLICE("event"),
    SLICE("nonces"),
    SLICE("chain"),
    SLICE("message"),
    SLICE("try"),
    SLICE("reason"),
    SLICE("role"),
    SLICE("party"),
    SLICE("medium"),
    SLICE("address"),
    SLICE("subject"),
    SLICE("body"),
    SLICE("tell"),
    SLICE("due"),
    SLICE("wording"),
    SLICE("route"),
    SLICE("delivery"),
    SLICE("attempts"),
    SLICE("delivered"),
    SLICE("error"),
};

static const struct slice times[] = {
    SLICE("received"),
    SLICE("updated"),
    SLICE("respond_by"),
    SLICE("resolve_by"),
    SLICE("acknowledged"),
    SLICE("held"),
    SLICE("vanished"),
    SLICE("resolved"),
    SLICE("closed"),
    SLICE("escalated"),
    SLICE("at"),
    SLICE("due"),
    SLICE("delivered"),
};

static const struct slice numbers[] = {
    SLICE("level"),
    SLICE("reports"),
    SLICE("seq"),
    SLICE("rev"),
    SLICE("try"),
    SLICE("attempts"),
};

static bool
listed(struct slice name, const struct slice *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_eq(name, list[i]))
			return true;
	}
	return false;
}

const struct slice *
vocabulary(size_t *n)
{
	*n = LEN(incident);
	return incident;
}

bool
vocabulary_has(struct slice name)
{
	return listed(name, incident, LEN(incident)) ||
	    listed(name, others, LEN(others));
}

enum column_kind
vocabulary_kind(struct slice name)
{
	if (listed(name, times, LEN(times)))
		return COLUMN_TIME;
	if (listed(name, numbers, LEN(numbers)))
		return COLUMN_NUMBER;
	return slice_is(name, "holds") ? COLUMN_HOLDS : COLUMN_TEXT;
}

void
vocabulary_add(struct columns *known)
{
	for (size_t i = 0; i < LEN(incident); i++)
		columns_add(known, incident[i]);
	for (size_t i = 0; i < LEN(others); i++)
		columns_add(known, others[i]);
}
