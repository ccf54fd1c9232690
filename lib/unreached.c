#include "unreached.h"

#include "civil.h"
#include "columns.h"
#include "logic.h"

/* The routes under examination. */
struct unreached {
	struct survey *s;
	struct logic logic;
	const struct route *route;
	const struct route_to *to;
	struct columns turns; /* of the roster: "role TAB party", each once */
	struct columns tells; /* the words of `tell` that the route may have */
	struct columns seen;  /* parties of this `to` */
	struct columns mute;  /* parties without an address, of all routes */
};

/* Collects who has which role, now or later. */
static void
learn_turns(struct unreached *r)
{
	const struct roster *roster = &r->s->recipients.roster;
	struct buf turn = {0};

	for (size_t i = 0; i < roster->n; i++) {
		const struct roster_row *row = &roster->row[i];

		if (row->last < r->s->now.s / DAY_S - 1)
			continue;
		buf_clear(&turn);
		buf_add_slice(&turn, row->role);
		buf_add_char(&turn, '\t');
		buf_add_slice(&turn, row->party);
		columns_add(&r->turns, buf_slice(&turn));
	}
	buf_release(&turn);
}

/* The words that `tell` of targets leads to: those of its priorities. */
static void
find_priorities_tells(struct unreached *r)
{
	const struct targets *t = &r->s->occasions.targets;

	r->logic.spent = false;
	for (size_t i = 0; i < t->n && !r->logic.spent; i++) {
		struct slice tell = t->target[i].tell;

		if (logic_possible_of(&r->logic, r->route->when,
			slice_of("priority"), t->target[i].priority))
			columns_add(
			    &r->tells, tell.n > 0 ? tell : slice_of("urgent"));
	}
	if (!r->logic.spent)
		return;
	columns_release(&r->tells);
	survey_intricate(r->s, table_place(r->route->row, "when"));
}

/* The words that the cell `tell` of a route, or of targets, leads to. */
static void
find_tells(struct unreached *r)
{
	columns_release(&r->tells);
	if (r->route->tell.n > 0)
		columns_add(&r->tells, r->route->tell);
	else
		find_priorities_tells(r);
}

/* Whether a party has a medium with words that serves for a tell, or any. */
static bool
is_reached(const struct unreached *r, const struct party *p, struct slice tell)
{
	const struct directory *d = &r->s->recipients.directory;
	struct slice language = party_language(p, r->s->pack->language);

	for (size_t i = 0; i < p->n; i++) {
		const struct address *a = &p->address[i];
		size_t channel = a->channel;

		if (wordings_words(&r->s->routes.wordings, r->route->wording,
			channel, address_language(a, language)) != NULL &&
		    (tell.n == 0 || channel_serves(&d->channel[channel], tell)))
			return true;
	}
	return false;
}

static void
check_party(struct unreached *r, struct slice name)
{
	const struct party *p =
	    directory_find(&r->s->recipients.directory, name);
	struct findings *found = &r->s->found;
	size_t known = r->seen.n, mute = r->mute.n;
	const struct columns *wordings = &r->s->routes.wordings.names;

	if (p == NULL || columns_add(&r->seen, name) != known)
		return;
	if (p->n == 0) {
		if (columns_add(&r->mute, name) == mute)
			findings_add(found, FOUND_NO_ADDRESS, p->where,
			    "'%.*s' is to be told, and has no address",
			    SLICE_ARG(name));
		return;
	}
	if (!is_reached(r, p, (struct slice){"", 0})) {
		findings_add(found, FOUND_NO_WORDS, r->to->where,
		    "'%.*s' has no medium with a wording '%.*s'",
		    SLICE_ARG(name),
		    SLICE_ARG(wordings->name[r->route->wording]));
		return;
	}
	for (size_t i = 0; i < r->tells.n; i++) {
		if (is_reached(r, p, r->tells.name[i]))
			continue;
		findings_add(found, FOUND_NO_MEDIUM, r->to->where,
		    "'%.*s' has no medium that serves for '%.*s'",
		    SLICE_ARG(name), SLICE_ARG(r->tells.name[i]));
		return;
	}
}

/* Checks whoever answers to a name, now or later: a role first. */
static void
check_name(struct unreached *r, struct slice name)
{
	if (!roster_has(&r->s->recipients.roster, name)) {
		check_party(r, name);
		return;
	}
	for (size_t i = 0; i < r->turns.n; i++) {
		struct slice party = r->turns.name[i], role;

		slice_split(&party, '\t', &role);
		if (slice_eq(role, name))
			check_party(r, party);
	}
}

/* Checks whom a route tells; {escalate_to} is the role of any boundary. */
static void
check_to(struct unreached *r)
{
	const struct boundaries *b = &r->s->boundaries;

	columns_release(&r->seen);
	if (r->to->column.name.n == 0)
		check_name(r, r->to->name);
	if (!slice_is(r->to->column.name, "escalate_to") ||
	    !r->s->sound.boundaries)
		return;
	for (size_t i = 0; i < b->n; i++)
		check_name(r, b->row[i].role);
}

static void
check_routes(struct survey *s)
{
	struct unreached r = {.s = s, .logic = {.left = LOGIC_WORK}};

	learn_turns(&r);
	for (size_t i = 0; i < s->routes.n; i++) {
		r.route = &s->routes.route[i];
		find_tells(&r);
		for (size_t k = 0; k < r.route->nto; k++) {
			r.to = &r.route->to[k];
			check_to(&r);
		}
	}
	columns_release(&r.turns);
	columns_release(&r.tells);
	columns_release(&r.seen);
	columns_release(&r.mute);
	logic_release(&r.logic);
}

/* Says where the words of one file are too long for their medium. */
static void
check_words(struct survey *s, const struct wording *w, size_t wording,
    size_t channel, struct slice language)
{
	/* What only a summary is bound to: no value. */
	const struct slice none[SURVEY_SUMMARY] = {{"", 0}};
	const struct medium *medium =
	    &s->recipients.directory.channel[channel].medium;
	struct slice name = s->routes.wordings.names.name[wording];
	struct wording_means means = {
	    .say = {medium, &s->codes, s->pack->zone}};
	struct wording_text text = {0};
	struct buf path = {0};

	wording_render(w, none, &means, &text);
	buf_addf(&path, "wording/%.*s/%.*s%s%.*s.txt", SLICE_ARG(medium->name),
	    SLICE_ARG(name), language.n > 0 ? "." : "", SLICE_ARG(language));
	if (text.cut > 0 || text.over)
		findings_add(&s->found, FOUND_TOO_LONG,
		    (struct place){pack_file(s->pack, buf_str(&path)), 1, 0},
		    "the words alone are over the limit of '%.*s'",
		    SLICE_ARG(medium->name));
	wording_text_release(&text);
	buf_release(&path);
}

/* The same for all languages of a wording. */
static void
check_languages(struct survey *s, size_t wording, size_t channel)
{
	const struct wording *w;
	struct slice language;

	for (size_t i = 0; (w = wordings_each(&s->routes.wordings, wording,
				channel, i, &language)) != NULL;
	     i++)
		check_words(s, w, wording, channel, language);
}

void
unreached_check(struct survey *s)
{
	if (!s->sound.routes)
		return;
	check_routes(s);
	for (size_t i = 0; i < s->routes.wordings.names.n; i++) {
		for (size_t k = 0; k < s->recipients.directory.nchannels; k++)
			check_languages(s, i, k);
	}
}
