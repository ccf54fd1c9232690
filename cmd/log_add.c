/*
 * inc-log append and add: rows become entries.  Rows are taken in batches:
 * under the lock the entries of others are read, the batch is compared,
 * written and synced, and only then its records come out.
 */
#include <pwd.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "diag.h"
#include "escape.h"
#include "files.h"
#include "filter.h"
#include "log.h"
#include "mem.h"
#include "site.h"

#define BATCH_ROWS 4096                       /* sharing one sync */
#define BATCH_BYTES ((size_t)4 * 1024 * 1024) /* of records held back */

static int
say(const struct fault *f)
{
	diag_fault(STATUS_FAILED, f);
	return -1;
}

/* The real user, who is written into each entry. */
static void
who(struct buf *by)
{
	const struct passwd *user = getpwuid(getuid());

	if (user != NULL && slice_is_utf8(slice_of(user->pw_name)))
		escape_add(by, slice_of(user->pw_name));
	else
		buf_addf(by, "%lu", (unsigned long)getuid());
}

/* Opens the procedures and what they say a record should hold. */
static int
open_procedures(struct log_work *w)
{
	struct fault fault = {0};
	struct table *fields;
	int got = site_pack(&w->pack, &w->shared);

	if (got <= 0)
		return got;
	w->has_pack = true;
	got = pack_table(&w->pack, "fields", &fields, &fault);
	if (got > 0) {
		w->has_form = true;
		got = form_load(&w->form, fields, &fault);
	}
	if (got < 0)
		say(&fault);
	fault_release(&fault);
	return got < 0 ? -1 : 0;
}

/* Opens the log for adding. */
static int
open_book(struct log_work *w, const char *from)
{
	struct logbook_options o = {
	    .writer = true, .dry = w->own.dry, .strict = w->own.strict};
	struct fault fault = {0};

	if (open_procedures(w) < 0)
		return -1;
	w->dir = site_log(&w->shared);
	if (w->dir == NULL)
		return -1;
	if (w->own.create && !w->own.dry &&
	    journal_create(w->dir, &fault) < 0) {
		say(&fault);
		fault_release(&fault);
		return -1;
	}
	who(&w->by);
	escape_add(&w->source, slice_of(from));
	o.dir = w->dir;
	o.absent = w->own.create && w->own.dry && !directory_exists(w->dir);
	o.by = buf_slice(&w->by);
	o.source = buf_slice(&w->source);
	if (w->has_form)
		o.form = &w->form;
	if (w->has_pack) {
		o.known = &w->pack.known;
		o.zone = w->pack.zone;
		o.id_prefix = w->pack.id_prefix;
	}
	return logbook_open(&w->book, &o) < 0 ? say(&w->book.fault) : 0;
}

static struct stamp
clock_now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_REALTIME, &t);
	/* Milliseconds: enough to order by, and short to read. */
	return (struct stamp){
	    t.tv_sec, (uint32_t)(t.tv_nsec / 1000000 * 1000000)};
}

static int
lock(struct log_work *w)
{
	if (logbook_lock(&w->book) < 0)
		return say(&w->book.fault);
	if (w->book.journal.notice.n > 0)
		diag_notice("%s", buf_str(&w->book.journal.notice));
	buf_clear(&w->book.journal.notice);
	return 0;
}

/* Puts the record, as the log now holds it, into the outgoing row. */
static void
put_record(struct log_work *w, struct filter *f, struct slice *record)
{
	if (w->book.place == DICT_NONE)
		return; /* a receipt goes on as it came */
	logbook_record(&w->book, w->book.place, &f->columns, record);
	for (size_t i = 0; i < f->columns.n; i++) {
		struct slice name = f->columns.name[i];

		if (columns_find(&w->book.incidents.columns, name) !=
			COLUMNS_NONE ||
		    slice_is(name, "id") || slice_is(name, "updated") ||
		    slice_is(name, "rev") || slice_is(name, "holds"))
			f->field[i] = record[i];
	}
}

/* Adds the row under way; what comes of it is held back.  0, or -1. */
static int
append_row(struct log_work *w, struct filter *f, struct slice *record)
{
	struct fault fault = {0};
	enum logbook_outcome outcome =
	    logbook_row(&w->book, f->field, clock_now());

	w->rows++;
	switch (outcome) {
	case LOGBOOK_FAILED:
		return say(&w->book.fault);
	case LOGBOOK_REFUSED:
	case LOGBOOK_OVERTAKEN:
		w->overtaken += outcome == LOGBOOK_OVERTAKEN;
		fault_at(&fault, (struct place){f->in.file, f->in.line, 0},
		    "%s", buf_str(&w->book.fault.text));
		filter_reject(f, &fault);
		fault_release(&fault);
		if (outcome == LOGBOOK_REFUSED)
			return 0;
		break;
	case LOGBOOK_SAME:
		w->same++;
		break;
	case LOGBOOK_LOGGED:
		break;
	}
	put_record(w, f, record);
	if (!w->own.changed || outcome == LOGBOOK_LOGGED)
		filter_write(f);
	return 0;
}

/* Adds rows as long as one is at hand, then writes and syncs them. */
static int
append_batch(struct log_work *w, struct filter *f, struct slice *record)
{
	size_t rows = 0;

	if (lock(w) < 0)
		return -1;
	do {
		if (append_row(w, f, record) < 0) {
			journal_unlock(&w->book.journal);
			return -1;
		}
		rows++;
	} while (rows < BATCH_ROWS && f->out.out.buf.n < BATCH_BYTES &&
	    filter_next_ready(f));
	if (logbook_commit(&w->book) < 0) {
		diag_say(STATUS_FAILED,
		    "%s; the last %zu rows are not in the log",
		    buf_str(&w->book.fault.text), rows);
		return -1;
	}
	filter_flush(f);
	return 0;
}

static void
tell_counts(const struct log_work *w)
{
	if (w->same + w->overtaken + w->book.dropped == 0)
		return;
	diag_notice("%llu rows: %llu entries %s, %llu rows said nothing new, "
		    "%llu overtaken, %llu redacted values dropped",
	    (unsigned long long)w->rows, (unsigned long long)w->book.entries,
	    w->own.dry ? "would be made" : "made", (unsigned long long)w->same,
	    (unsigned long long)w->overtaken,
	    (unsigned long long)w->book.dropped);
}

/* Whether rows are receipts, which go on as they came. */
static bool
are_receipts(const struct columns *c)
{
	return columns_find(c, slice_of("message")) != COLUMNS_NONE &&
	    columns_find(c, slice_of("delivery")) != COLUMNS_NONE;
}

/* Says which columns of the rows are left out. */
static void
tell_columns(const struct columns *c)
{
	static const char *const name[] = {
	    "at", "by", "source", "nonces", "chain"};

	for (size_t i = 0; i < sizeof name / sizeof *name; i++) {
		if (columns_find(c, slice_of(name[i])) != COLUMNS_NONE)
			diag_notice(
			    "column '%s' is the log's own: not taken from rows",
			    name[i]);
	}
}

void
log_append(struct log_work *w)
{
	struct filter f;
	struct columns columns = {0};
	struct slice *record;

	if (filter_open(&f, &w->shared, w->operands, w->n) == 0 &&
	    log_check_rows(&f.in) == 0 && open_book(w, w->own.source) == 0) {
		logbook_columns(&w->book, &f.in.columns);
		if (!are_receipts(&f.in.columns))
			logbook_header(&w->book, &columns, true);
		columns_add_all(&f.columns, &columns);
		record = mem_new(f.columns.n, sizeof *record);
		/* A row alone is a batch where no other is at hand. */
		f.out.line_buffered = false;
		f.out.out.held = true;
		tell_columns(&f.in.columns);
		filter_header(&f);
		filter_flush(&f);
		while (filter_next(&f) && append_batch(w, &f, record) == 0)
			;
		/* What was not synced never comes out. */
		if (diag_status() == STATUS_FAILED)
			buf_clear(&f.out.out.buf);
		tell_counts(w);
		free(record);
		columns_release(&columns);
	}
	filter_close(&f);
}

/* Refuses an operand that can't be a field of an entry. */
static void
check_field(struct slice name, const char *value)
{
	static const char *const not_given[] = {"seq", "at", "by", "source",
	    "holds", "incomplete", "rev", "nonces", "chain"};
	struct stamp t;

	for (size_t i = 0; i < sizeof not_given / sizeof *not_given; i++) {
		if (slice_is(name, not_given[i]))
			options_misuse(
			    "'%s' is what the log itself says", not_given[i]);
	}
	for (size_t i = 0; i < name.n; i++) {
		if ((unsigned char)name.p[i] < ' ')
			options_misuse(
			    "'%.*s' is no name of a field", SLICE_ARG(name));
	}
	if (!slice_is_utf8(name) || !slice_is_utf8(slice_of(value)))
		options_misuse(
		    "'%.*s': text in UTF-8 was expected", SLICE_ARG(name));
	if (slice_is(name, "updated") && *value != '\0' &&
	    stamp_parse(slice_of(value), &t) < 0)
		options_misuse("updated: '%s' is no time", value);
	if (slice_is(name, "event") && *value != '\0')
		log_check_event(value);
}

/* Splits FIELD=VALUE operands into columns and fields. */
static void
read_fields(struct log_work *w, struct columns *columns, struct buf *text,
    struct slice *field)
{
	for (size_t i = 0; i < w->n; i++) {
		struct slice value = slice_of(w->operands[i]), name;

		if (!slice_split(&value, '=', &name) || value.p == NULL ||
		    name.n == 0)
			options_misuse(
			    "'%s': FIELD=VALUE was expected", w->operands[i]);
		if (columns_find(columns, name) != COLUMNS_NONE)
			options_misuse(
			    "field '%.*s' is given twice", SLICE_ARG(name));
		check_field(name, value.p);
		columns_add(columns, name);
		escape_add(&text[i], value);
		field[i] = buf_slice(&text[i]);
	}
}

/* Refuses a name that neither the stream nor the procedures know. */
static void
check_names(struct log_work *w, const struct columns *columns)
{
	struct fault fault = {0};

	for (size_t i = 0; w->has_pack && i < columns->n; i++) {
		struct slice name = columns->name[i];

		if (columns_find(&w->pack.known, name) != COLUMNS_NONE ||
		    columns_find(&w->book.incidents.columns, name) !=
			COLUMNS_NONE)
			continue;
		fault_at(&fault, (struct place){0}, "unknown field '%.*s'",
		    SLICE_ARG(name));
		fault_suggest(
		    &fault, name, w->pack.known.name, w->pack.known.n);
		say(&fault);
	}
	fault_release(&fault);
}

/*
 * Whether the id that is given, if any, can be that of a new incident.  A
 * number that people would type for one that there is can't: it is a slip.
 */
static int
check_new(struct slice id)
{
	if (ids_is_short(id)) {
		diag_say(STATUS_FAILED,
		    "no incident '%.*s' (without an id a new one is made)",
		    SLICE_ARG(id));
		return -1;
	}
	if (id.n > 0)
		diag_notice("'%.*s' is a new incident", SLICE_ARG(id));
	return 0;
}

/*
 * Makes the fields a row of the record that their id names: its whole id and
 * its rev, so that they are compared with what the log holds.  A new incident
 * was received when it was so, else now.  text is for the field that this
 * adds.  Returns 0, or -1 after saying why.
 */
static int
aim(struct log_work *w, struct columns *columns, struct slice *field,
    struct buf *text)
{
	const struct incidents *all = &w->book.incidents;
	size_t id = columns_find(columns, slice_of("id"));
	size_t updated = columns_find(columns, slice_of("updated"));
	size_t place = DICT_NONE;

	if (columns_field(field, id).n > 0)
		place = log_find(all, field[id]);
	if (place != DICT_NONE) {
		field[id] = all->list[place].id;
		buf_addf(text, "%llu",
		    (unsigned long long)incident_rev(&all->list[place]));
		field[columns_add(columns, slice_of("rev"))] = buf_slice(text);
		return 0;
	}
	if (check_new(columns_field(field, id)) < 0)
		return -1;
	if (columns_find(columns, slice_of("received")) != COLUMNS_NONE)
		return 0;
	buf_add_slice(text, columns_field(field, updated));
	if (text->n == 0)
		stamp_add(text, clock_now());
	field[columns_add(columns, slice_of("received"))] = buf_slice(text);
	return 0;
}

/* Prints the header and one record. */
static void
print_record(struct log_work *w)
{
	struct columns columns = {0};
	struct stream_writer out = {.no_header = w->shared.no_header};
	struct slice *record;

	output_init(&out.out, STDOUT_FILENO, "<stdout>");
	logbook_header(&w->book, &columns, true);
	record = mem_new(columns.n, sizeof *record);
	logbook_record(&w->book, w->book.place, &columns, record);
	stream_writer_header(&out, &columns);
	stream_writer_row(&out, record, columns.n);
	if (output_close(&out.out) < 0)
		say(&out.out.fault);
	output_release(&out.out);
	columns_release(&columns);
	free(record);
}

static void
add_fields(struct log_work *w, struct columns *columns, struct slice *field,
    struct buf *added)
{
	enum logbook_outcome outcome;

	check_names(w, columns);
	if (diag_status() == STATUS_FAILED || lock(w) < 0 ||
	    aim(w, columns, field, added) < 0)
		return;
	logbook_columns(&w->book, columns);
	outcome = logbook_row(&w->book, field, clock_now());
	if (outcome == LOGBOOK_FAILED) {
		say(&w->book.fault);
	} else if (outcome == LOGBOOK_REFUSED || outcome == LOGBOOK_OVERTAKEN) {
		diag_fault(STATUS_PARTIAL, &w->book.fault);
	} else if (logbook_commit(&w->book) < 0) {
		say(&w->book.fault);
	} else {
		print_record(w);
	}
}

void
log_add(struct log_work *w)
{
	struct columns columns = {0};
	struct buf *text = mem_new(w->n + 1, sizeof *text), added = {0};
	struct slice *field = mem_new(w->n + 1, sizeof *field);

	if (w->n == 0)
		options_misuse("add needs FIELD=VALUE");
	read_fields(w, &columns, text, field);
	if (open_book(w, "") == 0)
		add_fields(w, &columns, field, &added);
	for (size_t i = 0; i < w->n; i++)
		buf_release(&text[i]);
	buf_release(&added);
	columns_release(&columns);
	free(text);
	free(field);
}
