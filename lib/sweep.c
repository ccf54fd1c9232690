#include "sweep.h"

#include <stdlib.h>
#include <unistd.h>

#include "files.h"
#include "journalin.h"
#include "output.h"
#include "redactions.h"
#include "replacement.h"
#include "seal.h"
#include "segment.h"
#include "stream.h"
#include "torn.h"

struct sweep {
	const char *dir;
	struct redactions *redactions;
	struct swept *swept;
	struct buf name;      /* of the segment under way */
	struct buf line;      /* scratch: a row that is changed */
	struct buf nonces[2]; /* scratch: those of it that stay */
};

/* Reads what is to be taken out.  Returns 0, or -1 and the fault. */
static int
read_redactions(struct sweep *s, struct fault *f)
{
	struct journal_reader r;
	struct journal_entry e;
	int got = journal_reader_open(&r, s->dir) < 0 ? -1 : 1;

	while (got > 0 && (got = journal_reader_next(&r, &e)) > 0)
		redactions_read(s->redactions, &e);
	if (got < 0)
		fault_pass(f, &r.fault);
	journal_reader_release(&r);
	return got;
}

/* Whether a value of the row is to be marked: what has no seal can't be. */
static bool
is_to_go(struct sweep *s, const struct stream_reader *in, size_t i)
{
	size_t nonces = segment_nonces(&in->columns);

	return redactions_left(s->redactions, &in->columns, in->field, i) &&
	    nonce_of(in->field[nonces], in->columns.name[i]).n > 0;
}

static bool
has_to_go(struct sweep *s, const struct stream_reader *in)
{
	for (size_t i = SEGMENT_FIRST; i < in->columns.n; i++) {
		if (is_to_go(s, in, i))
			return true;
	}
	return false;
}

/* Makes s->line of the row, with marks for what goes. */
static void
mark_row(struct sweep *s, const struct stream_reader *in)
{
	size_t nonces = segment_nonces(&in->columns);
	struct slice keep = in->field[nonces];
	size_t at = 0;

	buf_clear(&s->line);
	for (size_t i = 0; i < in->columns.n; i++) {
		struct slice column = in->columns.name[i];

		if (i > 0)
			buf_add_char(&s->line, '\t');
		if (i == nonces) {
			buf_add_slice(&s->line, keep);
			continue;
		}
		if (!is_to_go(s, in, i)) {
			buf_add_slice(&s->line, in->field[i]);
			continue;
		}
		mark_add(&s->line, nonce_of(keep, column), in->field[i]);
		buf_clear(&s->nonces[at]);
		nonces_without(&s->nonces[at], keep, column);
		keep = buf_slice(&s->nonces[at]);
		at = 1 - at;
		s->swept->values++;
	}
}

/* Writes the rows of a segment, those marked that have to be. */
static int
write_rows(struct sweep *s, struct stream_reader *in, struct output *out)
{
	static const struct slice end = SLICE("\n");
	int got;

	while ((got = stream_reader_next(in)) == STREAM_ROW) {
		struct slice line = in->row;

		if (has_to_go(s, in)) {
			mark_row(s, in);
			line = buf_slice(&s->line);
		}
		output_add(out, line);
		output_add(out, end);
	}
	return got == STREAM_END ? 0 : -1;
}

/* Whether the rows that an open segment has have something that goes. */
static int
look(struct sweep *s, struct stream_reader *in)
{
	int got;

	while ((got = stream_reader_next(in)) == STREAM_ROW) {
		if (has_to_go(s, in))
			return 1;
	}
	return got == STREAM_END ? 0 : -1;
}

/*
 * Removes the index of a segment that is to be written anew: it would not fit,
 * and is made again where it is needed.
 */
static void
remove_index(struct sweep *s)
{
	struct buf path = {0};
	uint64_t first = 0;

	segment_number(buf_slice(&s->name), &first);
	buf_addf(&path, "%s/", s->dir);
	segment_index_name(&path, first);
	unlink(buf_str(&path)); /* if there is one */
	buf_release(&path);
}

/* Replaces the segment by one with marks. */
static int
rewrite(struct sweep *s, char *path, struct fault *f)
{
	struct replacement r;
	struct stream_reader in;
	struct columns own = {0};
	struct buf header = {0};
	bool whole = false;

	if (segment_open(&in, path, f) < 0)
		return -1;
	if (replacement_begin(&r, s->dir, buf_str(&s->name), f) == 0) {
		segment_own(&in.columns, &own);
		segment_header(&header, &own);
		output_add(&r.out, buf_slice(&header));
		remove_index(s);
		whole = write_rows(s, &in, &r.out) == 0;
		if (!whole)
			fault_pass(f, &in.fault);
	}
	if (replacement_end(&r, whole, f) < 0)
		whole = false;
	s->swept->segments += whole;
	stream_reader_release(&in);
	columns_release(&own);
	buf_release(&header);
	return whole ? 0 : -1;
}

/* The segment that s->name names. */
static int
sweep_segment(struct sweep *s, struct fault *f)
{
	struct buf path = {0};
	struct stream_reader in;
	int got;

	buf_addf(&path, "%s/%s", s->dir, buf_str(&s->name));
	buf_str(&path);
	got = segment_open(&in, path.p, f);
	if (got == 0) {
		got = look(s, &in);
		if (got < 0)
			fault_pass(f, &in.fault);
		stream_reader_release(&in);
	}
	if (got > 0)
		got = rewrite(s, path.p, f);
	buf_release(&path);
	return got;
}

static bool
is_torn_to_go(void *ctx, struct slice id, uint64_t seq)
{
	const struct sweep *s = ctx;
	uint64_t last = redactions_of_id(s->redactions, id);

	/* The number of a torn line was given again, to a later entry. */
	return last > 0 && seq <= last;
}

static int
sweep_segments(struct sweep *s, struct fault *f)
{
	struct buf after = {0};
	int got;

	while (
	    (got = segment_next(s->dir, buf_slice(&after), &s->name, f)) > 0) {
		if (sweep_segment(s, f) < 0) {
			got = -1;
			break;
		}
		buf_clear(&after);
		buf_add_slice(&after, buf_slice(&s->name));
	}
	buf_release(&after);
	return got;
}

int
sweep_log(
    const char *dir, struct redactions *r, struct swept *swept, struct fault *f)
{
	struct sweep s = {.dir = dir, .redactions = r, .swept = swept};
	int result = read_redactions(&s, f);

	*swept = (struct swept){0};
	/* Torn lines first: a verify of the segments then tells of both. */
	if (result == 0)
		result =
		    torn_each(dir, true, is_torn_to_go, &s, &swept->torn, f);
	if (result == 0)
		result = sweep_segments(&s, f);
	/* The last run may have died before it was. */
	if (result == 0)
		result = directory_sync(dir, f);
	buf_release(&s.name);
	buf_release(&s.line);
	buf_release(&s.nonces[0]);
	buf_release(&s.nonces[1]);
	return result;
}
