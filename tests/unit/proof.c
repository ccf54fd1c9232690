#include "proof.h"

#include "digest.h"
#include "segment.h"
#include "test.h"

#define LEN(array) (sizeof(array) / sizeof *(array))

#define FIRST "log/00000000000001.tsv"
#define THIRD "log/00000000000003.tsv"
#define NONCE "0123456789abcdef0123456789abcdef"
#define SEALED "caller:" NONCE

/* Places of columns. */
enum { AT = 1, EVENT = 4, ID, STATE = 7, CALLER, NONCES = 11, CHAIN, COLUMNS };

static struct columns columns;
static struct fault fault;

/* What an entry says; all else of it is made from this. */
struct says {
	const char *file, *at, *event, *state, *caller, *nonces;
};

/* A log of two segments, with one value that is sealed. */
static const struct says whole[] = {
    {FIRST, "2026-01-01T00:00:00Z", "received", "new", "Ann", SEALED},
    {FIRST, "2026-01-02T00:00:00Z", "updated", "open", "", ""},
    {THIRD, "2026-01-02T00:00:00Z", "redacted", "", "\\N", ""},
    {THIRD, "2026-01-03T00:00:00Z", "updated", "done", "", ""},
};

/* Entries as a journal gives them, each chained to the one before. */
static struct chained {
	struct journal_entry entry;
	struct slice field[COLUMNS];
	char seq[8], chain[SEAL_DIGITS + 1];
	struct buf text;
} made[LEN(whole)];

static void
hash(const struct buf *text, char hex[SEAL_DIGITS + 1])
{
	struct digest d;

	digest_init(&d);
	digest_add(&d, buf_slice(text));
	digest_hex(&d, hex);
}

/* The seal of the caller of the log above. */
static const char *
caller_seal(void)
{
	static char seal[SEAL_DIGITS + 1];
	struct buf text = {0};

	buf_add_str(&text, NONCE "\tAnn");
	hash(&text, seal);
	buf_release(&text);
	return seal;
}

/*
 * Chains an entry in the words of inc-log(5): the hash of the chain before, of
 * the header where the entry is the first of its segment, and of the fields
 * before `nonces`, in which a seal stands for what has a nonce.
 */
static void
chain(struct chained *c, const char *before, bool first)
{
	struct buf text = {0};

	buf_add_str(&text, before);
	for (size_t i = 0; first && i < columns.n; i++)
		buf_addf(&text, "\t%.*s", SLICE_ARG(columns.name[i]));
	for (size_t i = 0; i < NONCES; i++) {
		bool sealed = i == CALLER && c->field[NONCES].n > 0;

		buf_addf(&text, "\t%.*s",
		    SLICE_ARG(sealed ? slice_of(caller_seal()) : c->field[i]));
	}
	hash(&text, c->chain);
	c->field[CHAIN] = slice_of(c->chain);
	buf_release(&text);
}

/* Lets an entry's views follow its fields. */
static void
view(struct chained *c)
{
	c->entry.at = c->field[AT];
	c->entry.event = c->field[EVENT];
	c->entry.id = c->field[ID];
	c->entry.nonces = c->field[NONCES];
	c->entry.chain = c->field[CHAIN];
	c->entry.written = (struct stamp){0, 0};
	stamp_parse(c->entry.at, &c->entry.written);
	buf_clear(&c->text);
	for (size_t i = 0; i < NONCES; i++)
		buf_addf(&c->text, "%s%.*s", i > 0 ? "\t" : "",
		    SLICE_ARG(c->field[i]));
	c->entry.text = buf_slice(&c->text);
}

/* Makes entries of what they say. */
static void
make(const struct says *says)
{
	for (size_t i = 0; i < LEN(whole); i++) {
		struct chained *c = &made[i];
		const char *const text[NONCES + 1] = {c->seq, says[i].at, "me",
		    "", says[i].event, "A", says[i].at, says[i].state,
		    says[i].caller, "", "", says[i].nonces};

		snprintf(c->seq, sizeof c->seq, "%zu", i + 1);
		for (size_t k = 0; k <= NONCES; k++)
			c->field[k] = slice_of(text[k]);
		chain(c, i > 0 ? c[-1].chain : chain_start,
		    i == 0 || strcmp(says[i].file, says[i - 1].file) != 0);
		c->entry = (struct journal_entry){.seq = i + 1,
		    .exact = true,
		    .columns = &columns,
		    .field = c->field,
		    .where = {says[i].file, i + 2, 0}};
		view(c);
	}
}

/* What is wrong with the entries made, or "". */
static const char *
wrong(void)
{
	struct proof proof = {0};
	int got = 0;

	buf_clear(&fault.text);
	for (size_t i = 0; i < LEN(whole) && got == 0; i++) {
		view(&made[i]);
		got = proof_entry(&proof, &made[i].entry, &fault);
	}
	if (got == 0)
		proof_end(&proof, &fault);
	proof_release(&proof);
	return buf_str(&fault.text);
}

static void
what_is_as_it_was_added_is_proved(void)
{
	make(whole);
	CHECK_SLICE(slice_of(wrong()), "");
}

static void
every_field_that_was_changed_is_seen(void)
{
	static const struct {
		size_t entry; /* counts from 1 */
		size_t column;
		const char *text, *want;
	} row[] = {
	    {1, STATE, "old", FIRST ":2: entry 1 or its chain was changed"},
	    {1, STATE, "", FIRST ":2: entry 1 or its chain was changed"},
	    {1, CALLER, "Bob", FIRST ":2: entry 1 or its chain was changed"},
	    {1, NONCES, "", FIRST ":2: entry 1 or its chain was changed"},
	    {2, EVENT, "closed", FIRST ":3: entry 2 or its chain was changed"},
	    {2, ID, "B", FIRST ":3: entry 2 or its chain was changed"},
	    {3, CHAIN, "0", THIRD ":4: entry 3 or its chain was changed"},
	    {4, AT, "2026-01-03T00:00:01Z",
		THIRD ":5: entry 4 or its chain was changed"},
	    {4, AT, "2026-01-01T23:59:59Z",
		THIRD ":5: the time '2026-01-01T23:59:59Z' is before the last "
		      "entry's"},
	    {2, AT, "soon",
		FIRST ":3: the time 'soon' is before the last entry's"},
	};

	for (size_t i = 0; i < LEN(row); i++) {
		make(whole);
		made[row[i].entry - 1].field[row[i].column] =
		    slice_of(row[i].text);
		CHECK_SLICE(slice_of(wrong()), row[i].want);
	}
}

static void
a_segment_is_called_by_its_first_entry(void)
{
	static const struct {
		const char *file, *want;
	} row[] = {
	    {"log/00000000000003.tsv", ""},
	    {"00000000000003.tsv", ""},
	    {"log/00000000000004.tsv",
		"log/00000000000004.tsv:4: begins with entry 3, another than "
		"its name says"},
	    {"log/third.tsv",
		"log/third.tsv:4: begins with entry 3, another than its name "
		"says"},
	};

	for (size_t i = 0; i < LEN(row); i++) {
		struct says says[LEN(whole)];

		memcpy(says, whole, sizeof says);
		says[2].file = says[3].file = row[i].file;
		make(says);
		CHECK_SLICE(slice_of(wrong()), row[i].want);
	}
}

static void
a_header_is_proved_with_the_first_entry(void)
{
	struct columns other = {0};

	make(whole);
	columns_add_all(&other, &columns);
	other.name[STATE] = slice_of("stage");
	made[1].entry.columns = &other; /* it is no segment's first */
	CHECK_SLICE(slice_of(wrong()), "");
	made[2].entry.columns = &other;
	CHECK_SLICE(
	    slice_of(wrong()), THIRD ":4: entry 3 or its chain was changed");
	columns_release(&other);
}

static void
a_value_may_be_taken_out_and_an_entry_says_so(void)
{
	static const struct {
		bool right;        /* the mark has the value's own seal */
		const char *event; /* of the entry that clears the column */
		const char *want;
	} row[] = {
	    {true, "redacted", ""},
	    {true, "updated",
		FIRST ":2: column 'caller' of 'A' was taken out without a "
		      "'redacted' entry"},
	    {false, "redacted", FIRST ":2: entry 1 or its chain was changed"},
	};

	for (size_t i = 0; i < LEN(row); i++) {
		struct says says[LEN(whole)];
		struct buf mark = {0};

		memcpy(says, whole, sizeof says);
		says[2].event = row[i].event;
		make(says);
		buf_addf(&mark, "redacted:%s",
		    row[i].right ? caller_seal() : chain_start);
		made[0].field[CALLER] = buf_slice(&mark);
		made[0].field[NONCES] = slice_of("");
		CHECK_SLICE(slice_of(wrong()), row[i].want);
		buf_release(&mark);
	}
}

int
main(void)
{
	struct columns own = {0};
	struct buf header = {0};
	struct slice line, name;

	columns_add(&own, slice_of("state"));
	columns_add(&own, slice_of("caller"));
	segment_header(&header, &own);
	line = (struct slice){header.p, header.n - 1};
	while (slice_split(&line, '\t', &name))
		columns_add(&columns, name);
	RUN(what_is_as_it_was_added_is_proved);
	RUN(every_field_that_was_changed_is_seen);
	RUN(a_segment_is_called_by_its_first_entry);
	RUN(a_header_is_proved_with_the_first_entry);
	RUN(a_value_may_be_taken_out_and_an_entry_says_so);
	columns_release(&own);
	for (size_t i = 0; i < LEN(made); i++)
		buf_release(&made[i].text);
	columns_release(&columns);
	buf_release(&header);
	fault_release(&fault);
	return test_done();
}
