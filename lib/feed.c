#include "feed.h"

#include <stdlib.h>

#include "digest.h"

struct saying_at {
	struct stamp updated;
	struct content content;
};

bool
feed_latches(struct slice name)
{
	return slice_is(name, "acknowledged");
}

struct said *
feed_said(struct feed *feed, size_t incident)
{
	while (feed->n <= incident) {
		feed->said = mem_grow(
		    feed->said, feed->n, &feed->cap, sizeof *feed->said);
		feed->said[feed->n++] = (struct said){0};
	}
	return &feed->said[incident];
}

struct slice
said_value(const struct said *said, size_t column)
{
	return column < said->n ? said->value[column] : (struct slice){"", 0};
}

/* Half of SHA-256(name TAB value); nothing for no value. */
static struct content
content_of(struct slice name, struct slice value)
{
	unsigned char bytes[DIGEST_BYTES];
	struct content c = {{0, 0}};
	struct digest d;

	if (value.n == 0 || feed_latches(name))
		return c;
	digest_init(&d);
	digest_add(&d, name);
	digest_add(&d, (struct slice)SLICE("\t"));
	digest_add(&d, value);
	digest_bytes(&d, bytes);
	memcpy(c.sum, bytes, sizeof c.sum);
	return c;
}

/*
 * A sum, so that the content of a row is had from the one before by the
 * columns that differ, in any order of columns.
 */
struct content
content_with(struct content content, struct slice name, struct slice old,
    struct slice value)
{
	struct content minus = content_of(name, old);
	struct content plus = content_of(name, value);

	for (int i = 0; i < 2; i++)
		content.sum[i] += plus.sum[i] - minus.sum[i];
	return content;
}

void
said_set(
    struct said *said, size_t column, struct slice name, struct slice value)
{
	if (column >= said->n) {
		size_t n = column + 1;

		said->value = mem_resize(said->value, n, sizeof *said->value);
		for (size_t i = said->n; i < n; i++)
			said->value[i] = (struct slice){"", 0};
		said->n = n;
	}
	said->content =
	    content_with(said->content, name, said->value[column], value);
	said->value[column] = value;
}

/* The place in said->at of the first that is later than updated. */
static size_t
after(const struct said *said, struct stamp updated)
{
	size_t low = 0, high = said->nat;

	while (low < high) {
		size_t mid = low + (high - low) / 2;

		if (stamp_cmp(said->at[mid].updated, updated) <= 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static struct slice
row_key(struct feed *feed, size_t incident, struct stamp updated,
    struct content content)
{
	buf_clear(&feed->key);
	buf_add(&feed->key, &incident, sizeof incident);
	buf_add(&feed->key, &updated.s, sizeof updated.s);
	buf_add(&feed->key, &updated.ns, sizeof updated.ns);
	buf_add(&feed->key, content.sum, sizeof content.sum);
	return buf_slice(&feed->key);
}

void
feed_note(struct feed *feed, size_t incident, struct stamp updated)
{
	struct said *said = feed_said(feed, incident);
	size_t place = after(said, updated);
	struct saying_at *at;

	said->at = mem_grow(said->at, said->nat, &said->cap, sizeof *said->at);
	at = said->at + place;
	memmove(at + 1, at, (said->nat - place) * sizeof *at);
	at->updated = updated;
	at->content = said->content;
	said->nat++;
	if (!said->any || stamp_cmp(updated, said->latest) > 0)
		said->latest = updated;
	said->any = true;
	said->silent = false;
	dict_set(
	    &feed->logged, row_key(feed, incident, updated, said->content), 1);
}

bool
feed_has(struct feed *feed, size_t incident, struct stamp updated,
    struct content content)
{
	const struct said *said = feed_said(feed, incident);
	size_t place = after(said, updated);

	if (place > 0 &&
	    memcmp(&said->at[place - 1].content, &content, sizeof content) == 0)
		return true;
	return dict_find(&feed->logged,
		   row_key(feed, incident, updated, content)) != DICT_NONE;
}

void
feed_release(struct feed *feed)
{
	for (size_t i = 0; i < feed->n; i++) {
		free(feed->said[i].value);
		free(feed->said[i].at);
	}
	free(feed->said);
	dict_release(&feed->logged);
	buf_release(&feed->key);
	*feed = (struct feed){0};
}
