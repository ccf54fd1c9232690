#include "seal.h"

#include <string.h>
#include <sys/random.h>

static const char mark_lead[] = "redacted:";

const char chain_start[SEAL_DIGITS + 1] = "00000000000000000000000000000000"
					  "00000000000000000000000000000000";

bool
seal_is(struct slice text)
{
	for (size_t i = 0; i < text.n; i++) {
		bool digit = slice_is_digit(text.p[i]);

		if (!digit && (text.p[i] < 'a' || text.p[i] > 'f'))
			return false;
	}
	return text.n == SEAL_DIGITS;
}

void
chain_begin(struct digest *d, const char *before, const struct columns *header)
{
	static const struct slice tab = SLICE("\t");

	digest_init(d);
	digest_add(d, (struct slice){before, SEAL_DIGITS});
	digest_add(d, tab);
	for (size_t i = 0; header != NULL && i < header->n; i++) {
		digest_add(d, header->name[i]);
		digest_add(d, tab);
	}
}

void
seal_value(struct slice nonce, struct slice value, char seal[SEAL_DIGITS + 1])
{
	struct digest d;

	digest_init(&d);
	digest_add(&d, nonce);
	digest_add(&d, (struct slice)SLICE("\t"));
	digest_add(&d, value);
	digest_hex(&d, seal);
}

bool
seal_allows(struct slice column)
{
	return memchr(column.p, ' ', column.n) == NULL;
}

/* The bytes of a nonce that nobody has seen, or NULL and the fault. */
static const unsigned char *
draw(struct nonce_pool *pool, struct fault *f)
{
	const size_t n = sizeof pool->random;

	if (pool->left == 0) {
		if (getrandom(pool->random, n, 0) != (ssize_t)n) {
			fault_errno(f, "read", "random numbers");
			return NULL;
		}
		pool->left = LEN(pool->random);
	}
	return pool->random[--pool->left];
}

int
nonce_add(struct nonce_pool *pool, struct buf *nonces, struct slice column,
    struct slice *nonce, struct fault *f)
{
	static const char digit[] = "0123456789abcdef";
	const unsigned char *random = draw(pool, f);
	char *to;

	if (random == NULL)
		return -1;
	if (nonces->n > 0)
		buf_add_char(nonces, ' ');
	buf_add_slice(nonces, column);
	buf_add_char(nonces, ':');
	to = buf_room(nonces, NONCE_DIGITS);
	for (size_t i = 0; i < NONCE_DIGITS; i += 2) {
		to[i] = digit[random[i / 2] >> 4];
		to[i + 1] = digit[random[i / 2] & 15];
	}
	nonces->n += NONCE_DIGITS;
	*nonce = (struct slice){to, NONCE_DIGITS};
	return 0;
}

/* Whether a word of a list of nonces is that of a column. */
static bool
is_nonce_of(struct slice word, struct slice column)
{
	return word.n == column.n + 1 + NONCE_DIGITS &&
	    word.p[column.n] == ':' &&
	    slice_eq((struct slice){word.p, column.n}, column);
}

struct slice
nonce_of(struct slice nonces, struct slice column)
{
	struct slice word;

	while (slice_word(&nonces, &word)) {
		if (is_nonce_of(word, column))
			return (struct slice){
			    word.p + column.n + 1, NONCE_DIGITS};
	}
	return (struct slice){"", 0};
}

void
nonces_without(struct buf *out, struct slice nonces, struct slice column)
{
	struct slice word;
	bool any = false;

	while (slice_word(&nonces, &word)) {
		if (is_nonce_of(word, column))
			continue;
		if (any)
			buf_add_char(out, ' ');
		buf_add_slice(out, word);
		any = true;
	}
}

void
mark_add(struct buf *out, struct slice nonce, struct slice value)
{
	char seal[SEAL_DIGITS + 1];

	seal_value(nonce, value, seal);
	buf_add_str(out, mark_lead);
	buf_add(out, seal, SEAL_DIGITS);
}

bool
mark_is(struct slice value)
{
	return value.n == sizeof mark_lead - 1 + SEAL_DIGITS &&
	    slice_starts(value, mark_lead) && seal_is(mark_seal(value));
}

struct slice
mark_seal(struct slice mark)
{
	mark = slice_from(mark, sizeof mark_lead - 1);
	return mark;
}
