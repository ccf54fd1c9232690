/*
 * inc-notify --proof: a row for each wording and each medium that has it, with
 * the text that the longest values make, what of it would be cut, and which
 * slots may be empty.
 */
#include "notify_proof.h"

#include <unistd.h>

#include "diag.h"
#include "escape.h"
#include "fit.h"
#include "output.h"
#include "specimen.h"
#include "streamout.h"

enum column {
	MEDIUM,
	WORDING,
	LANGUAGE,
	LIMIT,
	SIZE,
	VERDICT,
	CUT,
	OUTSIDE,
	MISSING,
	GAPS,
	SUBJECT,
	BODY,
	COLUMNS
};

static const char *const names[COLUMNS] = {"medium", "wording", "language",
    "limit", "size", "verdict", "cut", "outside", "missing", "gaps", "subject",
    "body"};

/* Everything at work. */
struct proving {
	const struct proof_means *means;
	struct specimens specimens;
	struct fit fit;
	struct stream_writer out;
	size_t wording;           /* the one under way */
	struct buf text[COLUMNS]; /* the row under way */
	struct buf field[COLUMNS];
	struct fault fault;
	bool failed; /* the output did: it was said */
};

/* Whether every route that has the wording holds only with a value there. */
static bool
routes_need(const struct proving *p, struct slice column)
{
	const struct routes *routes = p->means->routes;

	if (p->wording == routes->summary)
		return false;
	for (size_t i = 0; i < routes->n; i++) {
		if (routes->route[i].wording == p->wording &&
		    !when_needs(routes->route[i].when, column))
			return false;
	}
	return true;
}

/* Lists a slot that never has a value, or may have none and nothing else. */
static void
see_slot(void *ctx, struct slice column, bool bound, bool has_else)
{
	struct proving *p = ctx;
	const struct specimens *s = &p->specimens;

	if (!bound)
		buf_add_word(&p->text[MISSING], column);
	else if (!has_else &&
	    !s->of[columns_find(&s->columns, column)].always &&
	    !routes_need(p, column))
		buf_add_word(&p->text[GAPS], column);
}

static void
fail(struct proving *p)
{
	if (!p->failed)
		diag_fault(STATUS_FAILED, &p->out.out.fault);
	p->failed = true;
}

static void
write_row(struct proving *p)
{
	struct slice field[COLUMNS];

	for (size_t i = 0; i < COLUMNS; i++)
		field[i] = escape(buf_slice(&p->text[i]), &p->field[i]);
	if (stream_writer_row(&p->out, field, COLUMNS) < 0)
		fail(p);
}

/* Proves one wording for one medium, in a language. */
static void
prove(struct proving *p, const struct wording *w, const struct medium *medium,
    struct slice language)
{
	const struct fit_means with = {
	    &p->specimens, p->means->codes, p->means->pack->zone};
	struct slice name = p->means->routes->wordings.names.name[p->wording];
	struct fit *fit = &p->fit;
	struct buf *text = p->text;

	for (size_t i = 0; i < COLUMNS; i++)
		buf_clear(&text[i]);
	fit_try(fit, w, medium, &with);
	buf_add_slice(&text[MEDIUM], medium->name);
	buf_add_slice(&text[WORDING], name);
	buf_add_slice(&text[LANGUAGE], language);
	if (medium->limit.kind != MEDIUM_NO_LIMIT)
		medium_size_add(&text[LIMIT], medium->limit);
	medium_size_add(&text[SIZE], fit->size);
	buf_add_slice(&text[VERDICT], fit_verdict_name(fit->verdict));
	fit_add_cut(fit, &text[CUT]);
	fit_add_outside(fit, medium, &text[OUTSIDE]);
	wording_slots(w, see_slot, p);
	buf_add_slice(&text[SUBJECT], buf_slice(&fit->sent.subject));
	buf_add_slice(&text[BODY], buf_slice(&fit->sent.body));
	write_row(p);
	if (fit->verdict == FIT_WORDS)
		diag_say(STATUS_NO,
		    "wording '%.*s' for %.*s: agreed words would be cut",
		    SLICE_ARG(name), SLICE_ARG(medium->name));
}

/* Whether a route of the reason has the wording. */
static bool
is_meant(const struct proving *p, size_t wording)
{
	const struct routes *routes = p->means->routes;

	if (wording == routes->summary) /* which is no route's */
		return p->means->reason == COLUMNS_NONE;
	for (size_t i = 0; i < routes->n; i++) {
		if (routes->route[i].wording == wording &&
		    (p->means->reason == COLUMNS_NONE ||
			routes->route[i].reason == p->means->reason))
			return true;
	}
	return false;
}

/* Proves the words under way for one medium, in each language. */
static void
prove_languages(struct proving *p, size_t channel)
{
	const struct wordings *all = &p->means->routes->wordings;
	const struct medium *medium =
	    &p->means->directory->channel[channel].medium;
	const struct wording *w;
	struct slice language;

	for (size_t i = 0; !p->failed &&
	     (w = wordings_each(all, p->wording, channel, i, &language)) !=
		 NULL;
	     i++)
		prove(p, w, medium,
		    language.n > 0 ? language : p->means->pack->language);
}

static void
prove_all(struct proving *p)
{
	size_t nwordings = p->means->routes->wordings.names.n;

	for (size_t i = 0; i < p->means->directory->nchannels; i++) {
		for (size_t k = 0; k < nwordings; k++) {
			p->wording = k;
			if (is_meant(p, k))
				prove_languages(p, i);
		}
	}
}

/* Binds all words to the columns that they may say.  Returns 0, or -1. */
static int
bind(struct proving *p)
{
	const struct proof_means *m = p->means;
	struct specimens *s = &p->specimens;

	if (specimens_load(s, m->pack, m->codes, &p->fault) < 0 ||
	    routes_bind(m->routes, &s->columns, &m->pack->known, &p->fault) < 0)
		return -1;
	specimens_add_summary(s);
	return routes_bind_summary(
	    m->routes, &s->columns, &m->pack->known, &p->fault);
}

static void
write_header(struct proving *p)
{
	struct columns columns = {0};

	for (size_t i = 0; i < COLUMNS; i++)
		columns_add(&columns, slice_of(names[i]));
	if (stream_writer_header(&p->out, &columns) < 0)
		fail(p);
	columns_release(&columns);
}

static void
release(struct proving *p)
{
	for (size_t i = 0; i < COLUMNS; i++) {
		buf_release(&p->text[i]);
		buf_release(&p->field[i]);
	}
	output_release(&p->out.out);
	fit_release(&p->fit);
	specimens_release(&p->specimens);
	fault_release(&p->fault);
}

void
notify_proof(const struct proof_means *means, const struct options *o)
{
	struct proving p = {.means = means,
	    .out = {
		.no_header = o->no_header, .line_buffered = o->line_buffered}};

	output_init(&p.out.out, STDOUT_FILENO, "<stdout>");
	if (bind(&p) < 0) {
		diag_fault(STATUS_FAILED, &p.fault);
	} else {
		write_header(&p);
		prove_all(&p);
	}
	if (output_close(&p.out.out) < 0)
		fail(&p);
	release(&p);
}
