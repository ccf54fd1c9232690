#ifndef INC_TEST_BOOK_H
#define INC_TEST_BOOK_H

#include <dirent.h>
#include <unistd.h>

#include "dir.h"
#include "logbook.h"
#include "proof.h"

#define SEGMENT "00000000000001.tsv"
#define MOST 8 /* columns of a row */

/* A log of this test alone, rows that are added to it, and what went wrong. */
static struct logbook_options options;
static struct logbook book;
static struct columns columns; /* of the rows */
static struct fault fault;

/* Noon, when all rows are added. */
static const struct stamp noon = {1780315200, 0}; /* 2026-06-01T12:00:00Z */

/* Closes what add() left open. */
static inline void
done(void)
{
	logbook_release(&book);
	columns_release(&columns);
	book = (struct logbook){0};
}

/* Removes what is in the directory. */
static inline void
clear(void)
{
	DIR *d = opendir(dir);
	struct dirent *item;

	while (d != NULL && (item = readdir(d)) != NULL)
		unlinkat(dirfd(d), item->d_name, 0);
	closedir(d);
}

/* Makes an empty log, to be opened with the usual options. */
static inline void
begin(void)
{
	clear();
	CHECK(journal_create(dir, &fault) == 0);
	options = (struct logbook_options){.dir = dir,
	    .writer = true,
	    .source = SLICE("feed"),
	    .by = SLICE("me")};
}

/* Takes a line's fields; returns their number. */
static inline size_t
split(const char *line, struct slice field[MOST])
{
	struct slice rest = slice_of(line);
	size_t n = 0;

	while (n < MOST && slice_split(&rest, '\t', &field[n]))
		n++;
	return n;
}

/* Opens the log for rows with a header, as a program of its own. */
static inline void
open_book(const char *header)
{
	struct slice name[MOST];
	size_t n = split(header, name);

	done();
	CHECK(logbook_open(&book, &options) == 0);
	for (size_t i = 0; i < n; i++)
		columns_add(&columns, name[i]);
	logbook_columns(&book, &columns);
}

static inline enum logbook_outcome
add_row(const char *row)
{
	struct slice field[MOST];

	CHECK(split(row, field) == columns.n);
	return logbook_row(&book, field, noon);
}

/* Adds a row for good, and leaves the book open. */
static inline enum logbook_outcome
add(const char *header, const char *row)
{
	enum logbook_outcome outcome;

	open_book(header);
	CHECK(logbook_lock(&book, (struct stamp){0, 0}) == 0);
	outcome = add_row(row);
	CHECK(logbook_commit(&book) == 0);
	return outcome;
}

/* What holds in a column of the last row's incident. */
static inline struct slice
value(const char *name)
{
	const struct incidents *all = &book.ledger.incidents;
	size_t column = columns_find(&all->columns, slice_of(name));

	if (book.place == DICT_NONE || column == COLUMNS_NONE)
		return (struct slice){"", 0};
	return incident_value(&all->list[book.place], column);
}

/* The entries on disk, which are proved; *event is what the last one is. */
static inline size_t
entries(struct buf *event)
{
	struct journal_reader j;
	struct journal_entry e;
	struct proof proof = {0};
	size_t n = 0;

	CHECK(journal_reader_open(&j, dir) == 0);
	for (; journal_reader_next(&j, &e) > 0; n++) {
		CHECK(proof_entry(&proof, &e, &fault) == 0);
		buf_clear(event);
		buf_add_slice(event, e.event);
	}
	CHECK(j.fault.text.n == 0);
	CHECK(proof_end(&proof, &fault) == 0);
	proof_release(&proof);
	journal_reader_release(&j);
	return n;
}

static inline size_t
count(void)
{
	struct buf event = {0};
	size_t n = entries(&event);

	buf_release(&event);
	return n;
}

/* Whether the first segment holds a text. */
static inline bool
holds(const char *words)
{
	dir_get(SEGMENT);
	return strstr(buf_str(&dir_text), words) != NULL;
}

/* Releases all of it; dir_begin() came first. */
static inline int
book_end(void)
{
	done();
	fault_release(&fault);
	dir_end();
	return test_done();
}

#endif
