#include "directory.h"

#include "test.h"

#define CHANNELS                               \
	"medium\tlimit\tcharset\tcost\ttell\n" \
	"voice\t60s\tspeech\t30\turgent\n"     \
	"sms\t3 parts\tgsm7\t5\turgent high\n" \
	"pager\t\t\t\turgent\n"                \
	"email\t1 MiB\tutf-8\t5\tmedium low\n"

static struct table channels, parties;
static struct directory directory;
static struct fault fault;

static int
load(const char *channel, const char *party)
{
	directory_release(&directory);
	table_release(&channels);
	table_release(&parties);
	channels = parties = (struct table){0};
	CHECK(table_read(&channels, "channels.tsv", slice_of(channel), false,
		  &fault) == 0);
	CHECK(table_read(&parties, "directory.tsv", slice_of(party), false,
		  &fault) == 0);
	return directory_load(&directory, &channels, &parties, &fault);
}

static void
addresses_are_sorted_by_prefer_cost_channel_and_row(void)
{
	static const char *const want[] = {
	    "first", "email2", "sms", "email", "second", "voice", "page"};
	const struct party *ann;

	CHECK(load(CHANNELS,
		  "party\tmedium\taddress\tprefer\n"
		  "ann\tpager\tpage\t\n"
		  "ann\tvoice\tvoice\t\n"
		  "bob\tsms\tother\t1\n"
		  "ann\temail\temail\t3\n"
		  "ann\temail\tsecond\t3\n"
		  "ann\tsms\tsms\t3\n"
		  "ann\temail\temail2\t2\n"
		  "ann\tvoice\tfirst\t1\n") == 0);
	ann = directory_find(&directory, slice_of("ann"));
	CHECK(ann != NULL && ann->n == 7);
	for (size_t i = 0; ann != NULL && i < ann->n && i < 7; i++)
		CHECK_SLICE(ann->address[i].text, want[i]);
	CHECK(directory_find(&directory, slice_of("cy")) == NULL);
}

static void
a_party_without_an_address_is_known(void)
{
	const struct party *p;

	CHECK(load(CHANNELS, "party\tmedium\taddress\nann\t\t\nbob\tsms\t\n") ==
	    0);
	p = directory_find(&directory, slice_of("ann"));
	CHECK(p != NULL && p->n == 0);
	p = directory_find(&directory, slice_of("bob"));
	CHECK(p != NULL && p->n == 0);
}

static void
a_channel_serves_for_its_words_alone(void)
{
	CHECK(load(CHANNELS, "party\tmedium\taddress\n") == 0);
	CHECK(channel_serves(&directory.channel[1], slice_of("high")));
	CHECK(!channel_serves(&directory.channel[1], slice_of("hig")));
	CHECK(!channel_serves(&directory.channel[1], slice_of("")));
	CHECK(directory_medium(&directory, slice_of("email")) == 3);
	CHECK(directory_medium(&directory, slice_of("fax")) == DICT_NONE);
}

static void
a_broken_row_is_refused_with_its_place(void)
{
	CHECK(load(CHANNELS, "party\tmedium\taddress\nann\tsmss\t1\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "directory.tsv:2:5: no channel has medium 'smss' "
	    "(did you mean 'sms'?)");
	CHECK(load(CHANNELS,
		  "party\tmedium\taddress\tprefer\n"
		  "ann\tsms\t1\tfirst\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "directory.tsv:2:11: prefer 'first': a whole number was expected");
	CHECK(load(CHANNELS, "party\tmedium\taddress\n\tsms\t1\n") < 0);
	CHECK_SLICE(fault_reason(&fault), "a row without a party");
	CHECK(load(CHANNELS, "party\tmedium\taddress\nann\t\t1\n") < 0);
	CHECK_SLICE(fault_reason(&fault), "an address without a medium");
	CHECK(
	    load("medium\nsms\nvoice\nsms\n", "party\tmedium\taddress\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "channels.tsv:4:1: medium 'sms' is there twice");
}

int
main(void)
{
	RUN(addresses_are_sorted_by_prefer_cost_channel_and_row);
	RUN(a_party_without_an_address_is_known);
	RUN(a_channel_serves_for_its_words_alone);
	RUN(a_broken_row_is_refused_with_its_place);
	directory_release(&directory);
	table_release(&channels);
	table_release(&parties);
	fault_release(&fault);
	return test_done();
}
