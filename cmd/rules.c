#include "rules.h"

#include "diag.h"

void
rules_say_limit(const struct fault *fault, const char *file, size_t line)
{
	diag_say(STATUS_PARTIAL, "%.*s (record %s:%zu)",
	    SLICE_ARG(buf_slice(&fault->text)), file, line);
}

void
rules_say_unreadable(unsigned long long n)
{
	if (n > 0)
		diag_notice("%llu value%s could not be read as a time, a "
			    "number or a duration",
		    n, n == 1 ? "" : "s");
}
