#include "unfound.h"

#include "runnable.h"

static void
check_row(struct survey *s, struct table_row *row, const char *share,
    const char *search)
{
	struct slice cell = table_text(row, "deliver"), rest = cell, word;
	struct buf name = {0}, path = {0};

	if (slice_word(&rest, &word) == 0)
		return;
	buf_add_slice(&name, word);
	if (!runnable_find(&path, s->pack, share, search, buf_str(&name)))
		findings_add(&s->found, FOUND_NO_COMMAND,
		    place_in(table_place(row, "deliver"), cell, word.p),
		    "'%s' is no command that can be run on this machine",
		    buf_str(&path));
	buf_release(&name);
	buf_release(&path);
}

void
unfound_check(struct survey *s, const char *share, const char *search)
{
	struct table *t = survey_table(s, "channels");

	for (size_t i = 0; s->sound.means && t != NULL && i < t->n; i++)
		check_row(s, &t->row[i], share, search);
}
