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

	CHECK(spool_open(&none, dir, &fault) == -1);
	CHECK(strstr(buf_str(&fault.text), "is no spool") != NULL);
	fault_release(&fault);
	spool_release(&none);
}

static int
see_dir(void *ctx, const char *name)
{
	buf_addf(ctx, "%s ", name);
	return slice_is(slice_of(name), "done/2023-11") ? 7 : 0;
}

static void
what_is_over_is_by_month(void)
{
	struct buf dirs = {0};
	int got = 0;

	put_in("m1");
	put_to("m1", SPOOL_DONE, 1700000000);
	for (int i = 0; i < SPOOL_NOWHERE && got == 0; i++)
		got = spool_each_dir(
		    &s, (enum spool_where)i, see_dir, &dirs, &fault);
	CHECK(got == 7); /* what see returned, which ended it */
	CHECK_SLICE(buf_slice(&dirs), "new work done/2023-11 ");
	spool_set_month(&dirs, (struct stamp){1700000000, 0});
	CHECK_SLICE(buf_slice(&dirs), "done/2023-11");
	CHECK(spool_find(&s, "m1", &dirs, &fault) == SPOOL_DONE);
	CHECK_SLICE(buf_slice(&dirs), at("done/2023-11/m1"));
	CHECK(spool_find(&s, "m2", &dirs, &fault) == SPOOL_NOWHERE);
	buf_release(&dirs);
}

static void
what_another_has_open_is_not_free(void)
{
	struct buf tmp = {0};
	int fd = spool_temporary(&s, "t", &tmp, &fault), other = -1;

	CHECK(fd >= 0 && file_exists(buf_str(&tmp)));
	CHECK(spool_open_free(buf_str(&tmp), &other, &fault) == 0);
	close(fd);
	CHECK(spool_open_free(buf_str(&tmp), &other, &fault) == 1);
	close(other);
	CHECK(unlink(buf_str(&tmp)) == 0);
	CHECK(spool_open_free(buf_str(&tmp), &other, &fault) == 0);
	CHECK(other == -1);
	buf_release(&tmp);
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
		struct item item = {.fd = -1};
		struct staging half = {.spool = &second};

		if (open_it(&second) < 0 ||
		    item_claim(&second, "d", SPOOL_NEW, &item, &fault) < 1 ||
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
all_is_for_its_owner_alone(void)
{
	static const char *const what[] = {
	    "", "new", "work", "done", "done/2023-11", "dead", "tmp"};
	struct stat st;

	put_in("over");
	put_to("over", SPOOL_DONE, 1700000000);
	for (size_t i = 0; i < LEN(what); i++)
		CHECK(stat(at(what[i]), &st) == 0 &&
		    (st.st_mode & 07777) == 0700);
	put_in("a");
	CHECK(stat(at("new/a"), &st) == 0 && (st.st_mode & 07777) == 0600);
}

static void
what_is_only_looked_at_is_left_as_it_is(void)
{
	struct buf work = {0};
	struct spool reader;

	put_in("o");
	/* as one that died would leave it */
	spool_set_path(&s, &work, spool_place[SPOOL_WORK], "o");
	CHECK(rename(at("new/o"), buf_str(&work)) == 0);
	CHECK(spool_open_reading(&reader, buf_str(&queue_dir), &fault) == 0);
	CHECK_SLICE(slice_of(spool_dir(&reader)), buf_str(&queue_dir));
	buf_clear(&text);
	CHECK(item_read(&reader, slice_of("o"), &text, &fault) == SPOOL_WORK);
	CHECK_SLICE(buf_slice(&text), "one\n");
	spool_release(&reader);
	CHECK(spool_open_reading(&reader, dir, &fault) == -1);
	fault_release(&fault);
	spool_release(&reader);
	buf_release(&work);
}

/* Whoever opens the queue takes nothing away that is being written. */
static void
others_open_it_meanwhile(void)
{
	char name[32];
	int status = 0;
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
	RUN(what_is_over_is_by_month);
	RUN(what_another_has_open_is_not_free);
	RUN(what_the_dead_have_left_is_moved_back);
	RUN(all_is_for_its_owner_alone);
	RUN(what_is_only_looked_at_is_left_as_it_is);
	RUN(others_open_it_meanwhile);
	return queue_end();
}
