#include "target.h"

#include "dir.h"
#include "times.h"

/* Loads a pack of these targets; the fault where it is wrong. */
static int
load(struct targets *t, struct pack *p, const char *rows, struct fault *f)
{
	dir_put("p/targets.tsv", rows);
	CHECK(pack_open(p, in_dir("p"), dir, f) == 0);
	return targets_load(t, p, f);
}

static void
a_target_runs_on_its_calendar(void)
{
	struct targets t = {0};
	struct pack p = {0};
	struct fault f = {0};
	struct stamp due;
	struct stamp friday = at("2026-03-06T15:00:00Z");

	CHECK(
	    load(&t, &p,
		"priority\trespond\tresolve\tcalendar\n"
		"P1\t15m\t4h\talways\nP2\t2h\t\toffice\nP3\t1wd\t1mo\toffice\n",
		&f) == 0);
	CHECK(target_due(targets_find(&t, slice_of("P1")), TARGET_RESOLVE,
		  friday, NULL, &due) == 1);
	CHECK(stamp_cmp(due, at("2026-03-06T19:00:00Z")) == 0);
	CHECK(target_due(targets_find(&t, slice_of("P2")), TARGET_RESPOND,
		  friday, NULL, &due) == 1);
	CHECK(stamp_cmp(due, at("2026-03-09T09:00:00Z")) == 0);
	CHECK(target_due(targets_find(&t, slice_of("P2")), TARGET_RESOLVE,
		  friday, NULL, &due) == 0);
	CHECK(target_due(targets_find(&t, slice_of("P3")), TARGET_RESPOND,
		  friday, NULL, &due) == 1);
	CHECK(stamp_cmp(due, at("2026-03-09T15:00:00Z")) == 0);
	CHECK(target_due(targets_find(&t, slice_of("P3")), TARGET_RESOLVE,
		  friday, NULL, &due) == 1);
	CHECK(stamp_cmp(due, at("2026-04-06T15:00:00Z")) == 0);
	CHECK(targets_find(&t, slice_of("P9")) == NULL);
	targets_release(&t);
	pack_release(&p);
	fault_release(&f);
}

static void
what_is_wrong_is_refused_with_its_place(void)
{
	static const struct {
		const char *row, *want;
	} bad[] = {
	    {"\t15m\t\t\n", "p/targets.tsv:2:1: a target without a priority"},
	    {"P1\t15\t\t\n", "p/targets.tsv:2:4: respond '15': a limit"},
	    {"P1\t\t1y\t\n", "p/targets.tsv:2:5: resolve '1y': a limit"},
	    {"P1\t\t\toffcie\n",
		"p/targets.tsv:2:6: unknown calendar 'offcie' (did you mean "
		"'office'?)"},
	    {"P1\t1h\t\t\nP1\t2h\t\t\n",
		"p/targets.tsv:3:1: priority 'P1' has two targets"},
	};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct targets t = {0};
		struct pack p = {0};
		struct fault f = {0};
		struct buf rows = {0};

		buf_addf(&rows, "priority\trespond\tresolve\tcalendar\n%s",
		    bad[i].row);
		CHECK(load(&t, &p, buf_str(&rows), &f) == -1);
		if (strstr(buf_str(&f.text), bad[i].want) == NULL)
			CHECK_SLICE(buf_slice(&f.text), bad[i].want);
		targets_release(&t);
		pack_release(&p);
		fault_release(&f);
		buf_release(&rows);
	}
}

static void
our_deadlines_are_known_again(void)
{
	struct targets t = {0};
	struct pack p = {0};
	struct fault f = {0};
	struct stamp nine = at("2026-03-02T09:00:00Z");
	struct holds h = {0};

	CHECK(load(&t, &p,
		  "priority\trespond\tresolve\nP1\t15m\t4h\nP2\t1h\t\nP3\t1cd\t"
		  "\n",
		  &f) == 0);
	CHECK(targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-02T10:00:00Z")));
	CHECK(targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-03T09:00:00Z")));
	CHECK(!targets_gave(
	    &t, TARGET_RESOLVE, nine, &h, at("2026-03-02T10:00:00Z")));
	CHECK(!targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-02T10:00:01Z")));
	holds_read(&h,
	    slice_of("2026-03-02T09:05:00Z/2026-03-02T09:10:00Z "
		     "2026-03-02T09:12:00Z/2026-03-02T09:13:00Z"));
	/* before the holds, after the first, after both */
	CHECK(targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-02T09:15:00Z")));
	CHECK(targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-02T09:20:00Z")));
	CHECK(targets_gave(
	    &t, TARGET_RESPOND, nine, &h, at("2026-03-02T09:21:00Z")));
	holds_release(&h);
	targets_release(&t);
	pack_release(&p);
	fault_release(&f);
}

int
main(void)
{
	dir_begin();
	dir_make("p");
	dir_put("p/pack.tsv", "name\np\n");
	dir_put("p/calendars.tsv",
	    "calendar\tzone\tdays\twindows\noffice\tUTC\tmon-fri\t08:00-16:"
	    "00\n");
	RUN(a_target_runs_on_its_calendar);
	RUN(what_is_wrong_is_refused_with_its_place);
	RUN(our_deadlines_are_known_again);
	dir_end();
	return test_done();
}
