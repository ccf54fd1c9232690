#include "recipient.h"

#include <stdlib.h>

#include "escape.h"

/* One search: a route, a row, and who hears what went wrong. */
struct search {
	struct recipients *r;
	const struct routes *routes;
	const struct route *route;
	const struct occasion *occasion;
	const struct slice *field;
	struct fault fault; /* why the name under way gave no answer */
	void (*report)(void *ctx, const struct fault *f);
	void *ctx;
};

static void
learn_names(struct recipients *r)
{
	for (size_t i = 0; i < r->roster.n; i++)
		columns_add(&r->names, r->roster.row[i].role);
	for (size_t i = 0; i < r->levels.n; i++) {
		if (r->levels.level[i].role.n > 0)
			columns_add(&r->names, r->levels.level[i].role);
	}
	for (size_t i = 0; i < r->directory.nparties; i++)
		columns_add(&r->names, r->directory.party[i].name);
}

int
recipients_load(struct recipients *r, struct pack *pack,
    struct calendars *calendars, struct fault *f)
{
	struct table *channels, *directory, *t;
	int got;

	if (pack_table_needed(pack, "channels", &channels, f) < 0 ||
	    pack_table_needed(pack, "directory", &directory, f) < 0 ||
	    directory_load(&r->directory, channels, directory, calendars, f) <
		0)
		return -1;
	r->always = &calendars->elapsed;
	r->pack_language = pack->language;
	got = pack_table(pack, "roster", &t, f);
	if (got < 0 ||
	    (got > 0 && roster_load(&r->roster, t, pack->zone, f) < 0))
		return -1;
	got = pack_table(pack, "levels", &t, f);
	if (got < 0 || (got > 0 && levels_load(&r->levels, t, f) < 0))
		return -1;
	if (got > 0 && levels_with_role(&r->levels, 0) == r->levels.n)
		return fault_at(f, (struct place){.file = t->path},
		    "no level has a role: nobody is the last resort");
	learn_names(r);
	return 0;
}

int
recipients_check(
    const struct recipients *r, const struct routes *routes, struct fault *f)
{
	for (size_t i = 0; i < routes->n; i++) {
		const struct route *route = &routes->route[i];

		for (size_t k = 0; k < route->nto; k++) {
			const struct route_to *to = &route->to[k];

			if (to->column.name.n > 0 ||
			    columns_find(&r->names, to->name) != COLUMNS_NONE)
				continue;
			fault_at(f, to->where,
			    "'%.*s' is neither a role nor a party",
			    SLICE_ARG(to->name));
			fault_suggest(f, to->name, r->names.name, r->names.n);
			if (fault_keep(f) < 0)
				return -1;
		}
	}
	return 0;
}

void
recipients_bind(struct recipients *r, const struct columns *columns)
{
	r->level = columns_find(columns, slice_of("level"));
	r->callback = columns_find(columns, slice_of("callback"));
	r->language = columns_find(columns, slice_of("language"));
}

/* The text of a column's value, which stays as long as what is found. */
static struct slice
text_of(const struct search *s, size_t column)
{
	struct buf scratch = {0};
	struct slice text = unescape(route_value(s->field, column), &scratch);

	text.p = arena_copy(&s->r->arena, text.p, text.n);
	buf_release(&scratch);
	return text;
}

/* Reports once that a channel has no words for a wording. */
static void
say_no_wording(struct search *s, size_t channel)
{
	struct slice medium = s->r->directory.channel[channel].medium.name;
	struct slice name = s->routes->wordings.names.name[s->route->wording];
	struct buf *key = &s->r->once;
	struct fault fault = {0};
	bool added;

	buf_addf(key, "%.*s/%.*s", SLICE_ARG(medium), SLICE_ARG(name));
	dict_add(&s->r->said, buf_slice(key), 0, &added);
	if (added) {
		fault_at(&fault, (struct place){0},
		    "medium '%.*s' has no wording '%.*s': it is left out",
		    SLICE_ARG(medium), SLICE_ARG(name));
		s->report(s->ctx, &fault);
	}
	fault_release(&fault);
	buf_clear(key);
}

/* Judges addresses by the route; says which media it has no words for. */
static void
judge(struct search *s, struct recipient *to, const struct address *address,
    size_t n, struct slice language)
{
	const struct reach_means means = {.directory = &s->r->directory,
	    .routes = s->routes,
	    .occasion = s->occasion,
	    .wording = s->route->wording,
	    .may_wake = s->route->wakes,
	    .serve_all = to->party == NULL,
	    .language = language};
	const struct reach *by = &to->by;

	reach_judge(&to->by, &means, address, n, &s->r->arena);
	for (size_t i = by->n; i < by->all; i++) {
		const struct reach_medium *m = &by->medium[i];

		if (m->left == REACH_NO_WORDS && (m->serves || by->any))
			say_no_wording(s, m->address->channel);
	}
}

static bool
is_found(const struct recipients *r, struct slice party)
{
	for (size_t i = 0; i < r->n; i++) {
		if (slice_eq(r->found[i].name, party))
			return true;
	}
	return false;
}

static void
found(struct recipients *r, struct recipient to)
{
	r->found = mem_grow(r->found, r->n, &r->cap, sizeof *r->found);
	r->found[r->n++] = to;
}

/* Asks a party: whether it can be reached; else s->fault says why not. */
static bool
ask_party(struct search *s, struct slice role, struct slice name)
{
	const struct party *p = directory_find(&s->r->directory, name);
	struct recipient to = {.role = role, .name = name, .party = p};
	struct slice wording =
	    s->routes->wordings.names.name[s->route->wording];

	if (is_found(s->r, name))
		return true;
	if (p == NULL || p->n == 0) {
		fault_at(&s->fault, (struct place){0}, "'%.*s' %s",
		    SLICE_ARG(name),
		    p == NULL ? "is not in the directory" : "has no address");
		return false;
	}
	to.name = p->name;
	judge(s, &to, p->address, p->n, party_language(p, s->r->pack_language));
	if (to.by.n == 0) {
		fault_at(&s->fault, (struct place){0},
		    "'%.*s' has no medium with a wording '%.*s'",
		    SLICE_ARG(name), SLICE_ARG(wording));
		return false;
	}
	found(s->r, to);
	return true;
}

static void
nobody_on_call(struct search *s, struct slice role)
{
	fault_at(&s->fault, (struct place){0},
	    "nobody is on call for '%.*s' at ", SLICE_ARG(role));
	stamp_add(&s->fault.text, s->occasion->at);
}

/* Asks those on call for a role, the next order where none is reached. */
static bool
ask_role(struct search *s, struct slice role)
{
	struct roster_team *team = &s->r->team;
	bool answered = false;

	if (roster_on_call(&s->r->roster, role, s->occasion->at, team) == 0) {
		nobody_on_call(s, role);
		return false;
	}
	for (size_t i = 0; i < team->n; i++) {
		if (answered && team->order[i] != team->order[i - 1])
			break;
		if (ask_party(s, role, team->party[i]))
			answered = true;
		else
			s->report(s->ctx, &s->fault);
	}
	if (!answered)
		fault_at(&s->fault, (struct place){0},
		    "nobody on call for '%.*s' can be reached",
		    SLICE_ARG(role));
	return answered;
}

/* Asks a role or a party, a role first. */
static bool
ask(struct search *s, struct slice name)
{
	if (roster_has(&s->r->roster, name))
		return ask_role(s, name);
	if (directory_find(&s->r->directory, name) != NULL)
		return ask_party(s, (struct slice){"", 0}, name);
	if (levels_led_by(&s->r->levels, name) != NULL) {
		nobody_on_call(s, name);
		return false;
	}
	fault_at(&s->fault, (struct place){0},
	    "'%.*s' is neither a role nor a party", SLICE_ARG(name));
	fault_suggest(&s->fault, name, s->r->names.name, s->r->names.n);
	return false;
}

/*
 * Whether what a caller left is an address: a contact may type anything, and
 * it will be the argument of a program that delivers.
 */
static bool
is_address(struct slice s, bool mail)
{
	size_t digits = 0;

	if (s.p[0] == '-' || (mail && (s.p[0] == '@' || s.p[s.n - 1] == '@')))
		return false;
	for (size_t i = 0; i < s.n; i++) {
		unsigned char c = (unsigned char)s.p[i];

		if (c < ' ' || c == 0x7f || (mail && c == ' '))
			return false;
		digits += slice_is_digit(s.p[i]);
	}
	return mail || digits > 0;
}

/* The addresses that a callback is: of a mailbox, or voice, then sms. */
static size_t
caller_addresses(
    struct search *s, struct slice text, bool mail, struct address *address)
{
	static const char *const media[] = {"email", "voice", "sms"};
	size_t n = 0;

	for (size_t i = mail ? 0 : 1; i < (mail ? 1 : 3); i++) {
		size_t channel =
		    directory_medium(&s->r->directory, slice_of(media[i]));

		if (channel != DICT_NONE)
			address[n++] = (struct address){.channel = channel,
			    .text = text,
			    .hours = s->r->always};
	}
	return n;
}

/* Reaches the caller at callback. */
static bool
ask_caller(struct search *s)
{
	struct slice text = text_of(s, s->r->callback);
	struct slice language = text_of(s, s->r->language);
	/* Not by name: that is personal, and the identity would tell of it. */
	struct recipient to = {
	    .role = SLICE("caller"), .name = SLICE("caller")};
	struct address *address;
	bool mail = text.n > 0 && memchr(text.p, '@', text.n) != NULL;

	fault_at(&s->fault, (struct place){0},
	    text.n == 0 ? "the caller left no callback"
			: "no medium reaches the caller");
	if (text.n == 0)
		return false;
	if (!is_address(text, mail)) {
		fault_at(&s->fault, (struct place){0},
		    "callback '%.*s' is no address", SLICE_ARG(text));
		return false;
	}
	address = arena_new(&s->r->arena, 2 * sizeof *address);
	judge(s, &to, address, caller_addresses(s, text, mail, address),
	    language.n > 0 ? language : s->r->pack_language);
	if (to.by.n > 0 && !is_found(s->r, to.name))
		found(s->r, to);
	return to.by.n > 0;
}

/*
 * The level to be asked at *step or after it, to be asked at most once: those
 * above, then the lowest as the last resort, never the name asked first.
 */
static const struct level *
next_level(
    const struct levels *l, size_t start, struct slice name, size_t *step)
{
	size_t lowest = levels_with_role(l, 0);

	while ((*step = levels_with_role(l, *step)) < l->n) {
		const struct level *next = &l->level[(*step)++];

		if (!slice_eq(next->role, name))
			return next;
	}
	if (*step > l->n || lowest >= start ||
	    slice_eq(l->level[lowest].role, name))
		return NULL;
	*step = l->n + 1;
	return &l->level[lowest];
}

/* Asks level after level, each time saying why. */
static void
climb(struct search *s, struct slice name)
{
	const struct levels *l = &s->r->levels;
	size_t start = levels_above(l, name, text_of(s, s->r->level));
	size_t step = start;
	const struct level *next;

	do {
		next = next_level(l, start, name, &step);
		if (next != NULL)
			buf_addf(&s->fault.text, "; asking '%.*s'",
			    SLICE_ARG(next->role));
		else
			buf_add_str(&s->fault.text, "; nobody is left to ask");
		s->report(s->ctx, &s->fault);
	} while (next != NULL && !ask(s, next->role));
}

static void
find(struct search *s, const struct route_to *to)
{
	struct slice name = to->name;
	bool answered;

	if (to->column.name.n > 0)
		name = text_of(s, to->column.index);
	if (to->caller) {
		name = slice_of("caller");
		answered = ask_caller(s);
	} else if (name.n > 0) {
		answered = ask(s, name);
	} else {
		fault_at(&s->fault, (struct place){0}, "'%.*s' names nobody",
		    SLICE_ARG(to->name));
		answered = false;
	}
	if (!answered)
		climb(s, name);
}

size_t
recipients_find(struct recipients *r, const struct routes *routes,
    const struct route *route, const struct occasion *occasion,
    const struct slice *field, void (*report)(void *ctx, const struct fault *f),
    void *ctx)
{
	struct search s = {.r = r,
	    .routes = routes,
	    .route = route,
	    .occasion = occasion,
	    .field = field,
	    .report = report,
	    .ctx = ctx};

	arena_reset(&r->arena);
	r->n = 0;
	for (size_t i = 0; i < route->nto; i++)
		find(&s, &route->to[i]);
	fault_release(&s.fault);
	return r->n;
}

int
recipients_reach(const struct recipients *r, const struct routes *routes,
    const struct party *party, const struct occasion *occasion, size_t wording,
    struct reach *by, struct arena *arena)
{
	const struct reach_means means = {.directory = &r->directory,
	    .routes = routes,
	    .occasion = occasion,
	    .wording = wording,
	    .may_wake = true,
	    .language = party_language(party, r->pack_language)};

	reach_judge(by, &means, party->address, party->n, arena);
	return by->n > 0;
}

void
recipients_release(struct recipients *r)
{
	free(r->found);
	roster_release(&r->roster);
	directory_release(&r->directory);
	levels_release(&r->levels);
	columns_release(&r->names);
	dict_release(&r->said);
	buf_release(&r->once);
	roster_team_release(&r->team);
	arena_release(&r->arena);
	*r = (struct recipients){0};
}
