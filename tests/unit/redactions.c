#include "redactions.h"

#include "test.h"

#define NONCE "0123456789abcdef0123456789abcdef"
#define MARK        \
	"redacted:" \
	"00000000000000000000000000000000000000000000000000000000000000ab"

enum { ID = 5, CALLER = 7, STATE, NONCES = 11, COLUMNS = 13 };

static struct columns columns;
static struct redactions redactions;
static struct fault fault;
static struct slice field[COLUMNS];

/* An entry of these fields. */
static struct journal_entry
entry(uint64_t seq, const char *event, const char *id, const char *caller,
    const char *nonces)
{
	static char number[24];

	memset(field, 0, sizeof field);
	snprintf(number, sizeof number, "%llu", (unsigned long long)seq);
	field[0] = slice_of(number);
	field[ID] = slice_of(id);
	field[CALLER] = slice_of(caller);
	field[STATE] = slice_of("new");
	field[NONCES] = slice_of(nonces);
	return (struct journal_entry){.seq = seq,
	    .written = {(int64_t)seq * 10, 0},
	    .event = slice_of(event),
	    .id = field[ID],
	    .nonces = field[NONCES],
	    .columns = &columns,
	    .field = field,
	    .where = {"log/00000000000001.tsv", 7, 0}};
}

/* Whether the caller of an entry is still there. */
static bool
left(uint64_t seq, const char *id, const char *caller, const char *nonces)
{
	struct journal_entry e = entry(seq, "updated", id, caller, nonces);
	bool result = redactions_left(&redactions, &columns, field, CALLER);

	CHECK(redactions_check(&redactions, &e, &fault) == (result ? -1 : 0));
	CHECK(!redactions_left(&redactions, &columns, field, STATE));
	CHECK(!redactions_left(&redactions, &columns, field, NONCES));
	CHECK(!redactions_left(&redactions, &columns, field, ID));
	return result;
}

static void
before_any_nothing_was_taken_out(void)
{
	CHECK(!left(1, "A", "Ann", "caller:" NONCE));
	CHECK(redactions_of_id(&redactions, slice_of("A")) == 0);
}

static void
what_an_entry_clears_was_taken_out_before_it(void)
{
	struct journal_entry e = entry(5, "updated", "A", "\\N", "");
	struct stamp at = {0, 0};

	redactions_read(&redactions, &e);
	CHECK(redactions_of_id(&redactions, slice_of("A")) == 0);
	e = entry(5, "redacted", "A", "\\N", "");
	redactions_read(&redactions, &e);
	CHECK(
	    redactions_of(&redactions, slice_of("A"), slice_of("caller")) == 5);
	CHECK(
	    redactions_of(&redactions, slice_of("A"), slice_of("state")) == 0);
	CHECK(redactions_of_id(&redactions, slice_of("A")) == 5);
	CHECK(redactions_when(&redactions, slice_of("A"), &at) == 5);
	CHECK(at.s == 50);
	CHECK(redactions_when(&redactions, slice_of("B"), &at) == 0);
	CHECK(left(4, "A", "Ann", "caller:" NONCE));
	CHECK_SLICE(buf_slice(&fault.text),
	    "log/00000000000001.tsv:7: column 'caller' of 'A' is still there, "
	    "though entry 5 takes it out: inc-log redact must be run again");
	CHECK(left(4, "A", "Ann", ""));
	CHECK(!left(4, "B", "Ann", "caller:" NONCE));
	CHECK(!left(5, "A", "Ann", "caller:" NONCE));
	CHECK(!left(6, "A", "Ann", "caller:" NONCE));
}

static void
a_mark_and_what_is_no_value_are_gone(void)
{
	CHECK(!left(4, "A", "", ""));
	CHECK(!left(4, "A", "\\N", ""));
	CHECK(!left(4, "A", MARK, ""));
	CHECK(!left(4, "A", MARK, "callback:" NONCE));
	CHECK(left(4, "A", MARK, "caller:" NONCE));
}

static void
a_later_entry_counts_for_more(void)
{
	struct journal_entry e = entry(9, "redacted", "A", "\\N", "");

	redactions_read(&redactions, &e);
	CHECK(left(8, "A", "Ann", "caller:" NONCE));
	CHECK(!left(9, "A", "Ann", "caller:" NONCE));
}

int
main(void)
{
	static const char *const names[COLUMNS] = {"seq", "at", "by", "source",
	    "event", "id", "updated", "caller", "state", "why", "rules",
	    "nonces", "chain"};

	for (size_t i = 0; i < COLUMNS; i++)
		columns_add(&columns, slice_of(names[i]));
	RUN(before_any_nothing_was_taken_out);
	RUN(what_an_entry_clears_was_taken_out_before_it);
	RUN(a_mark_and_what_is_no_value_are_gone);
	RUN(a_later_entry_counts_for_more);
	columns_release(&columns);
	redactions_release(&redactions);
	fault_release(&fault);
	return test_done();
}
