#include "heartbeat.h"

#include "duration.h"

static const struct slice header = SLICE("host\tevery\tbegan\tgood");

int
heartbeat_parse(struct heartbeat *h, struct slice text)
{
	struct slice names, row, every, began;

	*h = (struct heartbeat){0};
	if (!slice_split(&text, '\n', &names) || !slice_eq(names, header) ||
	    !slice_split(&text, '\n', &row) || text.n > 0)
		return -1;
	if (!slice_split(&row, '\t', &h->host) || h->host.n == 0 ||
	    !slice_split(&row, '\t', &every) ||
	    duration_parse(every, &h->every_s) < 0 || h->every_s == 0 ||
	    !slice_split(&row, '\t', &began) ||
	    stamp_parse(began, &h->began) < 0 || row.p == NULL)
		return -1;
	h->has_good = row.n > 0;
	return h->has_good ? stamp_parse(row, &h->good) : 0;
}

uint64_t
heartbeat_missed(const struct heartbeat *h, struct stamp now)
{
	int64_t intervals = (now.s - h->good.s) / h->every_s;

	return h->has_good && intervals > 1 ? (uint64_t)(intervals - 1) : 0;
}
