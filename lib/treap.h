#ifndef INC_TREAP_H
#define INC_TREAP_H

#include <stdbool.h>
#include <stdint.h>

/*
 * Things kept in an order while they come in any: a treap, a search tree that
 * random weights keep flat.  A node stands in the caller's own struct, which
 * owns it; nothing is freed here.
 */
struct treap_node {
	struct treap_node *left, *right;
	uint32_t weight;
	uint32_t number; /* the caller's */
};

/* Whether a node stands before another; no two are equal. */
typedef bool treap_before(
    const void *ctx, const struct treap_node *a, const struct treap_node *b);

/*
 * Adds a node to the tree at *root (NULL: empty).  state is for the weights:
 * all zero at first, and shared by any number of trees.
 */
void treap_add(struct treap_node **root, struct treap_node *node,
    treap_before *before, const void *ctx, uint32_t *state);

/*
 * The last node for which `early` holds, which it does for nodes up to some
 * place and not after; NULL where it holds for none.
 */
struct treap_node *treap_last(struct treap_node *root,
    bool (*early)(const void *ctx, const struct treap_node *node),
    const void *ctx);

#endif
