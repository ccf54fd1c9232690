#ifndef INC_MOMENT_H
#define INC_MOMENT_H

#include "slice.h"
#include "stamp.h"
#include "zone.h"

/*
 * Times as exports write them: read by a format, in a zone.
 */
struct moment_form {
	const char *format;      /* as timeform_scan() has it; "": RFC 3339, and
				    YYYY-MM-DD HH:MM[:SS] without an offset */
	const struct zone *zone; /* of times without an offset; NULL: UTC */
};

/*
 * Reads text, blanks at both ends left out.  Returns 0 and sets *t, or -1
 * where the text is no such time or out of range.  A local time that the
 * clock skipped is the end of the gap, one that came twice is the first;
 * *shifted says whether it was such a one.
 */
int moment_read(const struct moment_form *form, struct slice text,
    struct stamp *t, bool *shifted);

/*
 * Reads a time as people write it where there is a now: "now", "20m ago" and
 * "in 2h" with any duration, or the same with a sign, "-20m" and "+2h" (which
 * a spreadsheet may take for a formula); else as moment_read() does without a
 * format.  Returns 0 and sets *t, or -1.
 */
int moment_told(struct slice text, const struct zone *zone, struct stamp now,
    struct stamp *t);

#endif
