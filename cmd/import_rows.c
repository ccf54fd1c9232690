/*
 * The rows of an import: record after record is mapped and written, by one or
 * by several (station.h).  Where a record ends depends on the quotes before it:
 * so one worker at a time finds records and copies them.
 */
#include "import_rows.h"

#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "maprow.h"
#include "mem.h"
#include "rules.h"

/* One who maps records. */
struct mapper {
	struct station *station;
	struct sheet *sheet;
	struct maprow row;
};

/* A worker, with a share of the records and a station of his own. */
struct worker {
	struct mapper mapper;
	struct station station;
	struct sheet sheet;
};

struct crew_of_mappers {
	struct import *import;
	struct mapper *chief; /* he keeps the notes of all */
	struct worker *worker;
};

static void
say_limit(void *ctx, const struct fault *f)
{
	const struct maprow *row = ctx;

	rules_say_limit(f, row->where.file, row->where.line);
}

static void
start(struct mapper *m, const struct import *w, struct station *station,
    struct sheet *sheet)
{
	m->station = station;
	m->sheet = sheet;
	maprow_init(&m->row, w->map);
	m->row.report = say_limit;
	m->row.ctx = &m->row;
	m->row.now = w->now;
}

/* Maps a record, or sets it aside. */
static void
map_record(struct mapper *m, int got, size_t columns)
{
	const struct sheet *s = m->sheet;
	struct stream_writer *out = &m->station->out;
	struct place where = {.file = s->file, .line = s->line};

	if (got == SHEET_BAD)
		station_reject(m->station, &s->fault, s->file, s->line, s->row);
	else if (stream_writer_row(out,
		     maprow_make(&m->row, s->field, sheet_is_plain(s), where),
		     columns) < 0)
		station_fail(m->station, &out->out.fault);
}

/* Maps record after record of a sheet. */
static void
map_all(struct mapper *m, size_t columns)
{
	int got = SHEET_ROW;

	while (!m->station->failed && (got = sheet_next(m->sheet)) > SHEET_END)
		map_record(m, got, columns);
	if (got == SHEET_FAILED)
		station_fail(m->station, &m->sheet->fault);
}

/* ---- several workers ---- */

/* Parts: how many more, the first of them. */
static int
add_to_note(void *note, const struct slice *part)
{
	struct maprow_note *to = note;
	size_t count;

	memcpy(&count, part[0].p, sizeof count);
	if (to->count == 0)
		buf_add_slice(&to->first, part[1]);
	to->count += count;
	return 1;
}

/* Hands a worker's note on, so that he starts anew. */
static void
hand_on(struct mapper *m, struct maprow_note *note, struct maprow_note *to)
{
	const struct slice part[] = {
	    {(const char *)&note->count, sizeof note->count},
	    buf_slice(&note->first)};

	if (note->count > 0)
		station_in_turn(m->station, add_to_note, to, part, 2);
	note->count = 0;
	buf_clear(&note->first);
}

static int
take(void *ctx, size_t worker, const struct fault **fault)
{
	struct crew_of_mappers *c = ctx;

	*fault = &c->import->sheet.fault;
	return sheet_take(&c->import->sheet, &c->worker[worker].sheet);
}

/* Block after block. */
static void
serve(void *ctx, struct station *station)
{
	struct crew_of_mappers *c = ctx;
	struct mapper *m = &c->worker[station->worker].mapper;
	size_t columns = c->import->map->out.n;

	while (station_next(station)) {
		map_all(m, columns);
		for (size_t i = 0; i < columns; i++) {
			hand_on(m, &m->row.unread[i], &c->chief->row.unread[i]);
			hand_on(
			    m, &m->row.shifted[i], &c->chief->row.shifted[i]);
		}
	}
}

/* Has it done by n workers. */
static void
share(struct import *w, struct mapper *chief, size_t n)
{
	struct crew_of_mappers c = {w, chief, mem_new(n, sizeof *c.worker)};
	struct station_work all = {
	    mem_new(n, sizeof(struct station *)), take, serve, &c};

	for (size_t i = 0; i < n; i++) {
		struct worker *own = &c.worker[i];

		sheet_share(&own->sheet, &w->sheet);
		start(&own->mapper, w, &own->station, &own->sheet);
		all.station[i] = &own->station;
	}
	station_share(&w->station, n, &all);
	for (size_t i = 0; i < n; i++) {
		maprow_release(&c.worker[i].mapper.row);
		sheet_release(&c.worker[i].sheet);
	}
	free(c.worker);
	free(all.station);
}

/* ---- all of it ---- */

void
import_say_encoding(const struct sheet *s)
{
	if (s->not_utf8 > 0)
		diag_notice("where the export is of another encoding, "
			    "--encoding names it, as in --encoding cp1252");
}

/* Says what could not be read as it should. */
static void
summarise(const struct import *w, struct maprow *row)
{
	import_say_encoding(&w->sheet);
	for (size_t i = 0; i < w->map->out.n; i++) {
		struct maprow_note *unread = &row->unread[i];
		struct maprow_note *shifted = &row->shifted[i];

		if (unread->count > 0)
			diag_say(STATUS_PARTIAL,
			    "%s (%zu row%s: left empty, the value is kept in "
			    "'%s')",
			    buf_str(&unread->first), unread->count,
			    unread->count == 1 ? "" : "s", MAP_UNREAD);
		if (shifted->count > 0)
			diag_notice("%s (%zu row%s: read as the first "
				    "instant that it can mean)",
			    buf_str(&shifted->first), shifted->count,
			    shifted->count == 1 ? "" : "s");
	}
}

void
import_rows(struct import *w, size_t jobs)
{
	struct mapper chief = {0};

	start(&chief, w, &w->station, &w->sheet);
	if (jobs > 1)
		share(w, &chief, jobs);
	else
		map_all(&chief, w->map->out.n);
	if (!w->station.failed)
		summarise(w, &chief.row);
	maprow_release(&chief.row);
}
