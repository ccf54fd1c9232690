#include "item.h"

#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "files.h"
#include "queue.h"

static void
what_is_over_is_claimed_too(void)
{
	struct item item = {.fd = -1};

	put_in("b");
	put_to("b", SPOOL_DONE, 1700000000);
	CHECK(file_exists(at("done/2023-11/b")));
	CHECK(item_claim(&s, "nowhere", SPOOL_DONE, &item, &fault) == 0);
	CHECK(item_claim(&s, "b", SPOOL_DONE, &item, &fault) == 1);
	CHECK(item_note(&item, slice_of("late\n"), &fault) == 0);
	CHECK(item_put(&s, &item, SPOOL_DONE, (struct stamp){1700000000, 0},
		  &fault) == 0);
	CHECK(where("b") == SPOOL_DONE);
	CHECK_SLICE(buf_slice(&text), "one\nlate\n");
	item_release(&item);
}

static void
a_claim_is_one_process_s(void)
{
	struct item item = {.fd = -1}, other = {.fd = -1};
	struct spool second;

	put_in("c");
	CHECK(open_it(&second) == 0);
	CHECK(item_claim(&s, "c", SPOOL_NEW, &item, &fault) == 1);
	CHECK(item_claim(&second, "c", SPOOL_NEW, &other, &fault) == 0);
	CHECK(item_claim(&second, "c", SPOOL_WORK, &other, &fault) == 0);
	spool_release(&second);
	/* nor does one who opens the queue take it away */
	CHECK(open_it(&second) == 0);
	CHECK(where("c") == SPOOL_WORK);
	CHECK(item_note(&item, slice_of("two\n"), &fault) == 0);
	CHECK_SLICE(buf_slice(&item.text), "one\ntwo\n");
	CHECK(
	    item_put(&s, &item, SPOOL_NEW, (struct stamp){5, 7}, &fault) == 0);
	CHECK(item_claim(&second, "c", SPOOL_NEW, &other, &fault) == 1);
	CHECK_SLICE(buf_slice(&other.text), "one\ntwo\n");
	CHECK(item_put(&second, &other, SPOOL_NOWHERE, (struct stamp){0, 0},
		  &fault) == 0);
	CHECK(where("c") == SPOOL_NOWHERE);
	item_release(&item);
	item_release(&other);
	spool_release(&second);
}

static void
half_a_line_is_not_there(void)
{
	struct item item = {.fd = -1};
	FILE *file;

	put_in("f");
	file = fopen(at("new/f"), "a");
	CHECK(file != NULL && fputs("tor", file) >= 0 && fclose(file) == 0);
	CHECK(where("f") == SPOOL_NEW);
	CHECK_SLICE(buf_slice(&text), "one\n");
	CHECK(item_claim(&s, "f", SPOOL_NEW, &item, &fault) == 1);
	CHECK(item_note(&item, slice_of("two\n"), &fault) == 0);
	CHECK(
	    item_put(&s, &item, SPOOL_NEW, (struct stamp){9, 0}, &fault) == 0);
	CHECK(where("f") == SPOOL_NEW);
	CHECK_SLICE(buf_slice(&text), "one\ntwo\n");
	item_release(&item);
}

static void
an_item_is_claimed_wherever_it_is(void)
{
	struct item item = {.fd = -1}, other = {.fd = -1};
	enum spool_where found;
	struct spool second;

	CHECK(item_claim_any(&s, "m", 0, &found, &item, &fault) == 0);
	CHECK(found == SPOOL_NOWHERE);
	put_in("m");
	CHECK(item_claim_any(&s, "m", 0, &found, &item, &fault) == 1);
	CHECK(found == SPOOL_NEW);
	CHECK(open_it(&second) == 0);
	CHECK(item_claim_any(&second, "m", 0, &found, &other, &fault) == 0);
	CHECK(found == SPOOL_WORK);
	CHECK(item_put(&s, &item, SPOOL_DONE, (struct stamp){1700000000, 0},
		  &fault) == 0);
	CHECK(item_claim_any(&second, "m", 0, &found, &other, &fault) == 1);
	CHECK(found == SPOOL_DONE);
	item_release(&other);
	spool_release(&second);
	item_release(&item);
}

static void
an_item_that_is_written_anew_stays_claimed(void)
{
	struct item item = {.fd = -1}, other = {.fd = -1};
	struct stat old, new;
	struct spool second;

	put_in("n");
	CHECK(stat(at("new/n"), &old) == 0);
	CHECK(item_claim(&s, "n", SPOOL_NEW, &item, &fault) == 1);
	CHECK(item_replace(&s, &item, slice_of("anew\n"), &fault) == 0);
	CHECK_SLICE(buf_slice(&item.text), "anew\n");
	CHECK(stat(at("work/n"), &new) == 0 && new.st_ino != old.st_ino);
	CHECK((new.st_mode & 07777) == 0600);
	CHECK(open_it(&second) == 0);
	CHECK(where("n") == SPOOL_WORK);
	CHECK(item_claim(&second, "n", SPOOL_WORK, &other, &fault) == 0);
	spool_release(&second);
	CHECK(item_note(&item, slice_of("more\n"), &fault) == 0);
	CHECK(
	    item_put(&s, &item, SPOOL_DEAD, (struct stamp){5, 0}, &fault) == 0);
	CHECK(spool_sync(&s, &fault) == 0);
	CHECK(where("n") == SPOOL_DEAD);
	CHECK_SLICE(buf_slice(&text), "anew\nmore\n");
	item_release(&item);
	/* and nothing else is left of it */
	CHECK(open_it(&second) == 0);
	CHECK(rmdir(at("tmp")) == 0 && mkdir(at("tmp"), 0700) == 0);
	spool_release(&second);
}

int
main(void)
{
	if (queue_begin() < 0)
		return 1;
	RUN(what_is_over_is_claimed_too);
	RUN(a_claim_is_one_process_s);
	RUN(half_a_line_is_not_there);
	RUN(an_item_is_claimed_wherever_it_is);
	RUN(an_item_that_is_written_anew_stays_claimed);
	return queue_end();
}
