/* recall: the entries of some incidents are those of the whole log. */
#include "recall.h"

#include <dirent.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "chance.h"
#include "files.h"
#include "journal.h"
#include "replacement.h"
#include "segment.h"
#include "test.h"

#define INCIDENTS 40

static char dir[] = "/tmp/inc-recall-XXXXXX";
static struct fault fault;
static struct columns names;

static const char *
in_dir(uint64_t first, bool of_index)
{
	static struct buf path;

	buf_clear(&path);
	buf_addf(&path, "%s/", dir);
	if (of_index)
		segment_index_name(&path, first);
	else
		segment_name(&path, first);
	return buf_str(&path);
}

/* Adds n entries of incidents by chance, in a new segment. */
static void
add_segment(size_t n)
{
	struct journal j;
	struct journal_entry e;
	struct buf id = {0};
	struct slice value = slice_of("x");
	size_t column = columns_add(&names, slice_of("summary"));
	bool personal = false;

	CHECK(journal_open(&j, dir, true) == 0);
	CHECK(journal_lock(&j) == 0);
	while (journal_reader_next(&j.in, &e) > 0)
		;
	CHECK(journal_begin(&j, names.name, 1) == 0);
	for (size_t i = 0; i < n; i++) {
		struct entry_head head = {.at = {1000, 0},
		    .by = slice_of("me"),
		    .event = slice_of("updated")};

		buf_clear(&id);
		buf_addf(&id, "ID %zu", chance(INCIDENTS));
		head.id = i % 17 == 0 ? slice_of("") : buf_slice(&id);
		CHECK(journal_add(&j, &head, &names, &column, &value, &personal,
			  1) == 0);
	}
	CHECK(journal_commit(&j) == 0);
	journal_release(&j);
	buf_release(&id);
}

/*
 * Opens what is before the newest segment, with notes of that; journal gets to
 * its end.
 */
static void
open_log(struct recall *r, struct journal_reader *j)
{
	struct journal_entry e;
	uint64_t first;

	CHECK(journal_reader_open(j, dir) == 0);
	CHECK(journal_reader_newest(j, &first) == 1);
	CHECK(recall_open(r, dir, first) == 0);
	while (journal_reader_next(j, &e) > 0)
		recall_note(r, &e);
}

/* Whether an incident is one of those that are asked for. */
static bool
is_asked(struct slice id, size_t mask)
{
	struct slice number = {id.p + 3, id.n - 3};
	unsigned long long n;

	return id.n > 3 && slice_number(number, INCIDENTS, &n) == 0 &&
	    (mask >> n & 1) > 0;
}

/* Whether the entries of the incidents in a set come, and no others. */
static void
check_set(struct recall *r, size_t mask)
{
	struct journal_reader j;
	struct journal_entry want, got;
	struct buf id = {0};

	for (size_t i = 0; i < INCIDENTS; i++) {
		buf_clear(&id);
		buf_addf(&id, "ID %zu", i);
		if ((mask >> i & 1) > 0)
			recall_want(r, buf_slice(&id), 0);
	}
	CHECK(journal_reader_open(&j, dir) == 0);
	while (journal_reader_next(&j, &want) > 0) {
		if (!is_asked(want.id, mask))
			continue;
		CHECK(recall_next(r, &got) == 1);
		CHECK(got.seq == want.seq && slice_eq(got.id, want.id) &&
		    slice_eq(got.text, want.text) &&
		    slice_eq(got.chain, want.chain) &&
		    got.extent.at == want.extent.at &&
		    got.extent.n == want.extent.n &&
		    got.segment == want.segment);
	}
	CHECK(recall_next(r, &got) == 0);
	CHECK(recall_next(r, &got) == 0);
	journal_reader_release(&j);
	buf_release(&id);
}

static void
check_all(struct recall *r)
{
	for (size_t i = 0; i < INCIDENTS; i++)
		check_set(r, (size_t)1 << i);
	for (size_t i = 0; i < 20; i++)
		check_set(r, chance(1 << 24) | chance(1 << 16) << 24);
}

static void
close_log(struct recall *r, struct journal_reader *j)
{
	recall_release(r);
	journal_reader_release(j);
}

static void
entries_are_found_without_an_index(void)
{
	struct recall r;
	struct journal_reader j;

	for (size_t i = 0; i < 5; i++)
		add_segment(60);
	open_log(&r, &j);
	CHECK(r.n == 5);
	check_all(&r);
	close_log(&r, &j);
}

static void
entries_are_found_by_the_index(void)
{
	struct recall r;
	struct journal_reader j;

	open_log(&r, &j);
	CHECK(recall_file(&r, r.n - 1) == 0);
	CHECK(file_exists(in_dir(61, true)));
	CHECK(!file_exists(in_dir(241, true)));
	check_all(&r);
	close_log(&r, &j);
	open_log(&r, &j);
	CHECK(r.segment[1].last == 120 && r.segment[4].last == 300);
	check_all(&r);
	close_log(&r, &j);
}

/* Writes a file of the log anew, with another text in each place of one. */
static void
rewrite(const char *name, struct slice from, struct slice to)
{
	struct buf path = {0}, text = {0}, other = {0};

	buf_addf(&path, "%s/%s", dir, name);
	CHECK(file_read(buf_str(&path), 1 << 24, &text, &fault) == 0);
	for (size_t i = 0; i < text.n;) {
		bool here = i + from.n <= text.n &&
		    memcmp(text.p + i, from.p, from.n) == 0;

		if (here)
			buf_add_slice(&other, to);
		else
			buf_add_char(&other, text.p[i]);
		i += here ? from.n : 1;
	}
	CHECK(!slice_eq(buf_slice(&text), buf_slice(&other)));
	CHECK(replacement_write(dir, name, buf_slice(&other), &fault) == 0);
	buf_release(&path);
	buf_release(&text);
	buf_release(&other);
}

static void
an_index_that_does_not_fit_is_not_believed(void)
{
	struct recall r;
	struct journal_reader j;
	struct buf path = {0};

	buf_add_str(&path, in_dir(61, true));
	/* what a disk has changed */
	rewrite("00000000000061.index", slice_of("+"), slice_of("0+"));
	open_log(&r, &j);
	check_all(&r);
	CHECK(recall_file(&r, r.n - 1) == 0); /* and is made anew */
	close_log(&r, &j);
	/* that of another segment */
	CHECK(rename(in_dir(1, true), buf_str(&path)) == 0);
	open_log(&r, &j);
	check_all(&r);
	CHECK(recall_file(&r, r.n - 1) == 0);
	close_log(&r, &j);
	open_log(&r, &j);
	check_all(&r);
	close_log(&r, &j);
	buf_release(&path);
}

/* Takes note of the entries of the first segment, without one of them. */
static struct contents
contents_without(uint64_t seq)
{
	struct contents c = contents_of(dir, 1);
	struct journal_reader j;
	struct journal_entry e;

	CHECK(journal_reader_open(&j, dir) == 0);
	while (journal_reader_next(&j, &e) > 0 && e.segment == 1) {
		if (e.seq != seq)
			contents_note(&c, &e);
	}
	journal_reader_release(&j);
	return c;
}

static void
an_index_that_lacks_an_entry_is_not_proved(void)
{
	struct contents whole = contents_without(0);
	struct contents lacks = contents_without(20);

	CHECK(contents_file(&lacks, &fault) == 0);
	CHECK(contents_prove(&whole, &fault) == -1);
	CHECK(strstr(buf_str(&fault.text), "00000000000001.index: ") != NULL);
	contents_release(&whole);
	whole = contents_without(0);
	CHECK(contents_file(&whole, &fault) == 0);
	contents_release(&whole);
	whole = contents_without(0);
	CHECK(contents_prove(&whole, &fault) == 0);
	contents_release(&whole);
	contents_release(&lacks);
}

static void
a_segment_that_is_written_anew_is_read_anew(void)
{
	struct recall r;
	struct journal_reader j;

	open_log(&r, &j);
	check_all(&r);
	/* every value longer: all entries stand elsewhere */
	for (uint64_t first = 1; first <= 241; first += 60) {
		struct buf name = {0};

		segment_name(&name, first);
		rewrite(
		    buf_str(&name), slice_of("\tx\t"), slice_of("\tlonger\t"));
		buf_release(&name);
	}
	check_all(&r);
	close_log(&r, &j);
	open_log(&r, &j);
	check_all(&r);
	close_log(&r, &j);
}

static void
what_was_written_anew_gets_a_right_index(void)
{
	struct recall r, again;
	struct journal_reader j;

	open_log(&r, &j);
	rewrite(
	    "00000000000241.tsv", slice_of("\tlonger\t"), slice_of("\tx\t"));
	CHECK(recall_file(&r, r.n) == 0);
	close_log(&r, &j);
	CHECK(recall_open(&again, dir, UINT64_MAX) == 0);
	check_all(&again);
	CHECK(again.segment[4].indexed);
	recall_release(&again);
	CHECK(unlink(in_dir(241, true)) == 0);
}

static void
what_is_added_stays_known_until_it_is_written(void)
{
	struct recall r;
	struct journal j;
	struct journal_entry e;
	struct entry_head head = {.at = {1000, 0},
	    .by = slice_of("me"),
	    .event = slice_of("updated"),
	    .id = slice_of("ID new")};

	CHECK(journal_open(&j, dir, true) == 0);
	CHECK(recall_open(&r, dir, 1) == 0);
	CHECK(journal_lock(&j) == 0);
	while (journal_reader_next(&j.in, &e) > 0)
		recall_note(&r, &e);
	CHECK(journal_add(&j, &head, &names, NULL, NULL, NULL, 0) == 0);
	journal_added(&j, &e);
	recall_note(&r, &e);
	recall_want(&r, head.id, 0);
	CHECK(recall_next(&r, &e) == 0);
	CHECK(journal_commit(&j) == 0);
	recall_want(&r, head.id, 0);
	CHECK(recall_next(&r, &e) == 1 && e.seq == 301);
	CHECK(recall_next(&r, &e) == 0);
	check_all(&r);
	recall_release(&r);
	journal_release(&j);
}

static void
a_gap_between_segments_is_a_fault(void)
{
	struct recall r;

	CHECK(unlink(in_dir(61, false)) == 0);
	CHECK(recall_open(&r, dir, 241) == -1);
	CHECK(strstr(buf_str(&r.fault.text),
		  "entry 121, entry 61 was expected") != NULL);
	recall_release(&r);
}

/* Removes all that the tests have made. */
static void
clear(void)
{
	DIR *d = opendir(dir);
	struct dirent *item;
	struct buf path = {0};

	while (d != NULL && (item = readdir(d)) != NULL) {
		buf_clear(&path);
		buf_addf(&path, "%s/%s", dir, item->d_name);
		if (item->d_name[0] != '.')
			unlink(buf_str(&path));
	}
	if (d != NULL)
		closedir(d);
	rmdir(dir);
	buf_release(&path);
}

int
main(void)
{
	if (mkdtemp(dir) == NULL || journal_create(dir, &fault) < 0)
		return 2;
	RUN(entries_are_found_without_an_index);
	RUN(entries_are_found_by_the_index);
	RUN(an_index_that_does_not_fit_is_not_believed);
	RUN(an_index_that_lacks_an_entry_is_not_proved);
	RUN(a_segment_that_is_written_anew_is_read_anew);
	RUN(what_was_written_anew_gets_a_right_index);
	RUN(what_is_added_stays_known_until_it_is_written);
	RUN(a_gap_between_segments_is_a_fault);
	clear();
	columns_release(&names);
	fault_release(&fault);
	return test_done();
}
