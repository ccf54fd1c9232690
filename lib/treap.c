#include "treap.h"

#include <stddef.h>
#include <sys/random.h>

/* The next weight: xorshift, from a start that no input can know. */
static uint32_t
next_weight(uint32_t *state)
{
	if (*state == 0 && getrandom(state, sizeof *state, 0) < 0)
		*state = 1;
	*state |= *state == 0;
	*state ^= *state << 13;
	*state ^= *state >> 17;
	*state ^= *state << 5;
	return *state;
}

void
treap_add(struct treap_node **root, struct treap_node *node,
    treap_before *before, const void *ctx, uint32_t *state)
{
	struct treap_node *rest, **left = &node->left, **right = &node->right;

	node->weight = next_weight(state);
	while (*root != NULL && (*root)->weight >= node->weight)
		root =
		    before(ctx, node, *root) ? &(*root)->left : &(*root)->right;
	rest = *root;
	*root = node;
	/* what stood there is split at the node */
	while (rest != NULL) {
		if (before(ctx, rest, node)) {
			*left = rest;
			left = &rest->right;
			rest = rest->right;
		} else {
			*right = rest;
			right = &rest->left;
			rest = rest->left;
		}
	}
	*left = *right = NULL;
}

struct treap_node *
treap_last(struct treap_node *root,
    bool (*early)(const void *ctx, const struct treap_node *node),
    const void *ctx)
{
	struct treap_node *last = NULL;

	while (root != NULL) {
		bool is = early(ctx, root);

		last = is ? root : last;
		root = is ? root->right : root->left;
	}
	return last;
}
