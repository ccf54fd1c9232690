#include "station.h"

#include <unistd.h>

#include "output.h"

#define SCREENFUL 20 /* of messages; more are counted for who reads them */

void
station_open(struct station *s, const struct options *options)
{
	*s = (struct station){0};
	output_init(&s->out.out, STDOUT_FILENO, "<stdout>");
	s->out.no_header = options->no_header;
	s->out.line_buffered = options->line_buffered;
}

int
station_open_rejects(struct station *s, const struct options *options)
{
	if (options->rejects != NULL &&
	    rejects_open(&s->rejects, options->rejects) < 0)
		return station_fail(s, &s->rejects.out.out.fault);
	return 0;
}

int
station_fail(struct station *s, const struct fault *fault)
{
	if (!s->failed)
		diag_fault(STATUS_FAILED, fault);
	s->failed = true;
	return -1;
}

/* Where a record stands that is set aside. */
struct source {
	const char *file; /* an operand: it stays where it is */
	size_t line;
};

/* Parts: its struct source, the reason, the row. */
static int
add_reject(void *station, const struct slice *part)
{
	struct station *s = station;
	struct source at;

	memcpy(&at, part[0].p, sizeof at);
	s->set_aside++;
	if (rejects_add(&s->rejects, at.file, at.line, part[1], part[2]) < 0)
		return station_fail(s, &s->rejects.out.out.fault);
	return 1;
}

void
station_reject(struct station *s, const struct fault *fault, const char *file,
    size_t line, struct slice row)
{
	const struct source at = {file, line};
	const struct slice part[] = {
	    {(const char *)&at, sizeof at}, fault_reason(fault), row};

	diag_fault(STATUS_PARTIAL, fault);
	station_in_turn(
	    s, add_reject, s->chief != NULL ? s->chief : s, part, 3);
}

void
station_in_turn(struct station *s, agenda_call *call, void *ctx,
    const struct slice *part, size_t n)
{
	size_t place;

	station_group(s, call, ctx, part, n, &place);
}

int
station_group(struct station *s, agenda_call *call, void *ctx,
    const struct slice *part, size_t n, size_t *place)
{
	*place = 0;
	if (s->chief == NULL)
		return call(ctx, part);
	*place = agenda_add(&s->agenda, s->out.out.buf.n, call, ctx, part, n);
	return 1;
}

void
station_end_group(struct station *s, size_t place)
{
	if (s->chief != NULL)
		agenda_end_group(&s->agenda, place);
}

/* ---- messages ---- */

/* Parts: the status, the text. */
static int
say(void *ctx, const struct slice *part)
{
	enum status status;

	(void)ctx;
	memcpy(&status, part[0].p, sizeof status);
	if (part[1].n == 0)
		diag_count(status);
	else
		diag_text(status, part[1]);
	return 1;
}

/* What diag_listen() takes. */
static void
hear(void *station, enum status status, struct slice text)
{
	const struct slice part[] = {
	    {(const char *)&status, sizeof status}, text};

	station_in_turn(station, say, NULL, part, 2);
}

/* ---- the crew ---- */

struct share {
	struct station *chief;
	const struct station_work *work;
};

/* The input's end is said in its turn too.  Parts: the text. */
static int
say_failed(void *station, const struct slice *part)
{
	struct fault fault = {0};

	buf_add_slice(&fault.text, part[0]);
	station_fail(station, &fault);
	fault_release(&fault);
	return -1;
}

static int
take(void *ctx, size_t worker)
{
	struct share *o = ctx;
	const struct fault *fault = NULL;
	int got = o->work->take(o->work->ctx, worker, &fault);

	if (got < 0) {
		struct slice text = buf_slice(&fault->text);

		station_in_turn(
		    o->work->station[worker], say_failed, o->chief, &text, 1);
	}
	return got;
}

static void
serve(struct crew *crew, void *ctx, size_t worker)
{
	struct share *o = ctx;
	struct station *s = o->work->station[worker];

	s->crew = crew;
	diag_listen(hear, s);
	o->work->serve(o->work->ctx, s);
	diag_listen(NULL, NULL);
}

/* Does at the chief's station what waits at the worker's. */
static int
hand_in(void *ctx, size_t worker)
{
	struct share *o = ctx;
	struct station *s = o->work->station[worker], *chief = o->chief;

	diag_listen(NULL, NULL);
	agenda_do(&s->agenda, buf_slice(&s->out.out.buf), &chief->out);
	if (chief->out.out.failed)
		station_fail(chief, &chief->out.out.fault);
	diag_listen(hear, s);
	buf_clear(&s->out.out.buf);
	return chief->failed ? -1 : 0;
}

void
station_share(struct station *chief, size_t n, const struct station_work *work)
{
	struct share o = {chief, work};
	const struct crew_work crew = {n, take, serve, hand_in, &o};

	for (size_t i = 0; i < n; i++) {
		struct station *s = work->station[i];

		output_init(&s->out.out, -1, "");
		s->out.out.held = true;
		s->chief = chief;
		s->worker = i;
	}
	crew_run(&crew);
	for (size_t i = 0; i < n; i++) {
		output_release(&work->station[i]->out.out);
		agenda_release(&work->station[i]->agenda);
	}
}

bool
station_next(struct station *s)
{
	return s->chief != NULL && crew_next(s->crew, s->worker);
}

int
station_close(struct station *s)
{
	if (s->set_aside > SCREENFUL)
		diag_notice("%zu records in all were set aside%s", s->set_aside,
		    s->rejects.open ? "" : "; --rejects FILE keeps them");
	if (output_close(&s->out.out) < 0)
		station_fail(s, &s->out.out.fault);
	if (rejects_close(&s->rejects) < 0)
		station_fail(s, &s->rejects.out.out.fault);
	output_release(&s->out.out);
	rejects_release(&s->rejects);
	return (int)diag_status();
}
