#include "logic.h"

#include <stdio.h>

#include "buf.h"
#include "columns.h"
#include "test.h"

static struct fault fault;

static struct when *
parse(const char *text)
{
	struct place where = {"t.tsv", 1, 1};
	struct when *w = when_parse(slice_of(text), where, &fault);

	if (w == NULL)
		printf("# %s\n", buf_str(&fault.text));
	CHECK(w != NULL);
	return w;
}

/* Whether a record may exist for which a holds, and b and c (if any) don't. */
static bool
possible(const char *a, const char *b, const char *c)
{
	struct logic l = {.left = LOGIC_WORK};
	const char *text[] = {b, c};
	const struct when *holds[1], *fails[2];
	struct when *made[3];
	size_t n = 0, nfails = 0;
	bool result;

	holds[0] = made[n++] = parse(a);
	for (size_t i = 0; i < 2; i++) {
		if (text[i] != NULL)
			fails[nfails++] = made[n++] = parse(text[i]);
	}
	result = logic_possible(&l, holds, 1, fails, nfails);
	CHECK(!l.spent);
	logic_release(&l);
	while (n > 0)
		when_free(made[--n]);
	return result;
}

#define NEVER(a) CHECK(!possible(a, NULL, NULL))
#define MAYBE(a) CHECK(possible(a, NULL, NULL))
#define IMPLIES(a, b) CHECK(!possible(a, b, NULL))
#define LEAVES(a, b) CHECK(possible(a, b, NULL))

static void
contradictions_are_seen(void)
{
	NEVER("a = 1 and a = 2");
	NEVER("a = 1 and (a = 2 or a = 3)");
	NEVER("a in 1 2 and a in 3 4");
	NEVER("a = 1 and a is empty");
	NEVER("a is set and a is empty");
	NEVER("a < 3 and a > 5");
	NEVER("a < 3 and a >= 3");
	NEVER("a = 7 and a < 3");
	NEVER("a = x and a < 3");
	NEVER("a ~ /x/ and a !~ /x/");
	NEVER("a = phone and a ~ /mail/");
	NEVER("a ~ /x/ and a is empty");
	NEVER("a = {b} and b is empty");
	NEVER("a = {b} and a != {b}");
	NEVER("a < {b} and a > {b}");
	NEVER("a <= {b} and a >= {b} and not a <= {b}");
	NEVER("since(a) > 2h and since(a) < 1h");
	NEVER("since(a) > 2h and until(a) > 0s");
	NEVER("since(a) > 2h and a = x");
	NEVER("until(a) > 2h and until(a) < 1h");
	NEVER("a = ''");
	NEVER("a in '' and b = 1");
	NEVER("a > 2026-03-02T12:00:00Z and a < 2026-03-02T12:00:00+00:00");
	NEVER("a > 1h and a < 30m");
	NEVER("not (a is set or a is empty)");
	NEVER("a,b ~ /x/ and a !~ /x/ and b is empty");
}

static void
what_may_be_is_not_denied(void)
{
	MAYBE("*");
	MAYBE("a = 1 or a = 2");
	MAYBE("a != 1 and a != 2");
	MAYBE("a > 3 and a < 5");
	MAYBE("a > 3 and a < 4");
	MAYBE("a <= 3 and a >= 3");
	MAYBE("a <= 3 and a >= 3 and a != 3"); /* 3.0 */
	MAYBE("not a < 3 and not a >= 3");     /* missing, or no number */
	MAYBE("a is set and not a < 3 and not a >= 3");
	MAYBE("a < 3 and not a < 2h");
	MAYBE("a ~ /x/ and a !~ /y/");
	MAYBE("a ~ /x/ and a !~ /x/i");
	MAYBE("a = 1 and b = 2");
	MAYBE("a,b ~ /x/ and a !~ /x/");
	MAYBE("a <= {b} and a >= {b}");
	MAYBE("since(a) > 1h and since(a) < 2h");
	MAYBE("since(a) > 1h and until(a) < 0s");
	MAYBE("until(a) > 1h and until(a) < 2h");
	MAYBE("until(a) < 2h and since(a) < 1h");
	MAYBE("a = x and not since(a) > 1h");
	MAYBE("not a < {b} and not a >= {b}");
	MAYBE("a in {b} x and a != x");
}

static void
implications_are_seen(void)
{
	IMPLIES("a = 1", "a in 1 2");
	IMPLIES("a = 1 and b = 2", "a = 1");
	IMPLIES("a = 1 and b = 2", "b = 2 and a = 1");
	IMPLIES("a = 1", "a != 2");
	IMPLIES("a = 1", "a is set");
	IMPLIES("a > 5", "a > 3");
	IMPLIES("a > 5", "a is set");
	IMPLIES("a = 7", "a > 3");
	IMPLIES("a is empty", "a != 7");
	IMPLIES("a is empty", "not a < 3");
	IMPLIES("a ~ /x/ and b = 1", "a ~ /x/");
	IMPLIES("a ~ /x/", "a,b ~ /x/");
	IMPLIES("a = xy", "a ~ /x/");
	IMPLIES("not (a = 1 or b = 2)", "not a = 1");
	IMPLIES("since(a) > 2h", "since(a) > 1h");
	IMPLIES("since(a) > 2h", "until(a) < 0s");
	IMPLIES("a < {b}", "a <= {b}");
	IMPLIES("a < {b}", "b is set");
	IMPLIES("a = 1", "*");
	IMPLIES("*", "a != b or a != c");
	IMPLIES("*", "a is set or a is empty");
	LEAVES("a in 1 2", "a = 1");
	LEAVES("a > 3", "a > 5");
	LEAVES("a != 2", "a = 1");
	LEAVES("a ~ /xx/", "a ~ /x/");
	LEAVES("a,b ~ /x/", "a ~ /x/");
	LEAVES("*", "a < 3 or a >= 3");
	LEAVES("since(a) > 1h", "since(a) > 2h");
	LEAVES("a = 1", "b = 1");
}

static void
several_cover_what_one_does_not(void)
{
	CHECK(!possible("*", "a is empty", "a is set"));
	CHECK(!possible("a in 1 2", "a = 1", "a = 2"));
	CHECK(!possible("a > 3", "a > 5", "a <= 5"));
	CHECK(!possible("a = 1 and b = 2", "a = 3 or b = 2", "a = 1"));
	CHECK(possible("a in 1 2 3", "a = 1", "a = 2"));
	CHECK(possible("*", "a > 5", "a <= 5"));
}

/* A search that hits its limit has no answer, so nothing follows from it. */
static void
nothing_follows_from_a_search_without_an_end(void)
{
	MAYBE("a = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' and "
	      "a ~ /(a+)+$/");
	MAYBE("a = 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' and "
	      "a !~ /(a+)+$/");
}

/* ---- against all records of a small world ---- */

static const char *const world[3][7] = {
    {"", "1", "2", "3.5", "x", "1h", "xy"},
    {"", "1", "2", "x", "2h", "\\N", "5"},
    {"", "2026-03-02T12:00:00Z", "2026-03-02T10:30:00Z", "2026-03-02T13:30:00Z",
	"x", "2026-03-02T11:00:00Z", "1"},
};

static const char *const tests[] = {"a = 1", "a != 1", "a = 2", "a in 1 2 x",
    "a = x", "a != 'xy'", "a < 2", "a <= 2", "a > 1", "a >= 3", "a is empty",
    "a is set", "a ~ /x/", "a !~ /x/", "a ~ /[0-9]/", "a,b ~ /x/", "a,b !~ /1/",
    "a = {b}", "a != {b}", "a < {b}", "a >= {b}", "a in {b} x", "a < 90m",
    "a >= 1h", "b = 1", "b in 2 5", "b > 1", "b < 5", "b is set", "b is empty",
    "b ~ /x/", "b = {a}", "b > 1h", "since(t) > 1h", "since(t) <= 1h",
    "until(t) > 1h", "until(t) <= 0s", "since(t) < 0s", "since(t) >= {b}",
    "t is set", "t is empty", "t < 2026-03-02T11:30:00Z",
    "t >= 2026-03-02T12:00:00Z", "t = '2026-03-02T12:00:00Z'", "t ~ /12/"};

#define TESTS (sizeof tests / sizeof *tests)
#define RECORDS 343 /* 7 * 7 * 7 */
#define CONDITIONS 300

static unsigned
draw(unsigned n)
{
	static unsigned long long seed = 88172645463325252;

	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return (unsigned)(seed >> 20) % n;
}

/* Adds a condition of up to so many tests in each other. */
static void
add_condition(struct buf *out, unsigned depth)
{
	unsigned way = depth == 0 ? 0 : draw(5);

	if (way <= 1) {
		buf_add_str(out, tests[draw(TESTS)]);
		return;
	}
	buf_add_str(out, way == 2 ? "not (" : "(");
	add_condition(out, depth - 1);
	if (way > 2) {
		buf_add_str(out, way == 3 ? " and " : " or ");
		add_condition(out, depth - 1);
	}
	buf_add_char(out, ')');
}

static void
see_records(const struct when *w, bool *holds)
{
	struct when_state state = {0};

	CHECK(stamp_parse(slice_of("2026-03-02T12:00:00Z"), &state.now) == 0);
	for (unsigned i = 0; i < RECORDS; i++) {
		struct slice field[3] = {slice_of(world[0][i % 7]),
		    slice_of(world[1][i / 7 % 7]), slice_of(world[2][i / 49])};

		holds[i] = when_test(w, field, &state) == 1;
	}
	when_state_release(&state);
}

static void
nothing_that_is_denied_exists(void)
{
	static struct when *w[CONDITIONS];
	static bool holds[CONDITIONS][RECORDS];
	struct columns columns = {0};
	struct logic l = {.left = UINT64_MAX};
	unsigned denied = 0, absent = 0;

	columns_add(&columns, slice_of("a"));
	columns_add(&columns, slice_of("b"));
	columns_add(&columns, slice_of("t"));
	for (unsigned i = 0; i < CONDITIONS; i++) {
		struct buf text = {0};

		add_condition(&text, 3);
		w[i] = parse(buf_str(&text));
		CHECK(when_bind(w[i], &columns, NULL, &fault) == 0);
		see_records(w[i], holds[i]);
		buf_release(&text);
	}
	for (unsigned i = 0; i < 40000; i++) {
		unsigned a = draw(CONDITIONS), b = draw(CONDITIONS),
			 c = draw(CONDITIONS);
		const struct when *yes[] = {w[a]}, *no[] = {w[b], w[c]};
		bool may = logic_possible(&l, yes, 1, no, i % 3), is = false;

		for (unsigned k = 0; k < RECORDS; k++)
			is = is ||
			    (holds[a][k] && (i % 3 < 1 || !holds[b][k]) &&
				(i % 3 < 2 || !holds[c][k]));
		CHECK(may || !is);
		denied += !may;
		absent += !is;
	}
	/* And most of what is absent is absent for a reason that it sees. */
	CHECK(denied > 500);
	CHECK(denied * 2 > absent);
	for (unsigned i = 0; i < CONDITIONS; i++)
		when_free(w[i]);
	columns_release(&columns);
	logic_release(&l);
}

/* "(a = 1 or b = 1) and (a = 2 or b = 2) and ...": 2^n ways. */
static void
work_is_bounded(void)
{
	struct logic l = {.left = LOGIC_WORK};
	struct buf text = {0};
	const struct when *holds[1];
	struct when *w;

	for (int i = 0; i < 200; i++)
		buf_addf(&text, "%s(c%d = 1 or c%d = 2)", i > 0 ? " and " : "",
		    i, i);
	buf_add_str(&text, " and c0 = 3");
	holds[0] = w = parse(buf_str(&text));
	CHECK(logic_possible(&l, holds, 1, NULL, 0)); /* not so, but unproven */
	CHECK(l.spent);
	CHECK(l.left < LOGIC_WORK);
	when_free(w);
	logic_release(&l);
	buf_release(&text);
}

/* The same ways, all of which a value of the first column excludes. */
static void
a_value_that_is_given_saves_work(void)
{
	struct logic l = {.left = LOGIC_WORK};
	struct buf text = {0};
	struct when *w;

	buf_add_str(&text, "p = P4");
	for (int i = 0; i < 200; i++)
		buf_addf(&text, " and (c%d = 1 or c%d = 2)", i, i);
	w = parse(buf_str(&text));
	CHECK(!logic_possible_of(&l, w, slice_of("p"), slice_of("P1")));
	CHECK(logic_possible_of(&l, w, slice_of("p"), slice_of("P4")));
	CHECK(!l.spent);
	when_free(w);
	logic_release(&l);
	buf_release(&text);
}

/* Each of 2000 values is searched with a pattern that backtracks. */
static void
searches_are_work(void)
{
	struct logic l = {.left = LOGIC_WORK};
	struct buf text = {0};
	const struct when *holds[1];
	struct when *w;

	buf_add_str(&text, "a ~ /(a+)+$/ and a ~ /b/ and a in ");
	for (int i = 1000; i < 3000; i++)
		buf_addf(&text, "%saaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa%d",
		    i > 1000 ? " " : "", i);
	holds[0] = w = parse(buf_str(&text));
	CHECK(logic_possible(&l, holds, 1, NULL, 0));
	CHECK(l.spent);
	when_free(w);
	logic_release(&l);
	buf_release(&text);
}

int
main(void)
{
	RUN(contradictions_are_seen);
	RUN(what_may_be_is_not_denied);
	RUN(implications_are_seen);
	RUN(several_cover_what_one_does_not);
	RUN(nothing_follows_from_a_search_without_an_end);
	RUN(nothing_that_is_denied_exists);
	RUN(work_is_bounded);
	RUN(a_value_that_is_given_saves_work);
	RUN(searches_are_work);
	fault_release(&fault);
	return test_done();
}
