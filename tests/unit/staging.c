#include "staging.h"

#include <unistd.h>

#include "queue.h"

static void
what_is_added_is_there_after_the_commit(void)
{
	CHECK(where("a") == SPOOL_NOWHERE);
	CHECK(staging_add(&staging, slice_of("a"), slice_of("one\n"), begun,
		  &fault) == 0);
	CHECK(where("a") == SPOOL_NOWHERE);
	CHECK(staging_commit(&staging, &fault) == 0);
	CHECK(where("a") == SPOOL_NEW);
	CHECK_SLICE(buf_slice(&text), "one\n");
}

static void
a_name_is_given_once_wherever_it_is(void)
{
	struct item item = {.fd = -1};
	static const enum spool_where to[] = {
	    SPOOL_NEW, SPOOL_DEAD, SPOOL_DONE};

	put_in("b");
	for (size_t i = 0; i < LEN(to); i++) {
		CHECK(item_claim(&s, "b", i == 2 ? SPOOL_DEAD : SPOOL_NEW,
			  &item, &fault) == 1);
		CHECK(staging_add(&staging, slice_of("b"), slice_of("two\n"),
			  begun, &fault) == 0);
		CHECK(staging_commit(&staging, &fault) == 0);
		CHECK(where("b") == SPOOL_WORK);
		CHECK(item_put(&s, &item, to[i], (struct stamp){1700000000, 0},
			  &fault) == 0);
		CHECK(staging_add(&staging, slice_of("b"), slice_of("two\n"),
			  begun, &fault) == 0);
		CHECK(staging_commit(&staging, &fault) == 0);
		CHECK(where("b") == (int)to[i]);
		CHECK_SLICE(buf_slice(&text), "one\n");
	}
	item_release(&item);
}

/* Whether nothing is in tmp. */
static bool
tmp_is_empty(void)
{
	return rmdir(at("tmp")) == 0 && mkdir(at("tmp"), 0700) == 0;
}

static void
what_is_added_comes_in_together(void)
{
	static const char *const name[] = {"c1", "b", "c2"};

	for (size_t i = 0; i < LEN(name); i++)
		CHECK(staging_add(&staging, slice_of(name[i]),
			  slice_of("three\n"), begun, &fault) == 0);
	CHECK(where("c1") == SPOOL_NOWHERE && where("c2") == SPOOL_NOWHERE);
	CHECK(staging_commit(&staging, &fault) == 0);
	CHECK(where("c1") == SPOOL_NEW && where("c2") == SPOOL_NEW);
	CHECK_SLICE(buf_slice(&text), "three\n");
	CHECK(where("b") == SPOOL_DONE);
	CHECK_SLICE(buf_slice(&text), "one\n");
	CHECK(tmp_is_empty());
}

static void
what_is_not_committed_is_removed(void)
{
	CHECK(staging_add(&staging, slice_of("d"), slice_of("one\n"), begun,
		  &fault) == 0);
	CHECK(!tmp_is_empty());
	staging_release(&staging);
	CHECK(tmp_is_empty());
	CHECK(staging_commit(&staging, &fault) == 0);
	CHECK(where("d") == SPOOL_NOWHERE);
	put_in("d"); /* it can be used again */
	CHECK(where("d") == SPOOL_NEW);
}

static void
a_queue_that_was_taken_away_takes_nothing_in(void)
{
	struct buf away = {0};

	buf_addf(&away, "%s/away", dir);
	CHECK(staging_add(&staging, slice_of("e"), slice_of("one\n"), begun,
		  &fault) == 0);
	CHECK(rename(buf_str(&queue_dir), buf_str(&away)) == 0);
	CHECK(staging_commit(&staging, &fault) == -1);
	CHECK(strstr(buf_str(&fault.text), "was taken away") != NULL);
	fault_release(&fault);
	CHECK(rename(buf_str(&away), buf_str(&queue_dir)) == 0);
	CHECK(where("e") == SPOOL_NOWHERE);
	buf_release(&away);
}

int
main(void)
{
	if (queue_begin() < 0)
		return 1;
	RUN(what_is_added_is_there_after_the_commit);
	RUN(a_name_is_given_once_wherever_it_is);
	RUN(what_is_added_comes_in_together);
	RUN(what_is_not_committed_is_removed);
	RUN(a_queue_that_was_taken_away_takes_nothing_in);
	return queue_end();
}
