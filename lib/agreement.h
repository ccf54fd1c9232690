#ifndef INC_AGREEMENT_H
#define INC_AGREEMENT_H

#include <stdbool.h>
#include <stddef.h>

/*
 * How well two classifications of the same records agree.  The classes are in
 * the order of their rank; all intervals are of 95 %.
 */
struct agreement {
	size_t n;                        /* classes */
	const unsigned long long *count; /* n * n: records that the truth puts
					    into class i and the test into j, at
					    i * n + j */
};

struct estimate {
	double value, lower, upper;
};

/* How much a disagreement weighs: as any other, or by the steps between. */
enum agreement_weights {
	AGREEMENT_PLAIN,
	AGREEMENT_LINEAR,
	AGREEMENT_QUADRATIC,
};

/*
 * Cohen's kappa, and the interval by its large-sample standard error (Fleiss,
 * Cohen and Everitt 1969), cut at -1 and 1.  Returns false where it is not
 * defined: without records, or where chance alone would always agree.
 */
bool agreement_kappa(const struct agreement *a, enum agreement_weights weights,
    struct estimate *kappa);

/* A share and its interval (Wilson 1927).  False where whole is 0. */
bool agreement_share(
    unsigned long long part, unsigned long long whole, struct estimate *share);

#endif
