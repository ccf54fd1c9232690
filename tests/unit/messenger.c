#include "messenger.h"

#include "dir.h"

static struct pack pack;
static struct columns columns;
static struct messenger messenger;
static struct fault fault;
static struct buf said; /* what was called, one call a line */

static void
write_message(void *ctx, const struct message *m)
{
	(void)ctx;
	buf_addf(&said, "%.*s to %.*s by %.*s: %.*s\n",
	    SLICE_ARG(m->field[MESSAGE_ROUTE]),
	    SLICE_ARG(m->field[MESSAGE_PARTY]),
	    SLICE_ARG(m->field[MESSAGE_MEDIUM]),
	    SLICE_ARG(m->field[MESSAGE_BODY]));
}

static void
report(void *ctx, const struct fault *f)
{
	(void)ctx;
	buf_addf(&said, "report: %.*s\n", SLICE_ARG(buf_slice(&f->text)));
}

static void
remark(void *ctx, const struct fault *f)
{
	(void)ctx;
	buf_addf(&said, "remark: %.*s\n", SLICE_ARG(buf_slice(&f->text)));
}

/* What comes of a record for a reason, or for all. */
static struct slice
comes(const char *id, const char *summary, const char *reason)
{
	struct slice field[] = {
	    slice_of(id), slice_of(summary), slice_of("2026-03-02T09:00:00Z")};

	buf_clear(&said);
	messenger_record(&messenger, field, slice_of("the row"),
	    reason == NULL
		? COLUMNS_NONE
		: columns_find(&messenger.routes.reasons, slice_of(reason)));
	return buf_slice(&said);
}

static void
every_reason_or_one_is_told(void)
{
	CHECK_SLICE(comes("a", "fire", NULL),
	    "new.1 to ann by sms: a fire\n"
	    "new.1 to ann by pager: fire\n"
	    "old.1 to bob by sms: a fire\n");
	CHECK_SLICE(comes("a", "fire", "old"), "old.1 to bob by sms: a fire\n");
	CHECK_SLICE(comes("a", "none", "new"), "");
}

static void
what_is_shortened_is_remarked_on_each_time(void)
{
	for (int i = 0; i < 2; i++)
		CHECK_SLICE(comes("a", "fire in the hall", "new"),
		    "new.1 to ann by sms: a fire in the hall\n"
		    "remark: pager to ann shortened by 10 characters\n"
		    "new.1 to ann by pager: fire i...\n");
}

static void
a_gap_in_a_wording_is_reported_once(void)
{
	CHECK_SLICE(comes("a", "", "old"),
	    "report: wording 'call' for sms: no value for 'summary'\n"
	    "old.1 to bob by sms: a \n");
	CHECK_SLICE(comes("b", "", "old"), "old.1 to bob by sms: b \n");
}

static void
a_record_without_an_id_is_reported_once_and_told(void)
{
	CHECK_SLICE(comes("", "fire", NULL),
	    "report: a record without an id\n"
	    "report: wording 'call' for sms: no value for 'id'\n"
	    "new.1 to ann by sms:  fire\n"
	    "new.1 to ann by pager: fire\n"
	    "old.1 to bob by sms:  fire\n");
}

static void
make_pack(void)
{
	dir_begin();
	dir_make("wording");
	dir_make("wording/sms");
	dir_make("wording/pager");
	dir_put("wording/sms/call.txt", "{id} {summary}\n");
	dir_put("wording/pager/call.txt", "{summary}\n");
	dir_put("pack.tsv", "name\nunit\n");
	dir_put("channels.tsv",
	    "medium\tlimit\tcharset\ttell\nsms\t3 parts\tgsm7\turgent\n"
	    "pager\t9\tgsm7\turgent\n");
	dir_put("directory.tsv",
	    "party\tmedium\taddress\n"
	    "ann\tsms\t1\nann\tpager\t2\nbob\tsms\t3\n");
	dir_put("routes.tsv",
	    "reason\twhen\tto\ttell\twording\n"
	    "new\tsummary ~ /fire/\tann\turgent\tcall\n"
	    "old\t*\tbob\turgent\tcall\n");
	CHECK(pack_open(&pack, dir, "/nowhere", &fault) == 0);
}

int
main(void)
{
	make_pack();
	columns_add(&columns, slice_of("id"));
	columns_add(&columns, slice_of("summary"));
	columns_add(&columns, slice_of("received"));
	messenger = (struct messenger){
	    .write = write_message, .report = report, .remark = remark};
	CHECK(messenger_load(&messenger, &pack, &fault) == 0);
	CHECK(messenger_bind(&messenger, &columns, &pack.known, &fault) == 0);
	CHECK_SLICE(buf_slice(&fault.text), "");
	RUN(every_reason_or_one_is_told);
	RUN(what_is_shortened_is_remarked_on_each_time);
	RUN(a_gap_in_a_wording_is_reported_once);
	RUN(a_record_without_an_id_is_reported_once_and_told);
	messenger_release(&messenger);
	columns_release(&columns);
	pack_release(&pack);
	fault_release(&fault);
	buf_release(&said);
	dir_end();
	return test_done();
}
