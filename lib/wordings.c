#include "wordings.h"

#include <stdlib.h>

#include "language.h"

struct wordings_of {
	struct wording **wording;
	struct slice *language; /* of each; empty: of NAME.txt, the first */
	size_t n;
	bool broken; /* a file that there is could not be loaded */
};

int
wordings_open(struct wordings *w, struct pack *pack,
    const struct directory *directory, struct fault *f)
{
	int result = 0;

	w->pack = pack;
	w->directory = directory;
	w->files = mem_new(directory->nchannels + 1, sizeof *w->files);
	for (size_t i = 0; i < directory->nchannels && result == 0; i++) {
		struct buf dir = {0};

		buf_addf(&dir, "wording/%.*s",
		    SLICE_ARG(directory->channel[i].medium.name));
		result = pack_names(pack, buf_str(&dir), &w->files[i], f);
		buf_release(&dir);
	}
	return result;
}

/*
 * Whether a file is one of the wording's, and in which language; empty where
 * its name has none.
 */
static bool
is_of(struct slice file, struct slice name, struct slice *language)
{
	const struct slice end = SLICE(".txt");

	if (file.n < name.n + end.n || memcmp(file.p, name.p, name.n) != 0 ||
	    !slice_ends_in(file, end))
		return false;
	*language = (struct slice){file.p + name.n, file.n - name.n - end.n};
	return language->n == 0 ||
	    (slice_take(language, '.') && language_is_tag(*language));
}

/* Adds a file to the words of a channel, before all where it names none. */
static int
load_file(struct wordings *w, struct wordings_of *of, struct slice medium,
    struct slice file, struct slice language, struct fault *f)
{
	struct buf path = {0};
	size_t at = language.n == 0 ? 0 : of->n;
	struct wording *loaded;

	buf_addf(
	    &path, "wording/%.*s/%.*s", SLICE_ARG(medium), SLICE_ARG(file));
	loaded = wording_load(pack_file(w->pack, buf_str(&path)), medium, f);
	buf_release(&path);
	if (loaded == NULL) {
		of->broken = true;
		return -1;
	}
	of->language[of->n] = of->language[at];
	of->wording[of->n++] = of->wording[at];
	of->language[at] = language;
	of->wording[at] = loaded;
	return 0;
}

/* Loads all files of a wording for one channel. */
static int
load(struct wordings *w, struct wordings_of *of, size_t channel,
    struct slice name, struct fault *f)
{
	const struct columns *files = &w->files[channel];
	struct slice medium = w->directory->channel[channel].medium.name;
	struct slice language;
	size_t most = 1;

	for (size_t i = 0; i < files->n; i++)
		most += is_of(files->name[i], name, &language);
	of->wording = arena_new(&w->arena, most * sizeof(struct wording *));
	of->language = arena_new(&w->arena, most * sizeof *of->language);
	for (size_t i = 0; i < files->n; i++) {
		if (is_of(files->name[i], name, &language) &&
		    load_file(w, of, medium, files->name[i], language, f) < 0 &&
		    fault_keep(f) < 0)
			return -1;
	}
	return 0;
}

int
wordings_find(
    struct wordings *w, struct slice name, size_t *place, struct fault *f)
{
	size_t channels = w->directory->nchannels;
	size_t known = w->names.n, found = 0;
	struct wordings_of *of;

	*place = columns_add(&w->names, name);
	if (*place == known) {
		w->of = mem_resize(
		    w->of, w->names.n * (channels + 1), sizeof *w->of);
		memset(&w->of[known * channels], 0, channels * sizeof *w->of);
	}
	of = &w->of[*place * channels];
	for (size_t i = 0; i < channels; i++) {
		if (*place == known && load(w, &of[i], i, name, f) < 0)
			return -1;
		found += of[i].n + of[i].broken;
	}
	return found > 0;
}

bool
wordings_have(const struct wordings *w, struct slice file)
{
	struct slice language;

	for (size_t i = 0; i < w->names.n; i++) {
		if (is_of(file, w->names.name[i], &language))
			return true;
	}
	return false;
}

int
wordings_bind(struct wordings *w, size_t place, const struct columns *columns,
    const struct columns *known, struct fault *f)
{
	size_t channels = w->directory->nchannels;

	for (size_t i = 0; i < channels; i++) {
		struct wordings_of *of = &w->of[place * channels + i];

		for (size_t k = 0; k < of->n; k++) {
			if (wording_bind(of->wording[k], columns, known, f) <
				0 &&
			    fault_keep(f) < 0)
				return -1;
		}
	}
	return 0;
}

static const struct wordings_of *
words_of(const struct wordings *w, size_t place, size_t channel)
{
	return &w->of[place * w->directory->nchannels + channel];
}

const struct wording *
wordings_each(const struct wordings *w, size_t place, size_t channel, size_t i,
    struct slice *language)
{
	const struct wordings_of *of = words_of(w, place, channel);

	if (i >= of->n)
		return NULL;
	*language = of->language[i];
	return of->wording[i];
}

const struct wording *
wordings_words(const struct wordings *w, size_t place, size_t channel,
    struct slice language)
{
	const struct wordings_of *of = words_of(w, place, channel);
	size_t at = language_lookup(language, of->language, of->n);

	if (at < of->n)
		return of->wording[at];
	return of->n > 0 && of->language[0].n == 0 ? of->wording[0] : NULL;
}

void
wordings_release(struct wordings *w)
{
	size_t channels = w->directory != NULL ? w->directory->nchannels : 0;

	for (size_t i = 0; i < w->names.n * channels; i++) {
		for (size_t k = 0; k < w->of[i].n; k++)
			wording_free(w->of[i].wording[k]);
	}
	for (size_t i = 0; w->files != NULL && i < channels; i++)
		columns_release(&w->files[i]);
	free(w->files);
	free(w->of);
	columns_release(&w->names);
	arena_release(&w->arena);
	*w = (struct wordings){0};
}
