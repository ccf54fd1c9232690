#ifndef INC_LOG_H
#define INC_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "form.h"
#include "logbook.h"
#include "options.h"
#include "pack.h"
#include "stamp.h"
#include "stream.h"

/*
 * The verbs of inc-log(1): log_append.c and log_add.c have those that write,
 * log_read.c those that read, log_book.c what they share.  Each says what went
 * wrong and counts its status.
 */

/* What the command line says. */
struct log_options {
	bool create, dry, changed, strict;               /* append, add */
	const char *source;                              /* append */
	bool open, live_given, at_given, known_at_given; /* current */
	int64_t live;                                    /* seconds */
	struct stamp at, known_at;
	const char *event; /* history, or NULL */
};

/* What one run works with. */
struct log_work {
	struct options shared;
	struct log_options own;
	char **operands; /* after the verb */
	size_t n;
	char *dir; /* the log, once it is needed */
	struct pack pack;
	struct form form;
	bool has_pack, has_form;
	struct buf by, source; /* as on disk */
	struct logbook book;
	uint64_t rows, same, overtaken;
};

/* Says a fault that ends the work: status 2.  Returns -1. */
int log_say(const struct fault *f);

/*
 * Opens the log for adding, with the procedures if any; from is the source of
 * rows.  Returns 0, or -1 after saying why.
 */
int log_open_book(struct log_work *w, const char *from);

/* Takes the lock.  Returns 0, or -1 after saying why. */
int log_lock(struct log_work *w);

/* The clock, in milliseconds. */
struct stamp log_clock(void);

/* Opens standard output for a stream; closes it and says what went wrong. */
void log_open_output(const struct log_work *w, struct stream_writer *out);
void log_close_output(struct stream_writer *out);

/*
 * Refuses rows that are entries, as history prints them: an empty field says
 * nothing there, in a row it says that there is no value.  0, or -1 after
 * saying so.
 */
int log_check_rows(const struct stream_reader *in);

/*
 * The place of the incident that an id on the command line means, as
 * ids_find() has it, or DICT_NONE; where it fits several, says which is meant.
 */
size_t log_find(const struct incidents *all, struct slice id);

/* Ends the program where no event has this name. */
void log_check_event(const char *name);

/* The verbs. */
void log_append(struct log_work *w);
void log_add(struct log_work *w);
void log_current(struct log_work *w);
void log_history(struct log_work *w);
void log_verify(struct log_work *w);

#endif
