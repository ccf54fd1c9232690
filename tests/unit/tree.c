#include "tree.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "test.h"

static const char triage[] =
    "node\trow\task\tfield\twhen\tnext\tnote\tpriority\tcode\n"
    "start\tdrill\t\t\tsummary,details ~ /\\bdrill\\b/i\t\t\tP4\tDRILL\n"
    "start\t\tHow many?\timpact\t*\tmatrix\n"
    "# the matrix\n"
    "matrix\t\t\t\timpact = 1 and urgency = 1\tadjust\t\tP1\n"
    "matrix\t\t\t\timpact = 1 and urgency = 2\tadjust\t\tP2\n"
    "matrix\t\t\t\t*\tadjust\t\tP4\n"
    "adjust\tvip\t\t\tpriority = P2 and vip = yes\t\tone up\tP1\tV\\\\IP\n"
    "adjust\t\t\t\t*\t\t\t\tINC\n";

static struct table table;
static struct columns in, known;
static struct tree *tree;
static struct fault fault;
static struct when_state state;
static struct tree_walk walk;

static int
load(struct slice text)
{
	if (table_read(&table, "pack/triage.tsv", text, false, &fault) < 0)
		return -1;
	tree = tree_new(&table, &fault);
	return tree != NULL ? 0 : -1;
}

static void
release(void)
{
	tree_free(tree);
	tree = NULL;
	table_release(&table);
	columns_release(&in);
	columns_release(&known);
	when_state_release(&state);
	tree_walk_release(&walk);
	fault_release(&fault);
}

/* Loads the tree above and binds it to summary, impact, urgency, priority. */
static void
load_triage(void)
{
	static const char *const names[] = {
	    "summary", "impact", "urgency", "priority"};

	CHECK(load(slice_of(triage)) == 0);
	for (size_t i = 0; i < 4; i++)
		columns_add(&in, slice_of(names[i]));
	columns_add(&known, slice_of("details"));
	columns_add(&known, slice_of("vip"));
	CHECK(tree != NULL && tree_bind(tree, &in, &known, &fault) == 0);
}

static void
go(const char *summary, const char *impact, const char *urgency,
    const char *priority)
{
	struct slice field[] = {slice_of(summary), slice_of(impact),
	    slice_of(urgency), slice_of(priority)};

	tree_go(tree, field, &state, &walk, NULL, NULL);
}

static void
a_walk_takes_the_first_row_that_holds(void)
{
	load_triage();
	CHECK(tree_outputs(tree)->n == 2);
	CHECK_SLICE(tree_outputs(tree)->name[1], "code");
	go("fire", "1", "1", "");
	CHECK_SLICE(buf_slice(&walk.path), "start.2>matrix.1>adjust.2");
	CHECK_SLICE(walk.output[0], "P1");
	CHECK_SLICE(walk.output[1], "INC");
	go("a Drill", "1", "1", "");
	CHECK_SLICE(buf_slice(&walk.path), "start.drill");
	CHECK_SLICE(walk.output[0], "P4");
	CHECK_SLICE(walk.output[1], "DRILL");
	go("", "", "", "");
	CHECK_SLICE(buf_slice(&walk.path), "start.2>matrix.3>adjust.2");
	CHECK_SLICE(buf_slice(&walk.because), "");
	release();
}

static void
an_explanation_has_places_and_facts(void)
{
	load_triage();
	walk.explain = true;
	go("fire", "1", "2", "");
	CHECK_SLICE(buf_slice(&walk.because),
	    "triage.tsv:3; triage.tsv:6 impact=1 urgency=2; triage.tsv:9");
	go("drill", "1", "2", "");
	CHECK_SLICE(
	    buf_slice(&walk.because), "triage.tsv:2 summary=drill details=");
	release();
}

static void
an_output_is_read_as_the_walk_has_set_it(void)
{
	load_triage();
	columns_add(&in, slice_of("vip"));
	CHECK(tree_bind(tree, &in, &known, &fault) == 0);
	walk.explain = true;
	/* The row's own priority, P2, is not what the tree says. */
	{
		struct slice field[] = {SLICE("x"), SLICE("3"), SLICE("3"),
		    SLICE("P2"), SLICE("yes")};

		tree_go(tree, field, &state, &walk, NULL, NULL);
		CHECK_SLICE(buf_slice(&walk.path), "start.2>matrix.3>adjust.2");
		field[1] = slice_of("1");
		field[2] = slice_of("2");
		field[3] = slice_of("P4");
		tree_go(tree, field, &state, &walk, NULL, NULL);
		CHECK_SLICE(
		    buf_slice(&walk.path), "start.2>matrix.2>adjust.vip");
		CHECK_SLICE(walk.output[0], "P1");
		CHECK_SLICE(walk.output[1], "V\\\\IP");
		CHECK_SLICE(buf_slice(&walk.because),
		    "triage.tsv:3; triage.tsv:6 impact=1 urgency=2; "
		    "triage.tsv:8 priority=P2 vip=yes");
	}
	release();
}

static void
count(void *ctx, const struct fault *f)
{
	CHECK_SLICE(buf_slice(&((struct fault *)(uintptr_t)f)->text),
	    "pack/triage.tsv:2:8: the search of 'a' hit a limit, the "
	    "condition "
	    "counts as not met");
	++*(int *)ctx;
}

static void
a_search_that_hits_a_limit_is_reported_and_passed_over(void)
{
	struct slice field = SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!");
	int reports = 0;

	CHECK(load(slice_of("node\twhen\tx\ns\ta ~ /^(a+)+$/\t1\ns\t*\t2\n")) ==
	    0);
	columns_add(&in, slice_of("a"));
	CHECK(tree_bind(tree, &in, NULL, &fault) == 0);
	tree_go(tree, &field, &state, &walk, count, &reports);
	CHECK(reports == 1 && walk.limits == 1);
	CHECK_SLICE(walk.output[0], "2");
	release();
}

static void
check_fault(const char *rows, const char *want)
{
	struct buf text = {0};

	buf_addf(&text, "node\trow\twhen\tnext\tx\n%s", rows);
	CHECK(load(buf_slice(&text)) == -1);
	CHECK_SLICE(buf_slice(&fault.text), want);
	buf_release(&text);
	release();
}

static void
broken_rules_have_their_place(void)
{
	check_fault("",
	    "pack/triage.tsv:1: a tree of no rows: at least a node "
	    "with the row '*' was expected");
	check_fault("\t\t*\n", "pack/triage.tsv:2:1: the row names no node");
	check_fault("a\t\tx = 1\n",
	    "pack/triage.tsv:2:4: the last row of node 'a' must be '*'");
	check_fault("a\t\t*\na\t\tx = 1\na\t\t*\n",
	    "pack/triage.tsv:2:4: '*' holds always, so the rows of node 'a' "
	    "after it are never taken");
	check_fault("a\t\tx = 1\tb\na\t\t*\nb\t\t*\na\t\t*\n",
	    "pack/triage.tsv:5:1: the rows of node 'a' stand together, and end "
	    "on line 3");
	check_fault("start\t\t*\tmatirx\nmatrix\t\t*\n",
	    "pack/triage.tsv:2:10: unknown node 'matirx' (did you mean "
	    "'matrix'?)");
	check_fault("a\t\tx = 1\tc\na\t\t*\tb\nb\t\t*\tc\nc\t\t*\tb\n",
	    "pack/triage.tsv:4:6: node 'b' leads back to 'c'");
	check_fault(
	    "a\t\t*\ta\n", "pack/triage.tsv:2:6: node 'a' leads back to 'a'");
	check_fault("a\t\t*\tb\nb\t\t*\nc\t\t*\td\nd\t\t*\n",
	    "pack/triage.tsv:4:1: no way leads from 'a' to node 'c'");
	check_fault("a\tr\tx = 1\na\tr\t*\n",
	    "pack/triage.tsv:3:3: two rows of node 'a' are called 'r', the "
	    "other on line 2");
	check_fault("a\t2\tx = 1\na\t\t*\n",
	    "pack/triage.tsv:2:3: '2' is not this row's number");
	check_fault("a\tb.c\t*\n",
	    "pack/triage.tsv:2:3: 'b.c': a name holds no "
	    "blank, '.' or '>'");
	check_fault("a\t\tx =\n",
	    "pack/triage.tsv:2:7: a value was expected at the end");
	check_fault("a\t\t\n",
	    "pack/triage.tsv:2:4: a condition ('*' holds always) "
	    "was expected at the end");
}

static void
a_header_without_conditions_is_refused(void)
{
	CHECK(load(slice_of("node\twhne\na\t*\n")) == -1);
	CHECK_SLICE(buf_slice(&fault.text),
	    "pack/triage.tsv:1: the column 'when' is missing (did you mean "
	    "'whne'?)");
	release();
}

static void
an_unknown_column_is_refused_with_its_place(void)
{
	CHECK(load(slice_of("node\twhen\tx\na\timpct = 1\t\na\t*\t\n")) == 0);
	columns_add(&in, slice_of("impact"));
	CHECK(tree_bind(tree, &in, NULL, &fault) == -1);
	CHECK_SLICE(buf_slice(&fault.text),
	    "pack/triage.tsv:2:3: unknown column 'impct' (did you mean "
	    "'impact'?)");
	release();
}

static void
a_tree_that_joins_again_is_a_tree(void)
{
	CHECK(load(slice_of("node\twhen\tnext\na\tx = 1\tb\na\t*\tc\n"
			    "b\t*\td\nc\t*\td\nd\t*\t\n")) == 0);
	release();
}

static double
cpu_s(void)
{
	struct timespec t;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

#define MANY 10000

/* Walks text as a tree and checks the last step of the path. */
static void
check_large(struct buf *text, const char *end)
{
	struct slice field = SLICE("none");
	double before = cpu_s();
	size_t n = strlen(end);

	CHECK(load(buf_slice(text)) == 0);
	columns_add(&in, slice_of("x"));
	CHECK(tree != NULL && tree_bind(tree, &in, NULL, &fault) == 0);
	tree_go(tree, &field, &state, &walk, NULL, NULL);
	CHECK(walk.path.n >= n &&
	    memcmp(walk.path.p + walk.path.n - n, end, n) == 0);
#ifndef __SANITIZE_ADDRESS__
	CHECK(cpu_s() - before < 0.5);
#endif
	if (cpu_s() - before > 0.2)
		printf("# %.2f s\n", cpu_s() - before);
	buf_release(text);
	release();
}

static void
large_trees_load_at_once(void)
{
	struct buf text = {0};

	buf_add_str(&text, "node\twhen\tnext\ty\n");
	for (int i = 0; i < MANY; i++)
		buf_addf(&text, "n%d\t*\tn%d\t%d\n", i, i + 1, i);
	buf_addf(&text, "n%d\t*\n", MANY);
	check_large(&text, "n9999.1>n10000.1");
	buf_add_str(&text, "node\twhen\tnext\ty\n");
	for (int i = 0; i < MANY; i++)
		buf_addf(&text, "a\tx = %d and {x} != %d\t\tP%d\n", i, i, i);
	buf_add_str(&text, "a\t*\n");
	check_large(&text, "a.10001");
	/* Many ways, one for each subset of the nodes. */
	buf_add_str(&text, "node\twhen\tnext\ty\n");
	for (int i = 0; i < 100; i++)
		buf_addf(&text,
		    "n%d\tx = %d\tn%d\n"
		    "n%d\t*\tn%d\n",
		    i, i, i + 2 > 100 ? 100 : i + 2, i, i + 1);
	buf_add_str(&text, "n100\t*\n");
	check_large(&text, "n99.2>n100.1");
}

int
main(void)
{
	RUN(a_walk_takes_the_first_row_that_holds);
	RUN(an_explanation_has_places_and_facts);
	RUN(an_output_is_read_as_the_walk_has_set_it);
	RUN(a_search_that_hits_a_limit_is_reported_and_passed_over);
	RUN(broken_rules_have_their_place);
	RUN(a_header_without_conditions_is_refused);
	RUN(an_unknown_column_is_refused_with_its_place);
	RUN(a_tree_that_joins_again_is_a_tree);
	RUN(large_trees_load_at_once);
	return test_done();
}
