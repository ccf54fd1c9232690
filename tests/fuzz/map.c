/*
 * The first line of the input is the rules of a map, with ';' for a line end
 * and '|' for a tab; the rest is an export.  A map that loads makes rows that
 * can be written: as many fields as columns, each readable and the same when
 * read and written again.
 */
#include "map.h"

#include <stdint.h>
#include <stdlib.h>

#include "csvin.h"
#include "escape.h"
#include "maprow.h"

#define HEADER "field\twhen\tfrom\tvalue\tformat\tzone\tcapture\n"

static struct map *
read_map(struct slice rules, struct fault *f)
{
	struct buf text = {0};
	struct map *m;

	buf_add_str(&text, HEADER);
	for (size_t i = 0; i < rules.n; i++) {
		char c = rules.p[i];

		buf_add_char(&text, c == ';' ? '\n' : c == '|' ? '\t' : c);
	}
	m = map_read("map", buf_slice(&text), NULL, f);
	buf_release(&text);
	return m;
}

static void
check_field(struct slice field)
{
	struct buf text = {0}, again = {0};

	unescape_add(&text, field);
	escape_add(&again, buf_slice(&text));
	if (!slice_eq(field, buf_slice(&again)))
		abort();
	buf_release(&text);
	buf_release(&again);
}

static void
make_rows(struct csvin *c, const struct map *m)
{
	struct maprow row;
	size_t n, line = 1;
	int got;

	maprow_init(&row, m);
	while ((got = csvin_next(c)) != CSVIN_END) {
		const struct slice *cell = csvin_fields(c, &n);

		if (got == CSVIN_MORE)
			csvin_feed(c, (struct slice){"", 0});
		if (got != CSVIN_RECORD || n != m->n_in)
			continue;
		cell = maprow_make(&row, cell, !escape_needed(csvin_raw(c)),
		    (struct place){"export", line++, 0});
		for (size_t i = 0; i < m->out.n; i++)
			check_field(cell[i]);
	}
	maprow_release(&row);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size}, rules = {0};
	struct fault fault = {0};
	struct csvin *c = csvin_new(',', true);
	struct map *m;
	size_t n;

	slice_split(&text, '\n', &rules);
	m = read_map(rules, &fault);
	csvin_feed(c, text.p != NULL ? text : (struct slice){"", 0});
	if (m != NULL && csvin_next(c) == CSVIN_RECORD) {
		const struct slice *name = csvin_fields(c, &n);
		struct slice *copy = calloc(n, sizeof *copy);

		for (size_t i = 0; copy != NULL && i < n; i++)
			copy[i] = name[i];
		if (copy != NULL &&
		    map_bind(m, copy, n, (struct place){"export", 1, 0},
			&fault) == 0)
			make_rows(c, m);
		free(copy);
	}
	map_free(m);
	csvin_free(c);
	fault_release(&fault);
	return 0;
}
