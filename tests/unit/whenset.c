#include "whenset.h"

#include <stdlib.h>

#include "columns.h"
#include "rules.h"
#include "test.h"

#define SETS 150
#define MOST 150 /* conditions of a set: more than two words of bits */
#define ROWS 8   /* for each set */
#define FIELDS 5

static const char *const names[FIELDS] = {
    "summary", "details", "vip", "count", "other"};
static struct columns columns, known;
static struct when *when[MOST];
static size_t n;

static void
set_up(void)
{
	for (size_t i = 0; i < FIELDS; i++)
		columns_add(&columns, slice_of(names[i]));
	columns_add(&known, slice_of("missing"));
}

static void
add_match(struct buf *out)
{
	static const char *const texts[] = {"summary", "details",
	    "summary,details", "missing", "missing,summary", "vip",
	    "details,other,summary"};

	buf_add_str(out, texts[rule_random(RULE_LEN(texts))]);
	buf_add_str(out, rule_random(5) > 0 ? " ~ /" : " !~ /");
	for (size_t k = rule_random(3) + 1; k > 0; k--) {
		buf_add_str(out, rule_random(2) ? "\\b" : "");
		rule_add_word(out);
		buf_add_str(out, rule_random(8) > 0 ? "" : ".*");
		buf_add_str(out, k > 1 ? "|" : "");
	}
	buf_addf(out, "/%s", rule_random(2) ? "i" : "");
}

static void
add_test(struct buf *out)
{
	static const char *const others[] = {"vip = yes", "vip != yes",
	    "count > 3", "other is set", "missing is empty", "vip in yes no",
	    "not vip = yes"};

	if (rule_random(3) > 0)
		add_match(out);
	else
		buf_add_str(out, others[rule_random(RULE_LEN(others))]);
}

static void
add_condition(struct buf *out, unsigned depth)
{
	if (depth == 0 || rule_random(2)) {
		add_test(out);
		return;
	}
	buf_add_str(out, rule_random(4) > 0 ? "(" : "not (");
	add_condition(out, depth - 1);
	buf_add_str(out, rule_random(3) > 0 ? " and " : " or ");
	add_condition(out, depth - 1);
	buf_add_char(out, ')');
}

/* Makes the conditions of a set. */
static void
make(size_t most)
{
	struct fault f = {0};
	struct buf b = {0};

	for (n = 0; n < most; n++) {
		buf_clear(&b);
		if (rule_random(30) == 0)
			buf_add_char(&b, '*');
		else
			add_condition(&b, 2);
		when[n] = when_parse(buf_slice(&b), (struct place){0}, &f);
		if (when[n] == NULL ||
		    when_bind(when[n], &columns, &known, &f) < 0) {
			printf("# %s: %s\n", buf_str(&b), buf_str(&f.text));
			CHECK(false);
			break;
		}
	}
	buf_release(&b);
	fault_release(&f);
}

static void
clear(void)
{
	while (n > 0)
		when_free(when[--n]);
}

/* Fills a row; the fields are views of text. */
static void
fill(struct slice *field, struct buf *text)
{
	static const char *const values[] = {"yes", "no", "", "5", "\\N", "x"};

	for (size_t i = 0; i < FIELDS; i++) {
		buf_clear(&text[i]);
		if (i < 2)
			rule_add_text(&text[i]);
		else
			buf_add_str(
			    &text[i], values[rule_random(RULE_LEN(values))]);
		field[i] = buf_slice(&text[i]);
	}
}

static size_t met, unmet;

/* Goes through a row's conditions both ways, between two places. */
static void
compare(const struct whenset *s, const struct slice *field,
    struct when_state *state, struct when_state *in_turn)
{
	size_t to = rule_random(n + 1), i = to > 0 ? rule_random(to) : 0;
	int holds;

	whenset_row(s, state);
	for (; i < to; i++) {
		size_t next = whenset_find(s, i, to, field, state, &holds);

		for (; i < next; i++) {
			CHECK(when_test(when[i], field, in_turn) == 0);
			CHECK(whenset_test(s, i, field, state) == 0);
			unmet++;
		}
		if (next == to)
			break;
		CHECK(holds == when_test(when[next], field, in_turn));
		CHECK(holds == whenset_test(s, next, field, state));
		met++;
	}
}

static void
a_set_answers_as_the_conditions_in_turn(void)
{
	struct when_state state = {0}, in_turn = {0};
	struct slice field[FIELDS];
	struct buf text[FIELDS] = {0};

	for (size_t k = 0; k < SETS && !test_now; k++) {
		struct whenset *s;

		make(1 + rule_random(MOST));
		s = whenset_new(when, n, sizeof(struct when *));
		for (size_t row = 0; row < ROWS; row++) {
			fill(field, text);
			compare(s, field, &state, &in_turn);
		}
		whenset_free(s);
		/* A new set may be where this one was. */
		when_state_release(&state);
		clear();
	}
	CHECK(met > 1000 && unmet > 1000);
	when_state_release(&in_turn);
	for (size_t i = 0; i < FIELDS; i++)
		buf_release(&text[i]);
}

static struct whenset *
make_of(const char *const *conditions, size_t count)
{
	struct fault f = {0};

	for (n = 0; n < count; n++) {
		when[n] = when_parse(
		    slice_of(conditions[n]), (struct place){"t", 2, 1}, &f);
		CHECK(when[n] != NULL &&
		    when_bind(when[n], &columns, &known, &f) == 0);
	}
	return whenset_new(when, n, sizeof(struct when *));
}

/* What is counted and reported is what tests in turn count and report. */
static void
values_that_cant_be_read_are_counted_all_the_same(void)
{
	static const char *const conditions[] = {
	    "count > 3 and summary ~ /pump/", "summary ~ /pump/ and count > 3"};
	struct slice field[FIELDS] = {
	    SLICE("desk"), SLICE(""), SLICE(""), SLICE("many"), SLICE("")};
	struct when_state state = {0};
	struct whenset *s = make_of(conditions, 2);
	int holds;

	whenset_row(s, &state);
	CHECK(whenset_find(s, 0, 2, field, &state, &holds) == 2);
	CHECK(state.unreadable == 1);
	whenset_free(s);
	when_state_release(&state);
	clear();
}

static void
a_limit_has_its_condition_and_place(void)
{
	static const char *const conditions[] = {"summary ~ /pump/",
	    "summary ~ /(a+)+$/ and vip = yes", "summary ~ /(desk)+(a+)+$/"};
	struct slice field[FIELDS] = {
	    SLICE("aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!"),
	    SLICE(""), SLICE("yes"), SLICE(""), SLICE("")};
	struct when_state state = {0};
	struct whenset *s = make_of(conditions, 3);
	int holds;

	whenset_row(s, &state);
	CHECK(whenset_find(s, 0, 3, field, &state, &holds) == 1);
	CHECK(holds == -1);
	CHECK_SLICE(buf_slice(&state.fault.text),
	    "t:2:12: the search of 'summary' hit a limit, the condition "
	    "counts as not met");
	/* What can't be found is not searched for: no limit. */
	CHECK(whenset_find(s, 2, 3, field, &state, &holds) == 3);
	whenset_free(s);
	when_state_release(&state);
	clear();
}

static void
see(void *ctx, struct place where)
{
	buf_addf(ctx, "%zu ", where.column);
}

static void
patterns_without_a_literal_have_their_place(void)
{
	static const char *const conditions[] = {
	    "summary ~ /pump/ or details ~ /\\d+/ and summary !~ /[ab]/ "};
	struct whenset *s = make_of(conditions, 1);
	struct buf out = {0};

	when_slow_patterns(when[0], see, &out);
	CHECK_SLICE(buf_slice(&out), "32 53 ");
	buf_release(&out);
	whenset_free(s);
	clear();
}

int
main(void)
{
	set_up();
	RUN(a_set_answers_as_the_conditions_in_turn);
	RUN(values_that_cant_be_read_are_counted_all_the_same);
	RUN(a_limit_has_its_condition_and_place);
	RUN(patterns_without_a_literal_have_their_place);
	columns_release(&columns);
	columns_release(&known);
	return test_done();
}
