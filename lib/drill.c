#include "drill.h"

#include "digest.h"
#include "escape.h"
#include "occasion.h"
#include "wording.h"

static const struct slice exercise = SLICE("exercise");

static int
load_media(struct drill *d, struct table *channels, struct fault *f)
{
	d->medium = arena_new(&d->arena, channels->n * sizeof *d->medium);
	for (size_t i = 0; i < channels->n; i++) {
		if (medium_read(&d->medium[d->n], &channels->row[i], f) < 0)
			return -1;
		d->n++;
	}
	return 0;
}

int
drill_load(struct drill *d, struct pack *p, struct fault *f)
{
	struct table *codes, *channels;
	int got = pack_table(p, "codes", &codes, f);

	if (got < 0 || (got > 0 && codes_load(&d->codes, codes, f) < 0) ||
	    pack_table_needed(p, "channels", &channels, f) < 0)
		return -1;
	return load_media(d, channels, f);
}

/* The medium of a row; one that no channel has carries all. */
static const struct medium *
medium_of(struct drill *d, struct slice field)
{
	static const struct medium unknown = {.name = SLICE("")};
	struct slice name = unescape(field, &d->scratch);

	for (size_t i = 0; i < d->n; i++) {
		if (slice_eq(d->medium[i].name, name))
			return &d->medium[i];
	}
	return &unknown;
}

/* Puts the mark before a text and cuts it to a limit.  Returns the field. */
static struct slice
marked(struct drill *d, const struct medium *m, struct medium_limit limit,
    struct slice field, struct arena *arena, bool *cut)
{
	struct slice dots = medium_ellipsis(m);

	buf_clear(&d->text);
	buf_add_slice(&d->text, buf_slice(&d->mark));
	buf_add_slice(&d->text, unescape(field, &d->scratch));
	if (!medium_fits(buf_slice(&d->text), limit)) {
		d->text.n = medium_cut(buf_slice(&d->text), limit, dots);
		buf_add_slice(&d->text, dots);
		*cut = true;
	}
	return escape_copy(buf_slice(&d->text), arena);
}

static struct slice
identity_of(struct drill *d, struct slice identity, struct arena *arena)
{
	char *letters = arena_bytes(arena, OCCASION_ID + 1);

	buf_clear(&d->text);
	buf_add_slice(&d->text, exercise);
	buf_add_char(&d->text, '\t');
	buf_add_slice(&d->text, identity);
	digest_letters(buf_slice(&d->text), OCCASION_ID, letters);
	return (struct slice){letters, OCCASION_ID};
}

int
drill_make(struct drill *d, struct slice field[MESSAGE_COLUMNS],
    struct arena *arena, struct fault *f)
{
	const struct medium *m = medium_of(d, field[MESSAGE_MEDIUM]);
	struct medium_limit subject = {
	    MEDIUM_CHARACTERS, WORDING_SUBJECT_CHARACTERS};
	struct medium_limit body = m->limit;
	bool cut = false;

	if (slice_eq(field[MESSAGE_STATUS], exercise))
		return 0;
	if (wording_is_structured(field[MESSAGE_BODY]))
		return fault_at(f, (struct place){0},
		    "data can't be marked as a drill: a record with status "
		    "exercise was expected");
	wording_mark(m, &d->codes, exercise, &d->mark);
	if (field_is_set(field[MESSAGE_SUBJECT]))
		field[MESSAGE_SUBJECT] =
		    marked(d, m, subject, field[MESSAGE_SUBJECT], arena, &cut);
	if (body.kind == MEDIUM_BYTES) {
		size_t n = unescape(field[MESSAGE_SUBJECT], &d->scratch).n;

		body.most = body.most > n ? body.most - n : 1;
	}
	field[MESSAGE_BODY] =
	    marked(d, m, body, field[MESSAGE_BODY], arena, &cut);
	field[MESSAGE_STATUS] = exercise;
	field[MESSAGE_ID] = identity_of(d, field[MESSAGE_ID], arena);
	d->cut += cut ? 1 : 0;
	return 1;
}

void
drill_release(struct drill *d)
{
	codes_release(&d->codes);
	buf_release(&d->mark);
	buf_release(&d->text);
	buf_release(&d->scratch);
	arena_release(&d->arena);
	*d = (struct drill){0};
}
