#include "errand.h"

#include <stdlib.h>

#include "test.h"

static struct table table;
static struct means_list list;
static struct errand errand;
static struct message message;
static struct fault fault;
static const struct mailform sender = {
    SLICE("desk@example.org"), SLICE("here")};

static void
set(enum message_column column, const char *text)
{
	message_set(&message, column, slice_of(text));
}

/* Makes an errand by a cell `deliver`. */
static int
make(const char *deliver, const char *form)
{
	struct buf text = {0};

	means_release(&list);
	table_release(&table);
	table = (struct table){0};
	buf_addf(&text, "medium\tdeliver\tform\nx\t%s\t%s\n", deliver, form);
	CHECK(table_read(&table, "channels.tsv", buf_slice(&text), false,
		  &fault) == 0);
	CHECK(means_load(&list, &table, &fault) == 0);
	buf_release(&text);
	return errand_make(&errand, &list.means[0], &message, &sender,
	    (struct stamp){0}, &fault);
}

/* A variable of the environment that is made. */
static const char *
own(const char *name)
{
	size_t n = strlen(name);

	for (char **s = errand.own; *s != NULL; s++) {
		if (strncmp(*s, name, n) == 0 && (*s)[n] == '=')
			return *s + n + 1;
	}
	return "(none)";
}

static void
start(void)
{
	message_release(&message);
	set(MESSAGE_ID, "0123");
	message_set_number(&message, MESSAGE_TRY, 2);
	set(MESSAGE_RECORD, "20261126-0042");
	set(MESSAGE_PARTY, "dilys");
	set(MESSAGE_ADDRESS, "dilys@example.org");
	set(MESSAGE_SUBJECT, "mail is down");
	set(MESSAGE_BODY, "Mail is down.\nReply ACK 42");
}

static void
arguments_are_words_with_their_slots_filled(void)
{
	CHECK(make("send -i --to={address}/{try} {subject} $(touch {id}) {{}}",
		  "") == 0);
	CHECK_SLICE(slice_of(errand.argv[0]), "send");
	CHECK_SLICE(slice_of(errand.argv[2]), "--to=dilys@example.org/2");
	CHECK_SLICE(slice_of(errand.argv[3]), "mail is down");
	CHECK_SLICE(slice_of(errand.argv[4]), "$(touch");
	CHECK_SLICE(slice_of(errand.argv[5]), "20261126-0042)");
	CHECK_SLICE(slice_of(errand.argv[6]), "{}");
	CHECK(errand.argv[7] == NULL);
}

static void
the_environment_tells_all_but_the_body(void)
{
	CHECK(make("send", "") == 0);
	CHECK_SLICE(slice_of(own("INC_MESSAGE")), "0123");
	CHECK_SLICE(slice_of(own("INC_TRY")), "2");
	CHECK_SLICE(slice_of(own("INC_ID")), "20261126-0042");
	CHECK_SLICE(slice_of(own("INC_ADDRESS")), "dilys@example.org");
	CHECK_SLICE(slice_of(own("INC_SUBJECT")), "mail is down");
	CHECK_SLICE(slice_of(own("INC_STATUS")), "");
	CHECK_SLICE(slice_of(own("INC_BODY")), "(none)");
}

static void
the_input_has_the_form_that_is_wanted(void)
{
	CHECK(make("send", "text") == 0);
	CHECK_SLICE(buf_slice(&errand.input),
	    "mail is down\n\nMail is down.\nReply ACK 42\n");
	CHECK(make("send", "mail") == 0);
	CHECK(slice_starts(buf_slice(&errand.input), "From: "));
	CHECK(make("send", "json") == 0);
	CHECK(slice_starts(
	    buf_slice(&errand.input), "{\"message\":\"0123\",\"try\":2,"));
	set(MESSAGE_SUBJECT, "");
	CHECK(make("send", "") == 0);
	CHECK_SLICE(buf_slice(&errand.input), "Mail is down.\nReply ACK 42\n");
}

static void
text_is_inert(void)
{
	set(MESSAGE_SUBJECT, "one\ntwo\t\x1b[2J");
	set(MESSAGE_BODY,
	    "a\tb\r\n\xe2\x80\xae"
	    "c\x1b\n\n");
	CHECK(make("send", "") == 0);
	CHECK_SLICE(buf_slice(&errand.input), "one two  [2J\n\na b\n?c \n\n");
	CHECK_SLICE(slice_of(own("INC_SUBJECT")), "one two  [2J");
}

/* Checks what is said of a message that no command may get. */
#define REFUSED(deliver, want)                             \
	do {                                               \
		CHECK(make(deliver, "") < 0);              \
		CHECK_SLICE(buf_slice(&fault.text), want); \
	} while (0)

static void
an_address_that_is_none_reaches_no_command(void)
{
	set(MESSAGE_ADDRESS, "-oQx");
	REFUSED("send", "address '-oQx' starts with '-'");
	REFUSED("send --to={address}", "address '-oQx' starts with '-'");
	set(MESSAGE_ADDRESS, "a@b\nx");
	REFUSED("send", "address 'a@b x' holds a control character");
	set(MESSAGE_ADDRESS, "");
	REFUSED("send {address}", "no address");
	CHECK(make("send", "") == 0);
}

static void
a_value_makes_no_other_argument(void)
{
	set(MESSAGE_SUBJECT, "-x");
	REFUSED("send {subject}", "subject '-x' starts with '-'");
	CHECK(make("send --subject={subject}", "") == 0);
	CHECK_SLICE(slice_of(errand.argv[1]), "--subject=-x");
	set(MESSAGE_PARTY, "a\nb");
	REFUSED("send --to={party}", "party 'a b' holds a control character");
	CHECK(make("send {id}", "") == 0);
	CHECK_SLICE(slice_of(own("INC_PARTY")), "a b");
}

static void
long_values_keep_within_what_a_system_lets_through(void)
{
	struct buf text = {0};

	for (size_t i = 0; i < 1024 * 1024 / 2; i++)
		buf_add_str(&text, "\xc3\xa4");
	set(MESSAGE_SUBJECT, buf_str(&text));
	CHECK(make("send {subject}", "") == 0);
	CHECK(strlen(own("INC_SUBJECT")) == 1000);
	CHECK(errand.input.n > 1024 * 1024);
	set(MESSAGE_SUBJECT, "short");
	set(MESSAGE_ADDRESS, buf_str(&text));
	CHECK(make("send", "") < 0);
	CHECK(strstr(buf_str(&fault.text), "is too long") != NULL);
	CHECK(fault.text.n < 300);
	buf_release(&text);
}

int
main(void)
{
	start();
	RUN(arguments_are_words_with_their_slots_filled);
	RUN(the_environment_tells_all_but_the_body);
	RUN(the_input_has_the_form_that_is_wanted);
	start();
	RUN(text_is_inert);
	start();
	RUN(an_address_that_is_none_reaches_no_command);
	start();
	RUN(a_value_makes_no_other_argument);
	start();
	RUN(long_values_keep_within_what_a_system_lets_through);
	means_release(&list);
	table_release(&table);
	errand_release(&errand);
	message_release(&message);
	fault_release(&fault);
	return test_done();
}
