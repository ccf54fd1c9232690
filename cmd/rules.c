#include "rules.h"

#include "diag.h"

void
rules_say_limit(const struct fault *fault, const char *file, size_t line)
{
	diag_say(STATUS_PARTIAL, "%.*s (record %s:%zu)",
	    SLICE_ARG(buf_slice(&fault->text)), file, line);
}

void
rules_say_unreadable(const struct tally *u)
{
	if (u->n > 0)
		diag_notice("%llu value%s could not be read as a time, a "
			    "number or a duration%s %.*s",
		    u->n, u->n == 1 ? "" : "s",
		    u->n == 1 ? ":" : "; the first:",
		    SLICE_ARG(buf_slice(&u->first)));
}
