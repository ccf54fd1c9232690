#include "journal.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "proof.h"
#include "replacement.h"
#include "test.h"

static char dir[] = "/tmp/inc-journal-XXXXXX";
static char path[512];

/* The first segment's path. */
static const char *
segment(void)
{
	snprintf(path, sizeof path, "%s/%s", dir, "00000000000001.tsv");
	return path;
}

static void
add(struct journal *j, const char *column, const char *value, bool sealed)
{
	struct slice v = slice_of(value);
	struct columns names = {0};
	size_t at = columns_add(&names, slice_of(column));
	struct entry_head head = {.at = {1000, 0},
	    .by = slice_of("me"),
	    .event = slice_of("updated"),
	    .id = slice_of("A")};
	struct journal_entry e;

	CHECK(journal_lock(j) == 0);
	while (journal_reader_next(&j->in, &e) > 0)
		;
	CHECK(journal_columns(j, names.name, 1) == 0);
	CHECK(journal_add(j, &head, &names, &at, &v, &sealed, 1) == 0);
	CHECK(journal_commit(j) == 0);
	columns_release(&names);
}

/* Proves the whole log.  Returns the number of entries, or -1. */
static int
prove(void)
{
	struct journal_reader j;
	struct journal_entry e;
	struct proof proof = {0};
	struct fault fault = {0};
	int n = 0, got;

	CHECK(journal_reader_open(&j, dir) == 0);
	while ((got = journal_reader_next(&j, &e)) > 0) {
		n++;
		if (proof_entry(&proof, &e, &fault) < 0) {
			n = -1;
			break;
		}
	}
	if (got < 0)
		n = -1;
	proof_release(&proof);
	fault_release(&fault);
	journal_reader_release(&j);
	return n;
}

static void
two_writers_see_each_other_s_entries(void)
{
	struct journal a, b;

	CHECK(journal_open(&a, dir, true) == 0);
	CHECK(journal_open(&b, dir, true) == 0);
	add(&a, "state", "one", false);
	add(&b, "state", "two", true);
	add(&a, "impact", "3", false);
	add(&b, "state", "four", false);
	add(&a, "urgency", "5", false);
	CHECK(a.in.seq == 5);
	CHECK(a.in.segments == 3);
	CHECK(prove() == 5);
	journal_release(&a);
	journal_release(&b);
}

static void
every_torn_tail_is_passed_over_and_cut(void)
{
	struct journal j;
	struct buf whole = {0}, torn = {0};
	struct fault fault = {0};
	char last[256], kept[256];
	size_t start;

	snprintf(last, sizeof last, "%s/%s", dir, "00000000000005.tsv");
	snprintf(kept, sizeof kept, "%s/%s", dir, "00000000000005.tsv.torn");
	CHECK(file_read(last, 1 << 20, &whole, &fault) == 0);
	start = whole.n - 1;
	while (whole.p[start - 1] != '\n')
		start--;
	for (size_t cut = start + 1; cut < whole.n; cut++) {
		int fd = open(last, O_WRONLY | O_TRUNC);

		CHECK(write(fd, whole.p, cut) == (ssize_t)cut);
		close(fd);
		CHECK(prove() == 4);
		CHECK(journal_open(&j, dir, true) == 0);
		add(&j, "state", "again", false);
		CHECK(j.notice.n > 0);
		CHECK(prove() == 5);
		journal_release(&j);
		buf_clear(&torn);
		CHECK(file_read(kept, 1 << 24, &torn, &fault) == 0);
		CHECK(torn.n > cut - start &&
		    memcmp(torn.p + torn.n - 1 - (cut - start), whole.p + start,
			cut - start) == 0);
	}
	buf_release(&torn);
	buf_release(&whole);
	fault_release(&fault);
}

static void
a_changed_byte_is_seen_wherever_it_is(void)
{
	struct buf whole = {0};
	struct fault fault = {0};

	CHECK(file_read(segment(), 1 << 20, &whole, &fault) == 0);
	for (size_t i = 0; i < whole.n; i++) {
		int fd = open(segment(), O_WRONLY);
		char c = whole.p[i] == 'x' ? 'y' : 'x';

		CHECK(pwrite(fd, &c, 1, (off_t)i) == 1);
		CHECK(prove() == -1);
		CHECK(pwrite(fd, whole.p + i, 1, (off_t)i) == 1);
		close(fd);
	}
	CHECK(prove() == 5);
	buf_release(&whole);
	fault_release(&fault);
}

/* Puts the whole of a text in place of the first segment. */
static void
put_first(struct slice text)
{
	int fd = open(segment(), O_WRONLY | O_TRUNC);

	CHECK(write(fd, text.p, text.n) == (ssize_t)text.n);
	close(fd);
}

static void
a_byte_put_in_or_taken_out_is_seen_wherever_it_is(void)
{
	static const char in[] = "\r\n\t x0";
	struct buf whole = {0}, changed = {0};
	struct fault fault = {0};

	CHECK(file_read(segment(), 1 << 20, &whole, &fault) == 0);
	for (size_t i = 0; i < whole.n; i++) {
		for (const char *c = in;; c++) {
			buf_clear(&changed);
			buf_add(&changed, whole.p, i);
			if (*c != '\0')
				buf_add_char(&changed, *c);
			buf_add(&changed, whole.p + i + (*c == '\0'),
			    whole.n - i - (*c == '\0'));
			put_first(buf_slice(&changed));
			CHECK(prove() == -1);
			if (*c == '\0')
				break;
		}
	}
	put_first(buf_slice(&whole));
	CHECK(prove() == 5);
	buf_release(&whole);
	buf_release(&changed);
	fault_release(&fault);
}

static void
an_entry_is_gone_to_without_reading_those_before(void)
{
	struct journal_reader j;
	struct journal_entry e;

	CHECK(journal_reader_open(&j, dir) == 0);
	for (uint64_t seq = 5; seq > 0; seq--) {
		CHECK(journal_reader_seek(&j, seq) == 0);
		CHECK(journal_reader_next(&j, &e) == 1);
		CHECK(e.seq == seq);
	}
	CHECK(journal_reader_seek(&j, 6) == 0);
	CHECK(journal_reader_next(&j, &e) == 0);
	CHECK(journal_reader_seek(&j, 1) == 0);
	for (uint64_t seq = 1; seq <= 5; seq++)
		CHECK(journal_reader_next(&j, &e) == 1 && e.seq == seq);
	journal_reader_release(&j);
}

static void
a_reader_sees_that_what_it_read_was_taken_back(void)
{
	struct journal_reader reader;
	struct journal writer;
	struct journal_entry e;
	off_t size;
	int fd;

	CHECK(journal_open(&writer, dir, true) == 0);
	CHECK(journal_reader_open(&reader, dir) == 0);
	CHECK(journal_reader_seek(&reader, 5) == 0);
	CHECK(journal_reader_next(&reader, &e) == 1);
	snprintf(path, sizeof path, "%s/%s", dir, "00000000000005.tsv");
	fd = open(path, O_WRONLY);
	size = lseek(fd, 0, SEEK_END);
	CHECK(journal_reader_refresh(&reader) == 0);
	add(&writer, "state", "six", false);
	CHECK(journal_reader_refresh(&reader) == 0);
	CHECK(journal_reader_next(&reader, &e) == 1 && e.seq == 6);
	CHECK(journal_reader_refresh(&reader) == 0);
	CHECK(ftruncate(fd, size) == 0);
	CHECK(journal_reader_refresh(&reader) == -1);
	close(fd);
	journal_reader_release(&reader);
	journal_release(&writer);
}

/* Removes the log. */
static void
clean_up(void)
{
	DIR *d = opendir(dir);
	struct dirent *item;

	while (d != NULL && (item = readdir(d)) != NULL) {
		snprintf(path, sizeof path, "%s/%s", dir, item->d_name);
		unlink(path);
	}
	closedir(d);
	rmdir(dir);
}

static void
a_reader_goes_on_in_the_file_that_took_the_place_of_another(void)
{
	struct journal_reader reader;
	struct journal writer;
	struct journal_entry e;
	struct buf whole = {0};
	struct fault fault = {0};
	char name[32];
	uint64_t last;

	CHECK(journal_reader_open(&reader, dir) == 0);
	while (journal_reader_next(&reader, &e) > 0)
		;
	last = reader.seq;
	snprintf(name, sizeof name, "%s", strrchr(reader.path, '/') + 1);
	CHECK(file_read(reader.path, 1 << 20, &whole, &fault) == 0);
	CHECK(replacement_write(dir, name, buf_slice(&whole), &fault) == 0);
	CHECK(journal_reader_next(&reader, &e) == 0);
	CHECK(replacement_write(dir, name, buf_slice(&whole), &fault) == 0);
	CHECK(journal_open(&writer, dir, true) == 0);
	add(&writer, "state", "more", false);
	add(&writer, "newest", "column", false);
	CHECK(journal_reader_next(&reader, &e) == 1 && e.seq == last + 1);
	CHECK(journal_reader_next(&reader, &e) == 1 && e.seq == last + 2);
	CHECK(journal_reader_next(&reader, &e) == 0);
	journal_reader_release(&reader);
	journal_release(&writer);
	buf_release(&whole);
	fault_release(&fault);
}

static void
a_writer_that_goes_on_sees_what_others_did_meanwhile(void)
{
	struct journal a, b;
	struct journal_entry e;
	struct buf whole = {0};
	struct fault fault = {0};
	uint64_t last;
	off_t size;
	int fd;

	CHECK(journal_open(&a, dir, true) == 0);
	CHECK(journal_open(&b, dir, true) == 0);
	add(&a, "newest", "one", false);
	last = a.in.seq;
	add(&a, "newest", "two", false);
	add(&b, "newer", "three", false); /* in another segment */
	add(&a, "newest", "four", false);
	add(&a, "newest", "five", false);
	CHECK(a.in.segments == b.in.segments);
	CHECK(file_read(a.in.path, 1 << 20, &whole, &fault) == 0);
	CHECK(replacement_write(dir, strrchr(a.in.path, '/') + 1,
		  buf_slice(&whole), &fault) == 0);
	add(&a, "newest", "six", false);
	add(&a, "newest", "seven", false);
	CHECK(a.in.seq == last + 6);
	CHECK(prove() == (int)a.in.seq);
	/* What it has read since is taken back. */
	size = lseek(stream_reader_fd(&a.in.rows), 0, SEEK_CUR);
	snprintf(path, sizeof path, "%s/synced", dir);
	buf_clear(&whole);
	CHECK(file_read(path, 1000, &whole, &fault) == 0);
	add(&b, "newest", "eight", false);
	CHECK(journal_reader_next(&a.in, &e) == 1 && e.seq == last + 7);
	CHECK(truncate(a.in.path, size) == 0);
	fd = open(path, O_WRONLY);
	CHECK(write(fd, whole.p, whole.n) == (ssize_t)whole.n);
	close(fd);
	CHECK(journal_lock(&a) == -1);
	journal_release(&a);
	journal_release(&b);
	buf_release(&whole);
	fault_release(&fault);
}

static void
a_writer_whose_segment_was_replaced_goes_on_in_the_newest(void)
{
	struct journal a, b;
	struct buf whole = {0};
	struct fault fault = {0};

	CHECK(journal_open(&a, dir, true) == 0);
	CHECK(journal_open(&b, dir, true) == 0);
	add(&a, "newest", "one", false);
	CHECK(file_read(a.in.path, 1 << 20, &whole, &fault) == 0);
	CHECK(replacement_write(dir, strrchr(a.in.path, '/') + 1,
		  buf_slice(&whole), &fault) == 0);
	add(&b, "newest", "two", false);
	add(&b, "and", "another", false);
	add(&a, "newest", "three", false);
	CHECK(a.in.seq == b.in.seq + 1);
	CHECK(prove() == (int)a.in.seq);
	journal_release(&a);
	journal_release(&b);
	buf_release(&whole);
	fault_release(&fault);
}

int
main(void)
{
	struct fault fault = {0};

	if (mkdtemp(dir) == NULL || journal_create(dir, &fault) < 0)
		return 1;
	RUN(two_writers_see_each_other_s_entries);
	RUN(every_torn_tail_is_passed_over_and_cut);
	RUN(a_changed_byte_is_seen_wherever_it_is);
	RUN(a_byte_put_in_or_taken_out_is_seen_wherever_it_is);
	RUN(an_entry_is_gone_to_without_reading_those_before);
	RUN(a_reader_sees_that_what_it_read_was_taken_back);
	RUN(a_reader_goes_on_in_the_file_that_took_the_place_of_another);
	RUN(a_writer_whose_segment_was_replaced_goes_on_in_the_newest);
	RUN(a_writer_that_goes_on_sees_what_others_did_meanwhile);
	clean_up();
	fault_release(&fault);
	return test_done();
}
