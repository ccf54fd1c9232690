#include "replay.h"

#include "test.h"

/* Rows by name and by number, in two nodes; x is no output. */
static const char tree[] = "node\trow\twhen\tnext\tpriority\tcode\tx\n"
			   "start\t\ta\tend\tP3\t\t1\n"
			   "start\turgent\tb\tend\tP1\tA\\\\B\t1\n"
			   "start\t\t*\tend\t\tC\t1\n"
			   "end\t\tc\t\tP2\t\t1\n"
			   "end\t\t*\t\t\t\t1\n";

static struct table t;
static struct columns outputs;
static struct replay r;

/* What a path said of both outputs, with a blank between. */
static struct slice
said(const char *path)
{
	static struct buf text;
	struct slice output[2] = {SLICE("before"), SLICE("before")};

	replay_path(&r, slice_of(path), output);
	buf_clear(&text);
	buf_add_slice(&text, output[0]);
	buf_add_char(&text, ' ');
	buf_add_slice(&text, output[1]);
	return buf_slice(&text);
}

static void
the_last_word_of_a_path_counts(void)
{
	CHECK_SLICE(said("start.1"), "P3 ");
	CHECK_SLICE(said("start.1>end.1"), "P2 ");
	CHECK_SLICE(said("start.1>end.2"), "P3 ");
	CHECK_SLICE(said("start.3>end.2"), " C");
}

static void
rows_go_by_their_names_or_their_numbers(void)
{
	CHECK_SLICE(said("start.urgent"), "P1 A\\\\B"); /* as on disk */
	CHECK_SLICE(said("start.2"), " ");
	CHECK_SLICE(said("start.3"), " C");
}

static void
rows_that_are_not_there_are_passed_over(void)
{
	CHECK_SLICE(said(""), " ");
	CHECK_SLICE(said("gone.1"), " ");
	CHECK_SLICE(said("start.1>gone.7>end.9"), "P3 ");
	CHECK_SLICE(said(">>start.1>"), "P3 ");
}

int
main(void)
{
	struct fault fault = {0};

	columns_add(&outputs, slice_of("priority"));
	columns_add(&outputs, slice_of("code"));
	if (table_read(&t, "triage.tsv", slice_of(tree), false, &fault) < 0)
		return 1;
	replay_load(&r, &t, &outputs);
	RUN(the_last_word_of_a_path_counts);
	RUN(rows_go_by_their_names_or_their_numbers);
	RUN(rows_that_are_not_there_are_passed_over);
	replay_release(&r);
	table_release(&t);
	columns_release(&outputs);
	fault_release(&fault);
	return test_done();
}
