/*
 * What the desk hears when something was logged: a line, and what is still to
 * be asked of the caller.
 */
#include <stdlib.h>

#include "clock.h"
#include "diag.h"
#include "inert.h"
#include "log.h"
#include "mem.h"
#include "print.h"
#include "record.h"

static struct slice
holds(const struct log_work *w, const char *name)
{
	const struct incidents *all = &w->book.ledger.incidents;

	return incidents_value(all, &all->list[w->book.place], name);
}

struct slice
log_short_id(struct slice id)
{
	struct slice number = ids_number(id);

	return number.n > 0 && number.n < id.n && number.p[-1] == '-' ? number
								      : id;
}

void
log_add_time(const struct log_work *w, struct stamp t, struct stamp now,
    bool seconds, struct buf *out)
{
	zone_add_time(w->has_pack ? w->pack.zone : NULL, t, now, seconds, out);
}

/* "; respond by 09:23", while nobody has. */
static void
add_deadline(struct log_work *w, struct stamp now, struct buf *out)
{
	struct stamp due;

	if (holds(w, "acknowledged").n > 0 || holds(w, "resolved").n > 0 ||
	    holds(w, "closed").n > 0 || holds(w, "vanished").n > 0 ||
	    stamp_parse(holds(w, "respond_by"), &due) < 0)
		return;
	buf_add_str(out, "; respond by ");
	log_add_time(w, due, now, false, out);
}

/*
 * A field that has no value or a wrong one, and what the table fields says of
 * it: how it is called, and why it is asked or what it may be.  The value is
 * not repeated: it may be personal.
 */
static void
add_missing(struct log_work *w, struct slice name, struct buf *out)
{
	struct fault fault = {0};
	struct table *t = NULL;
	struct buf field = {0};

	buf_add_slice(&field, name);
	buf_add_str(out,
	    holds(w, buf_str(&field)).n > 0 ? "  not as it should be: "
					    : "  missing: ");
	inert_add(out, name);
	if (w->has_pack && pack_table(&w->pack, "fields", &t, &fault) > 0) {
		for (size_t i = 0; i < t->n; i++) {
			struct slice label = table_text(&t->row[i], "label");
			struct slice help = table_text(&t->row[i], "help");

			if (help.n == 0)
				help = table_text(&t->row[i], "values");
			if (!slice_eq(table_text(&t->row[i], "name"), name))
				continue;
			buf_add_str(out, label.n > 0 ? " - " : "");
			inert_add(out, label);
			buf_add_str(out, help.n > 0 ? " (" : "");
			inert_add(out, help);
			buf_add_str(out, help.n > 0 ? ")" : "");
		}
	}
	buf_add_char(out, '\n');
	buf_release(&field);
	fault_release(&fault);
}

/* Prints the header and the record. */
static void
print_record(struct log_work *w)
{
	const struct incidents *all = &w->book.ledger.incidents;
	struct columns columns = {0};
	struct stream_writer out;
	struct record record = {0};
	struct slice *field;

	log_open_output(w, &out);
	record_columns(all, &columns, true);
	record_bind(&record, all, &columns);
	field = mem_new(columns.n, sizeof *field);
	record_fill(&record, &all->list[w->book.place], field);
	stream_writer_header(&out, &columns);
	stream_writer_row(&out, field, columns.n);
	log_close_output(&out);
	columns_release(&columns);
	record_release(&record);
	free(field);
}

/* Says it in a line. */
static void
print_line(struct log_work *w, bool logged, struct stamp when)
{
	struct incident *in = &w->book.ledger.incidents.list[w->book.place];
	struct slice missing = holds(w, "incomplete"), word;
	bool asks = slice_is(slice_of(w->verb), "add") ||
	    slice_is(slice_of(w->verb), "correct");
	struct slice priority = holds(w, "priority");
	struct stamp now = clock_now();
	struct buf text = {0};

	inert_add(&text, log_short_id(in->id));
	if (priority.n > 0) {
		buf_add_char(&text, ' ');
		inert_add(&text, priority);
	}
	if (logged) {
		buf_addf(&text, " %s%s ", w->own.dry ? "would be " : "",
		    slice_is(slice_of(w->verb), "add") ? "logged" : w->did);
		log_add_time(w, when, now, true, &text);
	} else {
		buf_add_str(&text, " is as it was");
	}
	add_deadline(w, now, &text);
	if (!asks && missing.n > 0) {
		buf_add_str(&text, "; incomplete: ");
		inert_add(&text, missing);
	}
	buf_add_char(&text, '\n');
	while (asks && slice_word(&missing, &word))
		add_missing(w, word, &text);
	print_text(&text);
}

void
log_answer(struct log_work *w, bool logged, struct stamp when)
{
	if (w->own.record)
		print_record(w);
	else
		print_line(w, logged, when);
}
