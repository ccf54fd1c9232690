#include "holds.h"

#include "test.h"

static void
intervals_are_read_in_order_of_their_start(void)
{
	struct holds h = {0};

	CHECK(
	    holds_read(&h,
		slice_of("2026-03-02T11:00:00Z/ "
			 "2026-03-02T09:00:00Z/2026-03-02T10:00:00.5Z")) == 0);
	CHECK(h.n == 2);
	CHECK(!h.hold[0].lasts && h.hold[0].until.ns == 500000000);
	CHECK(h.hold[1].lasts);
	CHECK(stamp_cmp(h.hold[0].from, h.hold[1].from) < 0);
	CHECK(holds_read(&h, slice_of("\\N")) == 0 && h.n == 0);
	CHECK(holds_read(&h, slice_of("")) == 0 && h.n == 0);
	holds_release(&h);
}

static void
unreadable_ones_are_told_and_the_others_kept(void)
{
	static const char *const bad[] = {"x", "/", "2026-03-02T09:00:00Z",
	    "/2026-03-02T09:00:00Z",
	    "2026-03-02T09:00:00Z/2026-03-02T08:00:00Z",
	    "2026-03-02T09:00:00Z/2026-03-02T10:00:00Z/"};
	struct holds h = {0};

	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		CHECK(holds_read(&h, slice_of(bad[i])) == -1);
		CHECK(h.n == 0);
	}
	CHECK(holds_read(&h, slice_of("x 2026-03-02T09:00:00Z/")) == -1);
	CHECK(h.n == 1 && h.hold[0].lasts);
	holds_release(&h);
}

int
main(void)
{
	RUN(intervals_are_read_in_order_of_their_start);
	RUN(unreadable_ones_are_told_and_the_others_kept);
	return test_done();
}
