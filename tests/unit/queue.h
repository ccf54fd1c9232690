#ifndef INC_TEST_QUEUE_H
#define INC_TEST_QUEUE_H

#include <sys/stat.h>

#include "dir.h"
#include "item.h"
#include "spool.h"
#include "staging.h"
#include "test.h"

/* A queue of this test alone, and another who opens it. */
static struct spool s;
static struct staging staging = {.spool = &s};
static struct fault fault;
static struct buf queue_dir, queue_path, text;

static const struct stamp begun = {1600000000, 0};

/* Makes it and opens it. */
static inline int
queue_begin(void)
{
	dir_begin();
	umask(0);
	buf_addf(&queue_dir, "%s/spool", dir);
	if (spool_create(buf_str(&queue_dir), CUSTODY_OWN, &fault) < 0)
		return -1;
	return spool_open(&s, buf_str(&queue_dir), &fault);
}

static inline int
open_it(struct spool *spool)
{
	return spool_open(spool, buf_str(&queue_dir), &fault);
}

/* The path of what is in it. */
static inline const char *
at(const char *name)
{
	buf_clear(&queue_path);
	buf_addf(&queue_path, "%s/%s", buf_str(&queue_dir), name);
	return buf_str(&queue_path);
}

/* Puts an item into it, with one line. */
static inline void
put_in(const char *name)
{
	CHECK(staging_add(&staging, slice_of(name), slice_of("one\n"), begun,
		  &fault) == 0);
	CHECK(staging_commit(&staging, &fault) == 0);
}

/* Moves an item that is new to a place. */
static inline void
put_to(const char *name, enum spool_where where, int64_t at_s)
{
	struct item item = {.fd = -1};

	CHECK(item_claim(&s, name, SPOOL_NEW, &item, &fault) == 1);
	CHECK(item_put(&s, &item, where, (struct stamp){at_s, 0}, &fault) == 0);
	item_release(&item);
}

/* Where an item is; its lines are in text. */
static inline int
where(const char *name)
{
	buf_clear(&text);
	return item_read(&s, slice_of(name), &text, &fault);
}

static inline int
queue_end(void)
{
	staging_release(&staging);
	spool_release(&s);
	buf_release(&queue_dir);
	buf_release(&queue_path);
	buf_release(&text);
	fault_release(&fault);
	dir_end();
	return test_done();
}

#endif
