#include "digest.h"

#include "test.h"

/* The examples of FIPS 180-2, appendix B. */
static void
known_digests_come_out(void)
{
	struct digest d;
	char hex[DIGEST_HEX + 1];

	digest_init(&d);
	digest_hex(&d, hex);
	CHECK_SLICE(slice_of(hex),
	    "e3b0c44298fc1c149afbf4c8996fb924"
	    "27ae41e4649b934ca495991b7852b855");
	digest_add(&d, (struct slice)SLICE("a"));
	digest_add(&d, (struct slice){0});
	digest_add(&d, (struct slice)SLICE("bc"));
	digest_hex(&d, hex);
	CHECK_SLICE(slice_of(hex),
	    "ba7816bf8f01cfea414140de5dae2223"
	    "b00361a396177a9cb410ff61f20015ad");
}

static void
a_digest_starts_anew_after_its_end(void)
{
	struct digest d;
	unsigned char one[DIGEST_BYTES], two[DIGEST_BYTES];

	digest_init(&d);
	for (size_t i = 0; i < 1000000; i++)
		digest_add(&d, (struct slice)SLICE("a"));
	digest_bytes(&d, one);
	CHECK(one[0] == 0xcd && one[1] == 0xc7 && one[31] == 0xd0);
	digest_bytes(&d, one);
	digest_init(&d);
	digest_bytes(&d, two);
	CHECK(memcmp(one, two, sizeof one) == 0);
}

int
main(void)
{
	RUN(known_digests_come_out);
	RUN(a_digest_starts_anew_after_its_end);
	return test_done();
}
