/*
 * What the verbs of inc-send work with is opened here: the spool, the
 * procedures, messages in, receipts out.
 */
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "inert.h"
#include "output.h"
#include "send.h"
#include "site.h"

/* Whether messages are to be read: operands, or what is no terminal. */
static bool
has_input(size_t operands)
{
	struct stat st;

	return operands > 0 ||
	    (fstat(STDIN_FILENO, &st) == 0 && !S_ISCHR(st.st_mode));
}

int
send_open_spool(struct send *s)
{
	struct fault fault = {0};
	struct custody custody = CUSTODY_OWN;
	char *dir = site_spool(&s->shared);
	gid_t group;
	int result = dir == NULL ? -1 : 0;

	if (result == 0 && s->own.group != NULL) {
		result = site_group(s->own.group, &group);
		custody = CUSTODY_SHARED(group);
	}
	if (result == 0 && s->own.create &&
	    spool_create(dir, custody, &fault) < 0)
		result = send_fail(&fault);
	if (result == 0 && spool_open(&s->spool, dir, &fault) < 0)
		result = send_fail(&fault);
	free(dir);
	return result;
}

int
send_load(struct send *s)
{
	struct fault fault = {0};
	struct table *channels;

	if (site_pack_needed(&s->pack, &s->shared) < 0)
		return -1;
	if (pack_table_needed(&s->pack, "channels", &channels, &fault) < 0 ||
	    means_load(&s->means, channels, &fault) < 0 ||
	    awaits_load(&s->awaits, &s->pack, &fault) < 0)
		return send_fail(&fault);
	return 0;
}

/* The domain of an address: ann@example.org, or Desk <ann@example.org>. */
static struct slice
domain(struct slice address)
{
	struct slice rest = address, piece = address;

	while (slice_split(&rest, '@', &piece))
		;
	rest = piece;
	slice_split(&rest, '>', &piece);
	return slice_trim(piece);
}

int
send_set_sender(struct send *s)
{
	const char *from = s->own.from;
	char host[256] = "localhost";

	if (from == NULL)
		from = getenv("INC_FROM");
	if (from != NULL && *from != '\0') {
		buf_add_str(&s->from, from);
	} else {
		gethostname(host, sizeof host - 1);
		buf_addf(&s->from, "inc@%s", host);
	}
	s->sender.from = buf_slice(&s->from);
	s->sender.host = domain(s->sender.from);
	if (mailform_has_sender(&s->sender))
		return 0;
	diag_say(STATUS_FAILED,
	    "mail can't come from '%s': an address such as desk@example.org "
	    "was expected",
	    buf_str(&s->from));
	return -1;
}

int
send_open_streams(struct send *s)
{
	struct filter *f = &s->filter;
	int result = 0;

	s->receives = has_input(s->n);
	if (s->receives)
		result = filter_open(f, &s->shared, s->operands, s->n);
	else
		station_open(&f->station, &s->shared);
	filter_columns(f, letter_receipt, LETTER_RECEIPT);
	filter_header(f);
	return result;
}

void
send_open_receipts(struct send *s)
{
	station_open(&s->filter.station, &s->shared);
	filter_columns(&s->filter, letter_receipt, LETTER_RECEIPT);
	filter_header(&s->filter);
}

int
send_open_reading(struct send *s)
{
	int got = site_pack(&s->pack, &s->shared);

	station_open(&s->filter.station, &s->shared);
	s->zone = got > 0 ? s->pack.zone : NULL;
	return got < 0 ? -1 : send_open_spool(s);
}

void
send_add_field(
    struct send *s, struct buf *out, struct slice field, size_t width)
{
	struct slice text = unescape(field, &s->value);

	if (!field_is_set(field))
		text.n = 0;
	if (width > 0)
		inert_column(out, text, width);
	else
		inert_add(out, text);
}

void
send_add_status(struct send *s, struct buf *out, struct slice field)
{
	if (message_is_actual(field))
		field.n = 0;
	send_add_field(s, out, field, SEND_STATUS);
}

void
send_add_time(struct send *s, struct buf *out, struct stamp t)
{
	zone_add_time(s->zone, t, clock_now(), false, out);
}

void
send_print(struct send *s, struct buf *text)
{
	struct station *to = &s->filter.station;

	if (output_add(&to->out.out, buf_slice(text)) < 0)
		station_fail(to, &to->out.out.fault);
	buf_clear(text);
}
