#include "map.h"

#include <stdlib.h>

#include "maprow.h"
#include "test.h"

#define HEADER "field\twhen\tfrom\tvalue\tformat\tzone\tcapture\n"

static struct fault fault;
static struct buf out;

static void
note_limit(void *ctx, const struct fault *f)
{
	(void)ctx;
	buf_addf(&out, "! %s\n", f->text.n > 0 ? "limit" : "");
}

/* Splits text at commas into at most n slices; returns how many. */
static size_t
split(const char *text, struct slice *piece, size_t n)
{
	struct slice rest = slice_of(text);
	size_t i = 0;

	while (i < n && slice_split(&rest, ',', &piece[i]))
		i++;
	return i;
}

static void
add_row(const struct slice *field, size_t n)
{
	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "%s%.*s", i > 0 ? "|" : "", SLICE_ARG(field[i]));
	buf_add_char(&out, '\n');
}

/*
 * What a map makes of an export: its header, its rows (cells separated by
 * commas), then notes; or the fault.
 */
static const char *
convert(const char *rules, const char *header, const char *const *rows)
{
	struct buf text = {0};
	struct slice cell[32];
	struct maprow row;
	struct map *m;
	size_t n = split(header, cell, 32);

	buf_clear(&out);
	buf_addf(&text, HEADER "%s", rules);
	m = map_read("m.tsv", buf_slice(&text), NULL, &fault);
	if (m == NULL ||
	    map_bind(m, cell, n, (struct place){"e.csv", 1, 0}, &fault) < 0) {
		buf_add_slice(&out, buf_slice(&fault.text));
		map_free(m);
		buf_release(&text);
		return buf_str(&out);
	}
	for (size_t i = 0; i < m->lacks.n; i++)
		buf_addf(&out, "lacks %.*s\n", SLICE_ARG(m->lacks.name[i]));
	add_row(m->out.name, m->out.n);
	maprow_init(&row, m);
	row.report = note_limit;
	for (size_t line = 2; *rows != NULL; rows++, line++) {
		split(*rows, cell, n);
		add_row(maprow_make(&row, cell, false,
			    (struct place){"e.csv", line, 0}),
		    m->out.n);
	}
	for (size_t i = 0; i < m->out.n; i++) {
		if (row.unread[i].count > 0)
			buf_addf(&out, "unread %zu %s\n", row.unread[i].count,
			    buf_str(&row.unread[i].first));
		if (row.shifted[i].count > 0)
			buf_addf(&out, "shifted %zu %s\n", row.shifted[i].count,
			    buf_str(&row.shifted[i].first));
	}
	maprow_release(&row);
	map_free(m);
	buf_release(&text);
	return buf_str(&out);
}

#define ROWS(...)                 \
	(const char *const[])     \
	{                         \
		__VA_ARGS__, NULL \
	}
#define GIVES(rules, header, rows, want) \
	CHECK_SLICE(slice_of(convert(rules, header, rows)), want)
#define FAULT(rules, want) GIVES(rules, "a,b", ROWS("1,2"), want)

static void
a_field_takes_its_first_row_that_yields(void)
{
	GIVES("f\t{a} = x\t\tone\n"
	      "f\t*\t{b}\n"
	      "f\t*\t{a}\n",
	    "a,b", ROWS("x,2", "y,2", "y,", ","), "f|a\none|x\n2|y\ny|y\n|\n");
}

static void
a_template_yields_when_a_column_has_a_value(void)
{
	GIVES("f\t*\t{a}: {b c}.\n", "a,b c", ROWS("1,2", "1,", ",2", ","),
	    "f\n1: 2.\n1: .\n: 2.\n\n");
}

static void
a_value_is_a_constant(void)
{
	GIVES("f\t*\t\tx {y}\ng\t*\t{a}\tthere\n", "a", ROWS("1", ""),
	    "f|g\nx {y}|there\nx {y}|\n");
}

static void
a_capture_gives_its_group_or_fills_the_value(void)
{
	GIVES("f\t*\t{a}\t\t\t\t^(\\d) -\n", "a", ROWS("2 - High", "x"),
	    "f|unread\n2|\n|f=x\n"
	    "unread 1 e.csv:3: f 'x' does not match ^(\\d) -\n");
	GIVES("f\t*\t{a}\tP{1}\t\t\t^(\\d) -\n", "a", ROWS("2 - High", "x"),
	    "f|unread\nP2|\n|f=x\n"
	    "unread 1 e.csv:3: f 'x' does not match ^(\\d) -\n");
	GIVES("f\t*\t{a}\t{2} {1} {0}\t\t\t(\\d)(\\w)\n", "a", ROWS("7q"),
	    "f|unread\nq 7 7q|\n");
	GIVES("f\t*\t{a}\tyes\t\t\t^x\n", "a", ROWS("xy", "y"),
	    "f|a\nyes|xy\n|y\n");
	GIVES("f\t*\t{a}\t\t\t\t^x.\n", "a", ROWS("xyz", "y"),
	    "f|unread\nxy|\n|f=y\n"
	    "unread 1 e.csv:3: f 'y' does not match ^x.\n");
	/* nothing is lost where another row takes it whole */
	GIVES("f\t*\t{a}\t\t\t\t^x.\ng\t*\t{a}\n", "a", ROWS("xyz", "y"),
	    "f|g\nxy|xyz\n|y\n");
}

static void
marks_stand_for_missing_values(void)
{
	GIVES("*\t{X} in ? NULL\n*\t{X} ~ /^\\s*$/\nf\t*\t{a}\nf\t*\t{b}\n",
	    "a,b,c", ROWS("?,2,?", " ,NULL,\t", "1,2,a long value is kept"),
	    "f|b|c\n2|2|\n||\n1|2|a long value is kept\n");
}

static void
times_are_read_in_their_zone(void)
{
	GIVES("received\t*\t{a}\t\t%d/%m/%Y %H:%M\tEurope/London\n", "a",
	    ROWS("29/2/2016 01:16", "1/7/2016 01:16"),
	    "received|unread\n2016-02-29T01:16:00Z|\n2016-07-01T00:16:00Z|\n");
	GIVES("received\t*\t{a}\nx\t*\t{b}\t\t\tEurope/Paris\n", "a,b",
	    ROWS("2026-01-02T03:04:05+01:00,2026-07-01 12:00",
		"2026-01-02 03:04,2026-07-01T12:00:01"),
	    "received|x|unread\n"
	    "2026-01-02T02:04:05Z|2026-07-01T10:00:00Z|\n"
	    "2026-01-02T03:04:00Z|2026-07-01T10:00:01Z|\n");
}

static void
what_is_no_time_is_kept_and_counted(void)
{
	GIVES("received\t*\t{a}\nclosed\t*\t{b}\n", "a,b",
	    ROWS("soon,2026-01-01 00:00", "never,x\ty", ","),
	    "received|closed|unread\n"
	    "|2026-01-01T00:00:00Z|received=soon\n"
	    "||received=never; closed=x\\ty\n"
	    "||\n"
	    "unread 2 e.csv:2: received 'soon' is no time such as "
	    "2026-03-25 09:08\n"
	    "unread 1 e.csv:3: closed 'x\ty' is no time such as "
	    "2026-03-25 09:08\n");
	GIVES("received\t*\t{a}\t\t%Y\nreceived\t*\t{a}\t\t%Y-%m\n", "a",
	    ROWS("2026-02", "2026", "x"),
	    "received|unread\n2026-02-01T00:00:00Z|\n2026-01-01T00:00:00Z|\n"
	    "|received=x\nunread 1 e.csv:4: received 'x' is no time of the "
	    "form %Y\n");
}

static void
times_that_the_clock_skipped_or_repeated_are_counted(void)
{
	GIVES("closed\t*\t{a}\t\t\tEurope/London\n", "a",
	    ROWS("2026-03-29 01:30", "2026-10-25 01:30", "2026-10-25 02:30"),
	    "closed|unread\n2026-03-29T01:00:00Z|\n2026-10-25T00:30:00Z|\n"
	    "2026-10-25T02:30:00Z|\n"
	    "shifted 2 e.csv:2: closed '2026-03-29 01:30' is a time that the "
	    "clock skipped or repeated\n");
}

static void
a_digest_makes_an_id(void)
{
	/* printf '1\t2' | sha256sum */
	const char *want = "id|c\nd9304e370fd3f9e3|x\n";

	GIVES("id\t*\tdigest(a,b)\n", "a,b,c", ROWS("1,2,x"), want);
	GIVES("id\t*\tdigest({a}, {b})\n", "a,b,c", ROWS("1,2,x"), want);
	GIVES("id\t*\tdigest({a},b)\n", "a,b,c", ROWS(",,x"), "id|c\n|x\n");
}

static void
columns_without_a_rule_are_kept(void)
{
	GIVES("f\t*\t{a}\n", "Call Number,RowID,a,state,7,f,Unread,DtTm",
	    ROWS("1,2,3,4,5,6,7,8"),
	    "f|call_number|row_id|src_state|column_7|src_f|src_unread|dt_tm\n"
	    "3|1|2|4|5|6|7|8\n");
	GIVES("f\t{a} = 1\t{b}\nf\t*\t{c}\nf\t*\t{d}\n", "a,b,c,d",
	    ROWS("1,2,3,4"), "f|a|d\n2|1|4\n");
	GIVES("f\t*\t\tx\n", "A b,a-b,src_a_b,A_B", ROWS("1,2,3,4"),
	    "f|a_b|a_b_2|src_a_b|a_b_4\nx|1|2|3|4\n");
}

static void
special_bytes_are_escaped(void)
{
	GIVES("f\t*\t{a}!\ng\t*\t{a}\n", "a,b", ROWS("x\\\n,\t"),
	    "f|g|b\nx\\\\\\n!|x\\\\\\n|\\t\n");
}

static void
columns_may_be_picked_by_number(void)
{
	GIVES("f\t*\t{2}\ng\t{1} = x\t\tyes\n", "1,2,3", ROWS("x,y,z"),
	    "f|g|column_1|column_3\ny|yes|x|z\n");
	GIVES("f\t*\t{2}\ng\t{3} = z\t{n}\n", "n,n2,n3", ROWS("x,y,z"),
	    "f|g|n3\ny|x|z\n");
	GIVES("f\t*\t{2}\n", "n,n,,", ROWS("w,x,y,z"),
	    "f|n|column_3|column_4\nx|w|y|z\n");
	GIVES("f\t*\t{2}\ng\t*\t{n}\n", "n,n", ROWS("x,y"),
	    "m.tsv:3:5: two columns are called 'n': pick one by its number");
	GIVES("f\t*\t{9}\n", "n,m", ROWS("x,y"),
	    "m.tsv:2:5: {9} is wanted, the export has 2 columns");
}

static void
columns_of_one_name_are_joined(void)
{
	GIVES("*\t\t{n}\t+\nf\t*\t{n}\n", "n,m,n,n",
	    ROWS("1,2,3,4", ",2,,4", ",2,,"), "f|m\n1+3+4|2\n4|2\n|2\n");
	GIVES("*\t{X} = -\n*\t\t{X}\nf\t{n} = '1, 3'\t{m}\n", "n,m,n,m",
	    ROWS("1,-,3,\\"), "f|n\n\\\\|1, 3\n");
	GIVES("*\t\t{n}\nf\t*\t{3}\ng\t*\t{4}\n", "n,m,n,k", ROWS("1,2,3,4"),
	    "f|g|m\n1, 3|4|2\n");
}

static void
missing_columns_are_told(void)
{
	GIVES("f\t*\t{a}\ng\t{b} = 1\t{c}\nh\t*\t{a}\nh\t*\t{d}\n", "a",
	    ROWS("1"), "lacks b\nlacks c\nf|g|h\n1||1\n");
	GIVES("f\t*\t{opened at}\ng\t*\t{b}\n", "opened_at,c", ROWS("1,2"),
	    "e.csv:1: none of the columns that m.tsv names is there: "
	    "'opened at', 'b': is it the right map? "
	    "(did you mean 'opened_at'?)");
}

static void
a_search_that_hits_a_limit_yields_nothing(void)
{
	GIVES("f\t*\t{a}\t\t\t\t^(a+)+$\n", "a",
	    ROWS("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab"),
	    "f|unread\n! limit\n"
	    "|f=aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab\n"
	    "unread 1 e.csv:2: f "
	    "'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaab' does not "
	    "match ^(a+)+$\n");
}

static void
every_fault_of_a_map_has_its_place(void)
{
	FAULT("", "m.tsv: no field in this map");
	FAULT("Bad\t*\t{a}\n",
	    "m.tsv:2:1: 'Bad' can't be a field: a name such as received was "
	    "expected");
	FAULT("f\t\t{a}\n",
	    "m.tsv:2:3: a condition was expected (* always holds)");
	FAULT("f\t*\t\n",
	    "m.tsv:2:5: neither from nor value says what the field gets");
	FAULT("f\t*\ta\n",
	    "m.tsv:2:5: a column in braces was expected, as in {Call Number} "
	    "(a constant is for the column value)");
	FAULT("f\t*\t{a|x}\n",
	    "m.tsv:2:5: a filter has no place in an import map");
	FAULT("f\t*\t{a}\t{2}\t\t\t(x)\n",
	    "m.tsv:2:9: {2} is no group of the capture, which has 1");
	FAULT("f\t*\t\tx\t\t\t(x)\n",
	    "m.tsv:2:10: a capture needs a column in from");
	FAULT("f\t*\t{a}\t\t%d %G\n",
	    "m.tsv:2:10: '%G' is not known in a format (inc-import(1) lists "
	    "what is)");
	FAULT("*\t{X} = 1\t\tb\n",
	    "m.tsv:2:12: what means missing has a condition alone");
	FAULT("*\t{X} = 1\t{a}\n",
	    "m.tsv:2:3: that holds in every record or in none");
	FAULT("*\t\t{a}\t\t%d\n",
	    "m.tsv:2:9: records or rows was expected, for what the elements of "
	    "an array are");
	FAULT("*\t\t{a} {b}\n",
	    "m.tsv:2:4: a column to join, such as {Comment}, or {X} for any, "
	    "was expected");
	FAULT("*\t\t{a}\n*\t\t{a}\t+\n",
	    "m.tsv:3:4: an earlier row says how to join that");
	FAULT("a\t*\t{b}\tP{1}\n",
	    "m.tsv:2:9: '{1}' is a group of a capture, and there is none");
	FAULT("received\t*\t{b}\t\tdd/mm/yyyy\n",
	    "m.tsv:2:17: 'dd/mm/yyyy' is no format: one such as %d/%m/%Y "
	    "%H:%M was expected");
	FAULT("unread\t*\t{a}\n",
	    "m.tsv:2:1: 'unread' is for values that are no times");
	CHECK(strstr(convert("f\t*\t{a}\t\t\tEurope/Londom\n", "a", ROWS("")),
		  "m.tsv:2:11: ") != NULL);
	CHECK(strstr(convert("*\t{Y} = 1\n", "a", ROWS("")), "m.tsv:2:3: ") !=
	    NULL);
	CHECK(strstr(convert("f\t{a} =\t{a}\n", "a", ROWS("")), "m.tsv:2:") !=
	    NULL);
}

static void
a_map_by_number_alone_reads_input_without_header(void)
{
	static const struct {
		const char *rules;
		bool headless, by_number;
	} maps[] = {{HEADER "f\t*\t{1}\ng\t*\tdigest(2,{3})\n", true, true},
	    {HEADER "f\t*\t{1}\ng\t*\t{x}\n", false, true},
	    {HEADER "f\t*\t{x}\n", false, false},
	    {HEADER "f\t{1} = 2\t\tx\n", false, false}};

	for (size_t i = 0; i < sizeof maps / sizeof *maps; i++) {
		struct map *m =
		    map_read("m", slice_of(maps[i].rules), NULL, &fault);

		CHECK(m != NULL && map_is_headless(m) == maps[i].headless);
		CHECK(m != NULL && map_picks_by_number(m) == maps[i].by_number);
		map_free(m);
	}
}

int
main(void)
{
	RUN(a_field_takes_its_first_row_that_yields);
	RUN(a_template_yields_when_a_column_has_a_value);
	RUN(a_value_is_a_constant);
	RUN(a_capture_gives_its_group_or_fills_the_value);
	RUN(marks_stand_for_missing_values);
	RUN(times_are_read_in_their_zone);
	RUN(what_is_no_time_is_kept_and_counted);
	RUN(times_that_the_clock_skipped_or_repeated_are_counted);
	RUN(a_digest_makes_an_id);
	RUN(columns_without_a_rule_are_kept);
	RUN(special_bytes_are_escaped);
	RUN(columns_may_be_picked_by_number);
	RUN(columns_of_one_name_are_joined);
	RUN(missing_columns_are_told);
	RUN(a_search_that_hits_a_limit_yields_nothing);
	RUN(every_fault_of_a_map_has_its_place);
	RUN(a_map_by_number_alone_reads_input_without_header);
	buf_release(&out);
	fault_release(&fault);
	return test_done();
}
