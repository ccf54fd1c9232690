#include "readahead.h"

#include <string.h>
#include <unistd.h>

#include "input.h"
#include "wide.h"

#define BLOCK_BYTES ((size_t)256 * 1024) /* read at once */

void
readahead_init(struct readahead *a)
{
	*a = (struct readahead){.in = {.fd = -1}, .ended = true};
	delims_init(&a->delims, '\t', "\n");
}

/* Forgets what was read. */
static void
forget(struct readahead *a)
{
	a->at = a->base = a->known = 0;
	a->mark = a->stop = a->delims.n = a->delims.nstop = 0;
	a->ended = false;
	buf_clear(&a->buf);
}

int
readahead_open(struct readahead *a, const char *operand, struct fault *fault)
{
	input_close(&a->in);
	forget(a);
	a->read = 0;
	return input_open(&a->in, operand, fault);
}

/* Reads one more block.  Returns 0, or -1 and the fault. */
static int
fill(struct readahead *a, struct fault *fault)
{
	ssize_t n;

	if (a->at > 0) { /* the start of a line moves to the front */
		a->buf.n -= a->at;
		memmove(a->buf.p, a->buf.p + a->at, a->buf.n);
		a->base = a->known -= a->at;
		a->at = 0;
	}
	n = input_read(
	    &a->in, buf_room(&a->buf, BLOCK_BYTES), BLOCK_BYTES, fault);
	if (n < 0)
		return -1;
	a->buf.n += (size_t)n;
	a->read += (uint64_t)n;
	a->ended = n == 0;
	return 0;
}

/*
 * Whether the line under way is to be read again from its start.  A longer one
 * is put together all the same: it would be read again and again.
 */
static bool
is_doubtful(const struct readahead *a)
{
	size_t left = a->buf.n - a->at;

	return a->grows && left > 0 && left < BLOCK_BYTES / 2;
}

/* Reads it, and what comes after it.  Returns 0, or -1 and the fault. */
static int
fill_again(struct readahead *a, struct fault *fault)
{
	size_t left = a->buf.n - a->at;

	if (readahead_give_back(a, fault) < 0 || fill(a, fault) < 0)
		return -1;
	a->ended = a->buf.n <= left; /* nothing came after it */
	return 0;
}

/* Reads more: 1, READAHEAD_WAIT, READAHEAD_AGAIN, or -1 and the fault. */
static int
read_more(struct readahead *a, struct fault *fault)
{
	if (a->hurried && !input_is_ready(&a->in))
		return READAHEAD_WAIT;
	if (is_doubtful(a))
		return fill_again(a, fault) < 0 ? -1 : READAHEAD_AGAIN;
	return fill(a, fault) < 0 ? -1 : 1;
}

int
readahead_look(struct readahead *a, struct fault *fault)
{
	int got = 1;
	size_t n;

	a->base = a->known;
	a->mark = a->stop = a->delims.n = a->delims.nstop = 0;
	if (a->known == a->buf.n && !a->ended)
		got = read_more(a, fault);
	if (got < 0 || got == READAHEAD_WAIT)
		return got;
	n = a->buf.n - a->known;
	n = n < DELIMS_BYTES ? n : DELIMS_BYTES;
	if (n == 0)
		return 0;
	delims_find(&a->delims, a->buf.p + a->known, n);
	a->known += n;
	return got;
}

void
readahead_look_again(struct readahead *a)
{
	a->base = a->known = a->at;
}

bool
readahead_odd(const struct readahead *a, size_t end)
{
	return delims_odd(
	    &a->delims, a->at > a->base ? a->at - a->base : 0, end);
}

int
readahead_give_back(struct readahead *a, struct fault *fault)
{
	off_t left = (off_t)(a->buf.n - a->at);

	if (left > 0 && lseek(a->in.fd, -left, SEEK_CUR) < 0)
		return fault_errno(fault, "seek", a->in.name);
	a->read -= (uint64_t)left;
	forget(a);
	return 0;
}

int
readahead_pass(struct readahead *a, struct fault *fault)
{
	off_t end = lseek(a->in.fd, 0, SEEK_END);

	if (end < 0)
		return fault_errno(fault, "seek", a->in.name);
	a->read = (uint64_t)end;
	return 0;
}

/* ---- for several ---- */

/*
 * Goes on in the memory of own, and leaves its own there: so each reads into
 * memory that is near its thread, and only what comes after an offset, mostly
 * the start of a line, has to be copied.
 */
static void
exchange(struct readahead *a, struct readahead *own, size_t from)
{
	struct buf left = a->buf;
	bool ended = a->ended;

	forget(a);
	a->ended = ended;
	a->buf = own->buf;
	buf_clear(&a->buf);
	if (left.n > from)
		buf_add(&a->buf, left.p + from, left.n - from);
	own->buf = left;
	forget(own);
	own->ended = true;
}

/* Just after the last line's end, or start where none is after it. */
static size_t
after_last_line(const struct buf *b, size_t start)
{
	size_t end = b->n;

	while (end > start && b->p[end - 1] != '\n')
		end--;
	return end;
}

int
readahead_share(struct readahead *a, struct readahead *own, struct fault *fault)
{
	size_t seen = 0, end; /* no line ends before seen */

	exchange(a, own, a->at);
	while ((end = after_last_line(&a->buf, seen)) == seen && !a->ended) {
		seen = a->buf.n;
		if (fill(a, fault) < 0)
			return -1;
	}
	if (a->ended)
		end = a->buf.n;
	if (end == 0)
		return 0;
	exchange(a, own, end);
	own->buf.n = end;
	return 1;
}

/* Counts line ends, in lanes: the compiler makes vectors of them. */
static inline __attribute__((always_inline)) size_t
count_in_lanes(struct slice s)
{
	enum { LANES = 64, ROUNDS = 255 /* what a lane can hold */ };
	size_t n = 0;

	while (s.n >= LANES) {
		unsigned char lane[LANES] = {0};

		for (int k = 0; k < ROUNDS && s.n >= LANES; k++) {
			for (int i = 0; i < LANES; i++)
				lane[i] =
				    (unsigned char)(lane[i] + (s.p[i] == '\n'));
			s.p += LANES;
			s.n -= LANES;
		}
		for (int i = 0; i < LANES; i++)
			n += lane[i];
	}
	for (size_t i = 0; i < s.n; i++)
		n += s.p[i] == '\n';
	return n;
}

#ifdef WIDE
static WIDE size_t
count_wide(struct slice s)
{
	return count_in_lanes(s);
}
#endif

/* Nobody else can read meanwhile, see stream_reader_take(). */
static size_t
count_lines(struct slice s)
{
#ifdef WIDE
	if (wide_is_used())
		return count_wide(s);
#endif
	return count_in_lanes(s);
}

size_t
readahead_lines(const struct readahead *a)
{
	struct slice all = buf_slice(&a->buf);

	return count_lines((struct slice){all.p + a->at, all.n - a->at});
}

void
readahead_release(struct readahead *a)
{
	input_close(&a->in);
	delims_release(&a->delims);
	buf_release(&a->buf);
}
