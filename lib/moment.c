#include "moment.h"

#include "civil.h"
#include "duration.h"
#include "timeform.h"

/* Reads the forms that are taken where no format is given. */
static int
read_plain(struct slice text, struct civil *c)
{
	static const char *const format[] = {"%Y-%m-%d %H:%M:%S",
	    "%Y-%m-%dT%H:%M:%S", "%Y-%m-%d %H:%M", "%Y-%m-%dT%H:%M"};

	for (size_t i = 0; i < sizeof format / sizeof *format; i++) {
		if (timeform_scan(text, format[i], c) == 0)
			return 0;
	}
	return -1;
}

int
moment_read(const struct moment_form *form, struct slice text, struct stamp *t,
    bool *shifted)
{
	struct civil c = {0};

	*shifted = false;
	text = slice_trim(text);
	if (*form->format == '\0') {
		if (stamp_parse(text, t) == 0)
			return 0;
		if (read_plain(text, &c) < 0)
			return -1;
	} else if (timeform_scan(text, form->format, &c) < 0) {
		return -1;
	}
	if (form->zone != NULL && !c.has_offset) {
		*shifted =
		    zone_instant(form->zone, &c, ZONE_FIRST, t) != ZONE_ONCE;
		return 0;
	}
	t->s = civil_seconds(&c) - (c.has_offset ? c.offset_s : 0);
	t->ns = c.ns;
	return t->s >= 0 && t->s <= STAMP_MAX_S ? 0 : -1;
}

/* Takes words from the end of *s, with the blanks before them. */
static bool
take_end(struct slice *s, const char *words)
{
	size_t n = strlen(words);

	if (s->n <= n || !slice_ends(*s, words))
		return false;
	s->n -= n;
	*s = slice_trim(*s);
	return true;
}

/* The same from its start. */
static bool
take_start(struct slice *s, const char *words)
{
	size_t n = strlen(words);

	if (!slice_starts(*s, words))
		return false;
	s->p += n;
	s->n -= n;
	*s = slice_trim(*s);
	return true;
}

int
moment_told(struct slice text, const struct zone *zone, struct stamp now,
    struct stamp *t)
{
	const struct moment_form plain = {.format = "", .zone = zone};
	struct slice length = slice_trim(text);
	bool shifted, past;
	int64_t s;

	*t = now;
	if (slice_is(length, "now"))
		return 0;
	past = take_end(&length, " ago") || take_start(&length, "-");
	if (!past && !take_start(&length, "in ") && !take_start(&length, "+"))
		return moment_read(&plain, text, t, &shifted);
	if (duration_parse(length, &s) < 0 ||
	    s > (past ? now.s : STAMP_MAX_S - now.s))
		return -1;
	t->s += past ? -s : s;
	return 0;
}
