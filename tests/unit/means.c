#include "means.h"

#include <signal.h>

#include "message.h"
#include "test.h"

#define HEADER                                                     \
	"medium\ttell\tdeliver\tform\ttimeout\tfailures\tacknowle" \
	"dge\tthrottle\n"

static struct table table;
static struct means_list list;
static struct fault fault;

static int
load(const char *rows)
{
	struct buf text = {0};
	int result;

	means_release(&list);
	table_release(&table);
	table = (struct table){0};
	buf_addf(&text, HEADER "%s", rows);
	CHECK(table_read(&table, "channels.tsv", buf_slice(&text), false,
		  &fault) == 0);
	buf_release(&text);
	result = means_load(&list, &table, &fault);
	return result;
}

/* Checks what is said of a row that is faulty. */
#define REFUSED(row, want)                                 \
	do {                                               \
		CHECK(load(row) < 0);                      \
		CHECK_SLICE(buf_slice(&fault.text), want); \
	} while (0)

static void
a_row_is_read(void)
{
	const struct means *m;

	CHECK(load("email\tlow\tsendmail -i -- {address}\tmail\t2m\t"
		   "75=temporary 4xx=temporary\treply\t"
		   "3/15m 7/1h except low\n"
		   "pager\t\t\t\t\t\t\t\n") == 0);
	CHECK(list.n == 2);
	m = means_find(&list, slice_of("email"));
	CHECK(m == &list.means[0]);
	m = &list.means[0];
	CHECK(m->nwords == 4 && m->form == MEANS_MAIL);
	CHECK(m->timeout_s == 120 && m->acknowledges && m->nwindows == 2);
	CHECK(m->window[0].most == 3 && m->window[0].span_s == 900);
	CHECK(m->window[1].most == 7 && m->window[1].span_s == 3600);
	CHECK(
	    m->word[3].n == 1 && m->word[3].piece[0].index == MESSAGE_ADDRESS);
	CHECK(!means_throttles(m, slice_of("low")));
	CHECK(means_throttles(m, slice_of("medium")));
	m = means_find(&list, slice_of("pager"));
	CHECK(m == &list.means[1]);
	m = &list.means[1];
	CHECK(m->nwords == 0 && m->form == MEANS_TEXT);
	CHECK(m->timeout_s == 60 && !m->acknowledges);
	CHECK(!means_throttles(m, slice_of("low")));
	CHECK(means_find(&list, slice_of("fax")) == NULL);
}

static void
a_value_within_an_argument_is_found(void)
{
	const struct means *m;

	CHECK(load("x\t\tnotify --to={address}/{try} {{}}\n") == 0);
	m = &list.means[0];
	CHECK(m->nwords == 3 && m->word[1].n == 4);
	CHECK(m->word[1].piece[3].index == MESSAGE_TRY);
	CHECK_SLICE(m->word[2].piece[0].text, "{");
}

static void
what_is_wrong_is_refused_with_its_place(void)
{
	REFUSED("x\t\tpost {adress}\n",
	    "channels.tsv:2:9: unknown value '{adress}': {address}, "
	    "{message}, {id}, {party}, {try}, {subject} or {status} was "
	    "expected (did you mean 'address'?)");
	REFUSED("x\t\tpost --to={address\n",
	    "channels.tsv:2:14: '{' without its '}' ('{{' stands for a "
	    "brace)");
	REFUSED("x\t\tpost {address|json}\n",
	    "channels.tsv:2:9: a slot in deliver has no filters");
	REFUSED("x\t\t{address} x\n",
	    "channels.tsv:2:4: the name of a command was expected, no value");
	REFUSED("x\t\tpost\tjsno\n",
	    "channels.tsv:2:9: form 'jsno': text, mail or json was expected "
	    "(did you mean 'json'?)");
	REFUSED("x\t\tpost\t\t0s\n",
	    "channels.tsv:2:10: timeout '0s': a time from 1s to 1h was "
	    "expected");
	REFUSED("x\t\tpost\t\t2h\n",
	    "channels.tsv:2:10: timeout '2h': a time from 1s to 1h was "
	    "expected");
	REFUSED("x\t\tpost\t\t\t\trepyl\n",
	    "channels.tsv:2:12: acknowledge 'repyl': keypress, reply, http or "
	    "key was expected (did you mean 'reply'?)");
	REFUSED("\t\tpost\n",
	    "channels.tsv:2:1: a medium was expected, as sms or email");
	REFUSED("x\t\tpost\nx\t\tpost\n",
	    "channels.tsv:3:1: medium 'x' is there twice");
}

static void
wrong_failures_are_refused(void)
{
	static const char *const wrong[] = {"75", "=temporary", "0=permanent",
	    "256=temporary", "2xx=permanent", "1xx=permanent", "4XX=temporary",
	    "1000=permanent", "-1=temporary", "4x=temporary", "xxx=temporary"};
	struct buf row = {0}, want = {0};

	for (size_t i = 0; i < LEN(wrong); i++) {
		buf_clear(&row);
		buf_clear(&want);
		buf_addf(&row, "x\t\tpost\t\t\t1=permanent %s\n", wrong[i]);
		buf_addf(&want,
		    "channels.tsv:2:23: failures '%s': a status from 1 to 255, "
		    "a code from 300 or a class from 3xx, and what it means, "
		    "as in 75=temporary was expected",
		    wrong[i]);
		REFUSED(buf_str(&row), buf_str(&want));
	}
	buf_release(&row);
	buf_release(&want);
	REFUSED("x\t\tpost\t\t\t75=temporay\n",
	    "channels.tsv:2:14: failures 'temporay': temporary or permanent "
	    "was expected (did you mean 'temporary'?)");
	REFUSED("x\t\tpost\t\t\t4xx=temporary 400=permanent 4xx=permanent\n",
	    "channels.tsv:2:39: '4xx' is there twice");
}

static void
wrong_throttles_are_refused(void)
{
	static const char *const wrong[] = {
	    "3", "0/15m", "3/", "/15m", "3/15", "3/0s", "x/15m", "3/53w"};
	struct buf row = {0}, want = {0};

	for (size_t i = 0; i < LEN(wrong); i++) {
		buf_clear(&row);
		buf_clear(&want);
		buf_addf(&row, "x\t\tpost\t\t\t\t\t%s\n", wrong[i]);
		buf_addf(&want,
		    "channels.tsv:2:13: throttle '%s': how many within how "
		    "long, as in 3/15m, or except was expected",
		    wrong[i]);
		REFUSED(buf_str(&row), buf_str(&want));
	}
	buf_release(&row);
	buf_release(&want);
	REFUSED("x\turgent\tpost\t\t\t\t\t3/15m except urgetn\n",
	    "channels.tsv:2:32: no medium serves for tell 'urgetn' (did you "
	    "mean 'urgent'?)");
	REFUSED("x\turgent\tpost\t\t\t\t\t3/15m except\n",
	    "channels.tsv:2:25: 'except' stands behind the windows and before "
	    "words of tell");
	REFUSED("x\turgent\tpost\t\t\t\t\texcept urgent\n",
	    "channels.tsv:2:19: 'except' stands behind the windows and before "
	    "words of tell");
}

static void
all_faulty_rows_are_kept_where_faults_are(void)
{
	struct faults kept = {0};
	struct fault f = {.kept = &kept};

	CHECK(load("a\t\tx\nb\t\tx\n") == 0);
	means_release(&list);
	table_release(&table);
	table = (struct table){0};
	CHECK(table_read(&table, "channels.tsv",
		  slice_of("medium\ttimeout\na\tx\nb\t1s\nc\ty\n"), false,
		  &f) == 0);
	CHECK(means_load(&list, &table, &f) == 0);
	CHECK(kept.n == 2 && kept.fault[1].line == 4);
	fault_release(&f);
	faults_release(&kept);
}

/* What became of an attempt with these failures. */
static enum means_verdict
judge(const char *failures, struct answer r)
{
	struct buf row = {0};

	buf_addf(&row, "x\t\tpost\t\t\t%s\n", failures);
	CHECK(load(buf_str(&row)) == 0);
	buf_release(&row);
	return means_judge(&list.means[0], &r);
}

#define ENDED(n) ((struct answer){.status = (n)})
#define CODE(n, c) ((struct answer){.status = (n), .code = (c)})

static void
a_status_is_judged(void)
{
	for (int i = 1; i < 256; i++) {
		bool permanent = (i >= 64 && i <= 69) || i == 77 || i == 78 ||
		    i == 126 || i == 127;

		CHECK(judge("", ENDED(i)) ==
		    (permanent ? MEANS_PERMANENT : MEANS_TEMPORARY));
	}
	CHECK(judge("", ENDED(0)) == MEANS_DONE);
	CHECK(judge("1=permanent 69=temporary", ENDED(1)) == MEANS_PERMANENT);
	CHECK(judge("1=permanent 69=temporary", ENDED(69)) == MEANS_TEMPORARY);
}

static void
a_code_goes_before_a_status(void)
{
	CHECK(judge("", CODE(22, 200)) == MEANS_DONE);
	CHECK(judge("1=permanent", CODE(1, 250)) == MEANS_DONE);
	CHECK(judge("", CODE(0, 404)) == MEANS_PERMANENT);
	CHECK(judge("", CODE(0, 301)) == MEANS_PERMANENT);
	CHECK(judge("", CODE(0, 603)) == MEANS_PERMANENT);
	CHECK(judge("", CODE(69, 503)) == MEANS_TEMPORARY);
	CHECK(judge("", CODE(69, 408)) == MEANS_TEMPORARY);
	CHECK(judge("", CODE(69, 425)) == MEANS_TEMPORARY);
	CHECK(judge("", CODE(69, 429)) == MEANS_TEMPORARY);
	/* No answer yet: how it ended counts. */
	CHECK(judge("", CODE(69, 100)) == MEANS_PERMANENT);
	CHECK(judge("", CODE(0, 154)) == MEANS_DONE);
}

static void
the_cell_goes_before_and_a_code_before_its_class(void)
{
	const char *smtp = "4xx=temporary 5xx=permanent 452=permanent";

	CHECK(judge(smtp, CODE(55, 451)) == MEANS_TEMPORARY);
	CHECK(judge(smtp, CODE(55, 452)) == MEANS_PERMANENT);
	CHECK(judge(smtp, CODE(55, 550)) == MEANS_PERMANENT);
	CHECK(judge(smtp, CODE(0, 250)) == MEANS_DONE);
	CHECK(judge(smtp, ENDED(55)) == MEANS_TEMPORARY);
}

static void
what_was_ended_is_tried_again(void)
{
	struct answer r = {.status = -1, .signal = SIGKILL};

	CHECK(judge("", r) == MEANS_TEMPORARY);
	CHECK(judge("9=permanent 137=permanent", r) == MEANS_TEMPORARY);
	r = (struct answer){.status = 0, .late = true};
	CHECK(judge("", r) == MEANS_TEMPORARY);
	r.code = 250;
	CHECK(judge("", r) == MEANS_DONE);
}

int
main(void)
{
	RUN(a_row_is_read);
	RUN(a_value_within_an_argument_is_found);
	RUN(what_is_wrong_is_refused_with_its_place);
	RUN(wrong_failures_are_refused);
	RUN(wrong_throttles_are_refused);
	RUN(all_faulty_rows_are_kept_where_faults_are);
	RUN(a_status_is_judged);
	RUN(a_code_goes_before_a_status);
	RUN(the_cell_goes_before_and_a_code_before_its_class);
	RUN(what_was_ended_is_tried_again);
	means_release(&list);
	table_release(&table);
	fault_release(&fault);
	return test_done();
}
