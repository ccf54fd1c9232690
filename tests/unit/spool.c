#include "spool.h"

#include <signal.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/wait.h>
#include <unistd.h>

#include "files.h"
#include "queue.h"

static void
names_are_plain(void)
{
	CHECK(spool_is_name(slice_of("0a9z")));
	CHECK(!spool_is_name(slice_of("")));
	CHECK(!spool_is_name(slice_of("../a")));
	CHECK(!spool_is_name(slice_of("a.b")));
	CHECK(!spool_is_name(slice_of("A")));
	CHECK(!spool_is_name((struct slice){"a\0b", 3}));
	CHECK(spool_is_name((struct slice){
	    "0123456789012345678901234567890123456789012345678901234567890123",
	    64}));
	CHECK(!spool_is_name((struct slice){
	    "01234567890123456789012345678901234567890123456789012345678901234",
	    65}));
}

static void
what_is_no_spool_is_not_opened(void)
{
	struct spool none;

	CHECK(spool_open(&none, home, &fault) == -1);
	CHECK(strstr(buf_str(&fault.text), "is no spool") != NULL);
	fault_release(&fault);
	spool_release(&none);
}

static void
what_is_over_is_claimed_too(void)
{
	struct spool_item item = {.fd = -1};

	put_in("b");
	put_to("b", SPOOL_DONE, 1700000000);
	CHECK(file_exists(at("done/2023-11/b")));
	CHECK(spool_claim(&s, "nowhere", SPOOL_DONE, &item, &fault) == 0);
	CHECK(spool_claim(&s, "b", SPOOL_DONE, &item, &fault) == 1);
	CHECK(spool_note(&item, slice_of("late\n"), &fault) == 0);
	CHECK(spool_put(&s, &item, SPOOL_DONE, (struct stamp){1700000000, 0},
		  &fault) == 0);
	CHECK(where("b") == SPOOL_DONE);
	CHECK_SLICE(buf_slice(&text), "one\nlate\n");
	spool_item_release(&item);
}

static void
a_claim_is_one_process_s(void)
{
	struct spool_item item = {.fd = -1}, other = {.fd = -1};
	struct spool second;

	put_in("c");
	CHECK(open_it(&second) == 0);
	CHECK(spool_claim(&s, "c", SPOOL_NEW, &item, &fault) == 1);
	CHECK(spool_claim(&second, "c", SPOOL_NEW, &other, &fault) == 0);
	CHECK(spool_claim(&second, "c", SPOOL_WORK, &other, &fault) == 0);
	spool_release(&second);
	/* nor does one who opens the queue take it away */
	CHECK(open_it(&second) == 0);
	CHECK(where("c") == SPOOL_WORK);
	CHECK(spool_note(&item, slice_of("two\n"), &fault) == 0);
	CHECK_SLICE(buf_slice(&item.text), "one\ntwo\n");
	CHECK(
	    spool_put(&s, &item, SPOOL_NEW, (struct stamp){5, 7}, &fault) == 0);
	CHECK(spool_claim(&second, "c", SPOOL_NEW, &other, &fault) == 1);
	CHECK_SLICE(buf_slice(&other.text), "one\ntwo\n");
	CHECK(spool_put(&second, &other, SPOOL_NOWHERE, (struct stamp){0, 0},
		  &fault) == 0);
	CHECK(where("c") == SPOOL_NOWHERE);
	spool_item_release(&item);
	spool_item_release(&other);
	spool_release(&second);
}

static void
what_the_dead_have_left_is_moved_back(void)
{
	struct spool second;
	pid_t child;
	int status;

	put_in("d");
	child = fork();
	if (child == 0) {
		struct spool_item item = {.fd = -1};
		struct staging half = {.spool = &second};

		if (open_it(&second) < 0 ||
		    spool_claim(&second, "d", SPOOL_NEW, &item, &fault) < 1 ||
		    staging_add(&half, slice_of("e"), slice_of("half\n"), begun,
			&fault) < 0)
			_exit(1);
		_exit(0);
	}
	CHECK(waitpid(child, &status, 0) == child && status == 0);
	CHECK(where("d") == SPOOL_WORK);
	CHECK(open_it(&second) == 0);
	CHECK(where("d") == SPOOL_NEW);
	CHECK(where("e") == SPOOL_NOWHERE);
	CHECK(rmdir(at("tmp")) == 0); /* nothing is left in it */
	CHECK(mkdir(at("tmp"), 0700) == 0);
	spool_release(&second);
}

static void
half_a_line_is_not_there(void)
{
	struct spool_item item = {.fd = -1};
	FILE *file;

	put_in("f");
	file = fopen(at("new/f"), "a");
	CHECK(file != NULL && fputs("tor", file) >= 0 && fclose(file) == 0);
	CHECK(where("f") == SPOOL_NEW);
	CHECK_SLICE(buf_slice(&text), "one\n");
	CHECK(spool_claim(&s, "f", SPOOL_NEW, &item, &fault) == 1);
	CHECK(spool_note(&item, slice_of("two\n"), &fault) == 0);
	CHECK(
	    spool_put(&s, &item, SPOOL_NEW, (struct stamp){9, 0}, &fault) == 0);
	CHECK(where("f") == SPOOL_NEW);
	CHECK_SLICE(buf_slice(&text), "one\ntwo\n");
	spool_item_release(&item);
}

static void
all_is_for_its_owner_alone(void)
{
	static const char *const what[] = {
	    "", "new", "work", "done", "done/2023-11", "dead", "tmp"};
	struct stat st;

	for (size_t i = 0; i < LEN(what); i++)
		CHECK(stat(at(what[i]), &st) == 0 &&
		    (st.st_mode & 07777) == 0700);
	put_in("a");
	CHECK(stat(at("new/a"), &st) == 0 && (st.st_mode & 07777) == 0600);
}

static void
an_item_is_claimed_wherever_it_is(void)
{
	struct spool_item item = {.fd = -1}, other = {.fd = -1};
	enum spool_where found;
	struct spool second;

	CHECK(spool_claim_any(&s, "m", 0, &found, &item, &fault) == 0);
	CHECK(found == SPOOL_NOWHERE);
	put_in("m");
	CHECK(spool_claim_any(&s, "m", 0, &found, &item, &fault) == 1);
	CHECK(found == SPOOL_NEW);
	CHECK(open_it(&second) == 0);
	CHECK(spool_claim_any(&second, "m", 0, &found, &other, &fault) == 0);
	CHECK(found == SPOOL_WORK);
	CHECK(spool_put(&s, &item, SPOOL_DONE, (struct stamp){1700000000, 0},
		  &fault) == 0);
	CHECK(spool_claim_any(&second, "m", 0, &found, &other, &fault) == 1);
	CHECK(found == SPOOL_DONE);
	spool_item_release(&other);
	spool_release(&second);
	spool_item_release(&item);
}

static void
an_item_that_is_written_anew_stays_claimed(void)
{
	struct spool_item item = {.fd = -1}, other = {.fd = -1};
	struct stat old, new;
	struct spool second;

	put_in("n");
	CHECK(stat(at("new/n"), &old) == 0);
	CHECK(spool_claim(&s, "n", SPOOL_NEW, &item, &fault) == 1);
	CHECK(spool_replace(&s, &item, slice_of("anew\n"), &fault) == 0);
	CHECK_SLICE(buf_slice(&item.text), "anew\n");
	CHECK(stat(at("work/n"), &new) == 0 && new.st_ino != old.st_ino);
	CHECK((new.st_mode & 07777) == 0600);
	CHECK(open_it(&second) == 0);
	CHECK(where("n") == SPOOL_WORK);
	CHECK(spool_claim(&second, "n", SPOOL_WORK, &other, &fault) == 0);
	spool_release(&second);
	CHECK(spool_note(&item, slice_of("more\n"), &fault) == 0);
	CHECK(spool_put(&s, &item, SPOOL_DEAD, (struct stamp){5, 0}, &fault) ==
	    0);
	CHECK(spool_sync(&s, &fault) == 0);
	CHECK(where("n") == SPOOL_DEAD);
	CHECK_SLICE(buf_slice(&text), "anew\nmore\n");
	spool_item_release(&item);
	/* and nothing else is left of it */
	CHECK(open_it(&second) == 0);
	CHECK(rmdir(at("tmp")) == 0 && mkdir(at("tmp"), 0700) == 0);
	spool_release(&second);
}

static void
what_is_only_looked_at_is_left_as_it_is(void)
{
	struct buf dir = {0};
	struct spool reader;

	put_in("o");
	/* as one that died would leave it */
	buf_addf(&dir, "%s/spool/work/o", home);
	CHECK(rename(at("new/o"), buf_str(&dir)) == 0);
	buf_clear(&dir);
	buf_addf(&dir, "%s/spool", home);
	CHECK(spool_open_reading(&reader, buf_str(&dir), &fault) == 0);
	buf_clear(&text);
	CHECK(spool_read(&reader, slice_of("o"), &text, &fault) == SPOOL_WORK);
	CHECK_SLICE(buf_slice(&text), "one\n");
	spool_release(&reader);
	CHECK(spool_open_reading(&reader, home, &fault) == -1);
	fault_release(&fault);
	spool_release(&reader);
	buf_release(&dir);
}

/* Whoever opens the queue takes nothing away that is being written. */
static void
others_open_it_meanwhile(void)
{
	char name[16];
	int status;
	pid_t child = fork();

	if (child == 0) {
		struct spool other;

		while (open_it(&other) == 0)
			spool_release(&other);
		_exit(1);
	}
	CHECK(child > 0);
	for (int i = 0; i < 100; i++) {
		snprintf(name, sizeof name, "meanwhile%d", i);
		put_in(name);
	}
	CHECK(kill(child, SIGKILL) == 0 && waitpid(child, &status, 0) == child);
	CHECK(WIFSIGNALED(status));
}

int
main(void)
{
	if (queue_begin() < 0)
		return 1;
	RUN(names_are_plain);
	RUN(what_is_no_spool_is_not_opened);
	RUN(what_is_over_is_claimed_too);
	RUN(a_claim_is_one_process_s);
	RUN(what_the_dead_have_left_is_moved_back);
	RUN(half_a_line_is_not_there);
	RUN(all_is_for_its_owner_alone);
	RUN(an_item_is_claimed_wherever_it_is);
	RUN(an_item_that_is_written_anew_stays_claimed);
	RUN(what_is_only_looked_at_is_left_as_it_is);
	RUN(others_open_it_meanwhile);
	return queue_end();
}
