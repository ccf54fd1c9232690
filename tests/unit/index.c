/* index: what is written is found, and what is changed in it is seen. */
#include "index.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "chance.h"
#include "test.h"

static struct buf text;
static struct extents all;
static struct index_of of = {
    .segment = SLICE("00000000000001.tsv"), .uses = SLICE("-------imb---")};

static void
id_of(struct buf *id, size_t i)
{
	buf_clear(id);
	buf_addf(id, "%s%zu", i % 3 == 0 ? "INC000" : "2026-", i);
}

/* An index of n entries of about a third as many incidents. */
static void
make(size_t n)
{
	struct buf id = {0};
	uint64_t at = 100;

	extents_release(&all);
	buf_clear(&text);
	for (size_t i = 0; i < n; i++) {
		struct extent extent = {at, 50 + chance(200)};
		size_t which = chance(n / 3 + 1);

		id_of(&id, which);
		extents_add(&all, buf_slice(&id), extent, which % 2 == 0);
		at += extent.n;
	}
	of.entries = n;
	of.bytes = at;
	memset(of.chain, 'a', SEAL_DIGITS);
	index_write(&text, &of, &all);
	buf_release(&id);
}

/* Whether the index says of an incident what is so. */
static bool
finds(struct index *x, struct slice id)
{
	struct extent_list want = {0}, got = {0};
	bool same;

	extents_find(&all, id, &want);
	same = index_find(x, id, &got) == 0 && got.n == want.n;
	for (size_t i = 0; same && i < got.n; i++)
		same = got.extent[i].at == want.extent[i].at &&
		    got.extent[i].n == want.extent[i].n;
	extent_list_release(&want);
	extent_list_release(&got);
	return same;
}

static void
every_incident_is_found(void)
{
	static const size_t size[] = {1, 2, 30, 1000, 20000};
	struct index x;
	struct buf id = {0};

	for (size_t k = 0; k < LEN(size); k++) {
		make(size[k]);
		CHECK(index_take(&x, buf_slice(&text)));
		CHECK(x.of.entries == of.entries && x.of.bytes == of.bytes &&
		    slice_eq(x.of.segment, of.segment) &&
		    slice_eq(x.of.uses, of.uses));
		for (size_t i = 0; i < size[k] / 3 + 50; i++) {
			id_of(&id, i); /* some are not there */
			CHECK(finds(&x, buf_slice(&id)));
		}
		CHECK(finds(&x, slice_of("")));
		CHECK(finds(&x, slice_of("zzz")));
		index_release(&x);
	}
	buf_release(&id);
}

static void
count(void *context, struct slice id, bool fresh)
{
	size_t *n = context;

	*n += id.n > 0 || fresh;
}

static void
an_index_is_read_from_its_file_too(void)
{
	char path[] = "/tmp/inc-index-XXXXXX";
	int fd = mkstemp(path);
	struct buf id = {0};
	struct index x;
	size_t n = 0;

	make(200000); /* its head alone is more than is read at first */
	CHECK(write(fd, text.p, text.n) == (ssize_t)text.n);
	CHECK(index_open(&x, path));
	for (size_t i = 0; i < 70000; i += 7) {
		id_of(&id, i);
		CHECK(finds(&x, buf_slice(&id)));
	}
	index_release(&x);
	CHECK(ftruncate(fd, (off_t)text.n / 2) == 0);
	CHECK(index_open(&x, path)); /* what is gone is missed when needed */
	CHECK(finds(&x, slice_of("2026-1")));
	CHECK(index_each(&x, slice_of("INC0009"), count, &n) == -1);
	index_release(&x);
	CHECK(!index_open(&x, "/tmp/inc-index-that-is-not-there"));
	index_release(&x);
	close(fd);
	unlink(path);
	buf_release(&id);
}

/* Ids that were told of. */
struct told {
	struct slice lead;
	size_t n, fresh;
};

static void
see(void *context, struct slice id, bool fresh)
{
	struct told *t = context;

	CHECK(id.n >= t->lead.n && memcmp(id.p, t->lead.p, t->lead.n) == 0);
	CHECK(fresh == extents_fresh(&all, id));
	t->n++;
	t->fresh += fresh;
}

static void
each_incident_is_told_of_once(void)
{
	static const char *const lead[] = {"", "I", "INC0001", "2026-", "3"};
	struct index x;

	make(5000);
	CHECK(index_take(&x, buf_slice(&text)));
	for (size_t k = 0; k < LEN(lead); k++) {
		struct told t = {.lead = slice_of(lead[k])};
		size_t want = 0;

		for (size_t i = 0; i < extents_incidents(&all); i++)
			want += slice_starts(extents_id(&all, i), lead[k]);
		CHECK(index_each(&x, t.lead, see, &t) == 0);
		CHECK(t.n == want);
	}
	index_release(&x);
}

/* Whether a text that is no index, or a damaged one, deceives nobody. */
static bool
is_seen(void)
{
	struct index x;
	bool seen = true;

	if (index_take(&x, buf_slice(&text))) {
		for (size_t i = 0; i < extents_incidents(&all) && seen; i++) {
			struct extent_list list = {0};
			struct slice id = extents_id(&all, i);

			seen = index_find(&x, id, &list) == -1 || finds(&x, id);
			extent_list_release(&list);
		}
	}
	index_release(&x);
	return seen;
}

static void
what_is_changed_is_seen(void)
{
	make(200);
	for (size_t at = 0; at < text.n; at++) {
		char was = text.p[at];
		size_t n = text.n;

		text.p[at] = (char)(was ^ (1 << chance(8)));
		CHECK(is_seen());
		text.p[at] = was;
		text.n = at; /* and what is cut off */
		CHECK(is_seen());
		text.n = n;
	}
}

static void
what_no_segment_can_hold_is_seen(void)
{
	static const struct extent wrong[] = {
	    {100, 901}, {1001, 1}, {0, INT64_MAX}, {INT64_MAX, INT64_MAX}};

	for (size_t i = 0; i < LEN(wrong); i++) {
		struct extent_list list = {0};
		struct index x;

		extents_release(&all);
		buf_clear(&text);
		extents_add(
		    &all, slice_of("1"), (struct extent){99, 901}, true);
		extents_add(&all, slice_of("2"), wrong[i], true);
		of.bytes = 1000;
		index_write(&text, &of, &all);
		CHECK(index_take(&x, buf_slice(&text)));
		CHECK(index_find(&x, slice_of("1"), &list) == 0);
		CHECK(list.n == 1 && list.extent[0].n == 901);
		CHECK(index_find(&x, slice_of("2"), &list) == -1);
		index_release(&x);
		extent_list_release(&list);
	}
}

int
main(void)
{
	RUN(every_incident_is_found);
	RUN(an_index_is_read_from_its_file_too);
	RUN(each_incident_is_told_of_once);
	RUN(what_is_changed_is_seen);
	RUN(what_no_segment_can_hold_is_seen);
	buf_release(&text);
	extents_release(&all);
	return test_done();
}
