#include "when.h"

#include <stdio.h>
#include <stdlib.h>

#include "clause.h"
#include "test.h"

/*
 * The row that conditions are tested on.  The column missing is known but
 * not in the stream.
 */
static const struct {
	const char *name, *field;
} row[] = {{"id", "20260325-0001"}, {"priority", "P2"}, {"impact", "2"},
    {"empty_one", ""}, {"null_one", "\\N"},
    {"summary", "Pump \\\\ room\\nfire"}, {"details", "x"},
    {"received", "2026-03-25T08:00:00Z"},
    {"closed", "2026-03-25T10:00:00+01:00"}, {"wait", "1h30m"},
    {"junk", "soon"}, {"amount", "-0.50"}, {"Call Number", "77"},
    {"and", "reserved"}, {"twin", "Pump \\\\ room\\nfire"}, {"odd", "a\\qb"},
    {"gr\xc3\xb6\xc3\x9f"
     "e",
	"12"}};

#define ROWS (sizeof row / sizeof *row)

static struct columns columns, known;
static struct slice field[ROWS];
static struct when_state state;
static struct fault fault;

static void
set_up(void)
{
	for (size_t i = 0; i < ROWS; i++) {
		columns_add(&columns, slice_of(row[i].name));
		field[i] = slice_of(row[i].field);
	}
	columns_add(&known, slice_of("missing"));
	columns_add(&known, slice_of("resolved"));
	CHECK(stamp_parse(slice_of("2026-03-25T09:30:00Z"), &state.now) == 0);
}

static struct when *
parse(const char *text)
{
	struct place where = {"t.tsv", 4, 7};

	return when_parse(slice_of(text), where, &fault);
}

static int
holds(const char *text)
{
	struct when *w = parse(text);
	int result = -2;

	if (w == NULL || when_bind(w, &columns, &known, &fault) < 0)
		printf("# %s: %s\n", text, buf_str(&fault.text));
	else
		result = when_test(w, field, &state);
	when_free(w);
	return result;
}

#define YES(text) CHECK(holds(text) == 1)
#define NO(text) CHECK(holds(text) == 0)

static void
always_holds(void)
{
	YES("*");
	YES("  * ");
}

static void
text_is_compared_exactly(void)
{
	YES("priority = P2");
	NO("priority = p2");
	NO("priority = P");
	NO("priority = P22");
	YES("priority != P1");
	NO("priority != 'P2'");
	YES("summary = 'Pump \\ room\nfire'");
	NO("summary = 'Pump \\\\ room\\nfire'");
	YES("odd = 'a\\qb'");
	YES("impact = 2");
	NO("impact = 2.0");
	YES("{Call Number} = 77");
	YES("{and} = reserved");
	YES("{gr\xc3\xb6\xc3\x9f"
	    "e} = 12");
}

static void
a_value_may_be_a_column(void)
{
	YES("summary = {twin}");
	NO("summary = {details}");
	NO("summary = {missing}");
	YES("summary != {missing}");
	NO("missing = {missing}");
	YES("priority in P1 {priority}");
}

static void
in_takes_blanks_and_commas(void)
{
	YES("priority in P1 P2 P3");
	YES("priority in P1,P2");
	YES("priority in 'P1' , \"P2\"");
	NO("priority in P1 P3");
	NO("missing in P1");
	YES("priority in P1 P2 and impact = 2");
	YES("(priority in P2)");
	NO("not priority in P2");
}

/* Tests a condition in which name stands for each '@'. */
static int
holds_for(const char *text, const char *name)
{
	struct buf b = {0};
	int result;

	for (; *text != '\0'; text++) {
		if (*text == '@')
			buf_add_str(&b, name);
		else
			buf_add_char(&b, *text);
	}
	result = holds(buf_str(&b));
	buf_release(&b);
	return result;
}

static void
a_missing_value_makes_tests_false_and_negations_true(void)
{
	static const char *const names[] = {"missing", "empty_one", "null_one"};
	static const char *const no[] = {"@ = x", "@ = ''", "@ < 5", "@ >= 5",
	    "@ ~ /x|/", "@ in x y", "@ is set", "since(@) > 1s",
	    "until(@) < 1s", "@ < {received}", "received < {@}"};
	static const char *const yes[] = {
	    "@ != x", "@ !~ /x|/", "@ is empty", "not @ < 5"};

	for (size_t i = 0; i < 3; i++) {
		for (size_t k = 0; k < sizeof no / sizeof *no; k++)
			CHECK(holds_for(no[k], names[i]) == 0);
		for (size_t k = 0; k < sizeof yes / sizeof *yes; k++)
			CHECK(holds_for(yes[k], names[i]) == 1);
	}
	CHECK(state.unreadable == 0);
}

static void
size_is_compared_by_the_form_of_the_literal(void)
{
	YES("impact < 10");
	NO("impact > 10");
	YES("amount < -0.4999");
	YES("amount <= -0.5");
	YES("amount >= -0.500");
	YES("wait > 89m");
	NO("wait > 1h30m");
	YES("received < 2026-03-25T08:00:00.5Z");
	YES("received >= '2026-03-25 09:00:00+01:00'");
	CHECK(state.unreadable == 0);
	NO("junk < 5");
	NO("junk > 5");
	NO("impact < 5m");
	NO("received > 5");
	CHECK(state.unreadable == 4);
	state.unreadable = 0;
}

static void
two_columns_must_agree_in_kind(void)
{
	YES("received < {closed}");
	NO("closed < {received}");
	YES("amount < {impact}");
	NO("received < {impact}");
	CHECK(state.unreadable == 1);
	NO("junk < {junk}");
	CHECK(state.unreadable == 3);
	state.unreadable = 0;
}

static void
since_and_until_go_by_now(void)
{
	YES("since(received) >= 90m");
	NO("since(received) > 90m");
	YES("since(closed) <= 30m");
	YES("until(received) < 0s");
	NO("until(received) > 0s");
	YES("since(received) >= {wait}");
	NO("since(junk) > 1s");
	CHECK(state.unreadable == 1);
	state.unreadable = 0;
}

static void
patterns_see_the_text_and_any_column_will_do(void)
{
	YES("summary ~ /\\\\ room$/m");
	YES("summary ~ /ROOM\\nfire/i");
	NO("summary ~ /\\\\n/");
	YES("summary,details ~ /^x$/");
	YES("details , summary ~ /pump/i");
	NO("summary,details !~ /^x$/");
	YES("summary,missing !~ /^x$/");
	YES("{Call Number} ~ /^7{2}$/");
	YES("received !~ /\\//");
	YES("details ~ / x /x and priority = P2");
	YES("details ~ //");
}

static void
and_binds_tighter_than_or(void)
{
	YES("impact = 2 or impact = 3 and impact = 4");
	NO("(impact = 2 or impact = 3) and impact = 4");
	YES("not impact = 3 and priority = P2");
	NO("not (impact = 2 or junk = x)");
	YES("not not impact = 2");
	YES("impact = 9 or (impact = 8 or (impact = 2 and not junk = x))");
	NO("impact = 9 or (impact = 8 or (impact = 2 and not junk = soon))");
}

static bool
combine(bool a, bool either, bool b)
{
	return either ? a || b : a && b;
}

/* All of: a op (b op c) and (a op b) op c, with and without not. */
static void
connectives_agree_with_their_truth_tables(void)
{
	static const char *const test[2] = {"impact = 9", "impact = 2"};
	static const char *const word[2] = {"and", "or"};
	static const char *const no[2] = {"", "not "};
	struct buf text = {0};

	for (unsigned i = 0; i < 512; i++) {
		unsigned t[3] = {i & 1, i >> 1 & 1, i >> 2 & 1};
		unsigned n[3] = {i >> 3 & 1, i >> 4 & 1, i >> 5 & 1};
		unsigned op[2] = {i >> 6 & 1, i >> 7 & 1};
		bool left = i & 256, want;

		buf_clear(&text);
		buf_addf(&text, "%s%s%s %s %s%s%s%s %s %s%s%s", left ? "(" : "",
		    no[n[0]], test[t[0]], word[op[0]], left ? "" : "(",
		    no[n[1]], test[t[1]], left ? ")" : "", word[op[1]],
		    no[n[2]], test[t[2]], left ? "" : ")");
		if (left)
			want =
			    combine(combine(t[0] != n[0], op[0], t[1] != n[1]),
				op[1], t[2] != n[2]);
		else
			want = combine(t[0] != n[0], op[0],
			    combine(t[1] != n[1], op[1], t[2] != n[2]));
		CHECK(holds(buf_str(&text)) == want);
	}
	buf_release(&text);
}

static void
check_fault(const char *text, const char *want)
{
	struct when *w = parse(text);

	if (w != NULL)
		CHECK(when_bind(w, &columns, &known, &fault) == -1);
	CHECK_SLICE(buf_slice(&fault.text), want);
	when_free(w);
}

static void
mistakes_have_their_place(void)
{
	check_fault("",
	    "t.tsv:4:7: a condition ('*' holds always) was expected "
	    "at the end");
	check_fault(
	    "priority = ", "t.tsv:4:18: a value was expected at the end");
	check_fault("(impact = 1",
	    "t.tsv:4:18: 'and', 'or' or ')' was expected at "
	    "the end");
	check_fault(
	    "impact = 1)", "t.tsv:4:17: 'and' or 'or' was expected, not ')'");
	check_fault("impact = 1 nad wait = 2",
	    "t.tsv:4:18: 'and' or 'or' was expected, not 'nad' (did you mean "
	    "'and'?)");
	check_fault(
	    "impact in ,1", "t.tsv:4:17: a value was expected, not ','");
	check_fault(
	    "impact in 1,", "t.tsv:4:19: a value was expected at the end");
	check_fault(
	    "impact in 1,,2", "t.tsv:4:19: a value was expected, not ','");
	check_fault("impact == 1", "t.tsv:4:15: a value was expected, not '='");
	check_fault("impact 1",
	    "t.tsv:4:14: = != ~ !~ < <= > >= in or is was expected, not '1'");
	check_fault("impact is emtpy",
	    "t.tsv:4:17: 'empty' or 'set' was expected, "
	    "not 'emtpy' (did you mean 'empty'?)");
	check_fault("summary ~ drill",
	    "t.tsv:4:17: a /pattern/ was expected, not 'drill'");
	check_fault(
	    "summary ~", "t.tsv:4:16: a /pattern/ was expected at the end");
	check_fault("summary ~ /a\\/", "t.tsv:4:17: no / closes this pattern");
	check_fault("summary ~ /a(/",
	    "t.tsv:4:20: pattern: missing closing parenthesis");
	check_fault("summary ~ /a/g",
	    "t.tsv:4:20: unknown flag 'g' after the pattern: i, m, s or x was "
	    "expected");
	check_fault("summary = 'a", "t.tsv:4:17: no ' closes this '");
	check_fault("{Call = 1", "t.tsv:4:7: no } closes this {");
	check_fault("{} = 1", "t.tsv:4:7: {} names no column");
	check_fault(
	    "* and impact = 1", "t.tsv:4:7: '*' holds always and stands alone");
	check_fault("summary,details = x",
	    "t.tsv:4:23: ~ or !~ after several columns was expected, not '='");
	check_fault(
	    "impact in (1 2)", "t.tsv:4:17: a value was expected, not '('");
	check_fault("priority in P1 P2 vip = yes",
	    "t.tsv:4:29: 'and' or 'or' was expected, not '='");
	check_fault("impact ! 1",
	    "t.tsv:4:14: = != ~ !~ < <= > >= in or is was expected, not '!'");
}

static void
reserved_words_are_quoted_as_values(void)
{
	YES("priority != 'in'");
	check_fault("priority = in",
	    "t.tsv:4:18: a value was expected, and 'in' "
	    "is a reserved word: quote it");
	check_fault("priority in set",
	    "t.tsv:4:19: a value was expected, and 'set' is a reserved word: "
	    "quote it");
	check_fault("and = 1",
	    "t.tsv:4:7: a column was expected, and 'and' is a "
	    "reserved word (as a column it is written {and})");
	check_fault("since = 1",
	    "t.tsv:4:13: '(' was expected after the reserved "
	    "word 'since' (as a column it is written "
	    "{since})");
}

static void
text_has_no_size(void)
{
	check_fault("impact < high",
	    "t.tsv:4:16: 'high' is no number, duration or time, such as "
	    "2026-03-25T09:00:00Z (a column is written {high})");
	check_fault("received > 2026-03-25",
	    "t.tsv:4:18: '2026-03-25' is no number, duration or time, such as "
	    "2026-03-25T09:00:00Z");
	check_fault("since(received) > 5",
	    "t.tsv:4:25: '5' is no duration, such as 15m");
	check_fault("since(received) = 5m",
	    "t.tsv:4:23: < <= > or >= was expected, not '='");
}

static void
an_unknown_column_gets_a_suggestion(void)
{
	check_fault("impact = 1 and priorty = 1",
	    "t.tsv:4:22: unknown column 'priorty' (did you mean 'priority'?)");
	check_fault("impact = 1 or resloved is set",
	    "t.tsv:4:21: unknown column 'resloved' (did you mean 'resolved'?)");
	check_fault("impact = {imapct}",
	    "t.tsv:4:16: unknown column 'imapct' (did you mean 'impact'?)");
	check_fault("Impact = 1",
	    "t.tsv:4:7: 'Impact' is no plain column name (it "
	    "is written {Impact})");
	check_fault("{call Number} = 1",
	    "t.tsv:4:7: unknown column 'call Number' (did you mean 'Call "
	    "Number'?)");
}

/* n times text, then middle, then n times end. */
static int
nested(const char *text, const char *middle, const char *end, int n)
{
	struct buf b = {0};
	struct when *w;
	int result = -2;

	for (int i = 0; i < n; i++)
		buf_add_str(&b, text);
	buf_add_str(&b, middle);
	for (int i = 0; i < n; i++)
		buf_add_str(&b, end);
	w = parse(buf_str(&b));
	if (w != NULL && when_bind(w, &columns, &known, &fault) == 0)
		result = when_test(w, field, &state);
	when_free(w);
	buf_release(&b);
	return result;
}

static void
depth_is_bounded_and_length_is_not(void)
{
	CHECK(nested("(", "impact = 2", ")", CLAUSE_MAX_NEST) == 1);
	CHECK(nested("(", "impact = 2", ")", CLAUSE_MAX_NEST + 1) == -2);
	CHECK_SLICE(
	    fault_reason(&fault), "more than 100 parentheses in each other");
	CHECK(nested("(", "", "", 1000000) == -2);
	CHECK(nested("not ", "impact = 2", "", 1000001) == 0);
	CHECK(nested("impact = 9 or ", "impact = 2", "", 100000) == 1);
	CHECK(nested("impact = 2 and ", "impact = 9", "", 100000) == 0);
	CHECK(nested("", "impact in 1", " 3", 100000) == 0);
}

static void
a_search_that_hits_a_limit_is_no_answer(void)
{
	struct when *w = parse("priority = P2 and summary ~ /^(a+)+$/");
	char text[64];
	struct slice saved = field[5];

	memset(text, 'a', sizeof text);
	text[63] = '!';
	field[5] = (struct slice){text, sizeof text};
	CHECK(w != NULL && when_bind(w, &columns, NULL, &fault) == 0);
	CHECK(when_test(w, field, &state) == -1);
	CHECK_SLICE(buf_slice(&state.fault.text),
	    "t.tsv:4:36: the search of 'summary' hit a limit, the condition "
	    "counts "
	    "as not met");
	field[5] = saved;
	CHECK(when_test(w, field, &state) == 0);
	when_free(w);
}

static void
check_facts(const char *text, const char *want)
{
	struct when *w = parse(text);
	struct buf facts = {0};

	CHECK(w != NULL && when_bind(w, &columns, &known, &fault) == 0);
	when_facts(w, field, &facts);
	CHECK_SLICE(buf_slice(&facts), want);
	buf_release(&facts);
	when_free(w);
}

static void
facts_name_each_column_once(void)
{
	struct slice saved = field[6];

	check_facts("*", "");
	check_facts("impact = 2 and (missing = 1 or impact = {wait})",
	    "impact=2 missing= wait=1h30m");
	check_facts("null_one = 1 and {Call Number} = 2 and {and} = 2",
	    "null_one= {Call Number}=77 and=reserved");
	check_facts("summary ~ /x/", "summary=Pump \\\\ room\\nfire");
	field[6] = slice_of("ééééééééééééééééééééééééééééééééééééééééé");
	check_facts(
	    "details = x", "details=éééééééééééééééééééééééééééééééééééééééé…");
	field[6].n = 80;
	check_facts(
	    "details = x", "details=éééééééééééééééééééééééééééééééééééééééé");
	field[6] = saved;
}

static void
see(void *ctx, struct slice name, struct place where)
{
	buf_addf(ctx, "%.*s@%zu ", SLICE_ARG(name), where.column);
}

static void
names_have_their_place(void)
{
	struct when *w =
	    parse("summary,details ~ /x/ or summary = {Call Number} "
		  "and since(wait) > 5m");
	struct buf names = {0};

	CHECK(w != NULL && !when_is_always(w));
	when_names(w, see, &names);
	CHECK_SLICE(
	    buf_slice(&names), "summary@7 details@15 Call Number@42 wait@66 ");
	buf_release(&names);
	when_free(w);
	w = parse("*");
	CHECK(w != NULL && when_is_always(w));
	when_free(w);
}

static void
too_many_columns_are_refused(void)
{
	struct buf text = {0};

	for (int i = 0; i < CLAUSE_MAX_COLUMNS; i++)
		buf_addf(&text, "c%d,", i);
	buf_add_str(&text, "last ~ /x/");
	CHECK(parse(buf_str(&text)) == NULL);
	CHECK_SLICE(
	    fault_reason(&fault), "more than 256 columns in one condition");
	buf_release(&text);
}

static void
check_needs(const char *text, const char *column, bool want)
{
	struct when *w = parse(text);

	CHECK(w != NULL && when_needs(w, slice_of(column)) == want);
	if (w != NULL && when_needs(w, slice_of(column)) != want)
		printf("# %s: %s\n", text, column);
	when_free(w);
}

static void
a_condition_tells_what_it_needs(void)
{
	check_needs("*", "a", false);
	check_needs("a = 1", "a", true);
	check_needs("a = 1", "b", false);
	check_needs("a != 1", "a", false);
	check_needs("not a = 1", "a", false);
	check_needs("not a != 1", "a", true);
	check_needs("a in 1 2 {b}", "a", true);
	check_needs("a in 1 2 {b}", "b", false);
	check_needs("a = {b}", "b", true);
	check_needs("a < {b}", "b", true);
	check_needs("a is set", "a", true);
	check_needs("a is empty", "a", false);
	check_needs("not a is empty", "a", true);
	check_needs("a ~ /x/", "a", true);
	check_needs("a !~ /x/", "a", false);
	check_needs("a,b ~ /x/", "a", false);
	check_needs("since(a) < 2d", "a", true);
	check_needs("b = 2 and (c = 1 or d = 1) and a > 0", "a", true);
	check_needs("b = 2 and (c = 1 or d = 1) and a > 0", "c", false);
	check_needs("a = 1 or b = 1", "a", false);
	check_needs("(a = 1 and b = 1) or (c = 1 and a is set)", "a", true);
	check_needs("not (a != 1 or b = 1)", "a", true);
	check_needs("a = 1 and not a = 2 or a = 3", "a", true);
}

int
main(void)
{
	set_up();
	RUN(always_holds);
	RUN(text_is_compared_exactly);
	RUN(a_value_may_be_a_column);
	RUN(in_takes_blanks_and_commas);
	RUN(a_missing_value_makes_tests_false_and_negations_true);
	RUN(size_is_compared_by_the_form_of_the_literal);
	RUN(two_columns_must_agree_in_kind);
	RUN(since_and_until_go_by_now);
	RUN(patterns_see_the_text_and_any_column_will_do);
	RUN(and_binds_tighter_than_or);
	RUN(connectives_agree_with_their_truth_tables);
	RUN(mistakes_have_their_place);
	RUN(reserved_words_are_quoted_as_values);
	RUN(text_has_no_size);
	RUN(an_unknown_column_gets_a_suggestion);
	RUN(depth_is_bounded_and_length_is_not);
	RUN(a_search_that_hits_a_limit_is_no_answer);
	RUN(facts_name_each_column_once);
	RUN(names_have_their_place);
	RUN(too_many_columns_are_refused);
	RUN(a_condition_tells_what_it_needs);
	columns_release(&columns);
	columns_release(&known);
	when_state_release(&state);
	fault_release(&fault);
	return test_done();
}
