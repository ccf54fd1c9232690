#include "synced.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dir.h"
#include "files.h"
#include "test.h"

#define DIGITS "0123456789abcdef0123456789abcdef"
#define CHAIN DIGITS DIGITS
#define OTHER DIGITS "0123456789abcdef0123456789abcdee"
#define NOTE_BYTES 128 /* inc-log(5) */

static struct buf text;
static struct fault fault;
static struct synced s;
static struct stat st;
static int segment; /* an open one: line, then an entry's end */

/* Puts a text in place of the file, keeping its inode. */
static void
put(struct slice note)
{
	int fd = open(in_dir("synced"), O_WRONLY | O_TRUNC);

	CHECK(write(fd, note.p, note.n) == (ssize_t)note.n);
	close(fd);
}

/* Opens it for writing, under its lock, with that many bytes noted. */
static void
begin(off_t bytes)
{
	CHECK(synced_open(&s, dir, true, &fault) == 0);
	CHECK(synced_lock(&s, 0, &fault) == 1);
	CHECK(synced_note(&s, &st, bytes, &fault) == 0);
}

static void
what_is_noted_another_reads(void)
{
	struct synced other;

	begin(70);
	synced_unlock(&s);
	CHECK(synced_open(&other, dir, false, &fault) == 0);
	CHECK(synced_lock(&other, 0, &fault) == 1);
	CHECK(other.file == st.st_ino);
	CHECK(other.bytes == 70);
	CHECK(other.spoiled == 0);
	CHECK(synced_covers(&other, &st, 70));
	CHECK(!synced_covers(&other, &st, 71));
	synced_release(&other);
	synced_release(&s);
}

static void
one_at_a_time_has_the_lock(void)
{
	struct synced other;

	begin(70);
	CHECK(synced_open(&other, dir, false, &fault) == 0);
	CHECK(synced_lock(&other, 0, &fault) == 0);
	CHECK_SLICE(fault_reason(&fault),
	    "another writer has held the log for 0s: try again later");
	synced_release(&s);
	CHECK(synced_lock(&other, 0, &fault) == 1);
	synced_release(&other);
}

static void
a_log_without_it_is_read_and_a_writer_makes_it(void)
{
	struct stat made;

	unlink(in_dir("synced"));
	CHECK(synced_open(&s, dir, false, &fault) == 0);
	CHECK(synced_lock(&s, 0, &fault) == 1);
	CHECK(!synced_covers(&s, &st, 0));
	synced_release(&s);
	CHECK(stat(in_dir("synced"), &made) < 0);
	CHECK(synced_open(&s, dir, true, &fault) == 0);
	synced_read(&s);
	CHECK(!synced_covers(&s, &st, 0));
	synced_release(&s);
	CHECK(stat(in_dir("synced"), &made) == 0);
	CHECK((made.st_mode & 0777) == 0600);
}

static void
what_is_of_another_file_or_beyond_its_end_is_nothing(void)
{
	struct stat other = st;

	begin(st.st_size);
	other.st_ino++;
	CHECK(!synced_covers(&s, &other, 0));
	other = st;
	other.st_size--;
	CHECK(!synced_covers(&s, &other, 0));
	other.st_size += 2;
	CHECK(synced_covers(&s, &other, st.st_size));
	CHECK(!synced_covers(&s, &other, other.st_size));
	synced_release(&s);
}

static void
a_note_in_any_other_form_is_nothing(void)
{
	static const char in[] = "\n\t x\r";
	struct buf note = {0};

	begin(70);
	CHECK(file_read(in_dir("synced"), 1000, &note, &fault) == 0);
	CHECK(note.n == NOTE_BYTES);
	for (size_t i = 0; i < NOTE_BYTES; i++) {
		put((struct slice){note.p, i});
		synced_read(&s);
		CHECK(s.file == 0 && s.bytes == 0);
		for (const char *c = in; *c != '\0'; c++) {
			char was = note.p[i];

			note.p[i] = *c;
			put(buf_slice(&note));
			synced_read(&s);
			CHECK(s.file == 0 || *c == was);
			note.p[i] = was;
		}
	}
	put(buf_slice(&note));
	synced_read(&s);
	CHECK(synced_covers(&s, &st, 70));
	memset(note.p, '9', 20);
	put(buf_slice(&note));
	synced_read(&s);
	CHECK(s.file == 0);
	buf_release(&note);
	synced_release(&s);
}

static void
entries_are_spoiled_while_the_one_that_was_not_synced_stands(void)
{
	struct stat shorter = st;

	begin(5);
	CHECK(!synced_is_spoiled(&s, segment, &st));
	synced_spoil(&s, st.st_size, CHAIN);
	synced_read(&s);
	CHECK(s.bytes == 5);
	CHECK(synced_is_spoiled(&s, segment, &st));
	synced_spoil(&s, st.st_size, OTHER);
	CHECK(!synced_is_spoiled(&s, segment, &st));
	synced_spoil(&s, st.st_size - 1, CHAIN);
	CHECK(!synced_is_spoiled(&s, segment, &st));
	synced_spoil(&s, 3, CHAIN);
	CHECK(!synced_is_spoiled(&s, segment, &st));
	synced_spoil(&s, st.st_size, CHAIN);
	shorter.st_ino++;
	CHECK(!synced_is_spoiled(&s, segment, &shorter));
	CHECK(synced_note(&s, &st, 5, &fault) == 0);
	CHECK(!synced_is_spoiled(&s, segment, &st));
	synced_release(&s);
}

static void
the_end_of_the_last_batch_is_taken_where_it_can_be_true(void)
{
	begin(5);
	CHECK(synced_end(&s, 10, 100) == 10);
	CHECK(synced_write_end(&s, 60, &fault) == 0);
	synced_read(&s);
	CHECK(s.bytes == 5);
	CHECK(synced_end(&s, 10, 100) == 60);
	CHECK(synced_end(&s, 61, 100) == 61);
	CHECK(synced_end(&s, 10, 59) == 10);
	/* Half of it written. */
	CHECK(pwrite(s.fd, "1", 1, NOTE_BYTES + 17) == 1);
	synced_read(&s);
	CHECK(synced_end(&s, 10, 1000) == 10);
	synced_release(&s);
}

static void
what_cant_be_opened_or_written_is_a_fault(void)
{
	begin(5);
	close(s.fd);
	s.fd = open(in_dir("synced"), O_RDONLY);
	CHECK(synced_note(&s, &st, 6, &fault) == -1);
	CHECK(slice_starts(fault_reason(&fault), "write '/tmp/inc-unit-"));
	CHECK(s.bytes == 5);
	CHECK(synced_write_end(&s, 6, &fault) == -1);
	synced_release(&s);
	unlink(in_dir("synced"));
	CHECK(mkdir(in_dir("synced"), 0700) == 0);
	CHECK(synced_open(&s, dir, true, &fault) == -1);
	CHECK(slice_starts(fault_reason(&fault), "open '/tmp/inc-unit-"));
	synced_release(&s);
	rmdir(in_dir("synced"));
}

int
main(void)
{
	dir_begin();
	buf_add_str(&text, "line\n" CHAIN "\n");
	segment = open(in_dir("segment"), O_RDWR | O_CREAT, 0600);
	if (write(segment, text.p, text.n) < 0 || fstat(segment, &st) < 0)
		return 1;
	RUN(what_is_noted_another_reads);
	RUN(one_at_a_time_has_the_lock);
	RUN(a_log_without_it_is_read_and_a_writer_makes_it);
	RUN(what_is_of_another_file_or_beyond_its_end_is_nothing);
	RUN(a_note_in_any_other_form_is_nothing);
	RUN(entries_are_spoiled_while_the_one_that_was_not_synced_stands);
	RUN(the_end_of_the_last_batch_is_taken_where_it_can_be_true);
	RUN(what_cant_be_opened_or_written_is_a_fault);
	close(segment);
	dir_end();
	buf_release(&text);
	fault_release(&fault);
	return test_done();
}
