#include "wide.h"

static bool forbidden; /* set before any thread is started, if at all */

void
wide_forbid(void)
{
	forbidden = true;
}

bool
wide_is_forbidden(void)
{
	return forbidden;
}

bool
wide_is_used(void)
{
#ifdef WIDE
	return !forbidden && __builtin_cpu_supports("avx2") &&
	    __builtin_cpu_supports("bmi");
#else
	return false;
#endif
}
