#ifndef INC_OPTIONS_H
#define INC_OPTIONS_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "stamp.h"

/*
 * Options: each program lists its own; those that several share are listed
 * here once, so that a letter means one thing in the whole toolkit.
 */
enum option_kind {
	OPTION_FLAG,   /* to: bool, set to true */
	OPTION_TEXT,   /* to: const char *, as a path or a name may be */
	OPTION_WORDS,  /* the same, in UTF-8: it goes into rows */
	OPTION_NUMBER, /* to: unsigned long long */
	OPTION_JOBS,   /* to: size_t, how many workers */
	OPTION_TIME,   /* to: struct stamp */
	OPTION_SPAN,   /* to: int64_t, seconds of a duration */
};

struct option_spec {
	const char *name; /* the long name; NULL ends a list */
	char letter;      /* 0: none */
	enum option_kind kind;
	void *to;
	bool *given;          /* set where the option is there; may be NULL */
	const char *argument; /* what the usage calls it, or NULL */
	const char *help;     /* a few words */
};

/* Groups of shared options that a program takes. */
enum {
	OPTIONS_PACK = 1 << 0,   /* -p */
	OPTIONS_LOG = 1 << 1,    /* -l */
	OPTIONS_NOW = 1 << 2,    /* --now */
	OPTIONS_INPUT = 1 << 3,  /* -H --rejects */
	OPTIONS_OUTPUT = 1 << 4, /* --no-header --line-buffered */
	OPTIONS_JOBS = 1 << 5,   /* -j */
	OPTIONS_SPOOL = 1 << 6,  /* -s */
};

/* What the shared options say. */
struct options {
	const char *procedures; /* -p, or NULL */
	const char *log;        /* -l, or NULL */
	const char *spool;      /* -s, or NULL */
	const char *header;     /* -H, or NULL */
	const char *rejects;    /* --rejects, or NULL */
	struct stamp now;       /* --now, else the clock at the start */
	bool now_given;
	bool no_header;
	bool line_buffered;
	size_t jobs; /* -j, else 1 */
};

#define OPTIONS_MOST_JOBS 64

/* What a program says of itself. */
struct program {
	const char *purpose;  /* one line for --help */
	const char *synopsis; /* what follows the name; lines for verbs */
	unsigned shared;      /* OPTIONS_... */
	const struct option_spec *option; /* its own */
};

/*
 * Reads the options and starts diag.  Returns the number of operands, which
 * then stand at argv[argc - number] on.  Ends the program with -h, -V (status
 * 0) and on misuse (one line and the usage, status 2).
 */
size_t options_read(const struct program *program, struct options *options,
    int argc, char **argv);

/* A verb of a program. */
struct options_verb {
	const char *name;  /* also of what is done where no verb is said */
	unsigned bits;     /* by which options know it */
	const char *usage; /* where its name stands is a '@', if it is said */
};

/* Adds a verb's line of a synopsis. */
void options_add_verb(struct buf *out, const struct options_verb *verb);

/*
 * Refuses an option that is there, and has none of the bits of the verb: it is
 * for others.
 */
void options_allow(bool given, const char *option,
    const struct options_verb *verb, unsigned bits);

/*
 * Says what is wrong and the usage, or where that is longer than a screen has
 * room for, where it stands; and ends with status 2.
 */
_Noreturn void options_misuse(const char *fmt, ...)
    __attribute__((format(printf, 1, 2)));

#endif
