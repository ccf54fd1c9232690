#include "entries.h"

#include "digest.h"
#include "segment.h"
#include "test.h"

#define HEADER                                                                 \
	"seq\tat\tby\tsource\tevent\tid\tupdated\tcaller\tstate\twhy\trules\t" \
	"nonces\tchain"
#define AT "1970-01-01T00:16:40Z"
#define FIRST "1\t" AT "\tme\t\tupdated\tA\t" AT "\t"
#define SECOND "2\t" AT "\tme\t\tupdated\tA\t" AT "\t"

static struct entries batch;
static struct columns segment, names;
static struct fault fault;

/* Adds an entry that says a state and a caller; only the caller is personal. */
static int
add(uint64_t seq, const char *state, const char *caller)
{
	static const size_t column[] = {0, 1};
	static const bool personal[] = {false, true};
	struct slice value[] = {slice_of(state), slice_of(caller)};
	struct entry_values e = {.seq = seq,
	    .head = {.at = {1000, 0},
		.by = slice_of("me"),
		.event = slice_of("updated"),
		.id = slice_of("A")},
	    .names = &names,
	    .column = column,
	    .value = value,
	    .personal = personal,
	    .n = 2};

	return entries_add(&batch, &segment, seq == 1, &e, chain_start, &fault);
}

/* The chain of the last entry. */
static const char *
chain(void)
{
	links_finish(&batch.lines);
	return batch.lines.chain;
}

/* The digest of texts. */
static const char *
digest_of(const char *const *part, size_t n)
{
	static char hex[DIGEST_HEX + 1];
	struct digest d;

	digest_init(&d);
	for (size_t i = 0; i < n; i++)
		digest_add(&d, slice_of(part[i]));
	digest_hex(&d, hex);
	return hex;
}

static void
begin(void)
{
	struct slice header = slice_of(HEADER), name;

	columns_release(&segment);
	columns_release(&names);
	columns_add(&names, slice_of("state"));
	columns_add(&names, slice_of("caller"));
	while (slice_split(&header, '\t', &name))
		columns_add(&segment, name);
	entries_rename(&batch);
	entries_clear(&batch);
}

static void
each_line_is_chained_to_the_one_before(void)
{
	char one[DIGEST_HEX + 1];
	struct buf want = {0};

	begin();
	CHECK(add(1, "new", "") == 0);
	snprintf(one, sizeof one, "%s",
	    digest_of((const char *[]){chain_start, "\t", HEADER "\t", FIRST,
			  "\tnew\t\t"},
		5));
	CHECK_SLICE(slice_of(chain()), one);
	CHECK(add(2, "old", "") == 0);
	CHECK_SLICE(slice_of(chain()),
	    digest_of((const char *[]){one, "\t", SECOND, "\told\t\t"}, 4));
	buf_addf(&want, FIRST "\tnew\t\t\t\t%s\n" SECOND "\told\t\t\t\t%s\n",
	    one, chain());
	CHECK_SLICE(buf_slice(&batch.lines.text), buf_str(&want));
	CHECK(batch.lines.n == 2);
	buf_release(&want);
}

static void
a_personal_value_is_chained_by_its_seal(void)
{
	struct slice text, field, nonce = {"", 0};
	char seal[SEAL_DIGITS + 1];

	begin();
	CHECK(add(1, "new", "Ann") == 0);
	text = buf_slice(&batch.lines.text);
	for (size_t i = 0; i < segment.n; i++) {
		CHECK(slice_split(&text, '\t', &field));
		if (i == 7)
			CHECK_SLICE(field, "Ann");
		if (i == segment_nonces(&segment))
			nonce = nonce_of(field, slice_of("caller"));
	}
	CHECK(nonce.n == NONCE_DIGITS);
	seal_value(nonce, slice_of("Ann"), seal);
	CHECK_SLICE(slice_of(chain()),
	    digest_of((const char *[]){chain_start, "\t", HEADER "\t", FIRST,
			  seal, "\tnew\t\t"},
		6));
}

static void
what_looks_like_a_mark_is_sealed_in_any_case(void)
{
	begin();
	CHECK(add(1,
		  "redacted:0123456789abcdef0123456789abcdef"
		  "0123456789abcdef0123456789abcdef",
		  "") == 0);
	CHECK(strstr(buf_str(&batch.lines.text), "\tstate:") != NULL);
}

static void
a_column_that_the_segment_lacks_is_a_fault(void)
{
	begin();
	columns_release(&names);
	columns_add(&names, slice_of("state"));
	columns_add(&names, slice_of("other"));
	CHECK(add(1, "new", "x") == -1);
	CHECK_SLICE(fault_reason(&fault), "the segment has no column 'other'");
	CHECK(batch.lines.n == 0 && batch.lines.text.n == 0);
}

int
main(void)
{
	RUN(each_line_is_chained_to_the_one_before);
	RUN(a_personal_value_is_chained_by_its_seal);
	RUN(what_looks_like_a_mark_is_sealed_in_any_case);
	RUN(a_column_that_the_segment_lacks_is_a_fault);
	entries_release(&batch);
	columns_release(&segment);
	columns_release(&names);
	fault_release(&fault);
	return test_done();
}
