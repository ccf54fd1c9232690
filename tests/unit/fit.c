#include "fit.h"

#include "dir.h"
#include "speech.h"

static struct pack pack;
static struct codes codes;
static struct specimens specimens;
static struct fit fit;
static struct wording *wording; /* what was tried last */
static struct fault fault;

/* Tries words for a medium. */
static void
try(const char *name, enum medium_charset charset, const char *limit,
    const char *words)
{
	struct medium medium = {slice_of(name), charset, {0}};
	struct fit_means means = {&specimens, &codes, pack.zone};

	wording_free(wording);
	wording = wording_read("w", slice_of(words), medium.name, &fault);
	CHECK(medium_limit_read(slice_of(limit), &medium.limit) == 0);
	CHECK(wording != NULL &&
	    wording_bind(wording, &specimens.columns, &pack.known, &fault) ==
		0);
	if (wording != NULL)
		fit_try(&fit, wording, &medium, &means);
}

/* What came of it: "SIZE VERDICT: CUT". */
static void
check(const char *want)
{
	struct buf out = {0};

	medium_size_add(&out, fit.size);
	buf_addf(&out, " %.*s: ", SLICE_ARG(fit_verdict_name(fit.verdict)));
	fit_add_cut(&fit, &out);
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

static void
check_body(const char *want)
{
	CHECK_SLICE(buf_slice(&fit.sent.body), want);
}

static void
words_are_filled_with_the_longest_values(void)
{
	try("screen", MEDIUM_UTF8, "", "{id} {site} {party|else nobody}");
	check("43 fits: ");
	check_body("EXERCISE: 20261228-8888 site site si nobody");
}

static void
of_several_values_the_one_that_is_longest_here_is_taken(void)
{
	try("screen", MEDIUM_UTF8, "", "{priority}.{priority|word}");
	check_body("EXERCISE: P1.Critical");
	try("voice", MEDIUM_SPEECH, "", "{priority|spoken}");
	check_body("rehearsal. priority number two");
	/* Read aloud two letters of a code are two words. */
	try("voice", MEDIUM_SPEECH, "9s", "{unit}");
	check_body("rehearsal. QRX");
}

static void
what_is_cut_is_told(void)
{
	try("screen", MEDIUM_UTF8, "60", "{id} {summary}.");
	check("185 values cut: summary 126");
	CHECK(slice_characters(buf_slice(&fit.sent.body)) == 60);
	try("screen", MEDIUM_UTF8, "30", "{id} {summary}.");
	check("185 words cut: summary 141, words 16");
	try("screen", MEDIUM_UTF8, "30", "{id} {summary}");
	check("184 values cut: summary 141, summary 15");
}

static void
a_subject_has_its_own_limit(void)
{
	try("email", MEDIUM_UTF8, "1 KiB",
	    "Subject: {id} {summary} {summary}\n\n{site}");
	check("225 B values cut: subject summary 74, subject summary 74");
	try("email", MEDIUM_UTF8, "100 B", "Subject: {id}\n\n{site} {site}");
	check("58 B fits: ");
}

static void
every_unit_is_told(void)
{
	try("sms", MEDIUM_GSM7, "3 parts", "{summary}");
	check("2 parts fits: ");
	/* rehearsal and 32 words: 33, of which 30 s hold 75. */
	try("voice", MEDIUM_SPEECH, "30s", "{summary}");
	check("14s fits: ");
	try("voice", MEDIUM_SPEECH, "10s", "{summary}");
	check("14s values cut: summary 40");
	CHECK(speech_words(buf_slice(&fit.sent.body)) <= 25);
}

static void
structured_text_that_is_too_long_has_no_room_for_its_words(void)
{
	try("webhook", MEDIUM_UTF8, "20",
	    "{{\"status\": \"{status}\", \"what\": \"{summary|json}\"}}");
	CHECK(fit.sent.over && fit.verdict == FIT_WORDS);
}

static void
check_outside(enum medium_charset charset, const char *words, const char *want)
{
	struct medium medium = {.charset = charset};
	struct buf out = {0};

	try("sms", charset, "3 parts", words);
	fit_add_outside(&fit, &medium, &out);
	CHECK_SLICE(buf_slice(&out), want);
	buf_release(&out);
}

static void
characters_outside_the_alphabet_are_told_once(void)
{
	check_outside(MEDIUM_GSM7, "{id}: é €", "");
	check_outside(MEDIUM_GSM7, "“{id}” – ‘ok’ – “", "“”–‘’");
	check_outside(MEDIUM_UTF8, "“{id}”", "");
}

static int
load(void)
{
	struct table *t;

	if (pack_open(&pack, in_dir("p"), "share", &fault) < 0 ||
	    pack_table(&pack, "codes", &t, &fault) < 0 ||
	    codes_load(&codes, t, &fault) < 0)
		return -1;
	return specimens_load(&specimens, &pack, &codes, &fault);
}

int
main(void)
{
	dir_begin();
	dir_make("p");
	dir_put("p/pack.tsv", "name\ntest\n");
	dir_put("p/fields.tsv",
	    "name\tvalues\tlongest\nsite\t\t12\nunit\tdesk QRX\t\n");
	dir_put("p/codes.tsv",
	    "field\tcode\tword\tspoken\n"
	    "priority\tP1\tCritical\tone\n"
	    "priority\tP2\tHigh\tpriority number two\n"
	    "status\tactual\t\t\n"
	    "status\texercise\tEXERCISE\trehearsal\n");
	CHECK(load() == 0);
	RUN(words_are_filled_with_the_longest_values);
	RUN(of_several_values_the_one_that_is_longest_here_is_taken);
	RUN(what_is_cut_is_told);
	RUN(a_subject_has_its_own_limit);
	RUN(every_unit_is_told);
	RUN(structured_text_that_is_too_long_has_no_room_for_its_words);
	RUN(characters_outside_the_alphabet_are_told_once);
	fit_release(&fit);
	wording_free(wording);
	specimens_release(&specimens);
	codes_release(&codes);
	pack_release(&pack);
	dir_end();
	fault_release(&fault);
	return test_done();
}
