/*
 * inc-describe: the handbook of a desk, printed from its procedures.
 */
#include "diag.h"
#include "handbook.h"
#include "options.h"
#include "print.h"
#include "site.h"
#include "terminal.h"

#define NARROWEST 40 /* in which the words of a handbook can be read */
#define USUAL 80

static const struct program program = {
    .purpose = "Print procedures as a handbook, or some of their tables.",
    .synopsis = "[TABLE ...]",
    .shared = OPTIONS_PACK,
};

/* Adds the tables asked for.  Returns 0, or -1 and the fault. */
static int
add_tables(struct handbook *h, char *const *table, size_t n, struct fault *f)
{
	int got = 0;

	for (size_t i = 0; i < n && got >= 0; i++) {
		got = handbook_table(h, table[i], f);
		if (got == 0)
			diag_say(
			    STATUS_NO, "the procedures have no %s", table[i]);
	}
	return got < 0 ? -1 : 0;
}

static void
describe(struct pack *p, char *const *table, size_t n)
{
	size_t width = terminal_width();
	struct handbook h;
	struct fault fault = {0};
	int got =
	    handbook_open(&h, p, width < NARROWEST ? USUAL : width, &fault);

	if (got == 0)
		got = n > 0 ? add_tables(&h, table, n, &fault)
			    : handbook_whole(&h, &fault);
	if (got == 0)
		print_text(&h.out);
	else
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	handbook_release(&h);
}

int
main(int argc, char **argv)
{
	struct options options;
	size_t n = options_read(&program, &options, argc, argv);
	struct pack pack = {0};

	if (site_pack_needed(&pack, &options) == 0)
		describe(&pack, argv + argc - n, n);
	pack_release(&pack);
	return (int)diag_status();
}
