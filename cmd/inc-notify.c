/*
 * inc-notify: who must know, by what medium, in which words.
 *
 * For each record the messages that it gives rise to (messenger.h) go out, a
 * row for each medium of a recipient.  Nothing is sent and nothing is
 * remembered: the identity of a message follows from its facts, and inc-send
 * delivers one identity once.
 */
#include "diag.h"
#include "filter.h"
#include "message.h"
#include "messenger.h"
#include "options.h"
#include "pack.h"
#include "rules.h"
#include "site.h"

static const char *only; /* --reason */

static const struct option_spec own[] = {
    {"reason", 0, OPTION_TEXT, &only, NULL, "R", "tell for this reason alone"},
    {0}};

static const struct program program = {
    .purpose = "Say who must know, by what medium, in which words.",
    .synopsis = "[--reason R] [FILE ...]",
    .shared = OPTIONS_PACK | OPTIONS_NOW | OPTIONS_INPUT | OPTIONS_OUTPUT,
    .option = own,
};

/* Everything at work. */
struct notify {
	struct filter filter;
	struct messenger messenger;
	size_t reason;  /* --reason, else COLUMNS_NONE */
	struct buf who; /* the record under way, for messages */
};

/* Names the record for messages: by its id, else by its place. */
static void
name_record(struct notify *n)
{
	const struct filter *f = &n->filter;
	struct slice id = route_value(f->in.field, n->messenger.occasions.id);

	buf_clear(&n->who);
	if (id.n > 0)
		buf_add_slice(&n->who, id);
	else
		buf_addf(&n->who, "%s:%zu", f->in.file, f->in.line);
}

/* Says what stands in the way of a record's messages: status 3. */
static void
report(void *ctx, const struct fault *f)
{
	struct notify *n = ctx;

	diag_say(STATUS_PARTIAL, "%s: %.*s", buf_str(&n->who),
	    SLICE_ARG(buf_slice(&f->text)));
}

static void
remark(void *ctx, const struct fault *f)
{
	struct notify *n = ctx;

	diag_notice(
	    "%s: %.*s", buf_str(&n->who), SLICE_ARG(buf_slice(&f->text)));
}

static void
write_message(void *ctx, const struct message *m)
{
	struct notify *n = ctx;

	memcpy(n->filter.field, m->field, sizeof m->field);
	filter_write(&n->filter);
}

/* Finds the reason of --reason. */
static int
find_reason(struct notify *n, struct fault *f)
{
	const struct columns *reasons = &n->messenger.routes.reasons;

	n->reason = COLUMNS_NONE;
	if (only == NULL)
		return 0;
	n->reason = columns_find(reasons, slice_of(only));
	if (n->reason != COLUMNS_NONE)
		return 0;
	fault_at(f, (struct place){0}, "no route has the reason '%s'", only);
	return fault_suggest(f, slice_of(only), reasons->name, reasons->n);
}

/* Tells of all records.  The output has the columns of messages alone. */
static void
notify(struct notify *n)
{
	struct filter *f = &n->filter;

	columns_release(&f->columns);
	for (size_t i = 0; i < MESSAGE_COLUMNS; i++)
		filter_column(f, message_columns[i]);
	filter_header(f);
	while (filter_next(f)) {
		name_record(n);
		messenger_record(
		    &n->messenger, f->in.field, f->in.row, n->reason);
	}
	rules_say_unreadable(n->messenger.when.unreadable);
}

/* Loads the procedures, opens the input, tells. */
static void
run(struct notify *n, struct pack *p, const struct options *o,
    char *const *operands, size_t files)
{
	struct fault fault = {0};
	bool failed = messenger_load(&n->messenger, p, &fault) < 0 ||
	    find_reason(n, &fault) < 0;

	if (!failed) {
		if (filter_open(&n->filter, o, operands, files) == 0) {
			failed =
			    messenger_bind(&n->messenger, &n->filter.in.columns,
				&p->known, &fault) < 0;
			if (!failed)
				notify(n);
		}
		filter_close(&n->filter);
	}
	if (failed)
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
}

int
main(int argc, char **argv)
{
	struct options options;
	size_t n = options_read(&program, &options, argc, argv);
	struct pack pack = {0};
	struct notify notify = {.messenger = {.when = {.now = options.now},
				    .write = write_message,
				    .report = report,
				    .remark = remark,
				    .ctx = &notify}};

	if (site_pack_needed(&pack, &options) == 0)
		run(&notify, &pack, &options, argv + argc - n, n);
	messenger_release(&notify.messenger);
	buf_release(&notify.who);
	pack_release(&pack);
	return (int)diag_status();
}
