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

void
heartbeat_add(struct buf *out, const struct heartbeat *h)
{
	buf_add_slice(out, header);
	buf_add_char(out, '\n');
	buf_add_slice(out, h->host);
	buf_add_char(out, '\t');
	duration_add(out, h->every_s);
	buf_add_char(out, '\t');
	stamp_add(out, h->began);
	buf_add_char(out, '\t');
	if (h->has_good)
		stamp_add(out, h->good);
	buf_add_char(out, '\n');
}

bool
heartbeat_is_silent(const struct heartbeat *h, struct stamp now)
{
	return (now.s - h->began.s) / h->every_s >= HEARTBEAT_SILENCE;
}

uint64_t
heartbeat_missed(const struct heartbeat *h, struct stamp now)
{
	int64_t intervals = (now.s - h->good.s) / h->every_s;

	return h->has_good && intervals > 1 ? (uint64_t)(intervals - 1) : 0;
}
