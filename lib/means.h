#ifndef INC_MEANS_H
#define INC_MEANS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answer.h"
#include "fault.h"
#include "medium.h"
#include "mem.h"
#include "slice.h"
#include "table.h"
#include "template.h"

/*
 * How the media of the table `channels` hand messages over: its columns
 * deliver, form, timeout, failures, acknowledge and throttle.
 * inc-procedures(7).
 */
enum means_form {   /* what the command reads: the column `form` */
	MEANS_TEXT, /* subject, an empty line, body; also an empty cell */
	MEANS_MAIL, /* an internet message (RFC 5322) */
	MEANS_JSON, /* an object */
};

enum means_verdict {     /* what became of an attempt */
	MEANS_DONE,      /* handed over */
	MEANS_TEMPORARY, /* try again later */
	MEANS_PERMANENT, /* try another way */
};

/* At most so many within so long: "3/15m". */
struct means_window {
	size_t most;
	int64_t span_s;
};

struct means_failure; /* a word of `failures`; defined in means.c */

struct means {
	struct slice medium;
	struct medium_limit limit; /* what messages put together keep to */
	struct template *word; /* of `deliver`, split at blanks; the index of a
				  slot is that of its message_column */
	size_t nwords;         /* 0: the medium has no command */
	enum means_form form;
	int64_t timeout_s; /* of an attempt; 60 where nothing is said */
	bool acknowledges; /* whether one can acknowledge by it */
	struct means_window *window; /* of `throttle` */
	size_t nwindows;
	struct slice except; /* words of `tell` that no window holds up */
	struct means_failure *failure; /* private */
	size_t nfailures;
};

/* All zero is none. */
struct means_list {
	struct means *means; /* in the order of the table */
	size_t n;
	struct arena arena;
};

/* No attempt may take longer, and no window last longer. */
#define MEANS_TIMEOUT_MOST_S ((int64_t)3600)
#define MEANS_SPAN_MOST_S ((int64_t)366 * 86400)

/*
 * Reads the table, which must outlive the list; all zero before.  Returns 0, or
 * -1 and the fault with its place; to be released either way.
 */
int means_load(struct means_list *l, struct table *channels, struct fault *f);

/* The means of a medium, or NULL. */
const struct means *means_find(const struct means_list *l, struct slice medium);

/*
 * What became of an attempt.  A code that the command said counts before how
 * it ended: 2xx is done, and from 300 on a code has failed, temporarily where
 * it is 408, 425, 429 or 5xx, else permanently.  Without such a code, what was
 * ended by a signal or for its time is temporary, status 0 is done, 64 to 69,
 * 77, 78, 126 and 127 are permanent, and any other is temporary.  What the
 * cell `failures` says of a code, of its class or of a status goes before, in
 * this order.
 */
enum means_verdict means_judge(const struct means *m, const struct answer *a);

/* Whether messages of this `tell` are throttled. */
bool means_throttles(const struct means *m, struct slice tell);

void means_release(struct means_list *l);

#endif
