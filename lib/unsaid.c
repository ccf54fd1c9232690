#include "unsaid.h"

#include <stdlib.h>
#include <string.h>

#include "columns.h"
#include "mem.h"

/* Whether a file stands in the first pack: others speak of other routes. */
static bool
is_own(const struct pack *p, const char *path)
{
	size_t n = strlen(p->dir[0]);

	return strncmp(path, p->dir[0], n) == 0 && path[n] == '/';
}

/* Says that a file counts for nothing, and which name was meant. */
static void
add_unsaid(struct survey *s, const char *path, const char *why,
    struct slice name, const struct slice *names, size_t n)
{
	struct fault fault = {0};

	fault_at(&fault, (struct place){.file = path}, "%s '%.*s'", why,
	    SLICE_ARG(name));
	fault_suggest(&fault, name, names, n);
	findings_add_fault(
	    &s->found, FOUND_UNSAID, (struct place){.file = path}, &fault);
	fault_release(&fault);
}

static void
check_file(struct survey *s, struct slice medium, bool known, struct slice file)
{
	const struct wordings *w = &s->routes.wordings;
	const struct directory *d = &s->recipients.directory;
	struct buf name = {0};
	struct slice rest = file, words;
	const char *path;

	buf_addf(
	    &name, "wording/%.*s/%.*s", SLICE_ARG(medium), SLICE_ARG(file));
	path = pack_file(s->pack, buf_str(&name));
	buf_release(&name);
	if (path == NULL || !is_own(s->pack, path) ||
	    (known && wordings_have(w, file)))
		return;
	slice_split(&rest, '.', &words);
	if (known) {
		add_unsaid(s, path, "no route has a wording", words,
		    w->names.name, w->names.n);
	} else {
		struct slice *media = mem_new(d->nchannels + 1, sizeof *media);

		for (size_t i = 0; i < d->nchannels; i++)
			media[i] = d->channel[i].medium.name;
		add_unsaid(s, path, "no channel has medium", medium, media,
		    d->nchannels);
		free(media);
	}
}

static void
check_medium(struct survey *s, struct slice medium)
{
	const struct directory *d = &s->recipients.directory;
	struct columns files = {0};
	struct fault fault = {0};
	struct buf dir = {0};
	bool known = false;

	for (size_t i = 0; i < d->nchannels; i++)
		known = known || slice_eq(d->channel[i].medium.name, medium);
	buf_addf(&dir, "wording/%.*s", SLICE_ARG(medium));
	/* What is no directory has no files. */
	pack_names(s->pack, buf_str(&dir), &files, &fault);
	for (size_t i = 0; i < files.n; i++)
		check_file(s, medium, known, files.name[i]);
	fault_release(&fault);
	columns_release(&files);
	buf_release(&dir);
}

void
unsaid_check(struct survey *s)
{
	struct columns media = {0};
	struct fault fault = {0};

	if (!s->sound.routes)
		return;
	if (pack_names(s->pack, "wording", &media, &fault) < 0)
		findings_add_fault(
		    &s->found, FOUND_PACK, (struct place){0}, &fault);
	for (size_t i = 0; i < media.n; i++)
		check_medium(s, media.name[i]);
	fault_release(&fault);
	columns_release(&media);
}
