#include "seal.h"

#include "test.h"

static void
a_chain_is_the_one_before_the_header_and_the_fields(void)
{
	struct columns header = {0};
	struct digest d;
	char with[SEAL_DIGITS + 1], without[SEAL_DIGITS + 1];

	columns_add(&header, slice_of("a"));
	columns_add(&header, slice_of("b"));
	chain_begin(&d, chain_start, &header);
	digest_add(&d, slice_of("1\t2"));
	digest_hex(&d, with);
	/* printf '0…0\ta\tb\t1\t2' | sha256sum */
	CHECK_SLICE(slice_of(with),
	    "39a28175ba5610a06f377e5fc4866992e216d4846f38ea06ed6d498afbc0b4f1");
	chain_begin(&d, chain_start, NULL);
	digest_add(&d, slice_of("1\t2"));
	digest_hex(&d, without);
	CHECK_SLICE(slice_of(without),
	    "8630403e75f48ef1e3b4ddce134482ae4d7024a2aa85d7dfa5ee1d07ee898275");
	columns_release(&header);
}

static void
a_seal_is_the_digest_of_nonce_and_value(void)
{
	char seal[SEAL_DIGITS + 1];

	seal_value(slice_of("00112233445566778899aabbccddeeff"),
	    slice_of("Ann\\t"), seal);
	/* printf '00112233445566778899aabbccddeeff\tAnn\\t' | sha256sum */
	CHECK_SLICE(slice_of(seal),
	    "73ef4817979e468c1a3054e4009fd6152dd8516731b587d4e2b4911b66200af4");
}

static void
nonces_are_found_by_column(void)
{
	struct buf nonces = {0};
	struct fault fault = {0};
	struct slice one, two;
	struct buf first = {0};
	struct nonce_pool pool = {0};

	CHECK(nonce_add(&pool, &nonces, slice_of("caller"), &one, &fault) == 0);
	buf_add_slice(&first, one);
	CHECK(nonce_add(&pool, &nonces, slice_of("call"), &two, &fault) == 0);
	CHECK(one.n == NONCE_DIGITS && two.n == NONCE_DIGITS);
	CHECK_SLICE(
	    nonce_of(buf_slice(&nonces), slice_of("caller")), buf_str(&first));
	CHECK(slice_eq(nonce_of(buf_slice(&nonces), slice_of("call")), two));
	CHECK(!slice_eq(buf_slice(&first), two));
	CHECK(nonce_of(buf_slice(&nonces), slice_of("cal")).n == 0);
	CHECK(seal_allows(slice_of("caller")));
	CHECK(!seal_allows(slice_of("the caller")));
	buf_release(&nonces);
	buf_release(&first);
}

static void
a_mark_is_exactly_the_word_and_a_seal(void)
{
	struct buf mark = {0};

	buf_addf(&mark, "redacted:%s", chain_start);
	CHECK(mark_is(buf_slice(&mark)));
	CHECK_SLICE(mark_seal(buf_slice(&mark)), chain_start);
	mark.p[20] = 'A';
	CHECK(!mark_is(buf_slice(&mark)));
	mark.p[20] = 'a';
	mark.n--;
	CHECK(!mark_is(buf_slice(&mark)));
	CHECK(!mark_is(slice_of("")));
	CHECK(seal_is(slice_of(chain_start)));
	CHECK(!seal_is(slice_of("")));
	buf_release(&mark);
}

static void
a_value_that_is_taken_out_leaves_its_seal_and_no_nonce(void)
{
	static const char nonce[] = "00112233445566778899aabbccddeeff";
	struct buf nonces = {0}, left = {0}, mark = {0};

	buf_addf(&nonces, "a:%s ab:%s b:%s", nonce, nonce, nonce);
	nonces_without(&left, buf_slice(&nonces), slice_of("ab"));
	CHECK(left.n == 2 * (NONCE_DIGITS + 2) + 1);
	CHECK(nonce_of(buf_slice(&left), slice_of("a")).n > 0);
	CHECK(nonce_of(buf_slice(&left), slice_of("b")).n > 0);
	CHECK(nonce_of(buf_slice(&left), slice_of("ab")).n == 0);
	buf_clear(&left);
	nonces_without(&left, buf_slice(&nonces), slice_of("c"));
	CHECK(slice_eq(buf_slice(&left), buf_slice(&nonces)));
	buf_clear(&left);
	nonces_without(&left, slice_of(""), slice_of("c"));
	CHECK(left.n == 0);
	mark_add(&mark, slice_of(nonce), slice_of("Ann\\t"));
	CHECK_SLICE(buf_slice(&mark),
	    "redacted:"
	    "73ef4817979e468c1a3054e4009fd6152dd8516731b587d4e2b4911b66200af4");
	CHECK(mark_is(buf_slice(&mark)));
	/* and with a nonce, or where there can be none, it is a value */
	CHECK(mark_stands(buf_slice(&mark), buf_slice(&nonces), slice_of("c")));
	CHECK(
	    !mark_stands(buf_slice(&mark), buf_slice(&nonces), slice_of("ab")));
	CHECK(!mark_stands(buf_slice(&mark), slice_of(""), slice_of("c d")));
	CHECK(!mark_stands(slice_of("Ann"), slice_of(""), slice_of("c")));
	buf_release(&nonces);
	buf_release(&left);
	buf_release(&mark);
}

int
main(void)
{
	RUN(a_chain_is_the_one_before_the_header_and_the_fields);
	RUN(a_seal_is_the_digest_of_nonce_and_value);
	RUN(nonces_are_found_by_column);
	RUN(a_mark_is_exactly_the_word_and_a_seal);
	RUN(a_value_that_is_taken_out_leaves_its_seal_and_no_nonce);
	return test_done();
}
