#include "fit.h"

#include <stdlib.h>

#include "escape.h"
#include "sms.h"

#define OUTSIDE_BYTES 80 /* more characters are not listed */

/* Words under way. */
struct fitting {
	struct fit *fit;
	const struct wording *wording;
	const struct medium *medium;
	const struct fit_means *means;
	size_t status; /* the column's place */
	bool *chosen;  /* of each column: its value is */
};

struct slice
fit_verdict_name(enum fit_verdict verdict)
{
	static const struct slice name[] = {[FIT_WHOLE] = SLICE("fits"),
	    [FIT_VALUES] = SLICE("values cut"),
	    [FIT_WORDS] = SLICE("words cut")};

	return name[verdict];
}

/* Renders the words with the fields as they are, on a medium. */
static void
render(const struct fitting *t, const struct medium *medium,
    struct wording_text *text)
{
	const struct fit_means *m = t->means;
	struct wording_means means = {
	    .say = {medium, m->codes, m->zone},
	    .status = unescape(t->fit->field[t->status], &t->fit->status),
	};

	wording_render(t->wording, t->fit->field, &means, text);
}

/* The same uncut.  Returns the size in the finest units that there are. */
static size_t
render_whole(const struct fitting *t)
{
	struct medium endless = *t->medium;
	struct wording_text *whole = &t->fit->whole;

	endless.limit = (struct medium_limit){MEDIUM_NO_LIMIT, 0};
	render(t, &endless, whole);
	return medium_units(buf_slice(&whole->body), t->medium->limit.kind) +
	    medium_units(buf_slice(&whole->subject), t->medium->limit.kind);
}

/* Gives a column the value that makes the text longest. */
static void
choose(const struct fitting *t, size_t column)
{
	const struct specimen *s = &t->means->specimens->of[column];
	struct slice *field = &t->fit->field[column];
	size_t best = 0, most = 0;

	t->chosen[column] = true;
	for (size_t i = 0; i < s->n; i++) {
		size_t units;

		*field = s->value[i];
		units = render_whole(t);
		if (units > most) {
			most = units;
			best = i;
		}
	}
	*field = s->value[best];
}

/* Chooses the value of a column that the words have a slot for. */
static void
choose_slot(void *ctx, struct slice column, bool bound, bool has_else)
{
	const struct fitting *t = ctx;
	const struct specimens *s = t->means->specimens;
	size_t at = columns_find(&s->columns, column);

	(void)has_else;
	if (bound && s->of[at].n > 1 && !t->chosen[at])
		choose(t, at);
}

static enum fit_verdict
judge(const struct wording_text *sent)
{
	if (sent->over)
		return FIT_WORDS;
	for (size_t i = 0; i < sent->nloss; i++) {
		if (sent->loss[i].column.p == NULL)
			return FIT_WORDS;
	}
	return sent->nloss > 0 ? FIT_VALUES : FIT_WHOLE;
}

void
fit_try(struct fit *fit, const struct wording *w, const struct medium *medium,
    const struct fit_means *means)
{
	const struct specimens *s = means->specimens;
	enum medium_limit_kind kind = medium->limit.kind;
	struct fitting t = {fit, w, medium, means,
	    columns_find(&s->columns, (struct slice)SLICE("status")),
	    mem_new(s->columns.n, sizeof *t.chosen)};

	fit->field = mem_resize(fit->field, s->columns.n, sizeof *fit->field);
	for (size_t i = 0; i < s->columns.n; i++)
		fit->field[i] = s->of[i].value[0];
	choose(&t, t.status);
	wording_slots(w, choose_slot, &t);
	free(t.chosen);
	render_whole(&t);
	fit->size = (struct medium_limit){
	    kind, medium_size(buf_slice(&fit->whole.body), kind)};
	if (kind == MEDIUM_BYTES)
		fit->size.most += fit->whole.subject.n;
	render(&t, medium, &fit->sent);
	fit->verdict = judge(&fit->sent);
}

void
fit_add_cut(const struct fit *fit, struct buf *out)
{
	for (size_t i = 0; i < fit->sent.nloss; i++) {
		const struct wording_loss *l = &fit->sent.loss[i];

		buf_addf(out, "%s%s%.*s %zu", i > 0 ? ", " : "",
		    l->subject ? "subject " : "",
		    SLICE_ARG(l->column.p != NULL
			    ? l->column
			    : (struct slice)SLICE("words")),
		    l->characters);
	}
}

/* Whether a character is in a text. */
static bool
has_character(struct slice text, struct slice c)
{
	while (text.n > 0) {
		struct slice first = slice_first(text, 1);

		if (slice_eq(first, c))
			return true;
		text = slice_from(text, first.n);
	}
	return false;
}

void
fit_add_outside(
    const struct fit *fit, const struct medium *medium, struct buf *out)
{
	struct slice rest = buf_slice(&fit->whole.body);
	struct buf seen = {0};

	while (medium->charset == MEDIUM_GSM7 && rest.n > 0 &&
	    seen.n < OUTSIDE_BYTES) {
		struct slice c = slice_first(rest, 1);

		if (sms_septets(slice_take_character(&rest)) == 0 &&
		    !has_character(buf_slice(&seen), c))
			buf_add_slice(&seen, c);
	}
	buf_add_slice(out, buf_slice(&seen));
	buf_release(&seen);
}

void
fit_release(struct fit *fit)
{
	wording_text_release(&fit->whole);
	wording_text_release(&fit->sent);
	buf_release(&fit->status);
	free(fit->field);
	*fit = (struct fit){0};
}
