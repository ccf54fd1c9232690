#include "boundary.h"

#include "escalation.h"

static void
start(void)
{
	dir_begin();
	dir_put("pack.tsv", "name\nunit\n");
	dir_put("fields.tsv", "name\nvip\n");
	dir_put("levels.tsv",
	    "level\tname\trole\n2\tHead\thead\n0\tDesk\tdesk\n1\tDuty\tduty\n");
	dir_put("targets.tsv",
	    "priority\trespond\tresolve\tcalendar\nP1\t15m\t4h\toffice\n"
	    "P9\t\t\t\n");
	dir_put("calendars.tsv", "calendar\tdays\noffice\tmon-fri\n");
	dir_put("roster.tsv", "role\tparty\nwatch\tann\n");
	dir_put("directory.tsv",
	    "party\tmedium\taddress\nann\temail\tann@example.org\n");
}

/* Loads a table of these rows, and binds it; the fault or "" as text. */
static const char *
load(const char *rows)
{
	static struct buf said;
	struct buf text = {0};
	struct pack p = {0};
	struct boundaries b = {0};
	struct columns columns = {0};
	struct fault f = {0};
	struct slice root = slice_of(dir), fault;

	buf_addf(&text, HEAD "%s", rows);
	dir_put("escalation.tsv", buf_str(&text));
	columns_add(&columns, slice_of("Opened"));
	CHECK(pack_open(&p, dir, "/nowhere", &f) == 0);
	if (boundaries_load(&b, &p, &f) == 0)
		boundaries_bind(&b, &columns, &p.known, &f);
	fault = buf_slice(&f.text);
	if (slice_starts(fault, dir)) {
		fault.p += root.n + 1;
		fault.n -= root.n + 1;
	}
	buf_clear(&said);
	buf_add_slice(&said, fault);
	boundaries_release(&b);
	pack_release(&p);
	columns_release(&columns);
	fault_release(&f);
	buf_release(&text);
	return buf_str(&said);
}

#define CHECK_LOAD(rows, want) CHECK_SLICE(slice_of(load(rows)), want)

static void
every_good_form_is_read(void)
{
	CHECK_LOAD("a\t*\treceived\t15m\talways\tresolved closed\tup\t1\tduty"
		   "\t15m\tx\n"
		   "b\tpriority = P1\t\t50% resolve\ttarget\tOpened\tup\t2\n"
		   "c\tvip = yes\t\t\toffice\t\tdown\t0\twatch\n"
		   "d\t*\tOpened\t1000% respond\t\t\tup\t2\tann\n",
	    "");
}

static void
every_bad_cell_is_refused_with_its_place(void)
{
	CHECK_LOAD("a\t*\treceived\t15x\t\t\tup\t1\n",
	    "escalation.tsv:2:14: after '15x': a limit such as 15m or 5wd, "
	    "or a share such as '50% resolve', was expected");
	CHECK_LOAD("a\t*\treceived\t0% resolve\t\t\tup\t1\n",
	    "escalation.tsv:2:14: after '0% resolve': 1% to 1000% of respond "
	    "or resolve was expected");
	CHECK_LOAD("a\t*\treceived\t50% finish\t\t\tup\t1\n",
	    "escalation.tsv:2:14: after '50% finish': 1% to 1000% of respond "
	    "or resolve was expected");
	CHECK_LOAD("a\t*\treceived\t%\t\t\tup\t1\n",
	    "escalation.tsv:2:14: after '%': 1% to 1000% of respond or resolve "
	    "was expected");
	CHECK_LOAD("a\t*\treceived\t15m\t\t\tup\t7\n",
	    "escalation.tsv:2:23: unknown level '7': levels has 0, 1, 2");
	CHECK_LOAD("a\t*\treceived\t15m\t\t\tup\t1\tsombody\n",
	    "escalation.tsv:2:25: unknown role 'sombody'");
	CHECK_LOAD("a\t*\treceived\t15m\t\t\tup\t1\twatc\n",
	    "escalation.tsv:2:25: unknown role 'watc' (did you mean 'watch'?)");
	CHECK_LOAD("a\t*\treceived\t15m\toffce\t\tup\t1\n",
	    "escalation.tsv:2:18: unknown calendar 'offce' (did you mean "
	    "'office'?)");
	CHECK_LOAD("a\t*\treceived\t15m\t\t\tupp\t1\n",
	    "escalation.tsv:2:20: direction 'upp': up or down was expected");
	CHECK_LOAD("a\t*\treceived\t15m\t\t\tup\t1\t\t0s\n",
	    "escalation.tsv:2:26: repeat '0s': a duration such as 15m was "
	    "expected");
	CHECK_LOAD("a\t*\treceived\t\t\t\tup\t1\n",
	    "escalation.tsv:2:5: from without after: how long may it take?");
	CHECK_LOAD("a\tvpi = 1\t\t\t\t\tup\t1\n",
	    "escalation.tsv:2:3: unknown column 'vpi' (did you mean 'vip'?)");
	CHECK_LOAD("a\t*\treceivd\t15m\t\t\tup\t1\n",
	    "escalation.tsv:2:5: unknown column 'receivd' (did you mean "
	    "'received'?)");
	CHECK_LOAD("a\t*\treceived\t15m\t\tresolved opened\tup\t1\n",
	    "escalation.tsv:2:28: unknown column 'opened' (did you mean "
	    "'Opened'?)");
	CHECK_LOAD("\t*\t\t\t\t\tup\t1\n",
	    "escalation.tsv:2:1: a boundary without a name");
	CHECK_LOAD("a b\t*\t\t\t\t\tup\t1\n",
	    "escalation.tsv:2:1: boundary 'a b': one word was expected");
	CHECK_LOAD("a\t*\t\t\t\t\tup\t1\na\t*\t\t\t\t\tup\t1\n",
	    "escalation.tsv:3:1: two boundaries are called 'a'");
}

static void
levels_are_checked(void)
{
	dir_put("levels.tsv", "level\trole\n1\tduty\n01\tdesk\n");
	CHECK_LOAD("", "levels.tsv:3:1: level 1 is there twice");
	dir_put("levels.tsv", "level\trole\nhigh\tduty\n");
	CHECK_LOAD("",
	    "levels.tsv:2:1: level 'high': a whole number up to 1000000 was "
	    "expected");
	dir_put("levels.tsv", "level\trole\n");
	CHECK_LOAD("",
	    "levels.tsv:1: no row follows the header: one at least was "
	    "expected");
	dir_put("levels.tsv", "level\trole\n0\tdesk\n");
}

static void
targets_are_checked(void)
{
	dir_put("targets.tsv", "priority\trespond\nP1\t15 m\n");
	CHECK_LOAD("",
	    "targets.tsv:2:4: respond '15 m': a limit such as 15m, 5wd, 10cd "
	    "or "
	    "1mo was expected");
	dir_put("targets.tsv", "priority\trespond\nP1\t15m\nP1\t1h\n");
	CHECK_LOAD("", "targets.tsv:3:1: priority 'P1' has two targets");
	dir_put("targets.tsv", "priority\trespond\n\t15m\n");
	CHECK_LOAD("", "targets.tsv:2:1: a target without a priority");
	dir_put("targets.tsv", "priority\tcalendar\nP1\talwys\n");
	CHECK_LOAD("",
	    "targets.tsv:2:4: unknown calendar 'alwys' (did you mean "
	    "'always'?)");
	dir_put("targets.tsv", "priority\n");
	CHECK_LOAD("a\t*\t\t50% resolve\t\t\tup\t0\n",
	    "escalation.tsv:2:6: after '50% resolve': there are no targets to "
	    "take a share of");
}

int
main(void)
{
	start();
	RUN(every_good_form_is_read);
	RUN(every_bad_cell_is_refused_with_its_place);
	RUN(levels_are_checked);
	RUN(targets_are_checked);
	dir_end();
	return test_done();
}
