#ifndef INC_LOG_H
#define INC_LOG_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "erasure.h"
#include "fields.h"
#include "filter.h"
#include "form.h"
#include "logbook.h"
#include "options.h"
#include "pack.h"
#include "record.h"
#include "redaction.h"
#include "redactions.h"
#include "spool.h"
#include "stamp.h"
#include "stream.h"
#include "streamout.h"
#include "witness.h"

/*
 * The verbs of inc-log(1): log_append.c and log_add.c have those that write,
 * log_read.c and log_follow.c those that read, log_verify.c and log_head.c
 * those that prove, log_book.c what they share.  Each says what went wrong and
 * counts its status.
 */

/* What the command line says. */
struct log_options {
	const char *source, *complete;   /* append */
	unsigned long long max_vanished; /* with complete */
	unsigned long long from;         /* follow */
	int64_t live;                    /* current; seconds */
	int64_t wait;                    /* for the lock; seconds */
	struct stamp at, known_at;       /* current */
	const char *group;               /* with create, or NULL */
	const char *event;               /* history, follow, or NULL */
	const char *heads;    /* verify, restored: a file of heads, or NULL */
	const char *whom;     /* what writes: for whom, or NULL */
	const char *occurred; /* add and the desk's: when it was so, or NULL */
	const char *outcome;  /* resolve, close, or NULL */
	const char *fields;   /* redact: names, or NULL */
	const char *why;      /* redact, restored, or NULL */
	const char *last;     /* restored: an id, or NULL */
	bool max_vanished_given, from_given, live_given, at_given;
	bool known_at_given;
	bool create, dry, changed, strict; /* append, add */
	bool open;                         /* current */
	bool record;                       /* add and the desk's: print it */
	bool all, personal;                /* list; redact has personal too */
	bool apply;                        /* expire */
};

/* What one run works with. */
struct log_work {
	struct options shared;
	struct log_options own;
	const char *verb;
	const char *did; /* the event of a verb of the desk */
	char **operands; /* after the verb */
	size_t n;
	char *dir; /* the log, once it is needed */
	struct pack pack;
	struct form form;
	bool has_pack, has_form;
	bool whole;                  /* read all of the log in any case */
	bool restores;               /* a copy, which is written to */
	struct buf by, whom, source; /* as on disk */
	struct logbook book;
	struct spool spool; /* that goes with the log, once it is needed */
	bool has_spool;
	uint64_t rows, same, overtaken;
};

/* Says a fault that ends the work: status 2.  Returns -1. */
int log_say(const struct fault *f);

/*
 * Opens the log for adding, with the procedures if any; from is the source of
 * rows.  Returns 0, or -1 after saying why.
 */
int log_open_book(struct log_work *w, const char *from);

/*
 * Opens the log and the procedures, if any, for people to read; incidents are
 * known once they are wanted: logbook.h.  0, or -1 after saying why.
 */
int log_open_reading(struct log_work *w);

/* The same without procedures. */
int log_open_log(struct log_work *w);

/* Takes the lock.  Returns 0, or -1 after saying why. */
int log_lock(struct log_work *w);

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
 * Finds the incident that an id on the command line, as on disk, means, as
 * ids_find() does; where it fits several, says which is meant.  Returns 0 and
 * its place, which may be DICT_NONE; or -1 after saying why.
 */
int log_find(struct log_work *w, struct slice id, size_t *place);

/*
 * The same for an incident that is to be changed: where the id fits several,
 * it is refused.
 */
int log_pick(struct log_work *w, struct slice id, size_t *place);

/* Ends the program where no event has this name. */
void log_check_event(const char *name);

/*
 * Adds the columns of a segment that entries are printed with: all but those
 * that prove.
 */
void log_entry_columns(const struct columns *segment, struct columns *columns);

/*
 * Prints an entry with these columns; field is scratch, one for each.  Returns
 * 0, or -1 where it can't be written.
 */
int log_print_entry(struct stream_writer *out, const struct journal_entry *e,
    const struct columns *columns, struct slice *field);

/* When --occurred says that it was so: a local time, or misuse. */
struct stamp log_occurred(struct log_work *w);

/* ---- log_add.c: rows that a person makes ---- */

/* Takes the FIELD=VALUE operands from first on; ends on misuse. */
void log_read_operands(struct log_work *w, struct fields *f, size_t first);

/* Whether all names are known, where there are procedures; 0, or -1 said. */
int log_check_known(struct log_work *w, const struct fields *f);

/* Makes the fields a row of an incident's record as it stands. */
void log_aim(struct log_work *w, struct fields *f, size_t place);

/*
 * Completes the id of a parent, which must be another incident that is open
 * and does not belong to this one; 0, or -1.
 */
int log_aim_parent(struct log_work *w, struct fields *f);

/*
 * A priority that a person types is theirs, so that no rule overrules it; one
 * that is cleared is nobody's.
 */
void log_sign_priority(struct log_work *w, struct fields *f);

/*
 * Logs the row under the lock, gives the lock back, lets the rules decide anew
 * where asked to, and answers.
 */
void log_enter(struct log_work *w, struct fields *f, bool decides);

/* ---- log_level.c ---- */

/*
 * Puts a level into the fields as a person's, with a reason (as text): that of
 * a text, which must be a higher one; without, the lowest.  Returns 0, or -1
 * after saying why.
 */
int log_put_level(struct log_work *w, struct fields *f, size_t place,
    struct stamp when, const char *text, struct slice why);

/* ---- log_append.c ---- */

/* Whether so many rows, whose records f holds back, are to be synced now. */
bool log_batch_is_full(const struct filter *f, size_t rows);

/* ---- log_complete.c: append --complete ---- */

/* Whether rows can be a source's whole export: 0, or -1 after saying why. */
int log_check_complete(
    const struct log_work *w, const struct stream_reader *in);

/*
 * Once all rows are logged: marks the incidents of which there was none as
 * vanished, writes their records, and says so; or says why none is marked.
 * Returns 0, or -1 after saying why.
 */
int log_complete(struct log_work *w, struct filter *f, struct record *record);

/* ---- log_decide.c ---- */

/*
 * Lets the rules decide on the fields of a new incident, so that the desk has
 * its priority and its deadlines at once.  Returns 0, or -1 after saying why.
 */
int log_decide(struct log_work *w, struct fields *f);

/*
 * Lets the rules decide anew on the record that was just changed, as the next
 * run of inc-triage would, where it was they who had decided, and logs what
 * they say.
 */
void log_decide_anew(struct log_work *w);

/* ---- log_answer.c ---- */

/*
 * Says in a line what was logged, when it was so, and what is to be asked; or
 * prints the record.
 */
void log_answer(struct log_work *w, bool logged, struct stamp when);

/* An id as people call it: the number after its day. */
struct slice log_short_id(struct slice id);

/*
 * Adds a time as people here tell it: by the procedures' zone, with the date
 * where that is not today's.
 */
void log_add_time(const struct log_work *w, struct stamp t, struct stamp now,
    bool seconds, struct buf *out);

/* ---- log_verify.c ---- */

/* Reads the heads of --head, if it is given.  0, or -1 after saying why. */
int log_read_heads(const struct log_work *w, struct witness *heads);

/*
 * Proves the entries of a log one after another, holds them against the heads,
 * and takes note of what they redact.  Returns 0, or -1 after saying the first
 * that is wrong.
 */
int log_prove(struct journal_reader *r, struct witness *heads,
    struct redactions *redactions);

/* ---- log_redact.c ---- */

/*
 * Adds the columns of the log that the procedures call personal; 0, or -1
 * after saying why.
 */
int log_personal(const struct log_work *w, struct columns *columns);

/*
 * Takes out of the log what r holds; the lock stays.  Returns 0, or -1 after
 * giving it back and saying why.
 */
int log_take_out(struct log_work *w, struct redaction *r);

/* ---- log_spool.c: the messages that tell of the log's incidents ---- */

/*
 * Opens the spool that goes with the log, if there is one (w->has_spool): to
 * write to, or to look at, and what can't be looked at is set aside.  Returns
 * 0, or -1 after saying why.
 */
int log_open_spool(struct log_work *w, bool writes);

/*
 * What is to become of a message by the redactions of a log (the context): it
 * loses the words that came in before its incident's last one.  An
 * erasure_judge.
 */
enum erasure_fate log_judge_redacted(
    void *redactions, struct slice id, struct stamp *until);

/* Looks through the spool; 0, or -1 after saying why. */
int log_find_messages(struct log_work *w, struct erasure *e);

/*
 * Erases what was found: under the lock of the log all that nobody works on,
 * then, without that lock, the rest.  What is left is said.
 */
void log_erase(struct log_work *w, struct erasure *e);

/*
 * Finds the first message that has words although they were taken out: 1 and
 * the fault with its place, 0, or -1 after saying why it can't be told.
 */
int log_find_words(
    struct log_work *w, struct redactions *redactions, struct fault *fault);

/* The verbs. */
void log_append(struct log_work *w);
void log_add(struct log_work *w);
void log_desk(struct log_work *w);
void log_show(struct log_work *w);
void log_list(struct log_work *w);
void log_current(struct log_work *w);
void log_history(struct log_work *w);
void log_follow(struct log_work *w);
void log_head(struct log_work *w);
void log_verify(struct log_work *w);
void log_restored(struct log_work *w);
void log_redact(struct log_work *w);
void log_access(struct log_work *w);
void log_expire(struct log_work *w);

#endif
