/*
 * Heartbeats: any text is one or none; one has an interval and a host, and is
 * the same when it is written and read again.
 */
#include "heartbeat.h"

#include <stdint.h>
#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct heartbeat h, again;
	struct buf text = {0};

	if (heartbeat_parse(&h, (struct slice){(const char *)data, size}) < 0)
		return 0;
	if (h.every_s <= 0 || h.host.n == 0 ||
	    heartbeat_missed(&h, h.good) != 0)
		abort();
	heartbeat_missed(&h, (struct stamp){STAMP_MAX_S, 0});
	heartbeat_is_silent(&h, (struct stamp){STAMP_MAX_S, 0});
	heartbeat_add(&text, &h);
	if (heartbeat_parse(&again, buf_slice(&text)) < 0 ||
	    !slice_eq(again.host, h.host) || again.every_s != h.every_s ||
	    stamp_cmp(again.began, h.began) != 0 ||
	    again.has_good != h.has_good || stamp_cmp(again.good, h.good) != 0)
		abort();
	buf_release(&text);
	return 0;
}
