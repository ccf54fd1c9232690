#include "segment.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "test.h"

static struct buf buf;
static struct fault fault;

static void
only_fourteen_digits_make_a_name(void)
{
	static const struct {
		const char *name;
		uint64_t seq; /* 0: it is none */
	} row[] = {{"00000000000001.tsv", 1},
	    {"99999999999999.tsv", UINT64_C(99999999999999)}, {"", 0},
	    {"1.tsv", 0}, {"0000000000001.tsv", 0}, {"000000000000001.tsv", 0},
	    {"0000000000000x.tsv", 0}, {"+0000000000001.tsv", 0},
	    {"00000000000001.csv", 0}, {"00000000000001.tsv.torn", 0},
	    {"00000000000001.tsv.tmp", 0}};

	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		uint64_t seq = 0;

		CHECK(segment_number(slice_of(row[i].name), &seq) ==
		    (row[i].seq > 0));
		CHECK(seq == row[i].seq);
	}
}

static void
a_name_is_made_and_found_in_a_path(void)
{
	buf_clear(&buf);
	buf_add_str(&buf, "some/log/");
	segment_name(&buf, 1234);
	CHECK_SLICE(buf_slice(&buf), "some/log/00000000001234.tsv");
	CHECK_SLICE(segment_of(buf_slice(&buf)), "00000000001234.tsv");
	CHECK_SLICE(segment_of(slice_of("")), "");
	CHECK_SLICE(segment_of(slice_of("log")), "");
}

static void
segments_are_found_in_the_order_of_their_numbers(void)
{
	static const char *const file[] = {"00000000000020.tsv",
	    "00000000000003.tsv", "00000000000100.tsv",
	    "00000000000003.tsv.tmp", "00000000000100.tsv.torn", "lock"};
	static const char *const want[] = {
	    "00000000000003.tsv", "00000000000020.tsv", "00000000000100.tsv"};
	static const struct {
		uint64_t seq;
		const char *name;
	} holds[] = {{1, ""}, {2, ""}, {3, "00000000000003.tsv"},
	    {19, "00000000000003.tsv"}, {20, "00000000000020.tsv"},
	    {100, "00000000000100.tsv"}, {5000, "00000000000100.tsv"}};
	char dir[] = "/tmp/inc-segment-XXXXXX";
	struct slice after = {"", 0};
	int at;

	CHECK(mkdtemp(dir) != NULL);
	CHECK(segment_last(dir, &buf, &fault) == 0 && buf.n == 0);
	at = open(dir, O_RDONLY | O_DIRECTORY);
	for (size_t i = 0; i < sizeof file / sizeof *file; i++)
		close(openat(at, file[i], O_WRONLY | O_CREAT, 0600));
	for (size_t i = 0; i < sizeof want / sizeof *want; i++) {
		CHECK(segment_next(dir, after, &buf, &fault) == 1);
		CHECK_SLICE(buf_slice(&buf), want[i]);
		after = slice_of(want[i]);
	}
	CHECK(segment_next(dir, after, &buf, &fault) == 0 && buf.n == 0);
	CHECK(segment_last(dir, &buf, &fault) == 1);
	CHECK_SLICE(buf_slice(&buf), want[2]);
	for (size_t i = 0; i < LEN(holds); i++) {
		CHECK(segment_with(dir, holds[i].seq, &buf, &fault) ==
		    (*holds[i].name != '\0'));
		CHECK_SLICE(buf_slice(&buf), holds[i].name);
	}
	for (size_t i = 0; i < sizeof file / sizeof *file; i++)
		unlinkat(at, file[i], 0);
	close(at);
	rmdir(dir);
	CHECK(segment_last(dir, &buf, &fault) == -1);
	CHECK(slice_starts(buf_slice(&fault.text), "open '/tmp/"));
}

/* The columns of a header line, without its end. */
static struct columns
columns_of(struct slice line)
{
	struct columns c = {0};
	struct slice name;

	while (slice_split(&line, '\t', &name))
		columns_add(&c, name);
	return c;
}

static void
a_header_has_its_own_columns_between_the_others(void)
{
	struct columns own = {0}, again = {0}, all;

	columns_add(&own, slice_of("state"));
	columns_add(&own, slice_of("two words"));
	buf_clear(&buf);
	segment_header(&buf, &own);
	CHECK_SLICE(buf_slice(&buf),
	    "seq\tat\tby\tsource\tevent\tid\tupdated\tstate\ttwo words\t"
	    "why\trules\tnonces\tchain\n");
	all = columns_of((struct slice){buf.p, buf.n - 1});
	CHECK(segment_has(&all));
	segment_own(&all, &again);
	CHECK(again.n == 2);
	CHECK(columns_find(&all, slice_of("nonces")) == segment_nonces(&all));
	CHECK(
	    columns_find(&all, slice_of("chain")) == segment_nonces(&all) + 1);
	columns_release(&own);
	columns_release(&again);
	columns_release(&all);
}

static void
columns_of_anything_else_are_no_segment_s(void)
{
	static const struct {
		const char *header;
		bool has;
	} row[] = {
	    {"seq\tat\tby\tsource\tevent\tid\tupdated\twhy\trules\tnonces\tchai"
	     "n",
		true},
	    {"", false},
	    {"id\tstate", false},
	    {"seq\tat\tby\tsource\tevent\tid\tupdated\twhy\trules\tnonces",
		false},
	    {"at\tseq\tby\tsource\tevent\tid\tupdated\twhy\trules\tnonces\tchai"
	     "n",
		false},
	    {"seq\tat\tby\tsource\tevent\tid\tupdated\tchain\twhy\trules\tnonce"
	     "s",
		false},
	};
	struct columns none = {0};

	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		struct columns c = columns_of(slice_of(row[i].header));

		CHECK(segment_has(&c) == row[i].has);
		columns_release(&c);
	}
	segment_columns(&none);
	CHECK(segment_has(&none));
	columns_release(&none);
}

static void
a_name_that_would_break_the_header_is_not_allowed(void)
{
	CHECK(segment_allows(slice_of("state")));
	CHECK(segment_allows(slice_of("two words \\t")));
	CHECK(!segment_allows(slice_of("a\tb")));
	CHECK(!segment_allows(slice_of("a\n")));
	CHECK(!segment_allows(slice_of("\rb")));
	CHECK(!segment_allows((struct slice)SLICE("a\0b")));
}

int
main(void)
{
	RUN(only_fourteen_digits_make_a_name);
	RUN(a_name_is_made_and_found_in_a_path);
	RUN(segments_are_found_in_the_order_of_their_numbers);
	RUN(a_header_has_its_own_columns_between_the_others);
	RUN(columns_of_anything_else_are_no_segment_s);
	RUN(a_name_that_would_break_the_header_is_not_allowed);
	buf_release(&buf);
	fault_release(&fault);
	return test_done();
}
