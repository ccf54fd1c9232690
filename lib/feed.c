#include "feed.h"

#include <stdlib.h>

/* What a source's rows said by a time. */
struct saying_at {
	struct treap_node node; /* first; its number is their order */
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

void
feed_begin(struct feed *feed)
{
	for (size_t i = 0; i < feed->n; i++)
		feed->said[i].told = false;
}

void
feed_tell(struct feed *feed, size_t incident)
{
	struct said *said = feed_said(feed, incident);

	said->told = true;
	said->gone = false;
}

struct slice
said_value(const struct said *said, size_t column)
{
	return column < said->n ? said->value[column] : (struct slice){"", 0};
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
	if (!feed_latches(name))
		said->content = content_with(
		    said->content, name, said->value[column], value);
	said->value[column] = value;
}

static bool
is_before(
    const void *ctx, const struct treap_node *a, const struct treap_node *b)
{
	const struct saying_at *x = (const struct saying_at *)a;
	const struct saying_at *y = (const struct saying_at *)b;
	int d = stamp_cmp(x->updated, y->updated);

	(void)ctx;
	return d != 0 ? d < 0 : a->number < b->number;
}

/* Whether it was said up to the time at ctx. */
static bool
said_by(const void *ctx, const struct treap_node *node)
{
	const struct stamp *updated = ctx;

	return stamp_cmp(((const struct saying_at *)node)->updated, *updated) <=
	    0;
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
	struct saying_at *at = arena_new(&feed->arena, sizeof *at);

	at->updated = updated;
	at->content = said->content;
	at->node.number = said->nat++;
	treap_add(&said->at, &at->node, is_before, NULL, &feed->weights);
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
	const struct saying_at *at =
	    (const struct saying_at *)treap_last(said->at, said_by, &updated);

	if (at != NULL && memcmp(&at->content, &content, sizeof content) == 0)
		return true;
	return dict_find(&feed->logged,
		   row_key(feed, incident, updated, content)) != DICT_NONE;
}

void
feed_release(struct feed *feed)
{
	for (size_t i = 0; i < feed->n; i++)
		free(feed->said[i].value);
	free(feed->said);
	dict_release(&feed->logged);
	buf_release(&feed->key);
	arena_release(&feed->arena);
	*feed = (struct feed){0};
}
