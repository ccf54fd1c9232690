#include "means.h"

#include "columns.h"
#include "duration.h"
#include "message.h"

#define TIMEOUT_S 60 /* where nothing is said */

#define STATUS_MOST 255 /* a number past it is a code */
#define CODE_LEAST 300  /* that is a failure */
#define CODE_MOST 999
#define CLASS 100 /* the codes of a class, and the first of class 1 */

/* "75=temporary", "404=permanent" or "4xx=temporary". */
struct means_failure {
	int number; /* an exit status, a code, or the first of a class */
	bool is_class;
	enum means_verdict verdict;
};

/* A row under way. */
struct reader {
	struct means *means;
	struct table_row *row;
	struct slice cell; /* of the column under way */
	const char *column;
	struct arena *arena;
	const struct columns *tells; /* all words of the column tell */
	struct fault *fault;
};

/* Goes on with another column; returns the number of its words. */
static size_t
take_column(struct reader *r, const char *column)
{
	struct slice rest, word;
	size_t n = 0;

	r->column = column;
	r->cell = table_text(r->row, column);
	rest = r->cell;
	while (slice_word(&rest, &word))
		n++;
	return n;
}

/* Where a word of the cell stands. */
static struct place
place_of(const struct reader *r, struct slice word)
{
	return place_in(table_place(r->row, r->column), r->cell, word.p);
}

/* A word that is none of those that may stand here. */
static int
refuse(const struct reader *r, struct slice word, const char *expected)
{
	return fault_at(r->fault, place_of(r, word),
	    "%s '%.*s': %s was expected", r->column, SLICE_ARG(word), expected);
}

/* The place of a word among some names; -1 and the fault where it is none. */
static int
read_name(const struct reader *r, struct slice word, const struct slice *names,
    size_t n, const char *expected)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_eq(word, names[i]))
			return (int)i;
	}
	refuse(r, word, expected);
	return fault_suggest(r->fault, word, names, n);
}

/* ---- deliver ---- */

/* What a slot of an argument may name, and which column that is. */
static const struct slice slot_name[] = {SLICE("address"), SLICE("message"),
    SLICE("id"), SLICE("party"), SLICE("try"), SLICE("subject"),
    SLICE("status")};
static const enum message_column slot_column[] = {MESSAGE_ADDRESS, MESSAGE_ID,
    MESSAGE_RECORD, MESSAGE_PARTY, MESSAGE_TRY, MESSAGE_SUBJECT,
    MESSAGE_STATUS};

static int
read_slot(const struct reader *r, struct template_piece *slot)
{
	if (slot->nfilter > 0)
		return fault_at(
		    r->fault, slot->where, "a slot in deliver has no filters");
	for (size_t i = 0; i < LEN(slot_name); i++) {
		if (!slice_eq(slot->column, slot_name[i]))
			continue;
		slot->index = slot_column[i];
		return 0;
	}
	fault_at(r->fault, slot->where,
	    "unknown value '{%.*s}': {address}, {message}, {id}, {party}, "
	    "{try}, {subject} or {status} was expected",
	    SLICE_ARG(slot->column));
	return fault_suggest(r->fault, slot->column, slot_name, LEN(slot_name));
}

static int
read_argument(struct reader *r, struct slice word)
{
	struct template *t = &r->means->word[r->means->nwords];

	if (template_parse(t, word, place_of(r, word), r->arena, r->fault) < 0)
		return -1;
	for (size_t i = 0; i < t->n; i++) {
		if (t->piece[i].column.p == NULL)
			continue;
		if (r->means->nwords == 0)
			return fault_at(r->fault, t->piece[i].where,
			    "the name of a command was expected, no value");
		if (read_slot(r, &t->piece[i]) < 0)
			return -1;
	}
	r->means->nwords++;
	return 0;
}

static int
read_deliver(struct reader *r)
{
	size_t n = take_column(r, "deliver");
	struct slice rest = r->cell, word;

	r->means->word = arena_new(r->arena, n * sizeof *r->means->word);
	while (slice_word(&rest, &word)) {
		if (read_argument(r, word) < 0)
			return -1;
	}
	return 0;
}

/* ---- form, timeout, acknowledge ---- */

static int
read_form(struct reader *r)
{
	static const struct slice forms[] = {
	    [MEANS_TEXT] = SLICE("text"),
	    [MEANS_MAIL] = SLICE("mail"),
	    [MEANS_JSON] = SLICE("json"),
	};
	int form = MEANS_TEXT;

	take_column(r, "form");
	if (r->cell.n > 0)
		form = read_name(
		    r, r->cell, forms, LEN(forms), "text, mail or json");
	r->means->form = form < 0 ? MEANS_TEXT : (enum means_form)form;
	return form < 0 ? -1 : 0;
}

static int
read_timeout(struct reader *r)
{
	take_column(r, "timeout");
	r->means->timeout_s = TIMEOUT_S;
	if (r->cell.n == 0)
		return 0;
	if (duration_parse(r->cell, &r->means->timeout_s) < 0 ||
	    r->means->timeout_s < 1 ||
	    r->means->timeout_s > MEANS_TIMEOUT_MOST_S)
		return refuse(r, r->cell, "a time from 1s to 1h");
	return 0;
}

static int
read_acknowledge(struct reader *r)
{
	static const struct slice ways[] = {
	    SLICE("keypress"), SLICE("reply"), SLICE("http"), SLICE("key")};

	take_column(r, "acknowledge");
	r->means->acknowledges = r->cell.n > 0;
	if (r->cell.n > 0 &&
	    read_name(r, r->cell, ways, LEN(ways),
		"keypress, reply, http or key") < 0)
		return -1;
	return 0;
}

/* ---- failures ---- */

static bool
is_same(const struct means_failure *a, const struct means_failure *b)
{
	return a->number == b->number && a->is_class == b->is_class;
}

/* Reads what stands before "=": 75, 404 or 4xx. */
static int
read_kind(struct slice kind, struct means_failure *failure)
{
	unsigned long long n;

	failure->is_class =
	    kind.n == 3 && slice_is((struct slice){kind.p + 1, 2}, "xx");
	if (failure->is_class)
		kind.n = 1;
	if (slice_number(kind, CODE_MOST, &n) < 0)
		return -1;
	failure->number = (int)n * (failure->is_class ? CLASS : 1);
	if (failure->is_class || n > STATUS_MOST)
		return failure->number >= CODE_LEAST ? 0 : -1;
	return n > 0 ? 0 : -1; /* status 0 is no failure */
}

static int
read_failure(struct reader *r, struct slice word)
{
	static const struct slice verdicts[] = {
	    SLICE("temporary"), SLICE("permanent")};
	struct means_failure *all = r->means->failure;
	struct means_failure *failure = &all[r->means->nfailures];
	struct slice verdict = word, kind;
	int which;

	slice_split(&verdict, '=', &kind);
	if (verdict.p == NULL || read_kind(kind, failure) < 0)
		return refuse(r, word,
		    "a status from 1 to 255, a code from 300 or a class from "
		    "3xx, and what it means, as in 75=temporary");
	which = read_name(
	    r, verdict, verdicts, LEN(verdicts), "temporary or permanent");
	if (which < 0)
		return -1;
	failure->verdict = which == 0 ? MEANS_TEMPORARY : MEANS_PERMANENT;
	for (size_t i = 0; i < r->means->nfailures; i++) {
		if (is_same(&all[i], failure))
			return fault_at(r->fault, place_of(r, word),
			    "'%.*s' is there twice", SLICE_ARG(kind));
	}
	r->means->nfailures++;
	return 0;
}

static int
read_failures(struct reader *r)
{
	size_t n = take_column(r, "failures");
	struct slice rest = r->cell, word;

	r->means->failure = arena_new(r->arena, n * sizeof *r->means->failure);
	while (slice_word(&rest, &word)) {
		if (read_failure(r, word) < 0)
			return -1;
	}
	return 0;
}

/* ---- throttle ---- */

static int
read_window(struct reader *r, struct slice word)
{
	struct means_window *window = &r->means->window[r->means->nwindows];
	struct slice span = word, most;
	unsigned long long n;

	slice_split(&span, '/', &most);
	if (span.p == NULL || slice_number(most, INT32_MAX, &n) < 0 || n == 0 ||
	    duration_parse(span, &window->span_s) < 0 || window->span_s < 1 ||
	    window->span_s > MEANS_SPAN_MOST_S)
		return refuse(r, word,
		    "how many within how long, as in 3/15m, or except");
	window->most = (size_t)n;
	r->means->nwindows++;
	return 0;
}

/* Reads the words behind "except", which is one of the cell. */
static int
read_exceptions(struct reader *r, struct slice except, struct slice rest)
{
	struct slice word;

	r->means->except = slice_trim(rest);
	if (r->means->except.n == 0 || r->means->nwindows == 0)
		return fault_at(r->fault, place_of(r, except),
		    "'except' stands behind the windows and before words of "
		    "tell");
	while (slice_word(&rest, &word)) {
		if (columns_find(r->tells, word) != COLUMNS_NONE)
			continue;
		fault_at(r->fault, place_of(r, word),
		    "no medium serves for tell '%.*s'", SLICE_ARG(word));
		return fault_suggest(
		    r->fault, word, r->tells->name, r->tells->n);
	}
	return 0;
}

static int
read_throttle(struct reader *r)
{
	size_t n = take_column(r, "throttle");
	struct slice rest = r->cell, word;

	r->means->window = arena_new(r->arena, n * sizeof *r->means->window);
	while (slice_word(&rest, &word)) {
		if (slice_is(word, "except"))
			return read_exceptions(r, word, rest);
		if (read_window(r, word) < 0)
			return -1;
	}
	return 0;
}

/* ---- the table ---- */

/* The first fault of a row is that of the row; what it has stays whole. */
static int
read_row(struct means_list *l, struct table_row *row,
    const struct columns *tells, struct fault *f)
{
	struct slice medium = table_text(row, "medium");
	struct reader r = {.means = &l->means[l->n],
	    .row = row,
	    .arena = &l->arena,
	    .tells = tells,
	    .fault = f};

	if (medium.n == 0)
		return fault_at(f, table_place(row, "medium"),
		    "a medium was expected, as sms or email");
	if (means_find(l, medium) != NULL)
		return fault_at(f, table_place(row, "medium"),
		    "medium '%.*s' is there twice", SLICE_ARG(medium));
	r.means->medium = medium;
	/* What is wrong with a limit is said where words are cut to it. */
	(void)medium_limit_read(table_text(row, "limit"), &r.means->limit);
	l->n++;
	if (read_deliver(&r) < 0 || read_form(&r) < 0 || read_timeout(&r) < 0 ||
	    read_failures(&r) < 0 || read_acknowledge(&r) < 0)
		return -1;
	return read_throttle(&r);
}

int
means_load(struct means_list *l, struct table *channels, struct fault *f)
{
	struct columns tells = {0};
	struct slice rest, word;
	int result = 0;

	l->means = arena_new(&l->arena, channels->n * sizeof *l->means);
	for (size_t i = 0; i < channels->n; i++) {
		rest = table_text(&channels->row[i], "tell");
		while (slice_word(&rest, &word))
			columns_add(&tells, word);
	}
	for (size_t i = 0; i < channels->n && result == 0; i++) {
		if (read_row(l, &channels->row[i], &tells, f) < 0)
			result = fault_keep(f);
	}
	columns_release(&tells);
	return result;
}

const struct means *
means_find(const struct means_list *l, struct slice medium)
{
	for (size_t i = 0; i < l->n; i++) {
		if (slice_eq(l->means[i].medium, medium))
			return &l->means[i];
	}
	return NULL;
}

/* What the cell says of a status, a code or a class, or -1. */
static int
look_up(const struct means *m, int number, bool is_class)
{
	const struct means_failure sought = {number, is_class, MEANS_DONE};

	for (size_t i = 0; i < m->nfailures; i++) {
		if (is_same(&m->failure[i], &sought))
			return (int)m->failure[i].verdict;
	}
	return -1;
}

static enum means_verdict
judge_code(const struct means *m, int code)
{
	int said = look_up(m, code, false);

	if (said < 0)
		said = look_up(m, code - code % CLASS, true);
	if (said >= 0)
		return (enum means_verdict)said;
	/* Request Timeout, Too Early, Too Many Requests: RFC 9110, 8470, 6585
	 */
	return code == 408 || code == 425 || code == 429 || code / CLASS == 5
	    ? MEANS_TEMPORARY
	    : MEANS_PERMANENT;
}

/* sysexits(3) of a mail system; 126 and 127 are a shell's. */
static bool
is_permanent(int status)
{
	return (status >= 64 && status <= 69) || status == 77 || status == 78 ||
	    status == 126 || status == 127;
}

enum means_verdict
means_judge(const struct means *m, const struct answer *a)
{
	int said;

	if (a->code / CLASS == 2)
		return MEANS_DONE;
	if (a->code >= CODE_LEAST)
		return judge_code(m, a->code);
	if (a->late || a->status < 0)
		return MEANS_TEMPORARY;
	if (a->status == 0)
		return MEANS_DONE;
	said = look_up(m, a->status, false);
	if (said >= 0)
		return (enum means_verdict)said;
	return is_permanent(a->status) ? MEANS_PERMANENT : MEANS_TEMPORARY;
}

bool
means_throttles(const struct means *m, struct slice tell)
{
	return m->nwindows > 0 && !slice_has_word(m->except, tell);
}

void
means_release(struct means_list *l)
{
	arena_release(&l->arena);
	*l = (struct means_list){0};
}
