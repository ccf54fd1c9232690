#include "receipts.h"

#include "test.h"

static void
the_same_receipt_twice_says_nothing_new(void)
{
	struct receipts r = {0};
	struct content queued = {{1, 2}}, sent = {{3, 4}};

	CHECK(receipts_take(&r, slice_of("m"), slice_of("1"), queued));
	CHECK(!receipts_take(&r, slice_of("m"), slice_of("1"), queued));
	CHECK(receipts_take(&r, slice_of("m"), slice_of("2"), queued));
	CHECK(receipts_take(&r, slice_of("m"), slice_of("1"), sent));
	/* nor does an earlier one that comes again */
	CHECK(!receipts_take(&r, slice_of("m"), slice_of("1"), queued));
	receipts_release(&r);
}

int
main(void)
{
	RUN(the_same_receipt_twice_says_nothing_new);
	return test_done();
}
