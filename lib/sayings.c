#include "sayings.h"

int
version_cmp(const struct version *a, const struct version *b)
{
	int d = stamp_cmp(a->updated, b->updated);

	return d != 0 ? d : (a->seq > b->seq) - (a->seq < b->seq);
}

/* By column and, in it, in the order of the fold. */
static bool
is_before(
    const void *ctx, const struct treap_node *a, const struct treap_node *b)
{
	const struct saying *x = (const struct saying *)a;
	const struct saying *y = (const struct saying *)b;
	const struct version *version = ctx;

	if (x->column != y->column)
		return x->column < y->column;
	return version_cmp(&version[a->number], &version[b->number]) < 0;
}

void
sayings_add(struct treap_node **all, struct saying *s,
    const struct version *version, uint32_t *weights)
{
	treap_add(all, &s->node, is_before, version, weights);
}

struct search {
	const struct sought *want;
	const struct version *version;
};

static bool
is_early(const void *ctx, const struct treap_node *node)
{
	const struct search *search = ctx;
	const struct sought *want = search->want;
	const struct version *v = &search->version[node->number];
	size_t column = ((const struct saying *)node)->column;

	if (column != want->column)
		return column < want->column;
	return (want->before == NULL || version_cmp(v, want->before) < 0) &&
	    (want->at == NULL || stamp_cmp(v->updated, *want->at) <= 0);
}

const struct saying *
sayings_last(struct treap_node *all, const struct version *version,
    const struct sought *want)
{
	struct search search = {want, version};
	const struct saying *s =
	    (const struct saying *)treap_last(all, is_early, &search);

	return s != NULL && s->column == want->column ? s : NULL;
}
