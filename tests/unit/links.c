#include "links.h"

#include "chance.h"
#include "test.h"

static struct links links;
static struct buf want; /* the lines as one thread makes them */
static char chain[SEAL_DIGITS + 1];

/* Adds a line here and there. */
static void
add(struct slice fields, struct slice nonces, const struct columns *header)
{
	static const struct slice sealed = SLICE("fields\tby their seals");
	struct digest d;

	memcpy(links_line(&links, fields.n + 1), fields.p, fields.n);
	links_end(&links, fields.n, nonces, sealed, header);
	chain_begin(&d, chain, header);
	digest_add(&d, nonces.n > 0 ? sealed : fields);
	digest_hex(&d, chain);
	buf_addf(&want, "%.*s\t%.*s\t%s\n", SLICE_ARG(fields),
	    SLICE_ARG(nonces), chain);
}

/* A batch of n lines, some of them long, some sealed. */
static void
batch(size_t n, const struct columns *header)
{
	static char text[5000];

	memset(text, 'x', sizeof text);
	buf_clear(&want);
	for (size_t i = 0; i < n; i++)
		add((struct slice){text,
			chance(100) == 0 ? sizeof text : chance(300)},
		    slice_of(chance(3) == 0 ? "caller:0123" : ""),
		    i == 0 ? header : NULL);
	links_finish(&links);
	CHECK(links.n == n);
	CHECK(slice_eq(buf_slice(&links.text), buf_slice(&want)));
	CHECK_SLICE(slice_of(links.chain), chain);
	links_clear(&links);
}

static void
many_lines_are_chained_as_one_by_one(void)
{
	static const size_t n[] = {
	    1, 255, 256, 257, 2, 4096, 511, 512, 513, 0, 4095};
	struct columns header = {0};

	columns_add(&header, slice_of("seq"));
	columns_add(&header, slice_of("at"));
	memcpy(chain, chain_start, sizeof chain);
	memcpy(links.chain, chain_start, sizeof chain);
	for (size_t i = 0; i < LEN(n); i++)
		batch(n[i], i % 2 == 0 ? &header : NULL);
	columns_release(&header);
	links_release(&links);
}

static void
what_is_given_up_leaves_nothing_running(void)
{
	memcpy(chain, chain_start, sizeof chain);
	memcpy(links.chain, chain_start, sizeof chain);
	for (size_t i = 0; i < 1000; i++)
		add(slice_of("a"), slice_of(""), NULL);
	links_release(&links);
	CHECK(links.n == 0 && !links.runs);
	buf_release(&want);
}

int
main(void)
{
	RUN(many_lines_are_chained_as_one_by_one);
	RUN(what_is_given_up_leaves_nothing_running);
	return test_done();
}
