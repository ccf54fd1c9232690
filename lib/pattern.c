#define PCRE2_CODE_UNIT_WIDTH 8
#include "pattern.h"

#include <pcre2.h>
#include <stdatomic.h>
#include <stdbool.h>
#include <stdlib.h>

#include "mem.h"

#define JIT_STACK_FIRST ((size_t)32 * 1024)
#define JIT_STACK_MAX ((size_t)1024 * 1024)
#define SHORT_LIMIT 10000   /* PCRE2's match limit for a short text */
#define LONG_LIMIT 10000000 /* for a long one: the budget ends it before */
#define CALL_COST 16        /* what a call back takes, in bytes passed */

#define SURE_TO_COMPILE ((size_t)4096) /* bytes that the JIT always takes */

struct pattern {
	_Atomic(pcre2_code *) code;    /* for short texts, once needed */
	_Atomic(pcre2_code *) counted; /* for long ones */
	char *body;                    /* what it is made of, then the flags */
	size_t n;                      /* bytes of body */
	size_t flags;                  /* bytes of flags */
	uint32_t options;
	uint32_t groups;
	size_t hidden;  /* bytes that one part can pass unseen */
	bool refers;    /* it has back references */
	bool has_verbs; /* it has a (*...), which may be a script run */
};

struct pattern_scratch {
	pcre2_match_context *context;
	pcre2_jit_stack *stack;
	pcre2_match_data *data;
	uint32_t pairs; /* that data has room for */
	struct slice text;
	uint32_t found; /* pairs that the last match set */

	/* Of the counted search under way. */
	const struct pattern *pattern;
	uint64_t left; /* of the budget */
	size_t at;     /* where the last call back was */
};

/* The largest number after a '{': how often one part may repeat, or more. */
static size_t
longest_repeat(struct slice body)
{
	size_t most = 0;

	for (size_t i = 0; i < body.n; i++) {
		size_t count = 0;

		if (body.p[i] != '{')
			continue;
		while (i + 1 < body.n && slice_is_digit(body.p[i + 1]) &&
		    count < 100000)
			count = count * 10 + (size_t)(body.p[++i] - '0');
		most = count > most ? count : most;
	}
	return most;
}

static int
flag_option(char flag, uint32_t *options)
{
	switch (flag) {
	case 'i':
		*options |= PCRE2_CASELESS;
		return 0;
	case 'm':
		*options |= PCRE2_MULTILINE;
		return 0;
	case 's':
		*options |= PCRE2_DOTALL;
		return 0;
	case 'x':
		*options |= PCRE2_EXTENDED;
		return 0;
	default:
		return -1;
	}
}

static int
read_flags(
    struct pattern *p, struct slice flags, struct place where, struct fault *f)
{
	p->options = PCRE2_UTF | PCRE2_UCP | PCRE2_NEVER_BACKSLASH_C |
	    PCRE2_MATCH_INVALID_UTF;
	where.column += where.column > 0 ? p->n + 1 : 0;
	for (size_t i = 0; i < flags.n; i++) {
		if (flag_option(flags.p[i], &p->options) < 0)
			return fault_at(f, where,
			    "unknown flag '%.*s' after the pattern: i, m, s or "
			    "x was expected",
			    SLICE_ARG(flags));
		where.column += where.column > 0 ? 1 : 0;
	}
	return 0;
}

/* Compiles.  Returns NULL, *error and *offset. */
static pcre2_code *
compile(const struct pattern *p, uint32_t more, int *error, size_t *offset)
{
	pcre2_compile_context *rules = pcre2_compile_context_create(NULL);
	pcre2_code *code;

	*error = PCRE2_ERROR_NOMEMORY;
	*offset = 0;
	if (rules == NULL)
		return NULL;
	pcre2_set_parens_nest_limit(rules, PATTERN_MAX_NEST);
	pcre2_set_max_pattern_length(rules, PATTERN_MAX_BODY);
	pcre2_set_newline(rules, PCRE2_NEWLINE_LF);
	code = pcre2_compile(
	    (PCRE2_SPTR)p->body, p->n, p->options | more, error, offset, rules);
	pcre2_compile_context_free(rules);
	return code;
}

/* Gives it to the JIT.  Returns 0 or an error. */
static int
speed_up(pcre2_code *code)
{
	int error = pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	size_t size = 0;

	if (error != 0)
		return error;
	/* (*NO_JIT) at its start makes a pattern that only looks compiled. */
	pcre2_pattern_info(code, PCRE2_INFO_JITSIZE, &size);
	return size > 0 ? 0 : PCRE2_ERROR_JIT_BADOPTION;
}

/*
 * Whether the JIT may refuse it: a (*VERB), a call out or a condition, or
 * something large.
 */
static bool
may_be_refused(const struct pattern *p, const pcre2_code *code)
{
	struct slice rest = {p->body, p->n};
	size_t size = SIZE_MAX;

	pcre2_pattern_info(code, PCRE2_INFO_SIZE, &size);
	if (size > SURE_TO_COMPILE)
		return true;
	for (; rest.n > 0; rest.p++, rest.n--) {
		if (slice_starts(rest, "(*") || slice_starts(rest, "(?C") ||
		    slice_starts(rest, "(?("))
			return true;
	}
	return false;
}

static int
fault_compile(struct fault *f, struct place where, int error, size_t offset)
{
	PCRE2_UCHAR text[256]; /* PCRE2's own messages are shorter */

	if (pcre2_get_error_message(error, text, sizeof text) < 0)
		text[0] = '\0';
	where.column += where.column > 0 ? offset : 0;
	return fault_at(f, where, "pattern: %s", (const char *)text);
}

/* Learns what the search must know of the compiled pattern. */
static void
learn(struct pattern *p, const pcre2_code *code)
{
	struct slice body = {p->body, p->n};
	uint32_t references = 0, behind = 0;

	pcre2_pattern_info(code, PCRE2_INFO_CAPTURECOUNT, &p->groups);
	pcre2_pattern_info(code, PCRE2_INFO_BACKREFMAX, &references);
	pcre2_pattern_info(code, PCRE2_INFO_MAXLOOKBEHIND, &behind);
	p->refers = references > 0;
	p->hidden = longest_repeat(body) + behind;
	for (size_t i = 0; i + 1 < body.n && !p->has_verbs; i++)
		p->has_verbs = body.p[i] == '(' && body.p[i + 1] == '*';
}

/* Finds what is wrong with it, and learns what a search must know. */
static int
check(struct pattern *p, struct place where, struct fault *f)
{
	size_t offset;
	int error;
	pcre2_code *code = compile(p, 0, &error, &offset);

	if (code == NULL)
		return fault_compile(f, where, error, offset);
	learn(p, code);
	error = may_be_refused(p, code) ? speed_up(code) : 0;
	pcre2_code_free(code);
	return error != 0 ? fault_compile(f, where, error, 0) : 0;
}

struct pattern *
pattern_new(
    struct slice body, struct slice flags, struct place where, struct fault *f)
{
	struct pattern *p = mem_new(1, sizeof *p);

	p->body = mem_new(body.n + flags.n + 1, 1);
	p->n = body.n;
	p->flags = flags.n;
	if (body.n > 0)
		memcpy(p->body, body.p, body.n);
	if (flags.n > 0)
		memcpy(p->body + body.n, flags.p, flags.n);
	if (read_flags(p, flags, where, f) == 0 && check(p, where, f) == 0)
		return p;
	pattern_free(p);
	return NULL;
}

void
pattern_free(struct pattern *p)
{
	if (p == NULL)
		return;
	pcre2_code_free(atomic_load(&p->code));
	pcre2_code_free(atomic_load(&p->counted));
	free(p->body);
	free(p);
}

/*
 * One of the two programs.  Two threads may make it at the same time: the
 * first keeps its own.  NULL where it is too large.
 */
static pcre2_code *
program(const struct pattern *p, const _Atomic(pcre2_code *) *const_slot,
    uint32_t more)
{
	_Atomic(pcre2_code *) *slot = (void *)(uintptr_t)const_slot;
	pcre2_code *code = atomic_load(slot), *none = NULL;
	size_t offset;
	int error;

	if (code != NULL)
		return code;
	code = compile(p, more, &error, &offset);
	if (code != NULL && speed_up(code) == 0 &&
	    atomic_compare_exchange_strong(slot, &none, code))
		return code;
	pcre2_code_free(code);
	return none;
}

/* The longest group so far: what a back reference can compare unseen. */
static size_t
longest_group(const pcre2_callout_block *b)
{
	size_t most = 0;

	for (size_t i = 1; i < b->capture_top; i++) {
		size_t from = b->offset_vector[2 * i];
		size_t to = b->offset_vector[2 * i + 1];

		if (from != PCRE2_UNSET && to > from && to - from > most)
			most = to - from;
	}
	return most + b->capture_top;
}

/* Charges the way since the last call; ends the search past the budget. */
static int
charge(pcre2_callout_block *b, void *scratch)
{
	struct pattern_scratch *s = scratch;
	size_t at = b->current_position;
	uint64_t cost = at > s->at ? at - s->at : s->at - at;

	cost += CALL_COST + s->pattern->hidden;
	if (s->pattern->refers)
		cost += longest_group(b);
	if (s->pattern->has_verbs && at > b->start_match)
		cost += at - b->start_match;
	if (cost > s->left)
		return PCRE2_ERROR_CALLOUT;
	s->left -= cost;
	s->at = at;
	return 0;
}

static void *
must(void *made)
{
	return made != NULL ? made : mem_resize(NULL, SIZE_MAX, 2);
}

struct pattern_scratch *
pattern_scratch_new(void)
{
	struct pattern_scratch *s = mem_new(1, sizeof *s);

	s->context = must(pcre2_match_context_create(NULL));
	s->stack =
	    must(pcre2_jit_stack_create(JIT_STACK_FIRST, JIT_STACK_MAX, NULL));
	pcre2_jit_stack_assign(s->context, NULL, s->stack);
	pcre2_set_callout(s->context, charge, s);
	return s;
}

void
pattern_scratch_free(struct pattern_scratch *s)
{
	if (s == NULL)
		return;
	pcre2_match_data_free(s->data);
	pcre2_match_context_free(s->context);
	pcre2_jit_stack_free(s->stack);
	free(s);
}

/* Makes room for the pairs of a pattern's groups. */
static void
fit(struct pattern_scratch *s, uint32_t pairs)
{
	if (pairs <= s->pairs)
		return;
	pcre2_match_data_free(s->data);
	s->data = must(pcre2_match_data_create(pairs, NULL));
	s->pairs = pairs;
}

int
pattern_match(
    const struct pattern *p, struct slice text, struct pattern_scratch *s)
{
	bool brief = text.n <= PATTERN_SHORT;
	const pcre2_code *code;
	int found;

	s->found = 0;
	if (text.n > PATTERN_MAX_TEXT)
		return PATTERN_LIMIT;
	code = brief ? program(p, &p->code, 0)
		     : program(p, &p->counted, PCRE2_AUTO_CALLOUT);
	if (code == NULL)
		return PATTERN_LIMIT;
	fit(s, p->groups + 1);
	s->pattern = p;
	s->left = PATTERN_BUDGET;
	s->at = 0;
	pcre2_set_match_limit(s->context, brief ? SHORT_LIMIT : LONG_LIMIT);
	/* Not pcre2_match(): that may turn to the interpreter. */
	found = pcre2_jit_match(code, (PCRE2_SPTR)(text.n > 0 ? text.p : ""),
	    text.n, 0, 0, s->data, s->context);
	if (found == PCRE2_ERROR_NOMATCH)
		return PATTERN_NO;
	if (found <= 0)
		return PATTERN_LIMIT;
	s->text = text;
	s->found = (uint32_t)found;
	return PATTERN_YES;
}

struct slice
pattern_body(const struct pattern *p)
{
	return (struct slice){p->body, p->n};
}

struct slice
pattern_flags(const struct pattern *p)
{
	return (struct slice){p->body + p->n, p->flags};
}

size_t
pattern_groups(const struct pattern *p)
{
	return p->groups;
}

struct slice
pattern_group(const struct pattern_scratch *s, size_t group)
{
	const PCRE2_SIZE *pair;
	size_t from, to;

	if (group >= s->found)
		return (struct slice){"", 0};
	pair = pcre2_get_ovector_pointer(s->data) + 2 * group;
	from = pair[0];
	to = pair[1];
	/* Of use should \K ever put the start after the end. */
	if (from == PCRE2_UNSET || from >= to || to > s->text.n)
		return (struct slice){"", 0};
	return (struct slice){s->text.p + from, to - from};
}
