#include "treap.h"

#include <stdlib.h>

#include "test.h"

#define N 2000

struct item {
	struct treap_node node; /* first; its number is the order */
};

static struct item items[N];
static uint32_t state;

static bool
is_before(
    const void *ctx, const struct treap_node *a, const struct treap_node *b)
{
	(void)ctx;
	return a->number < b->number;
}

static bool
is_up_to(const void *ctx, const struct treap_node *node)
{
	return node->number <= *(const uint32_t *)ctx;
}

static size_t
depth(const struct treap_node *node)
{
	size_t left, right;

	if (node == NULL)
		return 0;
	left = depth(node->left);
	right = depth(node->right);
	return 1 + (left > right ? left : right);
}

/* Adds the even numbers up to 2N in an order; finds each, and what is between
   them. */
static void
check(uint32_t (*nth)(uint32_t i))
{
	struct treap_node *root = NULL, *found;
	uint32_t n;

	for (uint32_t i = 0; i < N; i++) {
		items[i].node.number = 2 * nth(i) + 2;
		treap_add(&root, &items[i].node, is_before, NULL, &state);
	}
	for (uint32_t i = 0; i < N; i++) {
		n = 2 * i + 2;
		found = treap_last(root, is_up_to, &n);
		CHECK(found != NULL && found->number == n);
		n++;
		found = treap_last(root, is_up_to, &n);
		CHECK(found != NULL && found->number == n - 1);
	}
	n = 1;
	CHECK(treap_last(root, is_up_to, &n) == NULL);
	/* some 3 log2 N are to be expected */
	CHECK(depth(root) < 80);
}

static uint32_t
forward(uint32_t i)
{
	return i;
}

static uint32_t
backward(uint32_t i)
{
	return N - 1 - i;
}

static uint32_t
shuffled(uint32_t i)
{
	return (uint32_t)((i * 1237UL + 11) % N); /* 1237 and N are coprime */
}

static void
what_comes_in_any_order_is_found_and_stays_flat(void)
{
	check(forward);
	check(backward);
	check(shuffled);
}

static void
an_empty_one_has_nothing(void)
{
	uint32_t n = 5;

	CHECK(treap_last(NULL, is_up_to, &n) == NULL);
}

int
main(void)
{
	RUN(what_comes_in_any_order_is_found_and_stays_flat);
	RUN(an_empty_one_has_nothing);
	return test_done();
}
