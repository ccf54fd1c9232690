#include "agreement.h"

#include <math.h>
#include <stdlib.h>

#include "mem.h"

#define Z95 1.959963984540054 /* of the normal distribution, both sides */

/* From 1, the same class, to 0: another, or that farthest away. */
static double
weight(size_t n, enum agreement_weights weights, size_t i, size_t j)
{
	double steps = i > j ? (double)(i - j) : (double)(j - i), part;

	if (weights == AGREEMENT_PLAIN || i == j)
		return i == j ? 1 : 0;
	part = steps / (double)(n - 1);
	return weights == AGREEMENT_LINEAR ? 1 - part : 1 - part * part;
}

/* The shares in rows and columns.  Returns how many records there are. */
static double
margins(const struct agreement *a, double *row, double *column)
{
	double all = 0;

	for (size_t i = 0; i < a->n * a->n; i++) {
		row[i / a->n] += (double)a->count[i];
		column[i % a->n] += (double)a->count[i];
		all += (double)a->count[i];
	}
	for (size_t i = 0; all > 0 && i < a->n; i++) {
		row[i] /= all;
		column[i] /= all;
	}
	return all;
}

/* What the sums below go over: each cell, its share and its weight. */
struct sums {
	double observed, expected;
	double *row, *column;           /* shares in the margins */
	double *row_mean, *column_mean; /* mean weights, by the other margin */
};

static void
add_up(const struct agreement *a, enum agreement_weights weights, double all,
    struct sums *s)
{
	for (size_t i = 0; i < a->n; i++) {
		for (size_t j = 0; j < a->n; j++) {
			double w = weight(a->n, weights, i, j);

			s->observed += w * (double)a->count[i * a->n + j] / all;
			s->expected += w * s->row[i] * s->column[j];
			s->row_mean[i] += w * s->column[j];
			s->column_mean[j] += w * s->row[i];
		}
	}
}

static double
standard_error(const struct agreement *a, enum agreement_weights weights,
    double all, const struct sums *s, double kappa)
{
	double sum = 0, last = kappa - s->expected * (1 - kappa);

	for (size_t i = 0; i < a->n; i++) {
		for (size_t j = 0; j < a->n; j++) {
			double share = (double)a->count[i * a->n + j] / all;
			double off = weight(a->n, weights, i, j) -
			    (s->row_mean[i] + s->column_mean[j]) * (1 - kappa);

			sum += share * off * off;
		}
	}
	sum -= last * last;
	return sum > 0 ? sqrt(sum / all) / (1 - s->expected) : 0;
}

bool
agreement_kappa(const struct agreement *a, enum agreement_weights weights,
    struct estimate *kappa)
{
	double *margin = mem_new(a->n * 4 + 1, sizeof *margin), all, off;
	struct sums s = {
	    0, 0, margin, margin + a->n, margin + a->n * 2, margin + a->n * 3};

	all = margins(a, s.row, s.column);
	if (all > 0)
		add_up(a, weights, all, &s);
	/* Sums of shares may be off by as much as they are rounded. */
	if (all > 0 && s.expected < 1 - 1e-12) {
		kappa->value = (s.observed - s.expected) / (1 - s.expected);
		off = Z95 * standard_error(a, weights, all, &s, kappa->value);
		kappa->lower = fmax(kappa->value - off, -1);
		kappa->upper = fmin(kappa->value + off, 1);
	} else {
		all = 0;
	}
	free(margin);
	return all > 0;
}

bool
agreement_share(
    unsigned long long part, unsigned long long whole, struct estimate *share)
{
	double n = (double)whole, p, middle, off, size;

	if (whole == 0)
		return false;
	size = 1 + Z95 * Z95 / n;
	p = (double)part / n;
	middle = (p + Z95 * Z95 / (2 * n)) / size;
	off = Z95 * sqrt(p * (1 - p) / n + Z95 * Z95 / (4 * n * n)) / size;
	share->value = p;
	share->lower = fmax(middle - off, 0);
	share->upper = fmin(middle + off, 1);
	return true;
}
