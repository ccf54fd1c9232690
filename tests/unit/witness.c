#include "witness.h"

#include <stdio.h>

#include "dir.h"
#include "test.h"

#define DIGITS "0123456789abcdef0123456789abcdef"
#define CHAIN DIGITS DIGITS
#define OTHER "f" DIGITS "123456789abcdef0123456789abcdef"
#define TIME "2026-01-02T03:04:05Z"

static struct fault fault;

/* How many entries of a log of so many stand, the rest being another's. */
static int
stand(const char *text, uint64_t entries, struct witness *w)
{
	struct journal_entry e = {.chain = slice_of(CHAIN),
	    .at = slice_of(TIME),
	    .where = {"log/1.tsv", 2, 0}};

	*w = (struct witness){0};
	dir_put("heads", text);
	if (witness_read(w, in_dir("heads"), &fault) < 0)
		return -1;
	stamp_parse(e.at, &e.written);
	for (e.seq = 1; e.seq <= entries; e.seq++) {
		if (witness_entry(w, &e, &fault) < 0)
			return -1;
	}
	return witness_end(w, entries, &fault) < 0 ? -1 : (int)w->next;
}

/* The same of a log whose third entry says that it was restored. */
static int
stand_restored(const char *text, uint64_t entries, struct witness *w)
{
	struct columns columns = {0};
	struct slice field = slice_of("disk failed");
	struct journal_entry e = {.chain = slice_of(CHAIN),
	    .at = slice_of(TIME),
	    .by = slice_of("ann"),
	    .columns = &columns,
	    .field = &field};

	*w = (struct witness){0};
	columns_add(&columns, slice_of("why"));
	dir_put("heads", text);
	CHECK(witness_read(w, in_dir("heads"), &fault) == 0);
	stamp_parse(e.at, &e.written);
	for (e.seq = 1; e.seq <= entries; e.seq++) {
		e.event = slice_of(e.seq == 3 ? "restored" : "updated");
		if (witness_entry(w, &e, &fault) < 0)
			break;
	}
	columns_release(&columns);
	return e.seq <= entries || witness_end(w, entries, &fault) < 0
	    ? -1
	    : (int)w->lost;
}

static void
heads_of_what_was_lost_are_counted(void)
{
	static const struct {
		const char *heads;
		int lost;
	} of[] = {{"2 " CHAIN " " TIME "\n3 " OTHER " " TIME "\n9 " OTHER
		   " " TIME "\n",
		      2},
	    {"3 " CHAIN " " TIME "\n", 0},
	    /* before it was restored, and after: neither is excused */
	    {"2 " OTHER " " TIME "\n", -1},
	    {"4 " OTHER " 2026-01-02T03:04:06Z\n", -1},
	    {"9 " OTHER " 2026-01-02T03:04:06Z\n", -1}};
	struct witness w;

	for (size_t i = 0; i < LEN(of); i++) {
		CHECK(stand_restored(of[i].heads, 5, &w) == of[i].lost);
		if (of[i].lost > 0)
			CHECK_SLICE(buf_slice(&w.restorer),
			    "ann at " TIME ": disk failed");
		witness_release(&w);
	}
}

static void
check(const char *text, int want, const char *reason)
{
	struct witness w;

	fault_release(&fault);
	fault = (struct fault){0};
	CHECK(stand(text, 5, &w) == want);
	CHECK_SLICE(fault_reason(&fault), reason);
	witness_release(&w);
}

static void
heads_stand_in_any_order_among_other_lines(void)
{
	check("5 " CHAIN " " TIME "\nSubject: head\n\n1\t" CHAIN "\t" TIME
	      "\r\n1\t" CHAIN "\t" TIME,
	    3, "");
}

static void
another_chain_or_time_is_named_with_what_still_stands(void)
{
	static const char has[] =
	    "entry 4 was another when this head was "
	    "taken: log/1.tsv:2 has the time " TIME " and the chain " CHAIN;
	char reason[512];

	check("4 " OTHER " " TIME, -1, has);
	CHECK(fault.line == 1);
	check("4 " CHAIN " 2026-01-02T03:04:06Z", -1, has);
	snprintf(reason, sizeof reason,
	    "%s; up to entry 2 the log is what it was", has);
	check("9 " OTHER " " TIME "\n4 " OTHER " " TIME "\n2 " CHAIN " " TIME,
	    -1, reason);
	CHECK(fault.line == 2);
}

static void
a_head_after_the_end_is_named(void)
{
	check("6 " CHAIN " " TIME, -1,
	    "this head is of entry 6, but the log ends with entry 5: its end "
	    "was cut off, or it is another log; of a copy that goes on, "
	    "inc-log restored says so");
}

static void
a_file_without_a_head_or_with_a_damaged_one_is_refused(void)
{
	check("", -1,
	    "holds no head of a log: lines were expected as inc-log head "
	    "prints them");
	check("1 " CHAIN " " TIME "\n2 " DIGITS " " TIME, -1,
	    "is no head of a log: its number, its chain and its time were "
	    "expected, as inc-log head prints them");
	CHECK(fault.line == 2);
}

int
main(void)
{
	dir_begin();
	RUN(heads_of_what_was_lost_are_counted);
	RUN(heads_stand_in_any_order_among_other_lines);
	RUN(another_chain_or_time_is_named_with_what_still_stands);
	RUN(a_head_after_the_end_is_named);
	RUN(a_file_without_a_head_or_with_a_damaged_one_is_refused);
	dir_end();
	fault_release(&fault);
	return test_done();
}
