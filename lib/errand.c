#include "errand.h"

#include "escape.h"
#include "inert.h"
#include "jsonform.h"
#include "plain.h"

#define SUBJECT_BYTES 1000 /* the system bounds what a command can get */
#define VALUE_BYTES 4000

/* What is in the environment of a command. */
static const struct {
	const char *name;
	enum message_column column;
} given[] = {{"INC_MESSAGE", MESSAGE_ID}, {"INC_TRY", MESSAGE_TRY},
    {"INC_ID", MESSAGE_RECORD}, {"INC_REASON", MESSAGE_REASON},
    {"INC_ROLE", MESSAGE_ROLE}, {"INC_PARTY", MESSAGE_PARTY},
    {"INC_MEDIUM", MESSAGE_MEDIUM}, {"INC_ADDRESS", MESSAGE_ADDRESS},
    {"INC_SUBJECT", MESSAGE_SUBJECT}, {"INC_TELL", MESSAGE_TELL},
    {"INC_DUE", MESSAGE_DUE}, {"INC_STATUS", MESSAGE_STATUS}};

/* An errand under way. */
struct maker {
	struct errand *errand;
	const struct message *message;
	struct slice value[MESSAGE_COLUMNS]; /* plain; of those given */
	bool changed[MESSAGE_COLUMNS];       /* to be so */
	struct fault *fault;
};

static int
refuse(const struct maker *k, enum message_column column, const char *why)
{
	return fault_at(k->fault, (struct place){0}, "%s '%.*s' %s",
	    message_columns[column],
	    SLICE_ARG(slice_cut(k->value[column], 100)), why);
}

/* A value by which an argument, or an address, is another than was meant. */
static int
check_value(const struct maker *k, enum message_column column, bool at_start)
{
	if (k->changed[column] && column != MESSAGE_SUBJECT)
		return refuse(k, column, "holds a control character");
	return at_start && slice_starts(k->value[column], "-")
	    ? refuse(k, column, "starts with '-'")
	    : 0;
}

/* Makes a value plain.  An address that has to be made so is another. */
static int
take_value(struct maker *k, enum message_column column)
{
	struct buf scratch = {0}, plain = {0};
	struct slice text = unescape(k->message->field[column], &scratch);
	struct slice value;

	plain_add(&plain, text, false);
	value = buf_slice(&plain);
	k->changed[column] = !slice_eq(text, value);
	if (column == MESSAGE_SUBJECT)
		value = slice_cut(value, SUBJECT_BYTES);
	value.p = arena_copy(&k->errand->arena, value.p, value.n);
	k->value[column] = value;
	buf_release(&scratch);
	buf_release(&plain);
	if (value.n > VALUE_BYTES)
		return refuse(k, column, "is too long to be handed over");
	return column == MESSAGE_ADDRESS ? check_value(k, column, true) : 0;
}

/* ---- arguments ---- */

static int
fill_argument(struct maker *k, const struct template *word, char **argument)
{
	struct buf text = {0};
	int result = 0;

	for (size_t i = 0; i < word->n && result == 0; i++) {
		const struct template_piece *piece = &word->piece[i];
		enum message_column column = (enum message_column)piece->index;

		if (piece->column.p == NULL) {
			buf_add_slice(&text, piece->text);
			continue;
		}
		result = column == MESSAGE_ADDRESS && k->value[column].n == 0
		    ? fault_at(k->fault, (struct place){0}, "no address")
		    : check_value(k, column, text.n == 0);
		buf_add_slice(&text, k->value[column]);
	}
	*argument = arena_copy(&k->errand->arena, buf_str(&text), text.n);
	buf_release(&text);
	return result;
}

static int
fill_arguments(struct maker *k, const struct means *means)
{
	char **argv =
	    arena_new(&k->errand->arena, (means->nwords + 1) * sizeof *argv);

	k->errand->argv = argv;
	for (size_t i = 0; i < means->nwords; i++) {
		if (fill_argument(k, &means->word[i], &argv[i]) < 0)
			return -1;
	}
	return 0;
}

/* ---- environment and input ---- */

static void
fill_environment(struct maker *k)
{
	struct errand *e = k->errand;
	struct buf string = {0};

	e->own = arena_new(&e->arena, (LEN(given) + 1) * sizeof *e->own);
	for (size_t i = 0; i < LEN(given); i++) {
		buf_clear(&string);
		buf_addf(&string, "%s=", given[i].name);
		buf_add_slice(&string, k->value[given[i].column]);
		e->own[i] = arena_copy(&e->arena, buf_str(&string), string.n);
	}
	buf_release(&string);
}

/* Adds a field as a terminal may show it; its lines have their ends. */
static void
add_lines(struct buf *out, struct slice field, bool lines)
{
	struct buf scratch = {0}, plain = {0};
	struct slice rest, line;

	plain_add(&plain, unescape(field, &scratch), lines);
	for (size_t i = 0; i < plain.n; i++) {
		if (plain.p[i] == '\t')
			plain.p[i] = ' ';
	}
	rest = buf_slice(&plain);
	if (rest.n > 0 && rest.p[rest.n - 1] == '\n')
		rest.n--;
	while (slice_split(&rest, '\n', &line)) {
		inert_add(out, line);
		buf_add_char(out, '\n');
	}
	buf_release(&scratch);
	buf_release(&plain);
}

static void
add_text(struct buf *out, const struct message *m)
{
	if (field_is_set(m->field[MESSAGE_SUBJECT])) {
		add_lines(out, m->field[MESSAGE_SUBJECT], false);
		buf_add_char(out, '\n');
	}
	if (field_is_set(m->field[MESSAGE_BODY]))
		add_lines(out, m->field[MESSAGE_BODY], true);
}

static void
add_input(struct buf *out, enum means_form form, const struct message *m,
    const struct mailform *sender, struct stamp date)
{
	switch (form) {
	case MEANS_TEXT:
		add_text(out, m);
		return;
	case MEANS_MAIL:
		mailform_add(out, sender, m, date);
		return;
	case MEANS_JSON:
		jsonform_add(out, m);
		return;
	}
}

int
errand_make(struct errand *e, const struct means *means,
    const struct message *m, const struct mailform *sender, struct stamp date,
    struct fault *f)
{
	struct maker k = {.errand = e, .message = m, .fault = f};

	arena_reset(&e->arena);
	buf_clear(&e->input);
	for (size_t i = 0; i < LEN(given); i++) {
		if (take_value(&k, given[i].column) < 0)
			return -1;
	}
	if (fill_arguments(&k, means) < 0)
		return -1;
	fill_environment(&k);
	add_input(&e->input, means->form, m, sender, date);
	return 0;
}

void
errand_release(struct errand *e)
{
	arena_release(&e->arena);
	buf_release(&e->input);
	*e = (struct errand){0};
}
