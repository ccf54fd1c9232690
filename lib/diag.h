#ifndef INC_DIAG_H
#define INC_DIAG_H

#include <stdbool.h>

#include "fault.h"
#include "slice.h"

/*
 * The voice of a program: the form of every message and the exit status.
 * One message is one line, "program: text", written to standard error in one
 * write; control bytes and bytes that are not UTF-8 are shown as '?'.  Only
 * the programs in cmd/ call this.
 */

/* Exit statuses; the worst one that was said wins. */
enum status {
	STATUS_DONE = 0,    /* done */
	STATUS_NO = 1,      /* the answer is no */
	STATUS_FAILED = 2,  /* could not do it: the worst */
	STATUS_PARTIAL = 3, /* done, but something was set aside */
	STATUS_RETRY = 75,  /* try again later */
};

/* Names the program; call first.  argv0 may be a path. */
void diag_start(const char *argv0);

/* The program's name, without directories. */
const char *diag_program(void);

/* Says whether notices are left out (option -q). */
void diag_quiet(bool quiet);

/* Whether they are, so that nobody need make them. */
bool diag_is_quiet(void);

/* Prints a message and counts its status. */
void diag_say(enum status status, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

/* Prints a fault and counts its status. */
void diag_fault(enum status status, const struct fault *f);

/* The same for a text that is made already. */
void diag_text(enum status status, struct slice text);

/* Prints a message that changes no status and that -q leaves out. */
void diag_notice(const char *fmt, ...) __attribute__((format(printf, 1, 2)));

/*
 * From now on what this thread says is told to hear instead, a message with its
 * status, or a status alone without a message (text.p is NULL); NULL: no more.
 * Who hears it says it later, in a thread that speaks for itself: of those
 * there is one at a time.
 */
void diag_listen(
    void (*hear)(void *ctx, enum status status, struct slice text), void *ctx);

/* Counts a status without a message. */
void diag_count(enum status status);

/* The worst status so far: 0 < 1 < 3 < 75 < 2. */
enum status diag_status(void);

#endif
