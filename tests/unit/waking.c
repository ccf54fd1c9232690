#include "waking.h"

#include "times.h"

static struct wakings wakings;
static const struct party ann = {.name = SLICE("ann")},
			  bob = {.name = SLICE("bob")};

static void
start(const char *now)
{
	wakings_release(&wakings);
	wakings.now = at(now);
}

/* Adds a message of an incident that came up at a time. */
static struct waking_group *
add(const struct party *party, const char *id, size_t rank, const char *time)
{
	struct waking m = {.party = party,
	    .status = SLICE("actual"),
	    .id = slice_of(id),
	    .row = slice_of(id),
	    .tell = SLICE("urgent"),
	    .rank = rank,
	    .at = at(time),
	    .has_due = true};

	m.due = m.at;
	return wakings_add(&wakings, &m);
}

static void
a_group_says_what_its_summary_says(void)
{
	struct waking_group *g;
	struct buf ids = {0};

	start("2026-01-01T12:00:00Z");
	add(&ann, "I1", 2, "2026-01-01T11:00:00Z");
	add(&bob, "I1", 2, "2026-01-01T11:00:00Z");
	add(&ann, "I2", 1, "2026-01-01T10:00:00Z");
	add(&ann, "I2", 1, "2026-01-01T10:30:00Z");
	g = add(&ann, "I3", 1, "2026-01-01T11:30:00Z");
	CHECK(wakings.n == 2 && g == &wakings.group[0]);
	CHECK(g->n == 4 && g->incidents == 3);
	CHECK_SLICE(buf_slice(&g->id), "I2");
	CHECK_SLICE(buf_slice(&g->first), "I2");
	CHECK(stamp_cmp(g->due, at("2026-01-01T10:00:00Z")) == 0);
	waking_ids(g, &ids);
	CHECK_SLICE(buf_slice(&ids), "I1, I2, I3");
	buf_release(&ids);
}

static void
the_role_is_kept_when_the_record_is_gone(void)
{
	char role[] = "duty";
	struct waking m = {.party = &ann,
	    .role = slice_of(role),
	    .status = SLICE("actual"),
	    .at = at("2026-01-01T11:00:00Z")};

	start("2026-01-01T12:00:00Z");
	wakings_add(&wakings, &m);
	memcpy(role, "head", sizeof role);
	m.rank = 1;
	CHECK_SLICE(buf_slice(&wakings_add(&wakings, &m)->role), "duty");
}

static void
records_without_an_id_are_counted(void)
{
	struct waking_group *g;
	struct buf ids = {0};

	start("2026-01-01T12:00:00Z");
	add(&ann, "", 0, "2026-01-01T11:00:00Z");
	g = add(&ann, "", 0, "2026-01-01T11:00:00Z");
	CHECK(g->incidents == 2);
	waking_ids(g, &ids);
	CHECK(ids.n == 0);
	buf_release(&ids);
}

/* Whether the identity is that of ann's summary at an instant. */
static bool
identity_is(const char *hex)
{
	char out[OCCASION_ID + 1];

	waking_identity(&wakings, &wakings.group[0], out);
	return slice_is(slice_of(out), hex);
}

/* printf 'actual\tsummary\tann\t2026-01-01T12:00:00Z' | sha256sum, and so on
   for the quarters of an hour after it. */
#define NOON "5c2067a43eb8f950b6b02bdd02982d8b"
#define QUARTER "5d9bfc740a26e026b914491dedf5c803"

static void
an_identity_changes_when_a_period_with_news_is_over(void)
{
	start("2026-01-01T12:14:59.9Z");
	add(&ann, "I1", 0, "2026-01-01T12:00:00.1Z");
	CHECK(identity_is(NOON)); /* the period under way */
	add(&ann, "I2", 0, "2026-01-01T12:14:00Z");
	CHECK(identity_is(NOON));
	start("2026-01-01T12:15:00Z");
	add(&ann, "I2", 0, "2026-01-01T12:14:00Z");
	add(&ann, "I1", 0, "2026-01-01T12:00:00.1Z");
	CHECK(identity_is(QUARTER));
	start("2026-01-02T12:15:00Z");
	add(&ann, "I1", 0, "2026-01-01T12:15:00Z");
	CHECK(identity_is(QUARTER)); /* the last of its period */
	add(&ann, "I2", 0, "2026-01-02T12:15:00.1Z");
	CHECK(identity_is(QUARTER));
	start("2026-01-02T12:15:00Z");
	add(&ann, "I1", 0, "2026-01-01T12:00:00Z");
	CHECK(identity_is(NOON));
}

int
main(void)
{
	RUN(a_group_says_what_its_summary_says);
	RUN(the_role_is_kept_when_the_record_is_gone);
	RUN(records_without_an_id_are_counted);
	RUN(an_identity_changes_when_a_period_with_news_is_over);
	wakings_release(&wakings);
	return test_done();
}
