#include "jsonsheet.h"

#include <stdlib.h>
#include <unistd.h>

#include "input.h"
#include "mem.h"
#include "output.h"
#include "utf8.h"

static struct place
here(const struct jsonsheet *s)
{
	return (struct place){.file = s->file, .line = s->line};
}

/* Makes ready for the text of the file that is open. */
static void
start_file(struct jsonsheet *s)
{
	jsontext_release(&s->text);
	s->file = s->in.file;
	s->line = 0;
	s->next++;
}

int
jsonsheet_is(struct textin *t, struct fault *f)
{
	int is;

	while ((is = jsontext_is(buf_slice(&t->text))) < 0 && !t->ended) {
		if (textin_fill(t, f) < 0)
			return -1;
	}
	return is > 0;
}

/* Opens the next operand.  Returns 1, 0 when there is none, or -1. */
static int
next_file(struct jsonsheet *s, struct fault *f)
{
	const char *name;
	FILE *copy;
	int is;

	if (s->next == s->n)
		return 0;
	name = s->operands[s->next];
	copy = s->copy[s->next];
	if (copy != NULL
		? textin_reopen(&s->in, fileno(copy), input_name(name), f) < 0
		: textin_open(&s->in, name, s->encoding, f) < 0)
		return -1;
	is = jsonsheet_is(&s->in, f);
	if (is <= 0)
		return is < 0 ? -1
			      : fault_at(f, (struct place){.file = s->in.file},
				    "no JSON, which the first file is");
	start_file(s);
	return 1;
}

/* Feeds what was read, or else one more block.  Returns 0, or -1. */
static int
feed(struct jsonsheet *s, struct output *keep, struct fault *f)
{
	while (s->in.text.n == 0 && !s->in.ended) {
		if (textin_fill(&s->in, f) < 0)
			return -1;
	}
	if (keep != NULL)
		output_add(keep, buf_slice(&s->in.text));
	jsontext_feed(&s->text, buf_slice(&s->in.text));
	buf_clear(&s->in.text);
	return 0;
}

/*
 * The next value of the file that is open, kept too in a copy unless that is
 * NULL.  Returns as jsontext_next() does, with JSONTEXT_MORE only where nothing
 * is to be read; or -1 and the fault.
 */
static int
next_value(struct jsonsheet *s, struct output *keep, struct fault *f)
{
	int got;

	while ((got = jsontext_next(&s->text)) == JSONTEXT_MORE) {
		if (s->no_wait && s->in.text.n == 0 && !s->in.ended)
			return got;
		if (feed(s, keep, f) < 0)
			return -1;
	}
	s->line = s->text.line;
	return got;
}

/* Takes the value just found.  Returns 0, or -1 and the fault. */
static int
take_value(struct jsonsheet *s, struct fault *f)
{
	s->row = s->text.value;
	if (!utf8_is_valid(s->row)) {
		s->not_utf8 += s->in.encoding == NULL;
		return textin_fail(&s->in, here(s), f);
	}
	return jsonin_take(&s->records, s->row, here(s), f);
}

/*
 * Learns the names of the file that is open; what is wrong in it is said when
 * it is read again.  Returns 0, or -1 and the fault.
 */
static int
learn(struct jsonsheet *s, struct output *copy, struct fault *f)
{
	struct fault later = {0};
	int value, got;

	while ((value = next_value(s, copy, f)) == JSONTEXT_VALUE) {
		if (take_value(s, &later) < 0)
			continue;
		while ((got = jsonin_next(&s->records, &later)) != JSONIN_END)
			s->any = s->any || got == JSONIN_RECORD;
	}
	fault_release(&later);
	return value;
}

/* The same for an operand that can be read but once. */
static int
learn_and_copy(struct jsonsheet *s, FILE **copy, struct fault *f)
{
	struct output out;
	int result;

	*copy = tmpfile();
	if (*copy == NULL)
		return fault_errno(f, "make a copy of", s->in.file);
	output_init(&out, dup(fileno(*copy)), "the copy of the input");
	result = learn(s, &out, f);
	if (output_close(&out) < 0 && result == 0)
		result = fault_pass(f, &out.fault);
	output_release(&out);
	return result;
}

/* Learns the names of all operands, the first of which is open. */
static int
learn_all(struct jsonsheet *s, struct fault *f)
{
	int got;

	do {
		size_t i = s->next - 1;

		got = input_look(s->operands[i], f);
		if (got > 0)
			got = learn(s, NULL, f);
		else if (got == 0)
			got = learn_and_copy(s, &s->copy[i], f);
		if (got == 0)
			got = next_file(s, f);
	} while (got > 0);
	s->next = 0;
	s->records.fixed = true;
	s->not_utf8 = 0; /* of what is read again */
	return got;
}

int
jsonsheet_open(
    struct jsonsheet *s, char *const *operands, size_t n, struct fault *f)
{
	s->operands = operands;
	s->n = n;
	s->copy = mem_new(n, sizeof(FILE *));
	start_file(s);
	if (s->records.fixed)
		return 0;
	if (learn_all(s, f) < 0)
		return -1;
	return next_file(s, f) < 0 ? -1 : 0;
}

int
jsonsheet_next(struct jsonsheet *s, struct fault *f)
{
	for (;;) {
		int got = jsonin_next(&s->records, f);

		if (got == JSONIN_RECORD)
			return JSONSHEET_ROW;
		if (got == JSONIN_BAD) {
			s->row = s->records.row;
			return JSONSHEET_BAD;
		}
		got = next_value(s, NULL, f);
		if (s->no_wait && (got == JSONTEXT_END || got == JSONTEXT_MORE))
			return JSONSHEET_MORE;
		if (got == JSONTEXT_END)
			got = next_file(s, f);
		else if (got == JSONTEXT_VALUE && take_value(s, f) < 0)
			return JSONSHEET_BAD;
		if (got <= 0)
			return got; /* JSONSHEET_END or JSONSHEET_FAILED */
	}
}

void
jsonsheet_release(struct jsonsheet *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (s->copy[i] != NULL)
			fclose(s->copy[i]);
	}
	free(s->copy);
	jsonin_release(&s->records);
	jsontext_release(&s->text);
	textin_release(&s->in);
}
