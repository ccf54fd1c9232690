#include "wording.h"

#include <stdint.h>

#include "sms.h"
#include "test.h"
#include "utf8.h"

static struct zone *zone;
static struct table codes_table;
static struct codes codes;

static const char codes_text[] =
    "field\tcode\tword\tspoken\n"
    "priority\tP1\tCritical\tpriority one\n"
    "status\texercise\tEXERCISE\texercise exercise\n";

/* A row of a stream, by names and fields as they stand there. */
static const char *const names[] = {
    "id", "priority", "summary", "details", "received", "why", "status"};
#define COLUMNS (sizeof names / sizeof *names)

/* What is rendered in one test. */
struct message {
	struct medium medium;
	struct wording *wording;
	struct wording_text text;
	struct fault fault;
	const char *status; /* NULL: none */
};

static void
start(
    struct message *m, const char *medium, const char *limit, const char *words)
{
	struct columns columns = {0};

	*m = (struct message){.medium = {.name = slice_of(medium)}};
	if (strcmp(medium, "sms") == 0)
		m->medium.charset = MEDIUM_GSM7;
	if (strcmp(medium, "voice") == 0)
		m->medium.charset = MEDIUM_SPEECH;
	CHECK(medium_limit_read(slice_of(limit), &m->medium.limit) == 0);
	m->wording =
	    wording_read("w.txt", slice_of(words), m->medium.name, &m->fault);
	if (m->wording == NULL) {
		printf("# %s\n", buf_str(&m->fault.text));
		test_now = 1;
		return;
	}
	for (size_t i = 0; i < COLUMNS; i++)
		columns_add(&columns, slice_of(names[i]));
	CHECK(wording_bind(m->wording, &columns, NULL, &m->fault) == 0);
	columns_release(&columns);
}

/* Renders a row of tab-separated fields. */
static void
render(struct message *m, const char *row)
{
	struct slice rest = slice_of(row), field[COLUMNS] = {{"", 0}};
	struct wording_means means = {.say = {&m->medium, &codes, zone},
	    .status = slice_of(m->status ? m->status : "")};

	for (size_t i = 0; i < COLUMNS; i++)
		slice_split(&rest, '\t', &field[i]);
	if (m->wording != NULL)
		wording_render(m->wording, field, &means, &m->text);
}

static void
end(struct message *m)
{
	wording_free(m->wording);
	wording_text_release(&m->text);
	fault_release(&m->fault);
}

/* The whole of a test: words and a row in, the body out. */
static void
check(const char *medium, const char *words, const char *row, const char *want)
{
	struct message m;

	start(&m, medium, "", words);
	render(&m, row);
	CHECK_SLICE(buf_slice(&m.text.body), want);
	end(&m);
}

#define ROW                                                      \
	"20260325-0042\tP1\tmail is down\tline one\\nline two\t" \
	"2026-07-25T08:08:12Z\t\\N\t"

static void
slots_are_filled(void)
{
	check("sms", "{priority} {id} {summary}. Reply ACK {id}\n", ROW,
	    "P1 20260325-0042 mail is down. Reply ACK 20260325-0042");
	check("sms", "a{{{id}}}\r\nx\n\n", ROW, "a{20260325-0042}\nx");
}

static void
escapes_stand_in_strings_and_markup(void)
{
	check("webhook",
	    "{{\"text\": \"{summary|json}\", \"is\": \"{status|json}\"}}",
	    "\t\tsay \"hi\\\\there\"\\n\x01\t\t\t\t",
	    "{\"text\": \"say \\\"hi\\\\there\\\"\\n\\u0001\", \"is\": \"\"}");
	check("webhook", "<a>{summary|short 9|xml}</a>{status}",
	    "\t\t<b> & 'c' \"d\"\t\t\t\t", "<a>&lt;b&gt; &amp; &#39;c…</a>");
	check("webhook", "<a>{why|else <none>|xml}</a>{status}", ROW,
	    "<a>&lt;none&gt;</a>");
}

static void
a_value_can_not_make_a_line_or_a_command(void)
{
	check("sms", "{summary}!",
	    "\t\ta\\r\\nBcc: x\\tb\x1b[2J\x7f\xc2\x9b\xe2\x80\xa8z\t\t\t\t",
	    "a  Bcc: x b [2J   z!");
	check("screen", "{summary}\n{id}", ROW, "mail is down\n20260325-0042");
	check("screen", "{summary}", "\t\ta\xff\xc3z\t\t\t\t", "a??z");
}

static void
an_email_has_a_subject_and_keeps_lines(void)
{
	struct message m;

	start(&m, "email", "1 MiB",
	    "Subject: [{priority}] {summary}\n and "
	    "{id}\n\n\n{details}\n\nBye\n");
	render(&m,
	    "7\tP1\ta\\r\\nBcc: x@y\tone\\r\\ntwo\\tthree\x1b\\rfour\t\t\t");
	CHECK_SLICE(buf_slice(&m.text.subject), "[P1] a  Bcc: x@y  and 7");
	CHECK_SLICE(buf_slice(&m.text.body), "one\ntwo\tthree  four\n\nBye");
	end(&m);
}

static void
what_is_missing_is_counted_and_never_printed(void)
{
	struct message m;

	start(&m, "sms", "", "{why}{id}{details}{why|else -} {received|local}");
	render(&m, "7\t\t\t\\N\tyesterday\t\t");
	CHECK_SLICE(buf_slice(&m.text.body), "7- yesterday");
	CHECK(m.text.said.missing == 2);
	CHECK_SLICE(m.text.said.missing_column, "why");
	CHECK(m.text.said.unreadable == 1);
	render(&m, ROW);
	CHECK(m.text.said.missing == 1 && m.text.said.unreadable == 0);
	end(&m);
}

static void
a_drill_says_so_first(void)
{
	struct message m;

	start(&m, "email", "", "Subject: {id}\n\n{summary}");
	m.status = "exercise";
	render(&m, ROW);
	CHECK_SLICE(buf_slice(&m.text.subject), "EXERCISE: 20260325-0042");
	CHECK_SLICE(buf_slice(&m.text.body), "EXERCISE: mail is down");
	m.status = "actual";
	render(&m, ROW);
	CHECK_SLICE(buf_slice(&m.text.subject), "20260325-0042");
	m.status = "rehearsal\n";
	render(&m, ROW);
	CHECK_SLICE(buf_slice(&m.text.body), "rehearsal : mail is down");
	end(&m);
	start(&m, "voice", "", "{summary}");
	m.status = "exercise";
	render(&m, ROW);
	CHECK_SLICE(buf_slice(&m.text.body), "exercise exercise. mail is down");
	end(&m);
	start(&m, "webhook", "", "{{\"a\": \"{status}\"}}");
	m.status = "exercise";
	render(&m, "\t\t\t\t\t\texercise");
	CHECK_SLICE(buf_slice(&m.text.body), "{\"a\": \"exercise\"}");
	end(&m);
}

/* A row whose summary is n times a letter. */
static void
render_long(struct message *m, const char *letter, size_t n)
{
	struct buf row = {0};

	buf_add_str(&row, "20260325-0042\tP1\t");
	for (size_t i = 0; i < n; i++)
		buf_add_str(&row, letter);
	buf_add_str(&row, "\t\t\t\t");
	render(m, buf_str(&row));
	buf_release(&row);
}

static bool
ends_with(const struct buf *b, const char *end_text)
{
	size_t n = strlen(end_text);

	return b->n >= n && memcmp(b->p + b->n - n, end_text, n) == 0;
}

static void
values_are_cut_and_the_agreed_words_stay(void)
{
	const char *words = "{priority} {id} {summary}. Reply ACK {id}";
	struct message m;

	start(&m, "sms", "3 parts", words);
	render_long(&m, "a", 1000);
	CHECK(sms_size(buf_slice(&m.text.body)).parts == 3);
	CHECK(sms_size(buf_slice(&m.text.body)).units == 459);
	CHECK(ends_with(&m.text.body, "aaa.... Reply ACK 20260325-0042"));
	/* 42 for all else, 3 for the dots. */
	CHECK(m.text.cut == 1000 - (459 - 42 - 3));
	render_long(&m, "ж", 1000);
	CHECK(sms_size(buf_slice(&m.text.body)).units == 201);
	CHECK(ends_with(&m.text.body, "ж.... Reply ACK 20260325-0042"));
	render_long(&m, "a", 417);
	CHECK(m.text.cut == 0 && m.text.body.n == 459);
	end(&m);
}

static void
several_long_values_are_cut_to_one_length(void)
{
	struct message m;

	start(&m, "screen", "100", "{id} {summary}|{details}|");
	render(&m,
	    "7\t\t"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaa\t"
	    "bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"
	    "\t\t\t");
	CHECK_SLICE(buf_slice(&m.text.body),
	    "7 aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa…"
	    "|bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb…|");
	CHECK(m.text.cut == 80 - 47 + 60 - 47);
	end(&m);
}

static void
words_that_are_too_long_are_cut_at_the_end(void)
{
	struct message m;

	start(&m, "screen", "10", "{priority} words that never fit");
	render(&m, ROW);
	CHECK_SLICE(buf_slice(&m.text.body), "P1 words …");
	CHECK(m.text.cut == 14);
	end(&m);
	start(&m, "sms", "1 part",
	    "{id} {summary} {id} {summary} {id} {summary} "
	    "{id} {summary} {id} {summary} {id} {summary} {id} {summary} "
	    "{id} {summary} {id} {summary} {id} {summary} {id} {summary}");
	render_long(&m, "a", 100);
	CHECK(m.text.body.n == 160 && ends_with(&m.text.body, "..."));
	end(&m);
}

static void
every_limit_is_kept(void)
{
	struct message m;

	start(&m, "email", "1 KiB", "Subject: {id}\n\n{summary} x {id}");
	render_long(&m, "ж", 2000);
	CHECK(m.text.subject.n + m.text.body.n <= 1024);
	CHECK(m.text.subject.n + m.text.body.n >= 1023);
	CHECK(ends_with(&m.text.body, "… x 20260325-0042"));
	end(&m);
	start(&m, "voice", "60s", "{summary} press 1");
	render_long(&m, "go ", 200);
	CHECK(ends_with(&m.text.body, " press 1"));
	/* 148 of them and the last with dots. */
	CHECK(m.text.cut > 150 && m.text.cut < 160);
	end(&m);
	start(&m, "email", "", "Subject: {summary}\n\nx");
	render_long(&m, "ж", 2000);
	CHECK(m.text.subject.n == 2 * 199 + 3);
	CHECK(m.text.cut == 1801);
	end(&m);
	start(&m, "webhook", "64 B",
	    "{{\"is\":\"{status}\",\"summary\":\"{summary|json}\"}}");
	render_long(&m, "\"", 100);
	CHECK(m.text.body.n <= 64 && m.text.body.n >= 60);
	CHECK(ends_with(&m.text.body, "\\\"…\"}"));
	m.medium.limit.most = 8;
	render_long(&m, "\"", 100);
	CHECK(m.text.over && ends_with(&m.text.body, "\\\"…\"}"));
	end(&m);
}

/* Adds what a text has lost: "summary 57, subject id 3, words 9". */
static void
add_losses(const struct wording_text *text, struct buf *out)
{
	for (size_t i = 0; i < text->nloss; i++) {
		const struct wording_loss *l = &text->loss[i];

		buf_addf(out, "%s%s%.*s %zu", i > 0 ? ", " : "",
		    l->subject ? "subject " : "",
		    SLICE_ARG(
			l->column.p != NULL ? l->column : slice_of("words")),
		    l->characters);
	}
}

static void
check_losses(const char *medium, const char *limit, const char *words,
    const char *row, const char *want)
{
	struct message m;
	struct buf out = {0};

	start(&m, medium, limit, words);
	render(&m, row);
	add_losses(&m.text, &out);
	CHECK_SLICE(buf_slice(&out), want);
	end(&m);
	buf_release(&out);
}

static void
what_was_left_out_is_told_by_its_place(void)
{
	static const char long_row[] =
	    "7\tP1\tabcdefghijklmnopqrstuvwxyz\tABCDEFGHIJKLMNOPQRSTUVWXYZ\t"
	    "\t\t";

	check_losses("screen", "", "{summary} {details}", long_row, "");
	check_losses("screen", "50", "{summary} {id} {details}", long_row,
	    "summary 4, details 4");
	/* The agreed words lose nothing as long as a value stands last. */
	check_losses("screen", "30", "{summary} {details}", long_row,
	    "summary 7, details 7, details 12");
	check_losses("screen", "30", "{summary} {details}.", long_row,
	    "summary 7, details 7, words 13");
	check_losses(
	    "screen", "10", "{id}{summary}", long_row, "summary 7, summary 12");
	check_losses("screen", "4", "words {id}", long_row, "words 4");
	check_losses("email", "300 B",
	    "Subject: {received|else x}{summary}{details}\n\n{id}{why|else "
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
	    "}",
	    long_row, "why 17");
}

/* Notes "column" for each slot, "-" for one not bound, "?" with an else. */
static void
see_slot(void *ctx, struct slice column, bool bound, bool has_else)
{
	buf_addf(ctx, "%s%.*s%s ", bound ? "" : "-", SLICE_ARG(column),
	    has_else ? "?" : "");
}

static void
slots_are_shown_in_order(void)
{
	struct columns columns = {0}, known = {0};
	struct fault f = {0};
	struct buf out = {0};
	struct wording *w = wording_read("w.txt",
	    slice_of("Subject: {id}\n\nx {party} {id|else a} {{b}}"),
	    slice_of("email"), &f);

	columns_add(&columns, slice_of("id"));
	columns_add(&known, slice_of("party"));
	CHECK(wording_bind(w, &columns, &known, &f) == 0);
	wording_slots(w, see_slot, &out);
	CHECK_SLICE(buf_slice(&out), "id -party id? ");
	wording_free(w);
	columns_release(&columns);
	columns_release(&known);
	fault_release(&f);
	buf_release(&out);
}

/* Numbers that are the same in every run. */
static size_t
draw(size_t n)
{
	static uint64_t random = 88172645463325252;

	random ^= random << 13;
	random ^= random >> 7;
	random ^= random << 17;
	return (size_t)(random % n);
}

/* Adds up to n pieces, each drawn from a list. */
static void
draw_text(struct buf *out, const char *const *piece, size_t pieces, size_t n)
{
	buf_clear(out);
	for (n = draw(n + 1); n > 0; n--)
		buf_add_str(out, piece[draw(pieces)]);
}

#define DRAW(out, list, n) \
	draw_text(out, list, sizeof(list) / sizeof *(list), n)

static void
no_words_and_no_values_pass_a_limit(void)
{
	static const char *const words[] = {"{summary}", "{details|digits}",
	    "{id|phonetic}", "{summary|short 9}", "{why|else none at all}",
	    "{details|json}", "{summary|xml}", "{received|local}",
	    "{priority|spoken}", "Incident ", "VPN 10.5 ", ". ", "€", "ж",
	    "\n"};
	static const char *const letters[] = {"a", "go ", "Z", "7", "0", "-",
	    ".", "@", "\\n", "\\\\", "\"", "<", "é", "ж", "€", "火", "\xff",
	    "\xf0\x9f\x94\xa5"};
	static const char *const limits[] = {"1 part", "2 parts", "4", "60",
	    "500", "4s", "30s", "4 B", "100 B", "1 KiB"};
	static const char *const media[] = {"sms", "voice", "screen"};
	struct buf text = {0}, value = {0}, row = {0};

	for (int round = 0; round < 3000; round++) {
		struct message m;
		struct medium_limit l;

		buf_clear(&row);
		for (size_t i = 0; i < COLUMNS; i++) {
			DRAW(&value, letters, 300);
			buf_addf(
			    &row, "%s%s", i > 0 ? "\t" : "", buf_str(&value));
		}
		DRAW(&text, words, 12);
		buf_add_str(&text, "!");
		start(&m, media[draw(3)], limits[draw(10)], buf_str(&text));
		m.status = draw(2) ? "exercise" : NULL;
		render(&m, buf_str(&row));
		l = m.medium.limit;
		CHECK(medium_size(buf_slice(&m.text.body), l.kind) <= l.most);
		CHECK(!m.text.over && utf8_is_valid(buf_slice(&m.text.body)));
		end(&m);
	}
	buf_release(&text);
	buf_release(&value);
	buf_release(&row);
}

static void
check_fault(const char *medium, const char *words, const char *want)
{
	struct fault f = {0};
	struct columns columns = {0}, known = {0};
	struct wording *w =
	    wording_read("w.txt", slice_of(words), slice_of(medium), &f);

	columns_add(&columns, slice_of("summary"));
	columns_add(&known, slice_of("status"));
	if (w != NULL)
		CHECK(wording_bind(w, &columns, &known, &f) < 0);
	CHECK_SLICE(buf_slice(&f.text), want);
	wording_free(w);
	columns_release(&columns);
	columns_release(&known);
	fault_release(&f);
}

static void
what_is_wrong_is_named_with_its_place(void)
{
	check_fault("sms", "a\nbc {sumary}",
	    "w.txt:2:4: unknown column 'sumary' (did you mean 'summary'?)");
	check_fault("sms", "{stauts}",
	    "w.txt:1:1: unknown column 'stauts' (did you mean 'status'?)");
	check_fault("email", "Subject: {x}\n\na {y|z}",
	    "w.txt:3:6: unknown filter 'z'");
	check_fault("email", "Subject: {x}\n\na {summary}",
	    "w.txt:1:10: unknown column 'x'");
	check_fault("email", "a",
	    "w.txt:1:1: an email starts with 'Subject: ' and an empty line");
	check_fault("email", "Subject: a\nb",
	    "w.txt:1:1: an empty line was expected between subject and body");
	check_fault(
	    "email", "Subject:  \n\nb", "w.txt:1:11: the subject is empty");
	check_fault("sms", "Subject: a\n\nb", "w.txt:1:1: sms has no subject");
	check_fault("sms", "\n\n", "w.txt: empty, agreed words were expected");
	check_fault("sms", "a\x1b",
	    "w.txt: not UTF-8 text, or control characters in it");
	check_fault("webhook", "{{}}",
	    "w.txt:1:1: structured text must have a slot {status}, which "
	    "tells drills and tests");
}

int
main(void)
{
	struct fault f = {0};

	zone = zone_open(slice_of("Europe/London"), &f);
	if (table_read(&codes_table, "codes.tsv", slice_of(codes_text), false,
		&f) < 0 ||
	    codes_load(&codes, &codes_table, &f) < 0)
		return 1;
	RUN(slots_are_filled);
	RUN(escapes_stand_in_strings_and_markup);
	RUN(a_value_can_not_make_a_line_or_a_command);
	RUN(an_email_has_a_subject_and_keeps_lines);
	RUN(what_is_missing_is_counted_and_never_printed);
	RUN(a_drill_says_so_first);
	RUN(values_are_cut_and_the_agreed_words_stay);
	RUN(several_long_values_are_cut_to_one_length);
	RUN(words_that_are_too_long_are_cut_at_the_end);
	RUN(every_limit_is_kept);
	RUN(no_words_and_no_values_pass_a_limit);
	RUN(what_was_left_out_is_told_by_its_place);
	RUN(slots_are_shown_in_order);
	RUN(what_is_wrong_is_named_with_its_place);
	codes_release(&codes);
	table_release(&codes_table);
	zone_free(zone);
	fault_release(&f);
	return test_done();
}
