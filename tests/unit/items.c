#include "items.h"

#include <unistd.h>

#include "queue.h"

static struct buf seen;

static void
see(void *ctx, const char *name, struct stamp t)
{
	(void)ctx;
	buf_addf(&seen, "%s@%lld ", name, (long long)t.s);
}

/* What is seen in a place since a time. */
static struct slice
each(enum spool_where place, int64_t since_s)
{
	struct stamp since = {since_s, 0};

	buf_clear(&seen);
	CHECK(items_each(&s, place, since, see, NULL, &fault) == 0);
	return buf_slice(&seen);
}

/* How many are seen, wherever they are, since a time; one so often. */
static size_t
count(int64_t since_s, const char *one, size_t *often)
{
	struct stamp since = {since_s, 0};
	struct founds all = {0};
	size_t n;

	CHECK(items_all(&s, since, &all, &fault) == 0);
	*often = 0;
	for (size_t i = 0; i < all.n; i++) {
		buf_clear(&seen);
		buf_addf(&seen, "%s@%lld", all.found[i].name,
		    (long long)all.found[i].at.s);
		*often += slice_is(buf_slice(&seen), one);
		CHECK(i == 0 ||
		    stamp_cmp(all.found[i - 1].at, all.found[i].at) <= 0);
	}
	n = all.n;
	founds_release(&all);
	return n;
}

static void
a_place_is_gone_through_with_its_times(void)
{
	CHECK_SLICE(each(SPOOL_NEW, 0), "");
	put_in("a");
	CHECK_SLICE(each(SPOOL_NEW, 1600000000), "a@1600000000 ");
	CHECK_SLICE(each(SPOOL_NEW, 1700000000), "a@1600000000 ");
	put_in("b");
	put_to("b", SPOOL_DEAD, 77);
	CHECK_SLICE(each(SPOOL_DEAD, 0), "b@77 ");
}

static void
what_is_in_a_place_is_listed(void)
{
	struct founds all = {0};

	CHECK(items_in(&s, SPOOL_DEAD, &all, &fault) == 0 && all.n == 1);
	CHECK_SLICE(slice_of(all.found[0].name), "b");
	CHECK(all.found[0].at.s == 77);
	founds_release(&all);
	CHECK(items_in(&s, SPOOL_DONE, &all, &fault) == 0 && all.n == 0);
	founds_release(&all);
}

static void
what_was_over_before_is_left_out(void)
{
	put_in("c");
	put_to("c", SPOOL_DONE, 1700000000);
	CHECK_SLICE(each(SPOOL_DONE, 0), "c@1700000000 ");
	CHECK_SLICE(each(SPOOL_DONE, 1700000000), "c@1700000000 ");
	CHECK_SLICE(each(SPOOL_DONE, 1700000001), ""); /* in its month */
	CHECK_SLICE(each(SPOOL_DONE, 1702000000), "");
}

static void
all_are_gone_through_once(void)
{
	size_t often;

	CHECK(count(0, "c@1700000000", &often) == 3 && often == 1);
	CHECK(count(1700000000, "c@1700000000", &often) == 3 && often == 1);
	CHECK(count(1700000001, "c@1700000000", &often) == 2 && often == 0);
	CHECK(count(1700000001, "b@77", &often) == 2 && often == 1);
	put_in("d"); /* the lock is given back */
}

static void
what_is_claimed_is_among_all(void)
{
	struct item item = {.fd = -1};
	size_t often;

	CHECK(item_claim(&s, "d", SPOOL_NEW, &item, &fault) == 1);
	CHECK(count(0, "d@1600000000", &often) == 4 && often == 1);
	CHECK(item_put(&s, &item, SPOOL_NEW, begun, &fault) == 0);
	item_release(&item);
}

/* Since the beginning is no bound. */
static void
all_are_all(void)
{
	size_t often;

	put_in("e");
	put_to("e", SPOOL_DONE, -5);
	CHECK(count(0, "e@-5", &often) == 5 && often == 1);
	CHECK(count(1, "e@-5", &often) == 4 && often == 0);
}

static void
what_has_no_item_s_name_is_none(void)
{
	size_t often;

	CHECK(mkdir(at("new/not.an.item"), 0700) == 0);
	CHECK(count(0, "d@1600000000", &often) == 5 && often == 1);
	CHECK(rmdir(at("new/not.an.item")) == 0);
}

static void
an_item_is_found_by_how_its_name_begins(void)
{
	struct item item = {.fd = -1};
	char name[SPOOL_NAME + 1] = "";
	size_t n;

	CHECK(staging_add(&staging, slice_of("xy1"), slice_of("1\n"), begun,
		  &fault) == 0);
	CHECK(items_match(&s, slice_of("xy"), name, &n, &fault) == 0 && n == 0);
	CHECK_SLICE(slice_of(name), "");
	CHECK(staging_commit(&staging, &fault) == 0);
	CHECK(items_match(&s, slice_of("xy"), name, &n, &fault) == 0 && n == 1);
	CHECK_SLICE(slice_of(name), "xy1");
	put_in("xy2");
	CHECK(item_claim(&s, "xy2", SPOOL_NEW, &item, &fault) == 1);
	CHECK(items_match(&s, slice_of("xy"), name, &n, &fault) == 0 && n == 2);
	CHECK(item_put(&s, &item, SPOOL_DONE, (struct stamp){1700000000, 0},
		  &fault) == 0);
	CHECK(
	    items_match(&s, slice_of("xy2"), name, &n, &fault) == 0 && n == 1);
	CHECK_SLICE(slice_of(name), "xy2");
	CHECK(
	    items_match(&s, slice_of("xy22"), name, &n, &fault) == 0 && n == 0);
	item_release(&item);
}

int
main(void)
{
	if (queue_begin() < 0)
		return 1;
	RUN(a_place_is_gone_through_with_its_times);
	RUN(what_is_in_a_place_is_listed);
	RUN(what_was_over_before_is_left_out);
	RUN(all_are_gone_through_once);
	RUN(what_is_claimed_is_among_all);
	RUN(all_are_all);
	RUN(what_has_no_item_s_name_is_none);
	RUN(an_item_is_found_by_how_its_name_begins);
	buf_release(&seen);
	return queue_end();
}
