#include "survey.h"

#include <string.h>

#include "schema.h"

/* The code for a fault of loading: by the file that it is in. */
static enum catalogue_code
code_of(const struct fault *f)
{
	struct slice rest = fault_file(f), part, base = {"", 0}, table;
	bool wording = false;

	while (slice_split(&rest, '/', &part)) {
		wording = wording || slice_is(base, "wording");
		base = part;
	}
	if (wording)
		return FOUND_WORDING;
	return schema_file(base, &table) == SCHEMA_TABLE && f->line > 0
	    ? catalogue_of_table(table)
	    : FOUND_PACK;
}

/* Turns what was kept into findings. */
static void
take(struct survey *s, struct faults *faults)
{
	struct place pack = {.file = s->pack->n > 0 ? s->pack->dir[0] : NULL};

	for (size_t i = 0; i < faults->n; i++)
		findings_add_fault(&s->found, code_of(&faults->fault[i]), pack,
		    &faults->fault[i]);
	faults_release(faults);
}

void
survey_load(struct survey *s, struct pack *pack, struct faults *faults)
{
	s->pack = pack;
	take(s, faults);
}

void
survey_release(struct survey *s)
{
	findings_release(&s->found);
	form_release(&s->form);
	codes_release(&s->codes);
	tree_free(s->triage);
	tree_free(s->call);
	boundaries_release(&s->boundaries);
	routes_release(&s->routes);
	recipients_release(&s->recipients);
	*s = (struct survey){0};
}
