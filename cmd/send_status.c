/*
 * inc-send status: how the queue stands, by medium, as a table or as JSON; its
 * exit status is a check of the sender's health.
 */
#include <stdlib.h>

#include <yajl/yajl_gen.h>

#include "backlog.h"
#include "clock.h"
#include "diag.h"
#include "escape.h"
#include "inert.h"
#include "jsonmem.h"
#include "send.h"

#define MEDIUM 12 /* characters of a medium */

/* The figures of a medium, in the order shown. */
static const struct figure {
	const char *title, *key;
	size_t at; /* in struct backlog_count */
} figures[] = {{"waiting", "waiting", offsetof(struct backlog_count, waiting)},
    {"sending", "sending", offsetof(struct backlog_count, sending)},
    {"to ack", "unacknowledged",
	offsetof(struct backlog_count, unacknowledged)},
    {"dead", "dead", offsetof(struct backlog_count, dead)},
    {"handed over", "handed_over", offsetof(struct backlog_count, handed_over)},
    {"delivered", "delivered", offsetof(struct backlog_count, delivered)},
    {"acknowledged", "acknowledged",
	offsetof(struct backlog_count, acknowledged)},
    {"failed", "failed", offsetof(struct backlog_count, failed)}};

#define NOW_FIGURES 4 /* so many of them tell of now */

static size_t
figure_of(const struct backlog_count *c, const struct figure *f)
{
	return *(const size_t *)(const void *)((const char *)c + f->at);
}

/* ---- counting ---- */

/* Counts all that there is.  Returns 0, or -1 after saying why. */
static int
count_all(struct send *s, struct backlog *b)
{
	struct stamp since = {b->now.s - BACKLOG_PAST_S, 0};
	struct founds all = {0};

	if (send_find_all(s, since, &all) < 0)
		return -1;
	for (size_t i = 0; i < all.n; i++) {
		const struct found *found = &all.found[i];
		struct fault fault = {0};
		enum spool_where where;

		if (send_read(s, found->name, &where, &fault) < 0) {
			diag_fault(STATUS_NO, &fault);
			fault_release(&fault);
			backlog_add_unreadable(b);
		} else if (where != SPOOL_NOWHERE) {
			backlog_add(b, where, &s->letter, found->at);
		}
	}
	founds_release(&all);
	return 0;
}

/* The places of media, by their names. */
static size_t *
sort_media(const struct backlog *b)
{
	size_t *order = mem_new(b->media.n + 1, sizeof *order);

	for (size_t i = 0; i < b->media.n; i++) {
		size_t at = i;

		for (; at > 0 &&
		     slice_cmp(dict_key(&b->media, i),
			 dict_key(&b->media, order[at - 1])) < 0;
		     at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	return order;
}

/* ---- for people ---- */

static void
add_row(struct buf *out, struct slice name, const struct backlog_count *c)
{
	inert_column(out, name, MEDIUM);
	for (size_t i = 0; i < LEN(figures); i++)
		buf_addf(out, "%s %*zu", i == NOW_FIGURES ? " |" : "",
		    (int)strlen(figures[i].title), figure_of(c, &figures[i]));
	buf_add_char(out, '\n');
}

static bool
has_figures(const struct backlog_count *c)
{
	for (size_t i = 0; i < LEN(figures); i++) {
		if (figure_of(c, &figures[i]) > 0)
			return true;
	}
	return false;
}

static void
add_table(struct buf *out, const struct backlog *b)
{
	size_t *order = sort_media(b);

	inert_column(out, slice_of("medium"), MEDIUM);
	for (size_t i = 0; i < LEN(figures); i++)
		buf_addf(out, "%s %s", i == NOW_FIGURES ? " |" : "",
		    figures[i].title);
	buf_add_str(out, " in 24 h\n");
	for (size_t i = 0; i < b->media.n; i++)
		add_row(
		    out, dict_key(&b->media, order[i]), &b->count[order[i]]);
	add_row(out, slice_of("all"), &b->all);
	if (has_figures(&b->drills))
		add_row(out, slice_of("drills"), &b->drills);
	free(order);
}

static void
add_overdue(struct send *s, struct buf *out, const struct backlog *b)
{
	buf_addf(out, "%zu overdue, the oldest %.*s of ", b->overdue,
	    SLICE_ARG(send_short(b->oldest.message)));
	send_add_field(s, out, b->oldest.id, 0);
	buf_add_str(out, " to ");
	send_add_field(s, out, b->oldest.party, 0);
	buf_add_str(out, ", due at ");
	send_add_time(s, out, b->oldest.due);
	buf_add_char(out, '\n');
}

/* What is wrong, in a line each. */
static void
add_faults(struct send *s, struct buf *out, const struct backlog *b)
{
	buf_add_char(out, '\n');
	if (b->all.dead > 0)
		buf_addf(out, "%zu dead: see inc-send dead\n", b->all.dead);
	if (b->overdue > 0)
		add_overdue(s, out, b);
	if (backlog_is_stalled(b)) {
		buf_add_str(out,
		    "nothing is sent, though something waits "
		    "since ");
		send_add_time(s, out, b->waits_since);
		buf_add_str(out, ": does inc-send run?\n");
	}
	if (backlog_is_well(b))
		buf_add_str(out, "all is well\n");
}

/* ---- as JSON ---- */

static void
add_text(yajl_gen gen, struct slice text)
{
	yajl_gen_string(gen, (const unsigned char *)text.p, text.n);
}

static void
add_key(yajl_gen gen, const char *key)
{
	add_text(gen, slice_of(key));
}

static void
add_number(yajl_gen gen, const char *key, size_t n)
{
	add_key(gen, key);
	yajl_gen_integer(gen, (long long)n);
}

static void
add_stamp(yajl_gen gen, const char *key, struct stamp t)
{
	struct buf text = {0};

	stamp_add(&text, t);
	add_key(gen, key);
	add_text(gen, buf_slice(&text));
	buf_release(&text);
}

static void
add_figures(yajl_gen gen, const struct backlog_count *c)
{
	for (size_t i = 0; i < LEN(figures); i++)
		add_number(gen, figures[i].key, figure_of(c, &figures[i]));
}

static void
add_sum(yajl_gen gen, const char *key, const struct backlog_count *c)
{
	add_key(gen, key);
	yajl_gen_map_open(gen);
	add_figures(gen, c);
	yajl_gen_map_close(gen);
}

static void
add_media(yajl_gen gen, const struct backlog *b)
{
	size_t *order = sort_media(b);

	add_key(gen, "media");
	yajl_gen_array_open(gen);
	for (size_t i = 0; i < b->media.n; i++) {
		yajl_gen_map_open(gen);
		add_key(gen, "medium");
		add_text(gen, dict_key(&b->media, order[i]));
		add_figures(gen, &b->count[order[i]]);
		yajl_gen_map_close(gen);
	}
	yajl_gen_array_close(gen);
	free(order);
}

static void
add_oldest(struct send *s, yajl_gen gen, const struct backlog *b)
{
	add_key(gen, "oldest_overdue");
	if (b->overdue == 0) {
		yajl_gen_null(gen);
		return;
	}
	yajl_gen_map_open(gen);
	add_key(gen, "message");
	add_text(gen, b->oldest.message);
	add_key(gen, "id");
	add_text(gen, unescape(b->oldest.id, &s->value));
	add_key(gen, "party");
	add_text(gen, unescape(b->oldest.party, &s->value));
	add_stamp(gen, "due", b->oldest.due);
	yajl_gen_map_close(gen);
}

static void
add_object(struct send *s, struct buf *out, const struct backlog *b)
{
	yajl_gen gen = yajl_gen_alloc(&jsonmem);
	const unsigned char *p = NULL;
	size_t n = 0;

	yajl_gen_map_open(gen);
	add_stamp(gen, "at", b->now);
	add_key(gen, "well");
	yajl_gen_bool(gen, backlog_is_well(b));
	add_key(gen, "stalled");
	yajl_gen_bool(gen, backlog_is_stalled(b));
	add_number(gen, "overdue", b->overdue);
	add_oldest(s, gen, b);
	add_number(gen, "unreadable", b->unreadable);
	add_sum(gen, "all", &b->all);
	add_media(gen, b);
	add_sum(gen, "drills", &b->drills);
	yajl_gen_map_close(gen);
	yajl_gen_get_buf(gen, &p, &n);
	buf_add(out, p, n);
	buf_add_char(out, '\n');
	yajl_gen_free(gen);
}

void
send_status(struct send *s)
{
	struct backlog b = {.now = clock_now()};
	struct buf out = {0};
	bool json = s->own.format != NULL;

	if (json && !slice_is(slice_of(s->own.format), "json"))
		options_misuse("--format %s: json was expected", s->own.format);
	if (s->n > 0)
		options_misuse("status takes no operand");
	if (send_open_reading(s) == 0 && count_all(s, &b) == 0) {
		if (json) {
			add_object(s, &out, &b);
		} else {
			add_table(&out, &b);
			add_faults(s, &out, &b);
		}
		send_print(s, &out);
		if (!backlog_is_well(&b))
			diag_count(STATUS_NO);
	}
	backlog_release(&b);
	buf_release(&out);
}
