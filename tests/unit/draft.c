#include "draft.h"

#include "map.h"
#include "portrait.h"
#include "test.h"

#define COLUMNS 8

static struct guess guess;
static struct slice name[COLUMNS];
static struct profile profile[COLUMNS];
static struct buf text;
static struct fault fault;

static void
forget(void)
{
	for (size_t i = 0; i < guess.n; i++)
		profile_release(&profile[i]);
	guess_release(&guess);
	fault_release(&fault);
	buf_release(&text);
}

/* Guesses by a header and a record, both with a ; between. */
static void
see(const char *header, const char *record)
{
	struct slice names = slice_of(header), values = slice_of(record);
	struct slice value;
	size_t n = 0;

	forget();
	while (slice_split(&names, ';', &name[n]) &&
	    slice_split(&values, ';', &value)) {
		profile_init(&profile[n], 1);
		profile_see(&profile[n++], value);
	}
	guess_make(&guess, name, profile, n);
}

/* The draft's lines but for those of every draft. */
static const char *
rows(const struct draft_form *form)
{
	struct buf all = {0};
	struct slice rest, line;

	if (draft_add(&all, &guess, form, &fault) < 0) {
		buf_release(&all);
		return buf_str(&fault.text);
	}
	rest = buf_slice(&all);
	while (slice_split(&rest, '\n', &line)) {
		if (slice_starts(line, "#") || slice_starts(line, "field\t") ||
		    slice_starts(line, "*\t{X} ~") || line.n == 0)
			continue;
		buf_add_slice(&text, line);
		buf_add_char(&text, '\n');
	}
	buf_release(&all);
	return buf_str(&text);
}

#define DRAFT(header, record, want)                                           \
	do {                                                                  \
		see(header, record);                                          \
		CHECK_SLICE(                                                  \
		    slice_of(rows(&(struct draft_form){.file = "x"})), want); \
	} while (0)

static void
a_row_says_what_a_column_becomes(void)
{
	DRAFT("number;opened_at;priority;urgency;visits",
	    "INC1;29/2/2016 01:16;2 - High;3;17.0",
	    "id\t*\t{number}\t\t\t\t\n"
	    "received\t*\t{opened_at}\t\t%d/%m/%Y %H:%M\t\t\n"
	    "urgency\t*\t{urgency}\t\t\t\t^[Pp]?(\\d)\\b\n"
	    "priority\t*\t{priority}\tP{1}\t\t\t^[Pp]?(\\d)\\b\n"
	    "visits\t*\t{visits}\t\t\t\t^(-?\\d+)(?:\\.0)?$\n");
	DRAFT("id;created_at;entered", "1;1456704960123;2016-02-29T01:16:00Z",
	    "id\t*\t{id}\t\t\t\t\n"
	    "received\t*\t{created_at}\t\t%Q\t\t\n"
	    "entered\t*\t{entered}\t\t%Y-%m-%dT%H:%M:%S%z\t\t\n");
	DRAFT("id;Date;Time", "1;2016-02-29;01:16",
	    "id\t*\t{id}\t\t\t\t\n"
	    "received\t*\t{Date} {Time}\t\t%Y-%m-%d %H:%M\t\t\n");
}

static void
a_name_that_is_one_of_ours_is_kept_apart(void)
{
	DRAFT("id;delivered;level", "1;2016-02-29;3.0",
	    "id\t*\t{id}\t\t\t\t\n"
	    "src_delivered\t*\t{delivered}\t\t%Y-%m-%d\t\t\n"
	    "src_level\t*\t{level}\t\t\t\t^(-?\\d+)(?:\\.0)?$\n");
}

static void
what_is_missing_is_made(void)
{
	DRAFT("opened;type;other", "2016-02-29;printer;hall",
	    "id\t*\tdigest({opened},{type})\t\t\t\t\n"
	    "received\t*\t{opened}\t\t%Y-%m-%d\t\t\n"
	    "summary\t*\t{type}\t\t\t\t\n"
	    "category\t*\t{type}\t\t\t\t\n");
	/* A digest can't be undone: what goes into it is kept as well. */
	DRAFT("a;b", "x;y",
	    "id\t*\tdigest({a},{b})\t\t\t\t\n"
	    "a\t*\t{a}\t\t\t\t\n"
	    "b\t*\t{b}\t\t\t\t\n");
}

static void
names_that_cannot_stand_in_a_map_go_by_number(void)
{
	DRAFT("id;clo{sed;opened\t;\xc3\xbc", "1;2;2016-02-29;2016-02-29",
	    "id\t*\t{id}\t\t\t\t\n"
	    "received\t*\t{3}\t\t%Y-%m-%d\t\t\n"
	    "column_4\t*\t{\xc3\xbc}\t\t%Y-%m-%d\t\t\n");
	DRAFT("a\\b;id", "2016-02-29;1",
	    "id\t*\t{id}\t\t\t\t\n"
	    "a_b\t*\t{a\\\\b}\t\t%Y-%m-%d\t\t\n");
	/* One must be named, or the map would be for input without header. */
	DRAFT("opened{;other", "2016-02-29;1",
	    "id\t*\tdigest({1})\t\t\t\t\n"
	    "received\t*\t{1}\t\t%Y-%m-%d\t\t\n"
	    "named_2\t*\t{other}\t\t\t\t\n");
}

static void
without_a_name_to_write_there_is_no_draft(void)
{
	DRAFT("a{;b}", "1;2",
	    "x: no name of its columns can stand in a map: take its header "
	    "off and name them with -H");
	/* As 0 is no column's number, a map can name it. */
	DRAFT("0;1", "x;2016-02-29",
	    "id\t*\tdigest({0},{1})\t\t\t\t\n"
	    "column_0\t*\t{0}\t\t\t\t\n"
	    "column_1\t*\t{1}\t\t%Y-%m-%d\t\t\n");
	DRAFT("2;1", "1;2",
	    "x: no name of its columns can stand in a map: take its header "
	    "off and name them with -H");
	see("", "");
	guess.n = 0;
	CHECK_SLICE(slice_of(rows(&(struct draft_form){.file = "x"})),
	    "x: no record, so nothing to make a map of");
}

static void
without_a_header_all_goes_by_number(void)
{
	see("nr;x{;opened", "1;2;2016-02-29");
	CHECK_SLICE(
	    slice_of(rows(&(struct draft_form){.file = "x", .headless = true})),
	    "id\t*\t{1}\t\t\t\t\n"
	    "received\t*\t{3}\t\t%Y-%m-%d\t\t\n"
	    "x\t*\t{2}\t\t\t\t\n");
}

static void
json_never_goes_by_number(void)
{
	see("id;clo{sed", "1;2016-02-29");
	CHECK_SLICE(
	    slice_of(rows(&(struct draft_form){.file = "x", .json = true})),
	    "id\t*\t{id}\t\t\t\t\n");
}

static void
columns_of_one_name_are_joined(void)
{
	DRAFT("id;note;note;;", "1;a;b;c;d",
	    "*\t\t{X}\n"
	    "id\t*\t{id}\t\t\t\t\n"
	    "details\t*\t{note}\t\t\t\t\n"
	    "column_4\t*\t{4}\t\t\t\t\n");
}

static void
a_comment_is_one_line_and_inert(void)
{
	struct slice rest, line;

	see("id;pri\033ority;state", "1;hi\033[31mgh;a\nid\t*\tx");
	buf_clear(&text);
	CHECK(draft_add(&text, &guess, &(struct draft_form){.file = "a\n\033b"},
		  &fault) == 0);
	rest = buf_slice(&text);
	CHECK(memchr(rest.p, '\033', rest.n) == NULL);
	CHECK(slice_split(&rest, '\n', &line) == 1);
	CHECK_SLICE(line, "# Draft for a??b: see to the lines with ASK");
}

static void
the_words_of_a_column_are_short_and_inert(void)
{
	static const char *const want[] = {"re?ceived", "100%", "1",
	    "time %d/%m/%Y, no zone", "", "which zone; day or month first",
	    "3/4/2016"};

	see("re\tceived;x", "3/4/2016;0123456789012345678901234567890");
	for (size_t k = 0; k < PORTRAIT_CELLS; k++) {
		buf_clear(&text);
		portrait_add(&text, &guess, 0, k);
		CHECK_SLICE(buf_slice(&text), want[k]);
	}
	buf_clear(&text);
	portrait_add(&text, &guess, 1, PORTRAIT_EXAMPLES);
	CHECK_SLICE(buf_slice(&text), "012345678901234567890123\xe2\x80\xa6");
	buf_clear(&text);
	CHECK(portrait_add_question(&text, &guess, 1) == 1);
	CHECK_SLICE(buf_slice(&text),
	    "re?ceived (3/4/2016): no value tells whether the day or the "
	    "month comes first: the day was taken");
	CHECK(portrait_add_question(&text, &guess, 2) == 0);
}

int
main(void)
{
	RUN(a_row_says_what_a_column_becomes);
	RUN(a_name_that_is_one_of_ours_is_kept_apart);
	RUN(what_is_missing_is_made);
	RUN(names_that_cannot_stand_in_a_map_go_by_number);
	RUN(without_a_name_to_write_there_is_no_draft);
	RUN(without_a_header_all_goes_by_number);
	RUN(json_never_goes_by_number);
	RUN(columns_of_one_name_are_joined);
	RUN(a_comment_is_one_line_and_inert);
	RUN(the_words_of_a_column_are_short_and_inert);
	forget();
	return test_done();
}
