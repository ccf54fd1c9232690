#include "check_cases.h"

#include "cases.h"
#include "coverage.h"
#include "diag.h"
#include "rehearsal.h"
#include "schema.h"
#include "trial.h"

/* Everything at work. */
struct check {
	struct findings *found;
	struct table *table; /* of the cases */
	struct table file;   /* the same, where it is not the pack's */
	struct cases cases;
	struct rehearsal rehearsal;
	struct trial trial;
	struct coverage coverage;
	const struct cases_case *one; /* the case under way */
	size_t tried, failed;
};

/* Finds what a program would have said of the case under way. */
static void
find_said(struct check *c, enum catalogue_code code, const struct fault *f)
{
	struct table_row *row = &c->table->row[c->one->first];

	findings_add(c->found, code, table_place(row, "case"),
	    "case '%.*s': %.*s", SLICE_ARG(c->one->name),
	    SLICE_ARG(buf_slice(&f->text)));
}

static void
report(void *ctx, const struct fault *f)
{
	find_said(ctx, FOUND_CASE_REPORT, f);
}

static void
remark(void *ctx, const struct fault *f)
{
	find_said(ctx, FOUND_CASE_REMARK, f);
}

static void
failed(void *ctx, const struct fault *f)
{
	struct check *c = ctx;

	findings_add_fault(c->found, FOUND_CASE_FAILED, (struct place){0}, f);
}

/*
 * The pack's own cases: those of a pack behind it speak of other people and
 * priorities.  Returns 1, 0 where there are none, or -1.
 */
static int
own_table(struct check *c, struct pack *p, struct fault *f)
{
	int got = pack_table(p, "cases", &c->table, f);

	return got > 0 && !pack_is_own(p, c->table) ? 0 : got;
}

/* Finds the table, with the same returns. */
static int
find_table(struct check *c, struct pack *p, const char *file, struct fault *f)
{
	if (file == NULL)
		return own_table(c, p, f);
	c->table = &c->file;
	if (table_load(&c->file, file, f) < 0 ||
	    schema_check("cases", &c->file, &p->known, f) < 0)
		return -1;
	return 1;
}

/* Reads the cases.  What is wrong in them is found; -1 where all are. */
static int
load_cases(struct check *c, struct pack *p)
{
	struct place where = table_header_line(c->table);
	struct faults faults = {0};
	struct fault fault = {.kept = &faults};
	int result = cases_load(&c->cases, c->table, p, &fault);

	for (size_t i = 0; i < faults.n; i++)
		findings_add_fault(
		    c->found, FOUND_CASES, where, &faults.fault[i]);
	if (faults.more)
		findings_add(c->found, FOUND_CASES, where,
		    "more than %d faults, so no case was tried", FAULTS_MOST);
	else if (result < 0)
		findings_add_fault(c->found, FOUND_CASES, where, &fault);
	c->tried = c->cases.n + faults.n;
	c->failed = faults.n;
	fault_release(&fault);
	faults_release(&faults);
	return result;
}

static void
try_all(struct check *c)
{
	coverage_open(&c->coverage, &c->rehearsal);
	for (size_t i = 0; i < c->cases.n; i++) {
		c->one = &c->cases.one[i];
		rehearsal_record(&c->rehearsal, c->one->field, c->one->now);
		c->failed += trial_case(&c->trial, c->one) > 0;
		coverage_add(&c->coverage, &c->rehearsal);
	}
}

/* Finds the rows that no case reaches. */
static void
find_unreached(struct check *c)
{
	static const char *const what[COVERAGE_KINDS] = {
	    "row", "leaf", "boundary", "route"};

	for (size_t i = 0; i < COVERAGE_KINDS; i++) {
		const struct coverage_part *part = &c->coverage.part[i];

		for (size_t k = 0; k < part->names.n; k++) {
			if (!part->reached[k])
				findings_add(c->found, FOUND_NO_CASE,
				    part->where[k], "no case reaches %s '%.*s'",
				    what[i], SLICE_ARG(part->names.name[k]));
		}
	}
}

static void
sum_up(const struct check *c, struct buf *sum)
{
	static const char *const what[COVERAGE_KINDS] = {
	    "", "leaves", "boundaries", "routes"};
	const char *before = ";";

	buf_addf(sum, "%zu case%s, %zu failed", c->tried,
	    c->tried == 1 ? "" : "s", c->failed);
	for (size_t i = COVERAGE_LEAVES; i < COVERAGE_KINDS; i++) {
		const struct coverage_part *part = &c->coverage.part[i];

		if (part->names.n == 0)
			continue;
		buf_addf(sum, "%s %zu of %zu %s", before, part->n,
		    part->names.n, what[i]);
		before = ",";
	}
	if (*before == ',')
		buf_add_str(sum, " covered");
}

/* Tries what is in the table.  Returns 0, or -1 and why it can't. */
static int
try_table(struct check *c, struct pack *p, struct buf *sum, struct fault *f)
{
	if (rehearsal_load(&c->rehearsal, p, f) < 0)
		return -1;
	if (load_cases(c, p) < 0)
		return 0; /* found */
	if (rehearsal_bind(&c->rehearsal, &c->cases.columns, &p->known, f) < 0)
		return -1;
	try_all(c);
	/* First what is there must pass, then comes what is not there. */
	if (c->table != &c->file && c->failed == 0)
		find_unreached(c);
	sum_up(c, sum);
	return 0;
}

static void
release(struct check *c)
{
	coverage_release(&c->coverage);
	trial_release(&c->trial);
	cases_release(&c->cases);
	rehearsal_release(&c->rehearsal);
	table_release(&c->file);
}

void
check_cases(
    struct pack *p, const char *file, struct findings *found, struct buf *sum)
{
	struct check c = {.found = found,
	    .rehearsal = {.report = report, .remark = remark, .ctx = &c},
	    .trial = {.cases = &c.cases,
		.rehearsal = &c.rehearsal,
		.failed = failed,
		.ctx = &c}};
	struct fault fault = {0};
	int got = find_table(&c, p, file, &fault);

	if (got < 0 && fault_file(&fault).n == 0)
		diag_fault(STATUS_FAILED, &fault);
	else if (got < 0)
		findings_add_fault(
		    found, FOUND_CASES, (struct place){0}, &fault);
	else if (got > 0 && try_table(&c, p, sum, &fault) < 0)
		findings_add(found, FOUND_CASES, table_header_line(c.table),
		    "no case was tried: %.*s",
		    SLICE_ARG(buf_slice(&fault.text)));
	fault_release(&fault);
	release(&c);
}
