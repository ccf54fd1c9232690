/*
 * inc-import: turns an export (CSV, TSV or JSON) into inc's stream, by a map
 * that says which of its columns become which of ours.  Each record stands for
 * itself: read, mapped, written.  A record that can't be read is said, kept in
 * --rejects and passed over.
 */
#include <stdlib.h>
#include <string.h>

#include "diag.h"
#include "files.h"
#include "import_guess.h"
#include "import_rows.h"
#include "maps.h"
#include "mem.h"
#include "options.h"
#include "site.h"
#include "streamout.h"
#include "vocabulary.h"

static const char *map_name, *delimiter, *encoding, *draft;
static bool list_maps, guess;

static const struct option_spec own[] = {
    {"map", 'm', OPTION_TEXT, &map_name, NULL, "MAP",
	"a shipped map, or the path of one"},
    {"delimiter", 0, OPTION_TEXT, &delimiter, NULL, "CHAR",
	"what separates fields: , ; tab (default: look)"},
    {"encoding", 0, OPTION_TEXT, &encoding, NULL, "NAME",
	"of the input, as iconv(1) calls it (default: UTF-8)"},
    {"guess", 0, OPTION_FLAG, &guess, NULL, NULL,
	"print what is in an export of which no map is known"},
    {"write-map", 0, OPTION_TEXT, &draft, NULL, "FILE",
	"with --guess: write a draft of a map there"},
    {"list-maps", 0, OPTION_FLAG, &list_maps, NULL, NULL,
	"print the shipped maps"},
    {0}};

static const struct program program = {
    .purpose = "Turns an export (CSV, TSV or JSON) into inc's stream.",
    .synopsis = "-m MAP [--delimiter CHAR] [--encoding NAME] [-H NAMES] "
		"[--rejects FILE] [FILE ...]\n"
		"--guess [--write-map FILE] [--delimiter CHAR] "
		"[--encoding NAME] [-H NAMES] [FILE ...]\n"
		"--list-maps",
    .shared = OPTIONS_PACK | OPTIONS_INPUT | OPTIONS_OUTPUT | OPTIONS_JOBS,
    .option = own,
};

static int
fail(const struct fault *f)
{
	diag_fault(STATUS_FAILED, f);
	return -1;
}

/* Loads the procedures, if any, and the map.  0, or -1 after saying why. */
static int
load(struct import *w, const struct options *options)
{
	struct fault fault = {0};
	char *path;

	if (site_pack(&w->pack, options) < 0)
		return -1;
	path = maps_find(map_name);
	if (path == NULL)
		return -1;
	w->map = map_load(path, w->pack.zone, &fault);
	if (w->map == NULL)
		fail(&fault);
	free(path);
	fault_release(&fault);
	return w->map != NULL ? 0 : -1;
}

/* The byte that --delimiter means; 0 where it is not given. */
static char
read_delimiter(void)
{
	if (delimiter == NULL)
		return 0;
	if (strcmp(delimiter, "tab") == 0 || strcmp(delimiter, "\\t") == 0)
		return '\t';
	if (delimiter[0] == '\0' || delimiter[1] != '\0' ||
	    strchr("\"\r\n", delimiter[0]) != NULL ||
	    (unsigned char)delimiter[0] >= 0x80)
		options_misuse("--delimiter '%s': one character such as , or "
			       "; or the word tab was expected",
		    delimiter);
	return delimiter[0];
}

/* Says which fields of the map look like a slip of the pen. */
static void
say_odd_fields(const struct import *w)
{
	struct columns known = {0};

	vocabulary_add(&known);
	columns_add_all(&known, &w->pack.known);
	for (size_t i = 0; i < w->map->fields.n; i++) {
		struct slice name = w->map->fields.name[i];
		struct slice meant = columns_meant(&known, name);

		if (meant.n > 0)
			diag_notice(
			    "the map '%s' sets '%.*s', which is none of "
			    "inc's own (did you mean '%.*s'?)",
			    map_name, SLICE_ARG(name), SLICE_ARG(meant));
	}
	columns_release(&known);
}

/* Says which columns the export lacks. */
static void
say_lacks(const struct import *w)
{
	const struct columns *lacks = &w->map->lacks;
	struct buf names = {0};

	for (size_t i = 0; i < lacks->n; i++)
		buf_addf(&names, "%s'%.*s'", i > 0 ? ", " : "",
		    SLICE_ARG(lacks->name[i]));
	if (lacks->n > 0)
		diag_notice("%s has no column %s, which the map '%s' names",
		    w->sheet.file, buf_str(&names), map_name);
	buf_release(&names);
}

/* How the export is read, as far as the options say. */
static struct sheet_form
form_of(const struct options *options)
{
	return (struct sheet_form){.delimiter = read_delimiter(),
	    .encoding = encoding,
	    .names = options->header};
}

/* Opens input, map and output.  Returns 0, or -1 after saying why. */
static int
start(struct import *w, const struct options *options, struct sheet_form form,
    char *const *operands, size_t n)
{
	struct station *station = &w->station;
	struct sheet *s = &w->sheet;
	struct fault fault = {0};
	struct place header;

	if (load(w, options) < 0)
		return -1;
	form.headless = map_is_headless(w->map);
	form.numbered = map_picks_by_number(w->map);
	form.joins = &w->map->whole.joins;
	form.records = w->map->whole.records;
	form.rows = &w->map->whole.rows;
	if (sheet_open(s, operands, n, &form) < 0) {
		fail(&s->fault);
		import_say_encoding(s);
		return -1;
	}
	header = (struct place){.file = s->file, .line = s->line};
	if (map_bind(w->map, s->name, s->n, header, &fault) < 0) {
		fail(&fault);
		fault_release(&fault);
		return -1;
	}
	say_odd_fields(w);
	say_lacks(w);
	if (station_open_rejects(station, options) < 0)
		return -1;
	if (stream_writer_header(&station->out, &w->map->out) < 0)
		return station_fail(station, &station->out.out.fault);
	return 0;
}

/* Writes out, closes, frees.  Returns the exit status. */
static int
finish(struct import *w)
{
	station_close(&w->station);
	sheet_release(&w->sheet);
	map_free(w->map);
	pack_release(&w->pack);
	return (int)diag_status();
}

/* Guesses what is in an export.  Returns the exit status. */
static int
run_guess(const struct options *options, const struct sheet_form *form,
    char *const *operands, size_t n)
{
	if (map_name != NULL)
		options_misuse("--guess and -m: one or the other");
	if (options->rejects != NULL)
		options_misuse("--rejects goes with -m");
	if (draft != NULL &&
	    (strlen(draft) < 5 || !slice_ends(slice_of(draft), ".tsv")))
		options_misuse("--write-map '%s': a name that ends in .tsv was "
			       "expected",
		    draft);
	if (draft != NULL && file_exists(draft)) {
		diag_say(STATUS_FAILED, "'%s' is there already", draft);
		return (int)diag_status();
	}
	return import_guess(options, form, operands, n, draft);
}

int
main(int argc, char **argv)
{
	struct options options;
	struct import w = {0};
	size_t n = options_read(&program, &options, argc, argv);
	struct sheet_form form = form_of(&options);

	if (list_maps)
		return maps_print(options.no_header);
	if (guess)
		return run_guess(&options, &form, argv + argc - n, n);
	if (draft != NULL)
		options_misuse("--write-map goes with --guess");
	if (map_name == NULL || *map_name == '\0')
		options_misuse("-m MAP is missing (--list-maps prints them, "
			       "--guess looks at an export)");
	station_open(&w.station, &options);
	w.now = options.now;
	if (start(&w, &options, form, argv + argc - n, n) == 0)
		import_rows(&w, options.jobs);
	return finish(&w);
}
