#include "agreement.h"

#include <math.h>

#include "test.h"

/* The values by the definitions, the intervals by the delta method. */
static void
check(const struct agreement *a, enum agreement_weights weights, double value,
    double lower, double upper)
{
	struct estimate e = {0};

	CHECK(agreement_kappa(a, weights, &e));
	CHECK(fabs(e.value - value) < 1e-6);
	CHECK(fabs(e.lower - lower) < 1e-6);
	CHECK(fabs(e.upper - upper) < 1e-6);
	if (test_now)
		printf("# %d: %f %f %f\n", (int)weights, e.value, e.lower,
		    e.upper);
}

static void
kappa_and_its_interval_are_those_of_the_literature(void)
{
	static const unsigned long long two[] = {20, 5, 10, 15};
	static const unsigned long long three[] = {44, 5, 1, 7, 20, 3, 9, 5, 6};
	struct agreement a = {2, two}, b = {3, three};

	check(&a, AGREEMENT_PLAIN, 0.4, 0.151092, 0.648908);
	check(&a, AGREEMENT_QUADRATIC, 0.4, 0.151092, 0.648908);
	check(&b, AGREEMENT_PLAIN, 0.491525, 0.350158, 0.632893);
	check(&b, AGREEMENT_LINEAR, 0.473684, 0.322808, 0.624560);
	check(&b, AGREEMENT_QUADRATIC, 0.454545, 0.270349, 0.638742);
}

static void
full_agreement_is_one_and_full_disagreement_minus_one(void)
{
	static const unsigned long long same[] = {7, 0, 0, 7};
	static const unsigned long long other[] = {0, 7, 7, 0};
	struct agreement a = {2, same}, b = {2, other};

	check(&a, AGREEMENT_LINEAR, 1, 1, 1);
	check(&b, AGREEMENT_LINEAR, -1, -1, -1);
}

static void
kappa_is_not_defined_where_chance_always_agrees(void)
{
	static const unsigned long long none[] = {0, 0, 0, 0};
	static const unsigned long long one[] = {0, 0, 0, 5};
	struct agreement empty = {0, none}, nobody = {2, none}, sure = {2, one},
			 single = {1, one + 3};
	struct estimate e;

	CHECK(!agreement_kappa(&empty, AGREEMENT_PLAIN, &e));
	CHECK(!agreement_kappa(&nobody, AGREEMENT_LINEAR, &e));
	CHECK(!agreement_kappa(&sure, AGREEMENT_QUADRATIC, &e));
	CHECK(!agreement_kappa(&single, AGREEMENT_LINEAR, &e));
}

static void
a_share_has_the_interval_of_wilson(void)
{
	struct estimate e = {0};

	CHECK(agreement_share(90, 100, &e));
	CHECK(fabs(e.value - 0.9) < 1e-9);
	CHECK(fabs(e.lower - 0.825634) < 1e-6);
	CHECK(fabs(e.upper - 0.944771) < 1e-6);
	CHECK(agreement_share(0, 3, &e) && e.lower < 1e-9 && e.upper < 1);
	CHECK(!agreement_share(0, 0, &e));
}

int
main(void)
{
	RUN(kappa_and_its_interval_are_those_of_the_literature);
	RUN(full_agreement_is_one_and_full_disagreement_minus_one);
	RUN(kappa_is_not_defined_where_chance_always_agrees);
	RUN(a_share_has_the_interval_of_wilson);
	return test_done();
}
