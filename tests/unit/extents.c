/* extents: where the entries of incidents stand. */
#include "extents.h"

#include "test.h"

static void
entries_are_found_in_their_order(void)
{
	struct extents e = {0};
	struct extent_list list = {0};

	extents_add(&e, slice_of("A"), (struct extent){10, 5}, true);
	extents_add(&e, slice_of("B"), (struct extent){15, 7}, false);
	extents_add(&e, slice_of("A"), (struct extent){22, 3}, false);
	extents_add(&e, slice_of("A"), (struct extent){25, 4}, false);
	extents_find(&e, slice_of("A"), &list);
	CHECK(list.n == 3 && list.extent[0].at == 10 &&
	    list.extent[1].at == 22 && list.extent[2].at == 25);
	extents_find(&e, slice_of("C"), &list);
	CHECK(list.n == 3);
	extents_find(&e, slice_of("B"), &list); /* after what is there */
	CHECK(list.n == 4 && list.extent[3].at == 15 && list.extent[3].n == 7 &&
	    list.extent[0].at == 10);
	extent_list_release(&list);
	extents_release(&e);
}

static void
an_incident_is_fresh_where_its_first_entry_stands(void)
{
	struct extents e = {0};

	extents_add(&e, slice_of("A"), (struct extent){10, 5}, true);
	extents_add(&e, slice_of("A"), (struct extent){15, 5}, false);
	extents_add(&e, slice_of("B"), (struct extent){20, 5}, false);
	CHECK(extents_fresh(&e, slice_of("A")));
	CHECK(!extents_fresh(&e, slice_of("B")));
	CHECK(!extents_fresh(&e, slice_of("C")));
	CHECK(extents_incidents(&e) == 2);
	CHECK(slice_is(extents_id(&e, 0), "A"));
	CHECK(slice_is(extents_id(&e, 1), "B"));
	extents_release(&e);
}

int
main(void)
{
	RUN(entries_are_found_in_their_order);
	RUN(an_incident_is_fresh_where_its_first_entry_stands);
	return test_done();
}
