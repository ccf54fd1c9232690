#include "phrase.h"

#include "test.h"

static struct zone *zone;
static struct table codes_table;
static struct codes codes;
static struct fault fault;

static const char codes_text[] = "field\tcode\tword\tspoken\n"
				 "priority\tP1\tCritical\tpriority one\n"
				 "priority\tP2\tHigh\t\n";

/* A row of a stream, by names and fields as they stand there. */
static const char *const names[] = {
    "id", "priority", "summary", "received", "why"};
#define COLUMNS (sizeof names / sizeof *names)

#define ROW "20260325-0042\tP1\tmail is down\t2026-07-25T08:08:12Z\t\\N"

/* Parses words and binds them to the row's columns. */
static int
parse(struct phrase *p, const char *words, struct arena *arena)
{
	struct place where = {"w.txt", 1, 1};
	struct columns columns = {0}, known = {0};
	int result;

	for (size_t i = 0; i < COLUMNS; i++)
		columns_add(&columns, slice_of(names[i]));
	columns_add(&known, slice_of("status"));
	result = phrase_parse(p, slice_of(words), where, arena, &fault);
	if (result == 0)
		result = phrase_bind(p, &columns, &known, &fault);
	columns_release(&columns);
	columns_release(&known);
	return result;
}

/* Adds the words, and what the slots say of a row, escaped. */
static void
say(const struct phrase *p, enum medium_charset charset, const char *row,
    struct phrase_said *said, struct buf *out)
{
	struct medium medium = {.charset = charset};
	struct phrase_means means = {&medium, &codes, zone};
	struct slice rest = slice_of(row), field[COLUMNS] = {{"", 0}};
	struct buf copy = {0};

	for (size_t i = 0; i < COLUMNS; i++)
		slice_split(&rest, '\t', &field[i]);
	for (size_t i = 0; i < p->n; i++) {
		const struct phrase_piece *slot = &p->piece[i];

		if (slot->column.p == NULL) {
			buf_add_slice(out, slot->text);
			continue;
		}
		buf_clear(&copy);
		buf_add_slice(&copy, phrase_say(slot, field, &means, said));
		buf_add_slice(out, phrase_escape(slot, buf_slice(&copy), said));
	}
	buf_release(&copy);
}

/* The whole of a test: words and a row in, what they say out. */
static void
check(enum medium_charset charset, const char *words, const char *row,
    const char *want)
{
	struct arena arena = {0};
	struct phrase p = {0};
	struct phrase_said said = {0};
	struct buf out = {0};

	if (parse(&p, words, &arena) < 0)
		buf_add_slice(&out, buf_slice(&fault.text));
	else
		say(&p, charset, row, &said, &out);
	CHECK_SLICE(buf_slice(&out), want);
	phrase_said_release(&said);
	buf_release(&out);
	arena_release(&arena);
}

static void
filters_say_values(void)
{
	check(MEDIUM_SPEECH, "Incident {id|digits}. {priority|spoken}.", ROW,
	    "Incident 2 0 2 6 0 3 2 5 0 0 4 2. priority one.");
	check(MEDIUM_SPEECH, "{summary|spoken}, {priority|word}", ROW,
	    "mail is down, Critical");
	check(MEDIUM_UTF8, "at {received|local}", ROW, "at 2026-07-25 09:08");
	check(MEDIUM_UTF8, "{summary|short 6}", ROW, "mail …");
	check(MEDIUM_GSM7, "{summary|short 6}", ROW, "mai...");
	check(MEDIUM_GSM7, "{summary|short 2}", ROW, "ma");
	check(MEDIUM_GSM7, "{summary|short 12}", ROW, "mail is down");
	check(MEDIUM_GSM7, "{summary|short 4|digits}", ROW, "m . . .");
	check(MEDIUM_UTF8, "{priority|digits|short 2}", ROW, "P…");
	check(
	    MEDIUM_UTF8, "{why|else no reason given}", ROW, "no reason given");
	check(MEDIUM_UTF8, "{why|else }.{priority|else x}", ROW, ".P1");
	check(MEDIUM_UTF8, "{why|local|else never|short 2}", ROW, "never");
}

static void
a_code_without_a_spoken_form_is_said_by_its_word(void)
{
	check(MEDIUM_SPEECH, "{priority|spoken}/{priority|word}", "1\tP2\t\t\t",
	    "High/High");
	check(MEDIUM_SPEECH, "{priority|spoken}/{priority|word}", "1\tP3\t\t\t",
	    "P3/P3");
}

static void
digits_are_whole_characters(void)
{
	check(MEDIUM_UTF8, "{id|digits}", "é-ж 1\xff\t\t\t\t", "é ж 1 \xff");
}

static void
digits_are_separated_by_anything_that_is_not_said(void)
{
	check(MEDIUM_UTF8, "{id|digits}.",
	    " 1\\n-\\t2\x01"
	    "3 \t\t\t\t",
	    "1 2 3.");
	check(MEDIUM_UTF8, "{id|digits}.", "--\t\t\t\t", ".");
}

static void
values_are_spelled(void)
{
	check(MEDIUM_SPEECH, "{summary|phonetic}.", "\t\tab-42\t\t",
	    "Alfa Bravo hyphen 4 2.");
	check(MEDIUM_SPEECH, "{summary|short 3|phonetic}", "\t\tabcd\t\t",
	    "dot dot dot");
	check(MEDIUM_SPEECH, "{priority|word|phonetic}", "\tP2\t\t\t",
	    "Hotel India Golf Hotel");
	check(MEDIUM_UTF8, "{why|phonetic|else no name}", ROW, "no name");
	check(MEDIUM_UTF8, "{summary|phonetic|short 6|json}", "\t\t\"a\t\t",
	    "quota…");
}

static void
what_is_not_spelled_is_counted(void)
{
	struct arena arena = {0};
	struct phrase p = {0};
	struct phrase_said said = {0};
	struct buf row = {0}, out = {0};

	buf_add_str(&row, "\t\t");
	for (int i = 0; i < 1003; i++)
		buf_add_str(&row, "1");
	CHECK(parse(&p, "{summary|phonetic}", &arena) == 0);
	say(&p, MEDIUM_UTF8, buf_str(&row), &said, &out);
	CHECK(said.shortened == 3);
	CHECK(out.n == 2000 + strlen("…"));
	phrase_said_release(&said);
	buf_release(&row);
	buf_release(&out);
	arena_release(&arena);
}

static void
escapes_follow_in_their_order(void)
{
	check(MEDIUM_UTF8, "{summary|json}", "\t\t\"a\\\\b\"\\n\x01\t\t",
	    "\\\"a\\\\b\\\"\\n\\u0001");
	check(MEDIUM_UTF8, "{summary|xml}", "\t\t<b> & 'c' \"d\"\t\t",
	    "&lt;b&gt; &amp; &#39;c&#39; &quot;d&quot;");
	check(MEDIUM_UTF8, "{summary|xml}",
	    "\t\ta\xef\xbf\xbe\xef\xbf\xbf\xef\xbf\xbdz\t\t",
	    "a??\xef\xbf\xbdz");
	check(MEDIUM_UTF8, "{summary|json|xml}", "\t\t\"<\t\t", "\\&quot;&lt;");
	check(MEDIUM_UTF8, "{summary|xml|json}", "\t\t\\\\<\t\t", "\\\\&lt;");
	check(MEDIUM_UTF8, "{summary|short 4|digits|json|xml|json}",
	    "\t\t\"bcde\t\t", "\\\\&quot; b c …");
	check(
	    MEDIUM_UTF8, "{why|short 2|else <none>|xml}", ROW, "&lt;none&gt;");
}

static void
gaps_are_counted_until_they_are_cleared(void)
{
	struct arena arena = {0};
	struct phrase p = {0};
	struct phrase_said said = {0};
	struct buf out = {0};

	CHECK(parse(&p, "{why}{status}{id|local}{why|else -}{summary|short 5}",
		  &arena) == 0);
	say(&p, MEDIUM_UTF8, ROW, &said, &out);
	CHECK_SLICE(buf_slice(&out), "20260325-0042-mail…");
	CHECK(said.missing == 2 && said.unreadable == 1);
	CHECK(said.shortened == 8);
	CHECK_SLICE(said.missing_column, "why");
	say(&p, MEDIUM_UTF8, ROW, &said, &out);
	CHECK(said.missing == 4 && said.unreadable == 2);
	phrase_said_clear(&said);
	CHECK(said.missing == 0 && said.unreadable == 0);
	CHECK(said.shortened == 0 && said.missing_column.n == 0);
	phrase_said_release(&said);
	buf_release(&out);
	arena_release(&arena);
}

static void
a_slot_is_found_by_its_column(void)
{
	struct arena arena = {0};
	struct phrase p = {0};

	CHECK(parse(&p, "why {id|digits} {{summary}}", &arena) == 0);
	CHECK(phrase_has_slot(&p, "id"));
	CHECK(!phrase_has_slot(&p, "why"));
	CHECK(!phrase_has_slot(&p, "summary"));
	arena_release(&arena);
}

static void
check_fault(const char *words, const char *want)
{
	struct arena arena = {0};
	struct phrase p = {0};

	CHECK(parse(&p, words, &arena) < 0);
	CHECK_SLICE(buf_slice(&fault.text), want);
	arena_release(&arena);
}

static void
what_is_wrong_is_named_with_its_place(void)
{
	check_fault("a {summary|digts}",
	    "w.txt:1:12: unknown filter 'digts' (did you mean 'digits'?)");
	check_fault("a {summary|short}",
	    "w.txt:1:12: a number of characters was expected, as in "
	    "'short 40'");
	check_fault("a {summary|json x}",
	    "w.txt:1:12: 'json' stands alone, not with 'x'");
	check_fault("a {summary|json|short 3}",
	    "w.txt:1:17: 'short' can't stand after json or xml");
	check_fault("a {summary|json|else x|word}",
	    "w.txt:1:24: 'word' can't stand after json or xml");
	check_fault("a {summary|phonetc}",
	    "w.txt:1:12: unknown filter 'phonetc' (did you mean 'phonetic'?)");
	check_fault("a {summary|phonetic 3}",
	    "w.txt:1:12: 'phonetic' stands alone, not with '3'");
	check_fault("a {summary|xml|phonetic}",
	    "w.txt:1:16: 'phonetic' can't stand after json or xml");
	check_fault("a {summary|else x|else y}", "w.txt:1:19: a second 'else'");
	check_fault("a {summary|short 0}",
	    "w.txt:1:12: a number of characters was expected, as in "
	    "'short 40'");
	check_fault("a\n{sumary}",
	    "w.txt:2:1: unknown column 'sumary' (did you mean 'summary'?)");
	check_fault("{stauts}",
	    "w.txt:1:1: unknown column 'stauts' (did you mean 'status'?)");
}

int
main(void)
{
	zone = zone_open(slice_of("Europe/London"), &fault);
	if (table_read(&codes_table, "codes.tsv", slice_of(codes_text), false,
		&fault) < 0 ||
	    codes_load(&codes, &codes_table, &fault) < 0)
		return 1;
	RUN(filters_say_values);
	RUN(a_code_without_a_spoken_form_is_said_by_its_word);
	RUN(digits_are_whole_characters);
	RUN(digits_are_separated_by_anything_that_is_not_said);
	RUN(values_are_spelled);
	RUN(what_is_not_spelled_is_counted);
	RUN(escapes_follow_in_their_order);
	RUN(gaps_are_counted_until_they_are_cleared);
	RUN(a_slot_is_found_by_its_column);
	RUN(what_is_wrong_is_named_with_its_place);
	codes_release(&codes);
	table_release(&codes_table);
	zone_free(zone);
	fault_release(&fault);
	return test_done();
}
