#include "awaits.h"

#include <unistd.h>

#include "dir.h"
#include "test.h"

static struct awaits awaits;
static struct pack pack;
static struct fault fault;

/* Loads a pack with these routes, or with none: 0 or -1. */
static int
load(const char *routes)
{
	awaits_release(&awaits);
	pack_release(&pack);
	awaits = (struct awaits){0};
	pack = (struct pack){0};
	unlink(in_dir("routes.tsv"));
	if (routes != NULL)
		dir_put("routes.tsv", routes);
	CHECK(pack_open(&pack, dir, "/nonexistent", &fault) == 0);
	return awaits_load(&awaits, &pack, &fault);
}

static int64_t
of(const char *route)
{
	return awaits_of(&awaits, slice_of(route));
}

static void
rows_are_counted_in_each_reason(void)
{
	CHECK(load("reason\twhen\tto\twording\tack\n"
		   "new\ta\tduty\tw\t15m\n"
		   "escalated\t*\tduty\tw\t1h30m\n"
		   "new\tb\tduty\tw\t\n"
		   "new\t*\tduty\tw\t90s\n") == 0);
	CHECK(of("new.1") == 900);
	CHECK(of("new.2") == -1);
	CHECK(of("new.3") == 90);
	CHECK(of("escalated.1") == 5400);
	CHECK(of("escalated.2") == -1);
	CHECK(of("new") == -1);
	CHECK(of("") == -1);
}

static void
without_routes_none_is_waited_for(void)
{
	CHECK(load(NULL) == 0);
	CHECK(of("new.1") == -1);
	CHECK(load("reason\twhen\tto\twording\nnew\t*\tduty\tw\n") == 0);
	CHECK(of("new.1") == -1);
}

static void
what_is_no_duration_is_refused_with_its_place(void)
{
	CHECK(load("reason\twhen\tto\twording\tack\n"
		   "new\t*\tduty\tw\tsoon\n"
		   "new\t*\tduty\tw\t5m\n") == -1);
	CHECK_SLICE(fault_reason(&fault),
	    "ack 'soon': a duration such as 15m was expected");
	CHECK(fault.line == 2 && fault.column == 14);
	CHECK(slice_ends(fault_file(&fault), "/routes.tsv"));
}

int
main(void)
{
	dir_begin();
	dir_put("pack.tsv", "name\nunit\n");
	RUN(rows_are_counted_in_each_reason);
	RUN(without_routes_none_is_waited_for);
	RUN(what_is_no_duration_is_refused_with_its_place);
	awaits_release(&awaits);
	pack_release(&pack);
	fault_release(&fault);
	dir_end();
	return test_done();
}
