#ifndef INC_TEST_DESK_H
#define INC_TEST_DESK_H

#include "packs.h"
#include "rehearsal.h"
#include "times.h"

/* A desk of its own, what comes of a record there, and what is said of it. */
static struct pack pack;
static struct rehearsal rehearsal;
static struct fault fault;
static struct buf said; /* faults, one a line */
static struct buf desk; /* the path of its procedures */

/* Adds a fault to what was said. */
static inline void
say(void *ctx, const struct fault *f)
{
	buf_add_slice(ctx, buf_slice(&f->text));
	buf_add_char(ctx, '\n');
}

static inline void
say_reported(void *ctx, const struct fault *f)
{
	buf_add_str(ctx, "reported: ");
	say(ctx, f);
}

static inline void
say_remarked(void *ctx, const struct fault *f)
{
	buf_add_str(ctx, "remarked: ");
	say(ctx, f);
}

/* Opens the pack begun last, alone or, with ahead, ahead of the desk's. */
static inline void
desk_open(bool ahead)
{
	struct buf path = {0};

	buf_addf(&path, "%s%s%s", in_dir(buf_str(&pack_name)), ahead ? ":" : "",
	    ahead ? buf_str(&desk) : "");
	rehearsal_release(&rehearsal);
	pack_release(&pack);
	CHECK(pack_open(&pack, buf_str(&path), "/nowhere", &fault) == 0);
	buf_release(&path);
}

/* Makes the procedures of the desk, and opens them. */
static inline void
desk_begin(void)
{
	dir_begin();
	begin_pack();
	buf_add_str(&desk, in_dir(buf_str(&pack_name)));
	dir_make(in_pack("wording"));
	dir_make(in_pack("wording/sms"));
	dir_put(in_pack("wording/sms/new.txt"),
	    "{priority} {id} at {level|else -}\n");
	put_table("pack", "name\tzone\nunit\tEurope/London\n");
	put_table(
	    "fields", "name\ttype\trequired\nsummary\ttext\t*\nseen\ttime\t\n");
	put_table("triage",
	    "node\trow\twhen\tnext\tpriority\n"
	    "start\t\tsummary = fire\t\tP1\nstart\telse\t*\tmore\tP2\n"
	    "more\tflood\tsummary = flood\t\tP1\nmore\telse\t*\t\t\n");
	put_table("levels", "level\trole\n0\tdesk\n1\tduty\n");
	put_table("escalation",
	    "boundary\twhen\tfrom\tafter\tdirection\tlevel\n"
	    "slow\tpriority = P1\treceived\t15m\tup\t1\n"
	    "many\treports > 9\t\t\tup\t1\n");
	put_table("channels", "medium\ttell\nsms\turgent\n");
	put_table(
	    "directory", "party\tmedium\taddress\nann\tsms\t1\nbob\tsms\t2\n");
	put_table("roster", "role\tparty\nduty\tann\ndesk\tbob\n");
	put_table("routes",
	    "reason\twhen\tto\twording\n"
	    "new\tclosed is empty\tdesk\tnew\n"
	    "up\tlevel > 0 and closed is empty\t{escalate_to}\tnew\n"
	    "off\tcaller = x\tdesk\tnew\n");
	desk_open(false);
}

/* Loads them for a rehearsal.  Returns 0, or -1 and the fault. */
static inline int
desk_load(void)
{
	buf_clear(&said);
	rehearsal_release(&rehearsal);
	rehearsal = (struct rehearsal){
	    .report = say_reported, .remark = say_remarked, .ctx = &said};
	return rehearsal_load(&rehearsal, &pack, &fault);
}

/*
 * Gets ready for records of these columns, with commas between.  Returns 0, or
 * -1 and the fault.
 */
static inline int
desk_bind(const char *names)
{
	struct columns in = {0};
	struct slice rest = slice_of(names), name;
	int result;

	while (slice_split(&rest, ',', &name))
		columns_add(&in, name);
	result = rehearsal_bind(&rehearsal, &in, &pack.known, &fault);
	columns_release(&in);
	return result;
}

/* Goes the way for a record: its fields, with commas between. */
static inline void
desk_go(const char *fields, const char *now)
{
	struct slice rest = slice_of(fields), field[16] = {{"", 0}};
	size_t n = 0;

	while (n < 16 && slice_split(&rest, ',', &field[n]))
		n++;
	rehearsal_record(&rehearsal, field, at(now));
}

static inline int
desk_end(void)
{
	rehearsal_release(&rehearsal);
	pack_release(&pack);
	fault_release(&fault);
	buf_release(&said);
	buf_release(&desk);
	packs_end();
	dir_end();
	return test_done();
}

#endif
