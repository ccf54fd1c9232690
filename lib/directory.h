#ifndef INC_DIRECTORY_H
#define INC_DIRECTORY_H

#include <stdbool.h>
#include <stddef.h>

#include "calendars.h"
#include "dict.h"
#include "fault.h"
#include "medium.h"
#include "mem.h"
#include "slice.h"
#include "stamp.h"
#include "table.h"

/*
 * By what anybody can be reached, when, and in which language: the tables
 * `channels` (media) and `directory` (parties and their addresses) of
 * inc-procedures(7).
 */

/* A row of channels. */
struct channel {
	struct medium medium;
	struct slice tell;       /* the words for which it serves */
	unsigned long long cost; /* an empty one comes after all numbers */
	bool voice;              /* it rings: its kind is voice */
	struct calendar *hours;  /* borrowed; in which it can be used */
};

/* A row of directory. */
struct address {
	size_t channel;            /* its place in directory.channel */
	struct slice text;         /* the address itself */
	unsigned long long prefer; /* an empty one comes after all numbers */
	size_t row;                /* its place in the table */
	struct calendar *hours;    /* borrowed; in which it answers */
	struct slice language;     /* empty: nothing was said of it */
};

/* Everything under one name. */
struct party {
	struct slice name;
	struct place where;      /* of its name, in its first row */
	struct address *address; /* the best first: prefer, cost, the order of
				    channels, the order of rows */
	size_t n;                /* 0: known, but nothing reaches it */
	struct slice language;   /* of the first row that has one, or empty */
};

/* All zero is empty. */
struct directory {
	struct channel *channel;
	size_t nchannels;
	struct party *party;
	size_t nparties;
	struct dict media, parties; /* names to places */
	struct arena arena;
};

/*
 * Loads both tables, which must outlive the directory, as the calendars must;
 * d must be all zero.  A row of directory without an address makes its party
 * known and no more.  Returns 0, or -1 and the fault with file:line:column: a
 * medium given twice, one in directory that channels does not have, a calendar
 * that there is not, a language that is no tag.
 */
int directory_load(struct directory *d, struct table *channels,
    struct table *directory, struct calendars *calendars, struct fault *f);

/* The party of a name, or NULL. */
const struct party *directory_find(
    const struct directory *d, struct slice name);

/* The place of a medium in d->channel, or DICT_NONE. */
size_t directory_medium(const struct directory *d, struct slice name);

/* Whether a channel serves for the word of `tell`. */
bool channel_serves(const struct channel *c, struct slice tell);

/* Whether an address answers at an instant, by its hours and its medium's. */
bool directory_is_open(
    const struct directory *d, const struct address *a, struct stamp at);

/*
 * The first instant from `at` on at which it does.  Returns 1 and *t, or 0
 * where it never does again, as far as a few thousand openings tell.
 */
int directory_opens(const struct directory *d, const struct address *a,
    struct stamp at, struct stamp *t);

/* The language of a party's words: its own, else that of the pack. */
static inline struct slice
party_language(const struct party *p, struct slice pack)
{
	return p->language.n > 0 ? p->language : pack;
}

/* That of the words to an address: its own, else the other, its party's. */
static inline struct slice
address_language(const struct address *a, struct slice party)
{
	return a->language.n > 0 ? a->language : party;
}

void directory_release(struct directory *d);

#endif
