/* sweep, holdings and torn: what a log holds of some, and the log without it.
 */
#include "sweep.h"

#include <sys/stat.h>

#include "dir.h"
#include "files.h"
#include "holdings.h"
#include "journal.h"
#include "proof.h"
#include "replacement.h"
#include "test.h"
#include "torn.h"

static struct fault fault;
static struct buf text;

/* What a file of the log holds. */
static const char *
get(const char *name)
{
	buf_clear(&text);
	CHECK(file_read(in_dir(name), 1 << 24, &text, &fault) == 0);
	return buf_str(&text);
}

/* Adds n entries of an incident with one value each. */
static void
add(const char *event, const char *id, const char *column, const char *value,
    bool sealed, size_t n)
{
	struct slice v = slice_of(value);
	struct columns names = {0};
	size_t at = columns_add(&names, slice_of(column));
	struct entry_head head = {.at = {1000, 0},
	    .by = slice_of("me"),
	    .event = slice_of(event),
	    .id = slice_of(id)};
	struct journal j;
	struct journal_entry e;

	CHECK(journal_open(&j, dir, true) == 0);
	CHECK(journal_lock(&j) == 0);
	while (journal_reader_next(&j.in, &e) > 0)
		;
	CHECK(journal_columns(&j, names.name, 1) == 0);
	for (size_t i = 0; i < n; i++)
		CHECK(journal_add(&j, &head, &names, &at, &v, &sealed, 1) == 0);
	CHECK(journal_commit(&j) == 0);
	journal_release(&j);
	columns_release(&names);
}

/* Proves the log, and sets chain to its last: the number of entries, or -1. */
static int
prove(char chain[SEAL_DIGITS + 1])
{
	struct journal_reader j;
	struct journal_entry e;
	struct proof proof = {0};
	int n = 0;

	CHECK(journal_reader_open(&j, dir) == 0);
	while (n >= 0 && journal_reader_next(&j, &e) > 0)
		n = proof_entry(&proof, &e, &fault) < 0 ? -1 : n + 1;
	if (n >= 0 && proof_end(&proof, &fault) < 0)
		n = -1;
	memcpy(chain, j.chain, SEAL_DIGITS + 1);
	proof_release(&proof);
	journal_reader_release(&j);
	return n;
}

/* Looks up A's and B's caller. */
static void
look(struct holdings *h)
{
	*h = (struct holdings){0};
	columns_add(&h->ids, slice_of("A"));
	columns_add(&h->ids, slice_of("B"));
	columns_add(&h->columns, slice_of("caller"));
	CHECK(holdings_read(h, dir, &fault) == 0);
}

static void
holdings_count_what_there_is(void)
{
	struct holdings h;
	const struct holding *a, *b;

	add("received", "A", "caller", "Ann", true, 3);
	add("received", "B", "caller", "Bea", true, 1);
	add("updated", "B", "caller", "Bea", false, 1);
	add("updated", "A", "state", "new", false, 1);
	add("updated", "C", "caller", "Cem", true, 1);
	look(&h);
	a = holdings_of(&h, 0, 0);
	b = holdings_of(&h, 1, 0);
	CHECK(a->values == 3 && a->plain == 0 && a->last == 3);
	CHECK(b->values == 2 && b->plain == 1 && b->first == 5 && b->last == 5);
	CHECK(holdings_want(&h, 0, 0));
	CHECK(h.torn == 0);
	holdings_release(&h);
}

/* Sweeps the log. */
static int
sweep(struct swept *swept)
{
	struct redactions redactions = {0};
	int result = sweep_log(dir, &redactions, swept, &fault);

	redactions_release(&redactions);
	return result;
}

static void
without_an_entry_nothing_is_swept(void)
{
	struct swept swept;
	struct stat before, after;

	CHECK(stat(in_dir("00000000000001.tsv"), &before) == 0);
	CHECK(sweep(&swept) == 0);
	CHECK(swept.values == 0 && swept.segments == 0 && swept.torn == 0);
	CHECK(stat(in_dir("00000000000001.tsv"), &after) == 0);
	CHECK(before.st_ino == after.st_ino);
}

static void
what_an_entry_takes_out_is_swept_and_the_chain_stays(void)
{
	char before[SEAL_DIGITS + 1], after[SEAL_DIGITS + 1];
	struct swept swept;
	struct holdings h;

	add("redacted", "A", "caller", "\\N", false, 1);
	look(&h);
	CHECK(!holdings_want(&h, 0, 0));
	CHECK(holdings_of(&h, 0, 0)->values == 3);
	holdings_release(&h);
	CHECK(prove(before) == 8);
	CHECK(sweep(&swept) == 0);
	CHECK(swept.values == 3 && swept.segments == 1);
	CHECK(prove(after) == 8);
	CHECK(strcmp(before, after) == 0);
	CHECK(strstr(get("00000000000001.tsv"), "Ann") == NULL);
	CHECK(strstr(get("00000000000001.tsv"), "Bea") != NULL);
	look(&h);
	CHECK(holdings_of(&h, 0, 0)->values == 0);
	CHECK(holdings_of(&h, 0, 0)->last == 3);
	CHECK(!holdings_want(&h, 0, 0));
	CHECK(holdings_of(&h, 1, 0)->values == 2);
	holdings_release(&h);
	CHECK(sweep(&swept) == 0);
	CHECK(swept.values == 0 && swept.segments == 0);
}

static void
what_has_no_seal_stays(void)
{
	char chain[SEAL_DIGITS + 1];
	struct swept swept;

	add("redacted", "B", "caller", "\\N", false, 1);
	CHECK(sweep(&swept) == 0);
	CHECK(swept.values == 1);
	CHECK(prove(chain) == 9);
	CHECK(strstr(get("00000000000001.tsv"), "Bea") != NULL);
}

static void
torn_lines_up_to_the_entry_go(void)
{
	static const struct slice lines = SLICE("3\tt\tme\t\tnoted\tA\tt\tAnn\n"
						"8\tt\tme\t\tnoted\tA\tt\tAnn\n"
						"x\tt\tme\t\tnoted\tA\tt\tAnn\n"
						"3\tt\tme\t\tnoted\tA\n"
						"3\tt\tme\t\tnoted\tC\tt\tAnn\n"
						"9\tt\tme\t\tnoted\tA\tt\tAnn\n"
						"no line\n");
	struct swept swept;
	struct holdings h;

	CHECK(replacement_write(
		  dir, "00000000000001.tsv.torn", lines, &fault) == 0);
	CHECK(replacement_write(dir, "other.torn", lines, &fault) == 0);
	look(&h);
	CHECK(h.torn == 4);
	CHECK(holdings_want(&h, 0, 0));
	CHECK(!holdings_want(&h, 1, 0));
	holdings_release(&h);
	CHECK(sweep(&swept) == 0);
	CHECK(swept.torn == 3 && swept.values == 0);
	CHECK_SLICE(slice_of(get("00000000000001.tsv.torn")),
	    "3\tt\tme\t\tnoted\tA\n"
	    "3\tt\tme\t\tnoted\tC\tt\tAnn\n"
	    "9\tt\tme\t\tnoted\tA\tt\tAnn\n"
	    "no line\n");
	CHECK(slice_eq(slice_of(get("other.torn")), lines));
}

static void
a_long_segment_is_written_anew_row_by_row(void)
{
	char before[SEAL_DIGITS + 1], after[SEAL_DIGITS + 1];
	struct swept swept;
	struct stat st;

	add("updated", "D", "caller", "Dora", true, 4000);
	add("updated", "E", "caller", "Eve", true, 4000);
	add("redacted", "D", "caller", "\\N", false, 1);
	CHECK(chmod(in_dir("00000000000006.tsv"), 0640) == 0);
	CHECK(prove(before) == 8010);
	CHECK(sweep(&swept) == 0);
	CHECK(swept.values == 4000 && swept.segments == 1);
	CHECK(prove(after) == 8010);
	CHECK(strcmp(before, after) == 0);
	CHECK(strstr(get("00000000000006.tsv"), "Dora") == NULL);
	CHECK(stat(in_dir("00000000000006.tsv"), &st) == 0);
	CHECK((st.st_mode & 07777) == 0640);
}

static void
a_log_that_is_not_there_is_a_fault(void)
{
	struct redactions redactions = {0};
	struct swept swept;
	struct holdings h = {0};
	uint64_t n = 0;

	CHECK(sweep_log(in_dir("no"), &redactions, &swept, &fault) == -1);
	CHECK(holdings_read(&h, in_dir("no"), &fault) == -1);
	CHECK(torn_each(in_dir("no"), false, NULL, NULL, &n, &fault) == -1);
	redactions_release(&redactions);
	holdings_release(&h);
}

int
main(void)
{
	dir_begin();
	if (journal_create(dir, &fault) < 0)
		return 1;
	RUN(holdings_count_what_there_is);
	RUN(without_an_entry_nothing_is_swept);
	RUN(what_an_entry_takes_out_is_swept_and_the_chain_stays);
	RUN(what_has_no_seal_stays);
	RUN(torn_lines_up_to_the_entry_go);
	RUN(a_long_segment_is_written_anew_row_by_row);
	RUN(a_log_that_is_not_there_is_a_fault);
	dir_end();
	buf_release(&text);
	fault_release(&fault);
	return test_done();
}
