/*
 * The two lanes of csvin give what libcsv alone would: on random files, fed in
 * random pieces, and on real ones.
 *
 * The plain way is libcsv in strict mode, byte by byte from the start of the
 * text; where it finds an error, the line is bad on which the record started,
 * and libcsv starts anew after it.  What differs on purpose: empty lines, which
 * it passes over, are records of one empty field, and a quote after a digit is
 * a letter (csvin.h).
 */
#include <csv.h>
#include <glob.h>
#include <stdint.h>
#include <stdlib.h>

#include "buf.h"
#include "csvin.h"
#include "delims.h"
#include "files.h"
#include "test.h"

#define STRICT (CSV_STRICT | CSV_STRICT_FINI)
#define FILES 1000000
#define SHOWN 1000 /* bytes of a text */
#define FILES_SANITIZED 50000
#define WIDE 500 /* of so many files one crosses a border of delims.h */

/*
 * What a reader says of a text: a line for each record, "LINE: [field][field]
 * <raw>", or "LINE! <raw>" for a bad one.
 */
struct said {
	struct buf all;
	struct buf fields; /* of the record under way */
};

static void
add_field(void *p, size_t n, void *ctx)
{
	struct said *said = ctx;

	buf_add_char(&said->fields, '[');
	buf_add(&said->fields, p, n);
	buf_add_char(&said->fields, ']');
}

static void
end_record(struct said *said, size_t line, bool good, struct slice raw)
{
	buf_addf(&said->all, "%zu%s", line, good ? ": " : "!");
	if (good)
		buf_add_slice(&said->all, buf_slice(&said->fields));
	buf_add_str(&said->all, " <");
	buf_add_slice(&said->all, raw);
	buf_add_str(&said->all, ">\n");
	buf_clear(&said->fields);
}

static uint32_t seed = 1;

/* A number less than n. */
static size_t
random_below(size_t n)
{
	seed = seed * 1664525 + 1013904223;
	return (seed >> 8) % n;
}

/* ---- the plain way ---- */

static struct csv_parser parser;
static bool row_ended;

static int
no_space(unsigned char c)
{
	(void)c;
	return 0;
}

static void
end_row(int c, void *ctx)
{
	(void)c;
	(void)ctx;
	row_ended = true;
}

static void
start_libcsv(char delimiter)
{
	csv_free(&parser);
	csv_init(&parser, STRICT);
	csv_set_delim(&parser, (unsigned char)delimiter);
	csv_set_space_func(&parser, no_space);
}

/* Gives libcsv a byte; a quote after a digit is a letter outside quotes. */
static bool
parse_byte(const char *p, bool after_digit, struct said *said)
{
	bool sign = *p == '"' && after_digit && !parser.quoted;
	size_t used;

	csv_set_opts(&parser, sign ? CSV_STRICT_FINI : STRICT);
	used = csv_parse(&parser, p, 1, add_field, end_row, said);
	return used == 1;
}

/*
 * Reads a record by libcsv; *n becomes its length, without the line end.
 * Returns whether there was no error.
 */
static bool
parse(struct slice text, size_t *n, struct said *said)
{
	bool after_digit = false;

	row_ended = false;
	for (*n = 0; *n < text.n; (*n)++) {
		char c = text.p[*n];

		if (!parse_byte(&c, after_digit, said))
			return false;
		if (row_ended)
			return true;
		after_digit = c >= '0' && c <= '9';
	}
	return csv_fini(&parser, add_field, end_row, said) == 0;
}

static size_t
line_length(struct slice text)
{
	size_t n = 0;

	while (n < text.n && text.p[n] != '\n' && text.p[n] != '\r')
		n++;
	return n;
}

static void
skip(struct slice *text, size_t n)
{
	text->p += n;
	text->n -= n;
}

static void
skip_line_end(struct slice *text)
{
	if (slice_starts(*text, "\r\n"))
		skip(text, 2);
	else if (text->n > 0)
		skip(text, 1);
}

static void
read_plainly(struct slice text, char delimiter, struct said *said)
{
	size_t line = 1;

	start_libcsv(delimiter);
	while (text.n > 0) {
		struct slice raw = {text.p, line_length(text)};
		bool good = true;

		if (raw.n == 0) /* libcsv passes empty lines over */
			add_field("", 0, said);
		else
			good = parse(text, &raw.n, said);
		if (!good) {
			raw.n = line_length(text);
			start_libcsv(delimiter);
		}
		end_record(said, line++, good, raw);
		for (size_t i = 0; i < raw.n; i++)
			line += raw.p[i] == '\n';
		skip(&text, raw.n);
		skip_line_end(&text);
	}
}

/* ---- our way, and both ---- */

/* Reads a text that is fed in random pieces. */
static void
read_in_pieces(struct slice text, char delimiter, struct said *said)
{
	struct csvin *c = csvin_new(delimiter, true);
	size_t most = 1 + random_below(text.n + 1), n;
	int got;

	while ((got = csvin_next(c)) != CSVIN_END) {
		const struct slice *field = csvin_fields(c, &n);

		if (got == CSVIN_MORE) {
			n = 1 + random_below(most);
			n = n < text.n ? n : text.n;
			csvin_feed(c, (struct slice){text.p, n});
			skip(&text, n);
			continue;
		}
		for (size_t i = 0; got == CSVIN_RECORD && i < n; i++)
			add_field((void *)field[i].p, field[i].n, said);
		end_record(
		    said, csvin_line(c), got == CSVIN_RECORD, csvin_raw(c));
	}
	csvin_free(c);
}

/* Shows the end of a text; what is before it is filling. */
static void
show(const char *what, struct slice s)
{
	if (s.n > SHOWN)
		skip(&s, s.n - SHOWN);
	printf("# %s:\n%.*s\n", what, SLICE_ARG(s));
}

/* Whether both ways say the same of a text; shows it where not. */
static bool
is_same(struct slice text, char delimiter, const char *name)
{
	static struct said plain, ours;
	uint32_t at = seed;
	bool same;

	read_plainly(text, delimiter, &plain);
	read_in_pieces(text, delimiter, &ours);
	same = slice_eq(buf_slice(&plain.all), buf_slice(&ours.all));
	if (!same) {
		printf("# %s, delimiter %c, seed %u\n", name, delimiter, at);
		show("the text", text);
		show("libcsv", buf_slice(&plain.all));
		show("we", buf_slice(&ours.all));
	}
	buf_clear(&plain.all);
	buf_clear(&ours.all);
	return same;
}

/* ---- texts ---- */

/*
 * Half of the texts are of single letters, among which quoting seldom is
 * right; half have whole quoted fields, too.
 */
static void
make_text(size_t i, struct buf *text)
{
	static const char *const piece[] = {"\"", ",", "\r", "\n", ";", "a",
	    "\"\"", "\r\n", "a", ",\"a;\n\",", "\n\"\"\"\",", "\"\r\na\"\n",
	    ";\"a,\"\r\n", "1\""};
	size_t kinds = i % 2 == 0 ? 6 : sizeof piece / sizeof *piece;

	buf_clear(text);
	if (i % WIDE == 0) {
		size_t n = DELIMS_BYTES - 1 - random_below(64);

		memset(buf_room(text, n), 'a', n);
		text->n += n;
		buf_add_char(text, "\n,a"[random_below(3)]);
	}
	for (size_t n = random_below(30); n > 0; n--)
		buf_add_str(text, piece[random_below(kinds)]);
}

static void
random_files_read_as_by_libcsv(void)
{
	size_t n = getenv("INC_SANITIZED") ? FILES_SANITIZED : FILES;
	struct buf text = {0};
	bool same = true;

	for (size_t i = 0; same && i < n; i++) {
		make_text(i, &text);
		same = is_same(
		    buf_slice(&text), i % 4 < 2 ? ',' : ';', "random file");
	}
	CHECK(same);
	buf_release(&text);
}

static void
real_files_read_as_by_libcsv(void)
{
	const char *data = getenv("INC_DATA");
	struct buf pattern = {0}, text = {0};
	struct fault f = {0};
	glob_t files = {0};

	buf_addf(&pattern, "%s/csv-suites/*/csv*/*.csv",
	    data ? data : "../shared/data");
	if (glob(buf_str(&pattern), 0, NULL, &files) != 0)
		printf("# skipped: no real data\n");
	for (size_t i = 0; i < files.gl_pathc; i++) {
		buf_clear(&text);
		CHECK(file_read(files.gl_pathv[i], 1 << 20, &text, &f) == 0);
		CHECK(is_same(slice_without_bom(buf_slice(&text)), ',',
		    files.gl_pathv[i]));
	}
	globfree(&files);
	buf_release(&pattern);
	buf_release(&text);
	fault_release(&f);
}

int
main(void)
{
	RUN(random_files_read_as_by_libcsv);
	RUN(real_files_read_as_by_libcsv);
	csv_free(&parser);
	return test_done();
}
