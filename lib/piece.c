#include "piece.h"

struct piece
piece_unknown(void)
{
	return (struct piece){0};
}

struct piece
piece_text(struct slice text, bool caseless, struct arena *a)
{
	struct piece p = {
	    .spelled = true, .whole = true, .all.n = 1, .all.cap = 1};

	p.all.v = arena_new(a, sizeof *p.all.v);
	memcpy(p.all.v->text, text.p, text.n);
	p.all.v->n = (unsigned char)text.n;
	p.all.v->caseless = caseless;
	return p;
}

struct piece
piece_border(struct arena *a)
{
	struct piece p = piece_text((struct slice){"", 0}, false, a);

	p.all.v->left = p.all.v->right = true;
	return p;
}

struct piece
piece_place(struct arena *a)
{
	struct piece p = piece_text((struct slice){"", 0}, false, a);

	p.whole = false;
	return p;
}

static size_t
shortest(struct spellings s)
{
	size_t least = s.n > 0 ? PIECE_MAX_BYTES : 0;

	for (size_t i = 0; i < s.n; i++)
		least = s.v[i].n < least ? s.v[i].n : least;
	return least;
}

static size_t
longest(struct spellings s)
{
	size_t most = 0;

	for (size_t i = 0; i < s.n; i++)
		most = s.v[i].n > most ? s.v[i].n : most;
	return most;
}

/* Whether a tells texts apart better than b: by length, then by number. */
static bool
better(struct spellings a, struct spellings b)
{
	size_t na = shortest(a), nb = shortest(b);

	return na != nb ? na > nb : a.n < b.n;
}

/* Makes it a part of the piece, if it is one of the best so far. */
static void
keep(struct piece *p, struct spellings s)
{
	size_t i = p->nparts;

	if (shortest(s) < PIECE_MIN_BYTES)
		return;
	while (i > 0 && better(s, p->part[i - 1])) {
		if (i < PIECE_PARTS)
			p->part[i] = p->part[i - 1];
		i--;
	}
	if (i == PIECE_PARTS)
		return;
	p->part[i] = s;
	p->nparts += p->nparts < PIECE_PARTS;
}

void
piece_break(struct piece *p, struct arena *a)
{
	if (p->all.n > 0)
		keep(p, p->all);
	p->all = piece_place(a).all;
	p->spelled = p->whole = false;
}

/*
 * A spelling and one that follows it.  A \b between them is left out, and one
 * caseless half makes both so.  That only lets more texts pass, but then it is
 * no longer sure that they match.
 */
static struct spelling
join(const struct spelling *a, const struct spelling *b, bool *whole)
{
	struct spelling s = *a;

	if (a->n > 0 && b->n > 0 &&
	    (a->right || b->left || a->caseless != b->caseless))
		*whole = false;
	memcpy(s.text + a->n, b->text, b->n);
	s.n = (unsigned char)(a->n + b->n);
	s.left = a->left || (a->n == 0 && b->left);
	s.right = b->right || (b->n == 0 && a->right);
	s.caseless = (a->n > 0 && a->caseless) || (b->n > 0 && b->caseless);
	return s;
}

static void
append_spelled(struct piece *p, const struct piece *next, struct arena *arena)
{
	struct spellings a = p->all, b = next->all;
	struct spellings s = {.v = a.v, .cap = a.n * b.n};

	if (longest(a) + longest(b) > PIECE_MAX_BYTES ||
	    (a.n > 1 && b.n > 1 && a.n * b.n > PIECE_MAX_PRODUCT)) {
		piece_break(p, arena);
		p->all = b;
		return;
	}
	p->whole = p->whole && next->whole;
	if (b.n > 1)
		s.v = arena_new(arena, s.cap * sizeof *s.v);
	for (size_t i = 0; i < a.n; i++) {
		for (size_t k = 0; k < b.n; k++)
			s.v[s.n++] = join(&a.v[i], &b.v[k], &p->whole);
	}
	p->all = s;
}

void
piece_append(struct piece *p, const struct piece *next, struct arena *a)
{
	if (next->spelled) {
		append_spelled(p, next, a);
		return;
	}
	piece_break(p, a);
	for (size_t i = 0; i < next->nparts; i++)
		keep(p, next->part[i]);
}

/* Lets a be any of its spellings or of b's. */
static void
unite(struct spellings *a, struct spellings b, struct arena *arena)
{
	struct spelling *old = a->v;

	if (a->cap < a->n + b.n) {
		a->cap = 2 * (a->n + b.n);
		a->v = arena_new(arena, a->cap * sizeof *a->v);
		memcpy(a->v, old, a->n * sizeof *a->v);
	}
	memcpy(a->v + a->n, b.v, b.n * sizeof *a->v);
	a->n += b.n;
}

/* What a piece must have in it, as one set of spellings; none: n is 0. */
static struct spellings
needed(const struct piece *p)
{
	if (p->spelled && shortest(p->all) >= PIECE_MIN_BYTES)
		return p->all;
	return p->nparts > 0 ? p->part[0] : (struct spellings){0};
}

void
piece_alternate(struct piece *p, const struct piece *other, struct arena *arena)
{
	struct spellings a = needed(p), b = needed(other);

	if (p->spelled && other->spelled &&
	    p->all.n + other->all.n <= PIECE_MAX_ALTERNATIVES) {
		unite(&p->all, other->all, arena);
		p->whole = p->whole && other->whole;
		return;
	}
	*p = piece_unknown();
	if (a.n == 0 || b.n == 0 || a.n + b.n > PIECE_MAX_ALTERNATIVES)
		return;
	unite(&a, b, arena);
	keep(p, a);
}
