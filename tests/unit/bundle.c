#include "bundle.h"

#include "letters.h"
#include "test.h"

static struct fault fault;
static struct buf text[2];
static struct letter l[2] = {{.ack_s = -1}, {.ack_s = -1}};
static struct means means = {.limit = {MEDIUM_CHARACTERS, 40}};
static struct bundle b;

/* A message with a subject and words. */
static void
make(size_t i, const char *name, const char *subject, const char *body)
{
	struct letter_try row = empty_row();

	row.field[MESSAGE_ID] = slice_of(name);
	row.field[MESSAGE_PARTY] = slice_of("ann");
	row.field[MESSAGE_SUBJECT] = slice_of(subject);
	row.field[MESSAGE_BODY] = slice_of(body);
	queue_letter(&text[i], &row, 1, -1, 0);
	CHECK(letter_read(&l[i], buf_slice(&text[i]), "queue", &fault) == 0);
}

static void
one_by_itself_is_as_it_was(void)
{
	const struct message *m;

	make(0, "a", "s\\tt", "one\\n");
	bundle_begin(&b, &l[0]);
	m = bundle_message(&b, &l[0]);
	CHECK_SLICE(m->field[MESSAGE_ID], "a");
	CHECK_SLICE(m->field[MESSAGE_SUBJECT], "s\\tt");
	CHECK_SLICE(m->field[MESSAGE_BODY], "one\\n");
}

static void
several_have_all_their_words(void)
{
	const struct message *m;
	struct slice name;

	make(0, "a", "first", "one\\n");
	make(1, "b", "second", "two\\\\");
	bundle_begin(&b, &l[0]);
	CHECK(bundle_add(&b, &means, &l[1]));
	m = bundle_message(&b, &l[0]);
	CHECK_SLICE(m->field[MESSAGE_SUBJECT], "first (+1)");
	CHECK_SLICE(
	    m->field[MESSAGE_BODY], "first\\none\\n\\nsecond\\ntwo\\\\");
	CHECK_SLICE(m->field[MESSAGE_PARTY], "ann");
	name = m->field[MESSAGE_ID];
	CHECK(name.n == 32 && !slice_is(name, "a"));
}

static void
what_does_not_fit_is_left(void)
{
	const struct message *m;

	make(0, "a", "", "one");
	make(1, "b", "", "this is far too long for what the medium carries");
	bundle_begin(&b, &l[0]);
	CHECK(!bundle_add(&b, &means, &l[1]));
	m = bundle_message(&b, &l[0]);
	CHECK_SLICE(m->field[MESSAGE_ID], "a");
	CHECK_SLICE(m->field[MESSAGE_BODY], "one");
}

static void
the_same_ones_have_the_same_identity(void)
{
	char name[33] = {0};

	make(0, "a", "", "one");
	make(1, "b", "", "two");
	bundle_begin(&b, &l[0]);
	CHECK(bundle_add(&b, &means, &l[1]));
	memcpy(name, bundle_message(&b, &l[0])->field[MESSAGE_ID].p, 32);
	bundle_begin(&b, &l[0]);
	CHECK(bundle_add(&b, &means, &l[1]));
	CHECK_SLICE(bundle_message(&b, &l[0])->field[MESSAGE_ID], name);
}

static void
its_subject_is_known_by_its_end(void)
{
	CHECK(bundle_is_subject(slice_of("first (+1)")));
	CHECK(bundle_is_subject(slice_of("Re: [P2] INC1: x (+49) ")));
	CHECK(!bundle_is_subject(slice_of("")));
	CHECK(!bundle_is_subject(slice_of("first")));
	CHECK(!bundle_is_subject(slice_of("(+1) first")));
	CHECK(!bundle_is_subject(slice_of("first (1)")));
	CHECK(!bundle_is_subject(slice_of("first (+)")));
	CHECK(!bundle_is_subject(slice_of("first (+1")));
	CHECK(!bundle_is_subject(slice_of("first (")));
	CHECK(!bundle_is_subject(slice_of("first (+x)")));
}

int
main(void)
{
	RUN(one_by_itself_is_as_it_was);
	RUN(several_have_all_their_words);
	RUN(what_does_not_fit_is_left);
	RUN(the_same_ones_have_the_same_identity);
	RUN(its_subject_is_known_by_its_end);
	letter_release(&l[0]);
	letter_release(&l[1]);
	bundle_release(&b);
	buf_release(&text[0]);
	buf_release(&text[1]);
	fault_release(&fault);
	return test_done();
}
