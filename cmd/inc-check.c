/*
 * inc-check: what is wrong in a pack of procedures.
 *
 * Everything that any program would load is loaded; a fault is kept and the
 * loading goes on.  Then the tables are held against each other, and against
 * the next thirty days.  Every finding is one line, with its place and a code
 * that --explain explains.
 */
#include <stdlib.h>

#include "catalogue.h"
#include "check_cases.h"
#include "damage.h"
#include "diag.h"
#include "domain.h"
#include "drag.h"
#include "escape.h"
#include "finding.h"
#include "haste.h"
#include "inert.h"
#include "options.h"
#include "print.h"
#include "rivals.h"
#include "site.h"
#include "survey.h"
#include "uncrossed.h"
#include "unfound.h"
#include "unloaded.h"
#include "unreached.h"
#include "unsaid.h"
#include "watch.h"

static const char *format = "text", *explain, *cases;
static bool list_codes;

static const struct option_spec own[] = {
    {"format", 0, OPTION_TEXT, &format, NULL, "FORM",
	"text, or tsv: a stream with a row for each finding"},
    {"cases", 0, OPTION_TEXT, &cases, NULL, "FILE",
	"try the cases in this file, and nothing else"},
    {"explain", 0, OPTION_TEXT, &explain, NULL, "CODE",
	"say what a code means and what to do, or all"},
    {"list-codes", 0, OPTION_FLAG, &list_codes, NULL, NULL,
	"list all codes, with their level"},
    {0}};

static const struct program program = {
    .purpose = "Say what is wrong in a pack of procedures.",
    .synopsis = "[--cases FILE] [--format FORM]\n"
		"--explain CODE\n"
		"--list-codes",
    .shared = OPTIONS_PACK | OPTIONS_NOW,
    .option = own,
};

/* "FILE:LINE:COLUMN: ", without what is not known. */
static void
add_place(struct buf *out, struct place where)
{
	inert_add(out, slice_of(where.file));
	if (where.line > 0)
		buf_addf(out, ":%zu", where.line);
	if (where.column > 0)
		buf_addf(out, ":%zu", where.column);
	buf_add_str(out, ": ");
}

static void
add_line(struct buf *out, const struct finding *f)
{
	add_place(out, f->where);
	buf_addf(out, "%s INC%d: ", catalogue_level_name(f->kind->level),
	    (int)f->kind->code);
	inert_add(out, f->text);
	buf_add_char(out, '\n');
}

/* A number that is not known is an empty field. */
static void
add_number(struct buf *out, size_t n)
{
	buf_add_char(out, '\t');
	if (n > 0)
		buf_addf(out, "%zu", n);
}

static void
add_row(struct buf *out, const struct finding *f)
{
	buf_addf(out, "INC%d\t%s\t", (int)f->kind->code,
	    catalogue_level_name(f->kind->level));
	escape_add(out, slice_of(f->where.file));
	add_number(out, f->where.line);
	add_number(out, f->where.column);
	buf_add_char(out, '\t');
	escape_add(out, f->text);
	buf_add_char(out, '\n');
}

/* Writes all findings, says how many there are, and the sum of the cases. */
static void
report(struct findings *all, struct buf *cases_sum)
{
	bool tsv = strcmp(format, "tsv") == 0;
	struct buf out = {0};
	size_t errors, warnings;

	findings_sort(all);
	errors = all->count[CATALOGUE_ERROR];
	warnings = all->count[CATALOGUE_WARNING];
	if (tsv)
		buf_add_str(&out, "code\tlevel\tfile\tline\tcolumn\tmessage\n");
	for (size_t i = 0; i < all->n; i++) {
		if (tsv)
			add_row(&out, &all->finding[i]);
		else
			add_line(&out, &all->finding[i]);
	}
	print_text(&out);
	for (size_t i = 0; i < CATALOGUE_CODES; i++) {
		if (all->of[i] > FINDINGS_MOST)
			diag_notice("of INC%zu there are %zu, %zu are shown", i,
			    all->of[i], FINDINGS_MOST);
	}
	diag_notice("%zu error%s, %zu warning%s, %zu note%s", errors,
	    errors == 1 ? "" : "s", warnings, warnings == 1 ? "" : "s",
	    all->count[CATALOGUE_NOTE],
	    all->count[CATALOGUE_NOTE] == 1 ? "" : "s");
	if (cases_sum->n > 0)
		diag_notice("%s", buf_str(cases_sum));
	if (errors + warnings > 0)
		diag_count(STATUS_NO);
}

/* Tries the cases of a file alone. */
static void
try_cases(const struct options *o)
{
	struct pack pack = {0};
	struct findings found = {0};
	struct buf sum = {0};

	if (site_pack_needed(&pack, o) == 0) {
		check_cases(&pack, cases, &found, &sum);
		report(&found, &sum);
	}
	buf_release(&sum);
	findings_release(&found);
	pack_release(&pack);
}

static void
check(const struct options *o)
{
	struct pack pack = {0};
	struct faults faults = {0};
	struct survey survey = {.now = o->now};
	struct buf sum = {0};
	char *share = site_share();

	if (site_pack_faults(&pack, o, &faults) == 0) {
		survey_load(&survey, &pack, &faults);
		rivals_check(&survey);
		domain_check(&survey);
		watch_check(&survey);
		unreached_check(&survey);
		unsaid_check(&survey);
		haste_check(&survey);
		drag_check(&survey);
		uncrossed_check(&survey);
		unloaded_check(&survey);
		unfound_check(&survey, share, getenv("PATH"));
		damage_check(&survey);
		check_cases(&pack, NULL, &survey.found, &sum);
		report(&survey.found, &sum);
	}
	buf_release(&sum);
	survey_release(&survey);
	faults_release(&faults);
	pack_release(&pack);
	free(share);
}

/* ---- codes ---- */

static void
add_explained(struct buf *out, const struct catalogue_entry *e)
{
	buf_addf(out, "INC%d %s: %s\n\n%s\n", (int)e->code,
	    catalogue_level_name(e->level), e->title, e->explain);
}

static void
say_explained(void)
{
	const struct catalogue_entry *one = catalogue_find(slice_of(explain));
	struct buf out = {0};
	size_t n;
	const struct catalogue_entry *all = catalogue(&n);

	if (one == NULL && strcmp(explain, "all") != 0)
		options_misuse("--explain '%s': a code such as INC%d, or all, "
			       "was expected",
		    explain, (int)all[0].code);
	if (one != NULL)
		add_explained(&out, one);
	for (size_t i = 0; one == NULL && i < n; i++) {
		buf_add_str(&out, i > 0 ? "\n" : "");
		add_explained(&out, &all[i]);
	}
	print_text(&out);
}

static void
say_list(void)
{
	struct buf out = {0};
	size_t n;
	const struct catalogue_entry *all = catalogue(&n);

	buf_add_str(&out, "code\tlevel\tmeaning\n");
	for (size_t i = 0; i < n; i++)
		buf_addf(&out, "INC%d\t%s\t%s\n", (int)all[i].code,
		    catalogue_level_name(all[i].level), all[i].title);
	print_text(&out);
}

int
main(int argc, char **argv)
{
	struct options o;
	size_t n = options_read(&program, &o, argc, argv);

	if (n > 0)
		options_misuse(
		    "'%s': no operand was expected", argv[argc - (int)n]);
	if (strcmp(format, "text") != 0 && strcmp(format, "tsv") != 0)
		options_misuse(
		    "--format '%s': text or tsv was expected", format);
	if ((cases != NULL) + (explain != NULL) + list_codes > 1)
		options_misuse("--cases, --explain and --list-codes exclude "
			       "each other");
	if (explain != NULL)
		say_explained();
	else if (list_codes)
		say_list();
	else if (cases != NULL)
		try_cases(&o);
	else
		check(&o);
	return (int)diag_status();
}
