/* Heartbeats: any text is one or none, and one has an interval and a host. */
#include "heartbeat.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct heartbeat h;

	if (heartbeat_parse(&h, (struct slice){(const char *)data, size}) < 0)
		return 0;
	if (h.every_s <= 0 || h.host.n == 0 ||
	    heartbeat_missed(&h, h.good) != 0)
		abort();
	heartbeat_missed(&h, (struct stamp){STAMP_MAX_S, 0});
	return 0;
}
