/*
 * Whatever stands in an export: a profile counts every row once and keeps no
 * more than it may, what is told of it does nothing to a terminal, and the
 * draft of a map loads (draft_add() itself proves that) or says why there is
 * none.  The first byte says whether the first record is a header.
 */
#include "draft.h"

#include <stdint.h>
#include <stdlib.h>

#include "csvin.h"
#include "inert.h"
#include "mem.h"
#include "portrait.h"
#include "utf8.h"

#define COLUMNS 12

static struct slice name[COLUMNS];
static struct profile profile[COLUMNS];
static size_t columns;
static struct arena arena;

static void
take(const struct slice *field, size_t n)
{
	if (columns == 0) {
		columns = n < COLUMNS ? n : COLUMNS;
		for (size_t i = 0; i < columns; i++) {
			name[i].p = arena_copy(&arena, field[i].p, field[i].n);
			name[i].n = field[i].n;
			/* Little memory, so that it is soon full. */
			profile_init(&profile[i], 100000);
		}
		return;
	}
	for (size_t i = 0; i < columns && n >= columns; i++)
		profile_see(&profile[i], field[i]);
}

static void
read_all(struct slice text)
{
	struct csvin *c = csvin_new(',', true);
	size_t n;
	int got;

	while ((got = csvin_next(c)) != CSVIN_END) {
		const struct slice *field = csvin_fields(c, &n);

		if (got == CSVIN_RECORD && utf8_is_valid(csvin_raw(c)))
			take(field, n);
		if (got != CSVIN_MORE)
			continue;
		csvin_feed(c, text);
		text.n = 0;
	}
	csvin_free(c);
}

static void
check_profile(const struct profile *p)
{
	size_t rows = p->filled, kept = 0;

	for (size_t i = 0; i < PROFILE_MARKS; i++)
		rows += p->mark[i];
	for (size_t i = 0; i < p->n; i++)
		kept += p->value[i].rows;
	if (rows != p->rows || kept != p->kept || kept > p->filled ||
	    p->n > 16 || p->shortest > p->longest ||
	    (!p->more && (kept != p->filled || p->looked.values != p->n)))
		abort();
}

static void
check_inert(struct slice text)
{
	struct buf again = {0};

	inert_add(&again, text);
	if (!slice_eq(text, buf_slice(&again)))
		abort();
	buf_release(&again);
}

static void
check_words(const struct guess *g)
{
	struct buf text = {0};

	for (size_t i = 0; i < g->n; i++) {
		for (size_t k = 0; k < PORTRAIT_CELLS; k++) {
			buf_clear(&text);
			portrait_add(&text, g, i, k);
			check_inert(buf_slice(&text));
		}
	}
	for (size_t i = 0; i < PORTRAIT_ASKS; i++) {
		buf_clear(&text);
		portrait_add_question(&text, g, i);
		check_inert(buf_slice(&text));
	}
	buf_release(&text);
}

/* Whether this is a reason why there can be no draft. */
static bool
is_known(const char *fault)
{
	return strstr(fault, "can stand in a map") != NULL ||
	    strstr(fault, "has no name") != NULL ||
	    strstr(fault, "no record") != NULL;
}

static void
check_draft(const struct guess *g, bool headless)
{
	struct draft_form form = {.file = "a\nb.csv", .headless = headless};
	struct buf text = {0};
	struct slice rest, line;
	struct fault fault = {0};

	if (draft_add(&text, g, &form, &fault) < 0) {
		if (!is_known(buf_str(&fault.text)))
			abort();
		fault_release(&fault);
		buf_clear(&text);
	}
	rest = buf_slice(&text);
	while (slice_split(&rest, '\n', &line)) {
		for (struct slice cell; slice_split(&line, '\t', &cell);)
			check_inert(cell);
	}
	buf_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct guess g = {0};

	if (size == 0)
		return 0;
	columns = 0;
	read_all((struct slice){(const char *)data + 1, size - 1});
	guess_make(&g, name, profile, columns);
	for (size_t i = 0; i < columns; i++)
		check_profile(&profile[i]);
	check_words(&g);
	check_draft(&g, data[0] % 2 != 0);
	guess_release(&g);
	for (size_t i = 0; i < columns; i++)
		profile_release(&profile[i]);
	arena_release(&arena);
	return 0;
}
