#include "feed.h"

#include <stdlib.h>

static const struct slice nothing = {"", 0};

/* What a source's rows said of an incident. */
struct word {
	struct slice *value; /* by column; a column past n: nothing */
	size_t n;
	struct content content; /* of those */
	struct treap_node *at;  /* what they said by a time, in its order */
};

/* What a source's rows said by a time. */
struct saying_at {
	struct treap_node node; /* first */
	struct stamp updated;
	struct content content; /* of the last row of this time; others are in
				   feed.logged */
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

/* What the source says in what an incident's only entry says. */
static struct slice
only_value(const struct feed *feed, const struct said *said, size_t column,
    struct slice text)
{
	if (column == feed->incomplete || column == feed->whom ||
	    (column == feed->received && said->filled))
		return nothing;
	return text;
}

struct slice
feed_value(const struct feed *feed, size_t incident, size_t column)
{
	const struct said *said;

	if (incident >= feed->n || !feed->said[incident].any)
		return nothing;
	said = &feed->said[incident];
	if (said->word == NULL)
		return only_value(feed, said, column,
		    incident_value(&feed->all->list[incident], column));
	return column < said->word->n ? said->word->value[column] : nothing;
}

void
feed_alone(struct feed *feed, size_t incident, bool filled)
{
	struct said *said = feed_said(feed, incident);

	said->any = true;
	said->filled = filled;
	said->latest = incident_updated(&feed->all->list[incident]);
}

/* What was said of an incident, to be changed. */
static struct word *
word_of(struct feed *feed, size_t incident)
{
	struct said *said = feed_said(feed, incident);

	if (said->word == NULL)
		said->word = arena_new(&feed->arena, sizeof *said->word);
	return said->word;
}

void
feed_set(struct feed *feed, size_t incident, size_t column, struct slice value)
{
	struct word *word = word_of(feed, incident);

	if (column >= word->n) {
		size_t n = feed->all->columns.n;

		word->value = mem_resize(word->value, n, sizeof *word->value);
		for (; word->n < n; word->n++)
			word->value[word->n] = nothing;
	}
	if (!feed_latches(feed->all->columns.name[column]))
		word->content = content_with(&feed->key, word->content, column,
		    word->value[column], value);
	word->value[column] = value;
}

void
feed_spread(struct feed *feed, size_t incident)
{
	const struct incident *in = &feed->all->list[incident];
	struct said alone;

	if (incident >= feed->n || !feed->said[incident].any ||
	    feed->said[incident].word != NULL)
		return;
	alone = feed->said[incident];
	for (size_t i = 0; i < in->facts.n; i++) {
		struct fact fact = facts_at(&in->facts, i);

		feed_set(feed, incident, fact.column,
		    only_value(feed, &alone, fact.column, fact.text));
	}
	feed_note(feed, incident, in->version[0].updated);
	feed->said[incident].latest = alone.latest;
	feed->said[incident].silent = alone.silent;
}

static bool
is_before(
    const void *ctx, const struct treap_node *a, const struct treap_node *b)
{
	(void)ctx;
	return stamp_cmp(((const struct saying_at *)a)->updated,
		   ((const struct saying_at *)b)->updated) < 0;
}

static bool
said_by(const void *ctx, const struct treap_node *node)
{
	const struct stamp *updated = ctx;

	return stamp_cmp(((const struct saying_at *)node)->updated, *updated) <=
	    0;
}

/* What was said by a time, or NULL. */
static struct saying_at *
last_said(const struct word *word, struct stamp updated)
{
	return (struct saying_at *)treap_last(word->at, said_by, &updated);
}

static struct slice
row_key(struct feed *feed, size_t incident, struct stamp updated,
    struct content content)
{
	buf_clear(&feed->text);
	buf_add(&feed->text, &incident, sizeof incident);
	buf_add(&feed->text, &updated.s, sizeof updated.s);
	buf_add(&feed->text, &updated.ns, sizeof updated.ns);
	buf_add(&feed->text, content.sum, sizeof content.sum);
	return buf_slice(&feed->text);
}

void
feed_note(struct feed *feed, size_t incident, struct stamp updated)
{
	struct word *word = word_of(feed, incident);
	struct said *said = feed_said(feed, incident);
	struct saying_at *at = last_said(word, updated);

	if (at != NULL && stamp_cmp(at->updated, updated) == 0) {
		dict_set(&feed->logged,
		    row_key(feed, incident, updated, at->content), 1);
	} else {
		at = arena_new(&feed->arena, sizeof *at);
		at->updated = updated;
		treap_add(
		    &word->at, &at->node, is_before, NULL, &feed->weights);
	}
	at->content = word->content;
	if (!said->any || stamp_cmp(updated, said->latest) > 0)
		said->latest = updated;
	said->any = true;
	said->silent = false;
}

struct content
feed_content(struct feed *feed, size_t incident)
{
	const struct word *word;

	feed_spread(feed, incident);
	word = feed_said(feed, incident)->word;
	return word != NULL ? word->content : (struct content){{0, 0}};
}

bool
feed_has(struct feed *feed, size_t incident, struct stamp updated,
    struct content content)
{
	const struct saying_at *at = NULL;
	const struct word *word;

	feed_spread(feed, incident);
	word = feed_said(feed, incident)->word;
	if (word != NULL)
		at = last_said(word, updated);
	if (at == NULL)
		return false;
	return memcmp(&at->content, &content, sizeof content) == 0 ||
	    (stamp_cmp(at->updated, updated) == 0 &&
		dict_find(&feed->logged,
		    row_key(feed, incident, updated, content)) != DICT_NONE);
}

void
feed_release(struct feed *feed)
{
	for (size_t i = 0; i < feed->n; i++) {
		if (feed->said[i].word != NULL)
			free(feed->said[i].word->value);
	}
	free(feed->said);
	dict_release(&feed->logged);
	buf_release(&feed->text);
	arena_release(&feed->arena);
	*feed = (struct feed){0};
}
