/*
 * inc-import --guess: reads an export to its end, a profile for each column,
 * and tells what is in it: on standard output a row for each column, on
 * standard error what holds for the whole and what a person has to decide.
 */
#include "import_guess.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diag.h"
#include "draft.h"
#include "encoding.h"
#include "guess.h"
#include "import_report.h"
#include "input.h"
#include "maps.h"
#include "mem.h"
#include "output.h"
#include "portrait.h"
#include "utf8.h"

#define BAD_SHOWN 3                    /* records that are said one by one */
#define SAMPLE_BYTES ((size_t)65536)   /* of records that are not UTF-8 */
#define COLUMNS_MAX JSONIN_COLUMNS_MAX /* each takes some 12 KiB */

struct work {
	struct sheet sheet;
	struct profile *profile;
	struct guess guess;
	const char *file; /* the first */
	size_t more;      /* files after it */
	size_t records, bad;
	char *array;       /* of records in JSON; or NULL */
	struct buf sample; /* of what is not UTF-8 */
	struct buf text;   /* scratch */
};

static int
fail(const struct fault *f)
{
	diag_fault(STATUS_FAILED, f);
	return -1;
}

/* Says a record that can't be read, and keeps it as a sample. */
static void
see_bad(struct work *w)
{
	struct sheet *s = &w->sheet;

	if (w->bad++ < BAD_SHOWN)
		diag_fault(STATUS_PARTIAL, &s->fault);
	if (!utf8_is_valid(s->row))
		buf_add(&w->sample, s->row.p,
		    s->row.n < SAMPLE_BYTES - w->sample.n
			? s->row.n
			: SAMPLE_BYTES - w->sample.n);
}

/* Says which encoding it may be in, where a part is not UTF-8. */
static void
say_encoding(struct work *w)
{
	if (w->sheet.not_utf8 == 0)
		return;
	if (w->sample.n == 0) /* it was the header */
		buf_add_slice(&w->sample, w->sheet.row);
	diag_notice("where it is of another encoding, --encoding names it: "
		    "perhaps %s",
	    encoding_likely(buf_slice(&w->sample)));
}

/* Reads all records.  Returns 0, or -1 after saying why. */
static int
read_all(struct work *w)
{
	struct sheet *s = &w->sheet;
	int got;

	w->profile = mem_new(s->n + 1, sizeof *w->profile);
	for (size_t i = 0; i < s->n; i++)
		profile_init(&w->profile[i], s->n);
	while ((got = sheet_next(s)) > SHEET_END) {
		if (got == SHEET_BAD) {
			see_bad(w);
			continue;
		}
		w->records++;
		for (size_t i = 0; i < s->n; i++)
			profile_see(&w->profile[i], s->field[i]);
	}
	return got == SHEET_FAILED ? fail(&s->fault) : 0;
}

/* Says how the export is written, and what of it can't be read. */
static void
say_form(struct work *w)
{
	const struct sheet *s = &w->sheet;
	char delimiter[] = {'\'', s->delimiter, '\'', '\0'};

	buf_clear(&w->text);
	if (w->more > 0)
		buf_addf(&w->text, " and %zu more file%s", w->more,
		    w->more == 1 ? "" : "s");
	buf_addf(&w->text, ": %zu record%s of %zu column%s, ", w->records,
	    w->records == 1 ? "" : "s", s->n, s->n == 1 ? "" : "s");
	if (s->delimiter == 0)
		buf_addf(&w->text, "in JSON%s%s",
		    w->array != NULL ? ", the array " : "",
		    w->array != NULL ? w->array : "");
	else
		buf_addf(&w->text, "in %s, separated by %s", s->encoding,
		    s->delimiter == '\t' ? "tabs" : delimiter);
	diag_notice("%s%s", w->file, buf_str(&w->text));
	if (w->bad > BAD_SHOWN)
		diag_notice("%zu records in all can't be read", w->bad);
}

/* Whether the name of a column is what stands in rows: a time, 40.0884. */
static bool
is_value(struct slice name)
{
	struct profile p = {0};
	enum profile_kind kind;

	profile_init(&p, 1);
	profile_see(&p, name);
	kind = profile_kind(&p);
	profile_release(&p);
	return kind == PROFILE_TIME || kind == PROFILE_CLOCK ||
	    kind == PROFILE_DECIMAL;
}

/* Asks for names where the header seems to be a record. */
static void
say_header(const struct sheet *s)
{
	for (size_t i = 0; i < s->n; i++) {
		if (!is_value(s->name[i]))
			continue;
		diag_notice("'%.*s' is no name: where the first line is a "
			    "record, -H names the columns",
		    SLICE_ARG(s->name[i]));
		return;
	}
}

/* Says what the whole looks like, and asks. */
static void
say_guess(struct work *w)
{
	const struct guess *g = &w->guess;

	buf_clear(&w->text);
	maps_add_fitting(
	    &w->text, w->sheet.name, w->sheet.n, w->sheet.delimiter == 0);
	if (w->text.n > 0)
		diag_notice("a shipped map fits, as in inc-import -m MAP: %s",
		    buf_str(&w->text));
	if (w->sheet.form.names == NULL && w->sheet.delimiter != 0)
		say_header(&w->sheet);
	if (g->id == GUESS_NONE)
		diag_notice("no column looks like an id");
	if (guess_find(g, "received") == GUESS_NONE &&
	    guess_find(g, "updated") == GUESS_NONE)
		diag_notice("no column looks like the time of a report");
	if (g->trail) {
		buf_clear(&w->text);
		portrait_add(&w->text, g, g->id, PORTRAIT_COLUMN);
		diag_notice("%s: one id stands on several rows, as in an audit "
			    "trail: inc-log current - makes one of them",
		    buf_str(&w->text));
	}
	buf_clear(&w->text);
	portrait_add_marks(&w->text, g);
	if (w->text.n > 0)
		diag_notice("read as missing: %s", buf_str(&w->text));
	for (size_t i = 0; i < PORTRAIT_ASKS; i++) {
		buf_clear(&w->text);
		if (portrait_add_question(&w->text, g, i) > 0)
			diag_notice("ask: %s", buf_str(&w->text));
	}
}

/* Says how the map is used: with what the export had to be read by here. */
static void
say_written(const struct sheet_form *form, const char *path)
{
	struct buf how = {0};

	if (form->encoding != NULL)
		buf_addf(&how, " --encoding %s", form->encoding);
	if (form->delimiter == '\t')
		buf_add_str(&how, " --delimiter tab");
	else if (form->delimiter != 0)
		buf_addf(&how, " --delimiter '%c'", form->delimiter);
	diag_notice("'%s' is written: see to its lines with ASK, then "
		    "inc-import -m %s%s%s",
	    path, strchr(path, '/') != NULL ? "" : "./", path, buf_str(&how));
	buf_release(&how);
}

/* Writes a draft to a path, where no file may be.  0, or -1 said. */
static int
write_draft(struct work *w, const char *path)
{
	struct draft_form form = {.file = w->file,
	    .headless = w->sheet.form.names != NULL && w->sheet.delimiter != 0,
	    .json = w->sheet.delimiter == 0,
	    .records = slice_of(w->array != NULL ? w->array : "")};
	struct output out = {0};
	struct fault fault = {0};
	int result = 0;

	buf_clear(&w->text);
	if (draft_add(&w->text, &w->guess, &form, &fault) < 0) {
		fail(&fault);
		fault_release(&fault);
		return -1;
	}
	if (output_create_new(&out, path) < 0) {
		result = fail(&out.fault);
	} else {
		output_add(&out, buf_slice(&w->text));
		if (output_close(&out) < 0) {
			result = fail(&out.fault);
			unlink(path); /* half a map is none */
		}
	}
	if (result == 0)
		say_written(&w->sheet.form, path);
	output_release(&out);
	return result;
}

/* Forgets what was read, and what was found in it. */
static void
forget(struct work *w)
{
	guess_release(&w->guess);
	for (size_t i = 0; i < w->sheet.n && w->profile != NULL; i++)
		profile_release(&w->profile[i]);
	free(w->profile);
	w->profile = NULL;
	w->records = w->bad = 0;
	sheet_release(&w->sheet);
}

/* Reads the export and guesses.  Returns 0, or -1 after saying why. */
static int
look(struct work *w, const struct sheet_form *form, char *const *operands,
    size_t n)
{
	if (sheet_open(&w->sheet, operands, n, form) < 0)
		return fail(&w->sheet.fault);
	if (w->sheet.n > COLUMNS_MAX) {
		fault_at(&w->sheet.fault, (struct place){.file = w->sheet.file},
		    "%zu columns, at most %zu were expected: data in place of "
		    "names?",
		    w->sheet.n, COLUMNS_MAX);
		return fail(&w->sheet.fault);
	}
	w->file = w->sheet.file;
	w->more = n > 1 ? n - 1 : 0;
	if (read_all(w) < 0)
		return -1;
	guess_make(&w->guess, w->sheet.name, w->profile, w->sheet.n);
	return 0;
}

/* Whether the operands are files that can be read again. */
static bool
can_reread(char *const *operands, size_t n)
{
	struct fault unheard = {0};
	bool can = n > 0;

	for (size_t i = 0; i < n; i++)
		can = can && input_look(operands[i], &unheard) > 0;
	fault_release(&unheard);
	return can;
}

/*
 * Whether the export is one value of JSON around an array, in which the
 * records are then; its name is set.
 */
static bool
find_array(struct work *w)
{
	if (w->sheet.delimiter != 0 || w->records != 1)
		return false;
	for (size_t i = 0; i < w->guess.n && w->array == NULL; i++) {
		const struct guess_column *c = &w->guess.column[i];

		if ((c->asks & GUESS_ARRAY) != 0 &&
		    slice_starts(c->profile->value[0].text, "[{") &&
		    draft_can_name(c->name))
			w->array = mem_copy(c->name.p, c->name.n);
	}
	return w->array != NULL;
}

int
import_guess(const struct options *options, const struct sheet_form *form,
    char *const *operands, size_t n, const char *map)
{
	struct sheet_form loose = *form;
	struct work w = {0};
	int result;

	loose.loose = true;
	result = look(&w, &loose, operands, n);
	if (result == 0 && can_reread(operands, n) && find_array(&w)) {
		loose.records = slice_of(w.array);
		forget(&w);
		result = look(&w, &loose, operands, n);
	}
	if (result == 0 && import_report(&w.guess, options) == 0) {
		say_form(&w);
		say_guess(&w);
		if (map != NULL)
			write_draft(&w, map);
	}
	say_encoding(&w);
	forget(&w);
	free(w.array);
	buf_release(&w.sample);
	buf_release(&w.text);
	return (int)diag_status();
}
