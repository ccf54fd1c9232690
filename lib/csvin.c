#include "csvin.h"

#include <csv.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "delims.h"
#include "mem.h"

/*
 * Two lanes.  A record without a quote is only a split, done here.  At the
 * first quote the record goes to libcsv from its start, line by line, which
 * decides everything about it; libcsv's own "row ended" says where it ends.
 *
 * A record that libcsv refuses is given up at the end of the line on which it
 * starts, so that a quote that is never closed costs one row and not the rest
 * of the file.  What then is read again is bounded by what was fed.
 */

#define FIELDS_MAX ((size_t)1 << 20)   /* in a record */
#define VAIN_MIN ((uint64_t)1 << 20)   /* bytes always read again */
#define LIBCSV_BLOCK ((size_t)1 << 16) /* its buffer grows by so much */

/* What a step towards the end of a record came to. */
enum step { STEP_DONE, STEP_MORE, STEP_QUOTE, STEP_BAD };

struct csvin {
	struct csv_parser parser;
	char delimiter;
	bool quotes;

	/* Delimiters, quotes and line ends of a stretch of text. */
	struct delims delims;
	uint64_t base, known; /* where it starts and ends, from the start of
				 all text */
	uint64_t dropped;     /* what is not kept in text any more */
	size_t mark;          /* of delims: the one that comes next */
	size_t stop;          /* the next that is no delimiter */

	struct buf text; /* what was fed and is not yet used up */
	bool ended;      /* nothing more will be fed */
	bool started;    /* a byte order mark was looked for */
	uint64_t fed;    /* bytes, in all */
	uint64_t vain;   /* bytes read by libcsv that are read again */

	/* The record under way. */
	size_t at;      /* its start in text */
	size_t seen;    /* bytes of it looked at */
	size_t line;    /* where it starts */
	size_t ends;    /* line ends in it so far */
	size_t last;    /* offset in it of its newest line */
	bool by_libcsv; /* which lane it is in */
	bool row_ended; /* said by libcsv */
	bool broken;    /* given up: its first line's end is sought */
	bool odd; /* it may hold more than ASCII text, where it was split */
	bool has_nul;
	bool many;        /* more than FIELDS_MAX fields */
	size_t *cut;      /* where its fields end: in it, or in value */
	size_t n;         /* of cut */
	size_t ncap;      /* of cut */
	struct buf value; /* fields as libcsv gave them */

	/* The record given last, till the next call. */
	bool given;
	struct slice *field;
	size_t fcap;
	size_t given_line;
	struct slice raw;
	struct buf fault;
};

static int
no_space(unsigned char c)
{
	(void)c;
	return 0; /* blanks around a field are part of it */
}

static void *
grow(void *p, size_t n)
{
	return mem_resize(p, n, 1);
}

static void
start_libcsv(struct csvin *c)
{
	csv_init(&c->parser, CSV_STRICT | CSV_STRICT_FINI);
	csv_set_delim(&c->parser, (unsigned char)c->delimiter);
	csv_set_space_func(&c->parser, no_space);
	csv_set_realloc_func(&c->parser, grow);
	csv_set_blk_size(&c->parser, LIBCSV_BLOCK);
}

struct csvin *
csvin_new(char delimiter, bool quotes)
{
	const char others[] = {'\n', '\r', quotes ? '"' : '\0', '\0'};
	struct csvin *c = mem_new(1, sizeof *c);

	c->delimiter = delimiter;
	c->quotes = quotes;
	c->line = 1;
	delims_init(&c->delims, delimiter, others);
	start_libcsv(c);
	return c;
}

void
csvin_free(struct csvin *c)
{
	if (c == NULL)
		return;
	csv_free(&c->parser);
	delims_release(&c->delims);
	buf_release(&c->text);
	buf_release(&c->value);
	buf_release(&c->fault);
	free(c->cut);
	free(c->field);
	free(c);
}

void
csvin_feed(struct csvin *c, struct slice text)
{
	if (c->at > 0) { /* the start of a record moves to the front */
		c->text.n -= c->at;
		memmove(c->text.p, c->text.p + c->at, c->text.n);
		c->dropped += c->at;
		c->at = 0;
	}
	buf_add(&c->text, text.p, text.n);
	c->fed += text.n;
	c->ended = text.n == 0;
}

static void
add_cut(struct csvin *c, size_t offset)
{
	if (c->n >= FIELDS_MAX) {
		c->many = true;
		return;
	}
	if (c->n == c->ncap)
		c->cut = mem_grow(c->cut, c->n, &c->ncap, sizeof *c->cut);
	c->cut[c->n++] = offset;
}

/* Takes a line end of n bytes that is the record's end. */
static enum step
end_line(struct csvin *c, size_t n)
{
	c->seen += n;
	c->ends++;
	return STEP_DONE;
}

/*
 * Whether the bytes at offset i of the record, of which the first is a CR,
 * end a line: sets *n to the length of that end, 0 for a CR that is text.
 * Returns false where the next byte has to be known first.
 */
static bool
return_ends(const struct csvin *c, size_t i, size_t *n)
{
	const char *p = c->text.p + c->at + i;
	size_t left = c->text.n - c->at - i;

	if (left == 1 && !c->ended)
		return false;
	if (left > 1 && p[1] == '\n')
		*n = 2;
	else
		*n = c->quotes ? 1 : 0; /* libcsv ends a row at a lone CR */
	return true;
}

/* Notes whether odd bytes stand in the record, up to an offset in it. */
static void
note_odd(struct csvin *c, size_t end)
{
	uint64_t start = c->dropped + c->at, last = start + end;

	start = start > c->base ? start - c->base : 0;
	last = last < c->known ? last - c->base : c->known - c->base;
	c->odd = c->odd || delims_odd(&c->delims, start, last);
}

/* Looks at the next stretch.  Returns whether there is one. */
static bool
look(struct csvin *c)
{
	size_t from = (size_t)(c->known - c->dropped), n = c->text.n - from;

	if (n == 0)
		return false;
	n = n < DELIMS_BYTES ? n : DELIMS_BYTES;
	note_odd(c, from - c->at);
	delims_find(&c->delims, c->text.p + from, n);
	c->base = c->known;
	c->known += n;
	c->mark = c->stop = 0;
	return true;
}

/* Passes over the marks in what libcsv, or nobody, has read. */
static void
catch_up(struct csvin *c)
{
	uint64_t at = c->dropped + c->at + c->seen;

	if (at > c->known) {
		c->base = c->known = at;
		c->mark = c->delims.n = 0;
		c->stop = c->delims.nstop = 0;
	}
	while (c->mark < c->delims.n && c->base + c->delims.at[c->mark] < at)
		c->mark++;
	while (c->stop < c->delims.nstop && c->delims.stop[c->stop] < c->mark)
		c->stop++;
}

/* Adds the delimiters before a place in delims, each of which ends a field. */
static void
add_cuts(struct csvin *c, size_t to)
{
	size_t shift = (size_t)(c->base - c->dropped) - c->at;
	size_t n = to - c->mark;

	if (n > FIELDS_MAX - c->n) {
		c->many = true;
		n = FIELDS_MAX - c->n;
	}
	while (c->n + n > c->ncap)
		c->cut = mem_grow(c->cut, c->ncap, &c->ncap, sizeof *c->cut);
	for (size_t i = 0; i < n; i++)
		c->cut[c->n++] = shift + c->delims.at[c->mark + i];
	c->mark = to;
}

/* Ends the record, whose line's end is n bytes at an offset in it. */
static enum step
end_split(struct csvin *c, size_t offset, size_t n)
{
	const char *p = c->text.p + c->at;

	note_odd(c, offset);
	c->has_nul = c->odd && memchr(p, '\0', offset) != NULL;
	add_cut(c, offset);
	c->seen = offset;
	return n > 0 ? end_line(c, n) : STEP_DONE;
}

/* Splits on, from what was seen to the record's end. */
static enum step
split(struct csvin *c)
{
	const char *p = c->text.p + c->at;
	size_t n, i;

	catch_up(c);
	do {
		for (; c->stop < c->delims.nstop; c->mark++, c->stop++) {
			add_cuts(c, c->delims.stop[c->stop]);
			i = (size_t)(c->base - c->dropped) - c->at +
			    c->delims.at[c->mark];
			c->seen = i;
			n = 1;
			if (p[i] == '"')
				return STEP_QUOTE;
			if (p[i] == '\r' && !return_ends(c, i, &n))
				return STEP_MORE;
			if (n > 0)
				return end_split(c, i, n);
		}
		add_cuts(c, c->delims.n);
	} while (look(c));
	c->seen = c->text.n - c->at;
	return c->ended ? end_split(c, c->seen, 0) : STEP_MORE;
}

static void
take_field(void *p, size_t n, void *ctx)
{
	struct csvin *c = ctx;

	buf_add(&c->value, p, n);
	add_cut(c, c->value.n);
}

static void
take_row(int end, void *ctx)
{
	struct csvin *c = ctx;

	(void)end;
	c->row_ended = true;
}

/*
 * A quote in a field without quotes is an error, save after a digit: there it
 * is a sign for seconds or inches, as in 37.8"N or a 19" screen.
 */
static bool
is_sign(const struct csvin *c, const char *p)
{
	return *p == '"' && !c->parser.quoted && slice_is_digit(p[-1]);
}

/* Gives n bytes to libcsv.  Returns 0, or -1 and c->fault. */
static int
parse(struct csvin *c, const char *p, size_t n)
{
	while (n > 0) {
		size_t used =
		    csv_parse(&c->parser, p, n, take_field, take_row, c);

		p += used;
		n -= used;
		if (n == 0)
			return 0;
		if (!is_sign(c, p))
			break;
		csv_set_opts(&c->parser, CSV_STRICT_FINI);
		csv_parse(&c->parser, p, 1, take_field, take_row, c);
		csv_set_opts(&c->parser, CSV_STRICT | CSV_STRICT_FINI);
		p++;
		n--;
	}
	if (n == 0)
		return 0;
	buf_addf(&c->fault, "field %zu: %s", c->n + 1,
	    c->parser.quoted
		? "text after the closing quote, a delimiter was expected"
		: "a quote in a field that does not start with one");
	return -1;
}

/*
 * The length of what there is of a line from offset i, with the first byte of
 * its end; *whole says whether that is there.
 */
static size_t
piece_length(const struct csvin *c, size_t i, bool *whole)
{
	const char *p = c->text.p + c->at + i;
	size_t left = c->text.n - c->at - i, n = 0;

	while (n < left && p[n] != '\n' && p[n] != '\r')
		n++;
	*whole = n < left;
	return *whole ? n + 1 : n;
}

/* Gives libcsv what there is, to the record's end. */
static enum step
parse_on(struct csvin *c)
{
	while (!c->row_ended && c->at + c->seen < c->text.n) {
		bool whole;
		size_t n = piece_length(c, c->seen, &whole), end = 1;
		const char *p = c->text.p + c->at + c->seen;
		bool cr = whole && p[n - 1] == '\r';

		if (cr && !return_ends(c, c->seen + n - 1, &end))
			whole = false, n--; /* the CR comes again */
		if (parse(c, p, n) < 0)
			return STEP_BAD;
		c->seen += n;
		if (c->row_ended)
			return end_line(c, end - 1);
		if (whole && !cr) {
			c->ends++;
			c->last = c->seen;
		}
		if (cr && !whole)
			break;
	}
	if (!c->ended)
		return STEP_MORE;
	parse(c, "\n", 1);
	if (c->row_ended)
		return STEP_DONE;
	buf_addf(&c->fault, "field %zu: the quote is never closed", c->n + 1);
	return STEP_BAD;
}

/* Forgets what was read of the record under way, not its bytes. */
static void
read_again(struct csvin *c)
{
	if (c->by_libcsv && !c->row_ended) {
		csv_free(&c->parser);
		start_libcsv(c);
	}
	c->seen = c->ends = c->last = c->n = 0;
	c->by_libcsv = c->row_ended = c->has_nul = c->many = c->odd = false;
	buf_clear(&c->value);
}

/* Gives the record's first n bytes as raw, without their line end. */
static void
give(struct csvin *c, size_t n, size_t lines)
{
	const char *p = c->text.p + c->at;

	c->at += n;
	if (n > 0 && p[n - 1] == '\n') {
		n--;
		if (n > 0 && p[n - 1] == '\r')
			n--;
	} else if (n > 0 && p[n - 1] == '\r' && c->quotes) {
		n--;
	}
	c->raw = (struct slice){p, n};
	c->given_line = c->line;
	c->line += lines;
	c->given = true;
}

/* Looks for the end of the first line of a record given up. */
static int
skip_line(struct csvin *c)
{
	bool whole;
	size_t n = piece_length(c, c->seen, &whole), end = 1;

	if (whole && c->text.p[c->at + c->seen + n - 1] == '\r' &&
	    !return_ends(c, c->seen + n - 1, &end)) {
		c->seen += n - 1;
		return CSVIN_MORE;
	}
	c->seen += n;
	if (!whole && !c->ended)
		return CSVIN_MORE;
	give(c, c->seen + (whole ? end - 1 : 0), 1);
	c->broken = false;
	return CSVIN_BAD;
}

/*
 * Gives a record up that libcsv refused.  Mostly it ends with its first line;
 * where too much was read in vain already, only its newest line is read again.
 */
static int
give_up(struct csvin *c)
{
	size_t ends = c->ends, n = c->last;

	if (ends > 0)
		buf_addf(&c->fault, ", seen on line %zu", c->line + ends);
	if (c->at + c->seen >= c->text.n && c->ended)
		n = c->seen; /* it went to the end of the text */
	c->vain += ends > 0 ? c->seen : 0;
	read_again(c);
	c->broken = ends == 0 || c->vain <= VAIN_MIN + 2 * c->fed;
	if (c->broken)
		return skip_line(c);
	give(c, n, ends);
	return CSVIN_BAD;
}

/* Makes the fields of a record from where they end. */
static void
make_fields(struct csvin *c)
{
	const char *p =
	    c->by_libcsv ? buf_slice(&c->value).p : c->text.p + c->at;
	size_t start = 0, between = c->by_libcsv ? 0 : 1;

	if (c->n > c->fcap) {
		c->field = mem_resize(c->field, c->ncap, sizeof *c->field);
		c->fcap = c->ncap;
	}
	for (size_t i = 0; i < c->n; i++) {
		c->field[i] = (struct slice){p + start, c->cut[i] - start};
		start = c->cut[i] + between;
	}
}

/* Gives the record that was read to its end. */
static int
finish(struct csvin *c)
{
	const char *p = c->text.p + c->at;

	if (c->by_libcsv && c->seen > 0)
		c->has_nul = memchr(p, '\0', c->seen) != NULL;
	make_fields(c);
	give(c, c->seen, c->ends);
	if (c->many)
		buf_addf(&c->fault, "more than %zu fields", FIELDS_MAX);
	else if (c->has_nul)
		buf_add_str(&c->fault, "a NUL byte, text was expected");
	return c->many || c->has_nul ? CSVIN_BAD : CSVIN_RECORD;
}

static void
skip_mark(struct csvin *c)
{
	if (c->text.n < 3 && !c->ended)
		return;
	c->started = true;
	if (slice_starts(buf_slice(&c->text), "\xef\xbb\xbf"))
		c->at = 3;
}

static int
next(struct csvin *c)
{
	enum step step;

	if (!c->started)
		skip_mark(c);
	if (!c->started)
		return CSVIN_MORE;
	if (c->given) {
		read_again(c);
		buf_clear(&c->fault);
		c->given = false;
	}
	if (c->at >= c->text.n)
		return c->ended ? CSVIN_END : CSVIN_MORE;
	if (c->broken)
		return skip_line(c);
	step = c->by_libcsv ? parse_on(c) : split(c);
	if (step == STEP_QUOTE) {
		read_again(c);
		c->by_libcsv = true;
		step = parse_on(c);
	}
	if (step == STEP_MORE)
		return CSVIN_MORE;
	if (step == STEP_DONE)
		return finish(c);
	return give_up(c);
}

int
csvin_next(struct csvin *c)
{
	int got = next(c);

	if (got == CSVIN_BAD)
		buf_str(&c->fault);
	return got;
}

const struct slice *
csvin_fields(const struct csvin *c, size_t *n)
{
	*n = c->n;
	return c->field;
}

size_t
csvin_line(const struct csvin *c)
{
	return c->given_line;
}

bool
csvin_is_ascii(const struct csvin *c)
{
	return !c->by_libcsv && !c->odd;
}

struct slice
csvin_raw(const struct csvin *c)
{
	return c->raw;
}

const char *
csvin_fault(const struct csvin *c)
{
	return c->fault.n > 0 ? c->fault.p : "";
}
