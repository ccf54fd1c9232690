#ifndef INC_TEST_ESCALATION_H
#define INC_TEST_ESCALATION_H

#include "boundary.h"
#include "dir.h"
#include "mem.h"
#include "named.h"

/* Boundaries of this test alone, and the pack that they are in. */
static struct pack pack;
static struct boundaries boundaries;

/* The header of the table. */
#define HEAD                                                                   \
	"boundary\twhen\tfrom\tafter\tcalendar\tuntil\tdirection\tlevel\trole" \
	"\trepeat\tnote\n"

/* Makes the directory of the pack, with what boundaries refer to. */
static inline void
pack_begin(void)
{
	dir_begin();
	dir_put("pack.tsv", "name\nunit\n");
	dir_put(
	    "levels.tsv", "level\trole\n0\tdesk\n1\tduty\n2\thead\n3\tgold\n");
	dir_put("targets.tsv",
	    "priority\trespond\tresolve\nP1\t15m\t4h\nP2\t1h\t8h\nP3\t4h\t\n"
	    "P4\t\t\n");
}

/* Loads boundaries of these rows. */
static inline void
boundaries_begin(const char *rows)
{
	struct buf text = {0};
	struct fault f = {0};

	buf_addf(&text, HEAD "%s", rows);
	dir_put("escalation.tsv", buf_str(&text));
	CHECK(pack_open(&pack, dir, "/nowhere", &f) == 0);
	CHECK(boundaries_load(&boundaries, &pack, &f) == 0);
	CHECK_SLICE(buf_slice(&f.text), "");
	fault_release(&f);
	buf_release(&text);
}

static inline void
boundaries_use(const struct columns *columns)
{
	struct fault f = {0};

	CHECK(boundaries_bind(&boundaries, columns, &pack.known, &f) == 0);
	CHECK_SLICE(buf_slice(&f.text), "");
	fault_release(&f);
}

static inline void
boundaries_end(void)
{
	boundaries_release(&boundaries);
	pack_release(&pack);
}

/*
 * Sets the fields of a record, in columns, from "name=value;name=value"; times
 * may be short: "09:00" is one of 2026-03-02.
 */
static inline void
record(const struct columns *columns, const char *text, struct slice *field,
    struct arena *a)
{
	struct slice rest = slice_of(text), pair, name;

	for (size_t i = 0; i < columns->n; i++)
		field[i] = (struct slice){"", 0};
	while (text[0] != '\0' && slice_split(&rest, ';', &pair)) {
		struct buf b = {0};
		size_t k;

		slice_split(&pair, '=', &name);
		k = columns_find(columns, name);
		CHECK(k != COLUMNS_NONE);
		if (pair.n == 5 && pair.p[2] == ':')
			buf_addf(&b, "2026-03-02T%.*s:00Z", SLICE_ARG(pair));
		else
			buf_add_slice(&b, pair);
		field[k] = (struct slice){arena_copy(a, b.p, b.n), b.n};
		buf_release(&b);
	}
}

#endif
