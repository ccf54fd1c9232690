#include "moment.h"

#include "civil.h"
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
