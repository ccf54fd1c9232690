#include "flight.h"

#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dir.h"
#include "files.h"
#include "replacement.h"
#include "test.h"

#define DIGITS "0123456789abcdef0123456789abcdef"
#define ONE DIGITS "11111111111111111111111111111111"
#define TWO DIGITS "22222222222222222222222222222222"
#define THREE DIGITS "33333333333333333333333333333333"
#define NAME "00000000000001.tsv"
#define NEXT "00000000000002.tsv"
#define START "header\n"

static char segment[64];
static struct buf text, newest, notice;
static struct fault fault;
static struct flight a, b;

/* A log of one segment without an entry, and two who write to it. */
static void
begin(void)
{
	unlink(in_dir("synced"));
	unlink(in_dir(NAME ".torn"));
	CHECK(replacement_write(dir, NAME, slice_of(START), &fault) == 0);
	CHECK(flight_open(&a, dir, &fault) == 0);
	CHECK(flight_open(&b, dir, &fault) == 0);
	buf_clear(&notice);
}

static void
done(void)
{
	flight_release(&a);
	flight_release(&b);
}

/* Puts a text in place of what a file holds. */
static void
put(const char *file, struct slice what)
{
	int fd = open(file, O_WRONLY | O_TRUNC);

	CHECK(write(fd, what.p, what.n) == (ssize_t)what.n);
	close(fd);
}

/* The number of the entry with that chain. */
static uint64_t
number(const char *chain)
{
	return (uint64_t)(chain[SEAL_DIGITS - 1] - '0');
}

/* Takes the lock, writes an entry with that chain, and gives the lock back. */
static void
write_entry(struct flight *fl, const char *chain)
{
	buf_clear(&text);
	buf_addf(&text, "%s\n", chain);
	CHECK(flight_lock(fl, 0, &newest, &notice, &fault) == 1);
	CHECK(flight_begin(fl, segment, buf_slice(&text), number(chain), chain,
		  &fault) == 0);
	flight_unlock(fl);
}

/* What the segment holds. */
static struct slice
content(void)
{
	buf_clear(&text);
	CHECK(file_read(segment, 1 << 20, &text, &fault) == 0);
	return buf_slice(&text);
}

/* How many bytes of it are noted as synced; -1: nothing is known. */
static off_t
noted(void)
{
	struct synced s;
	struct stat st;
	off_t bytes = -1;

	CHECK(stat(segment, &st) == 0);
	CHECK(synced_open(&s, dir, false, &fault) == 0);
	synced_read(&s);
	if (synced_covers(&s, &st, 0))
		bytes = s.bytes;
	synced_release(&s);
	return bytes;
}

static void
a_sync_is_for_all_who_have_written(void)
{
	begin();
	write_entry(&a, ONE);
	write_entry(&b, TWO);
	CHECK(noted() == sizeof START - 1);
	CHECK(flight_land(&a, false, &fault) == 0);
	CHECK(noted() == sizeof START - 1 + 65 + 65);
	CHECK(flight_land(&b, false, &fault) == 0);
	CHECK_SLICE(content(), START ONE "\n" TWO "\n");
	done();
}

static void
half_a_batch_is_not_noted_as_synced(void)
{
	int fd;

	begin();
	write_entry(&a, ONE);
	fd = open(segment, O_WRONLY | O_APPEND);
	CHECK(write(fd, "x\ny", 3) == 3);
	CHECK(flight_land(&a, false, &fault) == 0);
	CHECK(noted() == sizeof START - 1 + 65);
	close(fd);
	done();
}

static void
what_is_waited_for_lets_others_write_and_what_is_not_is_synced(void)
{
	struct synced s;

	begin();
	write_entry(&a, ONE);
	CHECK(synced_open(&s, dir, false, &fault) == 0);
	CHECK(synced_lock(&s, 0, &fault) == 1); /* somebody syncs */
	CHECK(flight_lock(&b, 0, &newest, &notice, &fault) == 1);
	flight_unlock(&b);
	flight_release(&a); /* it dies */
	CHECK(flight_lock(&b, 0, &newest, &notice, &fault) == 0);
	CHECK_SLICE(fault_reason(&fault),
	    "another writer has held the log for 0s: try again later");
	flight_unlock(&b);
	synced_release(&s);
	CHECK(noted() == sizeof START - 1);
	CHECK(flight_lock(&b, 0, &newest, &notice, &fault) == 1);
	CHECK(noted() == sizeof START - 1 + 65);
	CHECK_SLICE(content(), START ONE "\n");
	done();
}

static void
what_was_read_lands_though_nothing_is_added(void)
{
	begin();
	write_entry(&a, ONE);
	CHECK(flight_lock(&b, 0, &newest, &notice, &fault) == 1);
	CHECK(flight_begin(&b, segment, slice_of(""), 1, ONE, &fault) == 0);
	flight_unlock(&b);
	CHECK(flight_land(&b, false, &fault) == 0);
	CHECK(noted() == sizeof START - 1 + 65);
	done();
}

static void
an_entry_that_is_not_there_any_more_does_not_land(void)
{
	begin();
	write_entry(&a, ONE);
	CHECK(truncate(segment, sizeof START - 1) == 0);
	write_entry(&b, TWO);
	CHECK(flight_land(&a, false, &fault) == -1);
	CHECK(strstr(buf_str(&fault.text), "another writer could not sync") !=
	    NULL);
	CHECK(flight_land(&b, false, &fault) == 0);
	CHECK_SLICE(content(), START TWO "\n");
	done();
}

/* Somebody notes that the entry that ends there could not be synced. */
static void
spoil(off_t end, const char *chain)
{
	struct synced s;

	CHECK(synced_open(&s, dir, true, &fault) == 0);
	CHECK(synced_lock(&s, 0, &fault) == 1);
	synced_spoil(&s, end, chain);
	synced_release(&s);
}

static void
after_a_failed_sync_all_that_was_not_synced_is_taken_back(void)
{
	begin();
	write_entry(&a, ONE);
	CHECK(flight_land(&a, false, &fault) == 0);
	write_entry(&a, TWO);
	write_entry(&b, THREE);
	spoil(sizeof START - 1 + 65 + 65, TWO);
	CHECK(flight_land(&b, false, &fault) == -1);
	CHECK_SLICE(content(), START ONE "\n");
	CHECK(flight_land(&a, false, &fault) == -1);
	write_entry(&a, TWO);
	CHECK(flight_land(&a, false, &fault) == 0);
	CHECK_SLICE(content(), START ONE "\n" TWO "\n");
	done();
}

static void
the_next_writer_takes_it_back_where_nobody_else_did(void)
{
	begin();
	write_entry(&a, ONE);
	CHECK(flight_land(&a, false, &fault) == 0);
	write_entry(&a, TWO);
	spoil(sizeof START - 1 + 65 + 65, TWO);
	flight_release(&a);
	write_entry(&b, THREE);
	CHECK(flight_land(&b, false, &fault) == 0);
	CHECK_SLICE(content(), START ONE "\n" THREE "\n");
	CHECK(notice.n > 0);
	done();
}

static void
an_old_note_takes_back_nothing(void)
{
	struct buf old = {0};

	begin();
	write_entry(&a, ONE);
	CHECK(flight_land(&a, false, &fault) == 0);
	write_entry(&a, TWO);
	spoil(sizeof START - 1 + 65 + 65, TWO);
	CHECK(file_read(in_dir("synced"), 1000, &old, &fault) == 0);
	CHECK(flight_land(&a, false, &fault) == -1);
	write_entry(&b, THREE);
	CHECK(flight_land(&b, false, &fault) == 0);
	put(in_dir("synced"), buf_slice(&old));
	CHECK(flight_lock(&a, 0, &newest, &notice, &fault) == 1);
	CHECK_SLICE(content(), START ONE "\n" THREE "\n");
	CHECK(noted() == sizeof START - 1 + 65 + 65);
	buf_release(&old);
	done();
}

static void
an_entry_in_a_file_that_was_replaced_has_landed(void)
{
	off_t bytes;

	begin();
	write_entry(&a, ONE);
	CHECK(flight_lock(&b, 0, &newest, &notice, &fault) == 1);
	CHECK(flight_begin(&b, segment, slice_of(""), 1, ONE, &fault) == 0);
	CHECK(flight_land(&b, true, &fault) == 0);
	CHECK(replacement_write(
		  dir, NAME, slice_of(START "and more\n"), &fault) == 0);
	flight_unlock(&b);
	CHECK(flight_lock(&b, 0, &newest, &notice, &fault) == 1);
	flight_unlock(&b);
	bytes = noted();
	CHECK(bytes > 0);
	CHECK(flight_land(&a, false, &fault) == 0);
	CHECK(noted() == bytes);
	done();
}

static void
a_torn_tail_is_moved_aside_and_told(void)
{
	begin();
	write_entry(&a, ONE);
	CHECK(flight_land(&a, false, &fault) == 0);
	write_entry(&a, TWO);
	CHECK(truncate(segment, sizeof START - 1 + 65 + 10) == 0);
	write_entry(&b, THREE);
	CHECK(flight_land(&b, false, &fault) == 0);
	CHECK(notice.n > 0);
	CHECK_SLICE(content(), START ONE "\n" THREE "\n");
	done();
}

/* Whether a writer finds the log as it left it, and which segment newest. */
static bool
finds_as_left(struct flight *fl, const char *name)
{
	bool as_left;

	CHECK(flight_lock(fl, 0, &newest, &notice, &fault) == 1);
	CHECK_SLICE(buf_slice(&newest), name);
	as_left = fl->as_left;
	flight_unlock(fl);
	CHECK(!fl->as_left);
	return as_left;
}

static void
a_writer_knows_the_log_as_it_left_it(void)
{
	begin();
	CHECK(!finds_as_left(&a, NAME));
	write_entry(&a, ONE);
	CHECK(flight_land(&a, false, &fault) == 0);
	CHECK(finds_as_left(&a, NAME));
	CHECK(finds_as_left(&a, NAME));
	CHECK(a.seq == 1);
	CHECK(!finds_as_left(&b, NAME));
	write_entry(&b, TWO);
	CHECK(!finds_as_left(&a, NAME));
	CHECK(flight_land(&b, false, &fault) == 0);
	CHECK(!finds_as_left(&a, NAME));
	CHECK(finds_as_left(&b, NAME));
	write_entry(&a, THREE);
	CHECK(flight_land(&a, false, &fault) == 0);
	CHECK(finds_as_left(&a, NAME));
	CHECK_SLICE(content(), START ONE "\n" TWO "\n" THREE "\n");
	CHECK(noted() == sizeof START - 1 + 3 * 65);
	done();
}

/* Has a writer land one more entry, and find all as it left it. */
static void
leave(struct flight *fl, const char *chain)
{
	write_entry(fl, chain);
	CHECK(flight_land(fl, false, &fault) == 0);
	CHECK(finds_as_left(fl, NAME));
}

static void
what_others_did_to_the_files_is_seen(void)
{
	begin();
	leave(&a, ONE);
	CHECK(replacement_write(dir, NEXT, slice_of(START), &fault) == 0);
	CHECK(!finds_as_left(&a, NEXT));
	unlink(in_dir(NEXT));
	leave(&a, TWO);
	buf_clear(&text);
	CHECK(file_read(segment, 1 << 20, &text, &fault) == 0);
	CHECK(replacement_write(dir, NAME, buf_slice(&text), &fault) == 0);
	CHECK(!finds_as_left(&a, NAME));
	leave(&a, THREE);
	CHECK(truncate(segment, sizeof START - 1 + 65) == 0);
	CHECK(!finds_as_left(&a, NAME));
	leave(&a, TWO);
	CHECK(truncate(in_dir("synced"), 0) == 0);
	CHECK(!finds_as_left(&a, NAME));
	CHECK(noted() == sizeof START - 1 + 65 + 65);
	leave(&a, THREE);
	put(segment, slice_of(START ONE "\n" THREE "\n" TWO "\n"));
	CHECK(!finds_as_left(&a, NAME));
	leave(&a, ONE);
	unlink(in_dir("lock"));
	CHECK(replacement_write(dir, "lock", slice_of(""), &fault) == 0);
	CHECK(flight_lock(&a, 0, &newest, &notice, &fault) == -1);
	done();
}

/* Who keeps the log's lock may replace the segment, and then add to that. */
static void
what_lands_under_the_lock_leaves_nothing_open(void)
{
	begin();
	CHECK(flight_lock(&a, 0, &newest, &notice, &fault) == 1);
	CHECK(
	    flight_begin(&a, segment, slice_of(ONE "\n"), 1, ONE, &fault) == 0);
	CHECK(flight_land(&a, true, &fault) == 0);
	CHECK(replacement_write(dir, NAME, slice_of(START "1\n"), &fault) == 0);
	CHECK(
	    flight_begin(&a, segment, slice_of(TWO "\n"), 2, TWO, &fault) == 0);
	flight_unlock(&a);
	CHECK(flight_land(&a, false, &fault) == 0);
	CHECK_SLICE(content(), START "1\n" TWO "\n");
	done();
}

int
main(void)
{
	int fd;

	dir_begin();
	fd = open(in_dir("lock"), O_RDWR | O_CREAT, 0600);
	close(fd);
	snprintf(segment, sizeof segment, "%s/%s", dir, NAME);
	RUN(a_sync_is_for_all_who_have_written);
	RUN(half_a_batch_is_not_noted_as_synced);
	RUN(what_is_waited_for_lets_others_write_and_what_is_not_is_synced);
	RUN(what_was_read_lands_though_nothing_is_added);
	RUN(an_entry_that_is_not_there_any_more_does_not_land);
	RUN(after_a_failed_sync_all_that_was_not_synced_is_taken_back);
	RUN(the_next_writer_takes_it_back_where_nobody_else_did);
	RUN(an_old_note_takes_back_nothing);
	RUN(an_entry_in_a_file_that_was_replaced_has_landed);
	RUN(a_torn_tail_is_moved_aside_and_told);
	RUN(a_writer_knows_the_log_as_it_left_it);
	RUN(what_others_did_to_the_files_is_seen);
	RUN(what_lands_under_the_lock_leaves_nothing_open);
	dir_end();
	buf_release(&text);
	buf_release(&newest);
	buf_release(&notice);
	fault_release(&fault);
	return test_done();
}
