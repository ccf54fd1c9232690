#include "directory.h"

#include "dir.h"
#include "times.h"

#define CHANNELS                               \
	"medium\tlimit\tcharset\tcost\ttell\n" \
	"voice\t60s\tspeech\t30\turgent\n"     \
	"sms\t3 parts\tgsm7\t5\turgent high\n" \
	"pager\t\t\t\turgent\n"                \
	"email\t1 MiB\tutf-8\t5\tmedium low\n"

static struct table channels, parties;
static struct pack pack;
static struct calendars calendars;
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
	return directory_load(
	    &directory, &channels, &parties, &calendars, &fault);
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
	CHECK(
	    load("medium\tkind\nsms\tvoise\n", "party\tmedium\taddress\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "channels.tsv:2:5: kind 'voise': voice or data was expected "
	    "(did you mean 'voice'?)");
	CHECK(load("medium\tcalendar\nsms\tdya\n", "party\tmedium\taddress\n") <
	    0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "channels.tsv:2:5: unknown calendar 'dya' (did you mean 'day'?)");
	CHECK(load(CHANNELS,
		  "party\tmedium\taddress\tcalendar\n"
		  "ann\tsms\t1\tnigth\n") < 0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "directory.tsv:2:11: unknown calendar 'nigth' "
	    "(did you mean 'night'?)");
	CHECK(load(CHANNELS, "party\tlanguage\tmedium\taddress\nann\te\t\t\n") <
	    0);
	CHECK_SLICE(buf_slice(&fault.text),
	    "directory.tsv:2:5: language 'e': a tag such as en-GB was "
	    "expected");
}

static void
an_address_answers_when_it_and_its_medium_are_open(void)
{
	const struct address *a;
	struct stamp t;

	CHECK(load("medium\tcalendar\nsms\tday\nmail\t\n",
		  "party\tmedium\taddress\tprefer\tcalendar\n"
		  "ann\tsms\t1\t1\tmonday\n"
		  "ann\tmail\t2\t2\t\n"
		  "ann\tsms\t3\t3\tnight\n") == 0);
	a = directory_find(&directory, slice_of("ann"))->address;
	/* 2026-03-22 is a Sunday. */
	CHECK(
	    !directory_is_open(&directory, &a[0], at("2026-03-22T12:00:00Z")));
	CHECK(
	    !directory_is_open(&directory, &a[0], at("2026-03-23T07:00:00Z")));
	CHECK(directory_is_open(&directory, &a[0], at("2026-03-23T08:00:00Z")));
	CHECK(directory_opens(
		  &directory, &a[0], at("2026-03-22T12:00:00Z"), &t) == 1);
	CHECK(stamp_cmp(t, at("2026-03-23T08:00:00Z")) == 0);
	CHECK(directory_is_open(&directory, &a[1], at("2026-03-22T03:00:00Z")));
	CHECK(directory_opens(
		  &directory, &a[1], at("2026-03-22T03:00:00Z"), &t) == 1);
	CHECK(stamp_cmp(t, at("2026-03-22T03:00:00Z")) == 0);
	/* Never both. */
	CHECK(directory_opens(
		  &directory, &a[2], at("2026-03-22T03:00:00Z"), &t) == 0);
}

static void
a_channel_rings_where_its_kind_is_voice(void)
{
	CHECK(load("medium\tkind\nphone\tvoice\nsms\tdata\nmail\t\n",
		  "party\tmedium\taddress\n") == 0);
	CHECK(directory.channel[0].voice);
	CHECK(!directory.channel[1].voice && !directory.channel[2].voice);
}

static void
a_party_has_the_language_that_it_names_first(void)
{
	const struct party *p;

	CHECK(load(CHANNELS,
		  "party\tmedium\taddress\tprefer\tlanguage\n"
		  "ann\tsms\t1\t1\t\n"
		  "ann\t\t\t\tcy\n"
		  "ann\temail\t2\t2\ten-GB\n"
		  "bob\tsms\t3\t1\t\n") == 0);
	p = directory_find(&directory, slice_of("ann"));
	CHECK_SLICE(p->language, "cy");
	CHECK_SLICE(p->address[0].language, "");
	CHECK_SLICE(p->address[1].language, "en-GB");
	p = directory_find(&directory, slice_of("bob"));
	CHECK_SLICE(p->language, "");
}

int
main(void)
{
	dir_begin();
	dir_put("pack.tsv", "name\nunit\n");
	dir_put("calendars.tsv",
	    "calendar\tdays\twindows\n"
	    "day\t\t08:00-20:00\nnight\t\t20:00-08:00\n"
	    "monday\tmon\t\n");
	CHECK(pack_open(&pack, dir, "/nonexistent", &fault) == 0);
	CHECK(calendars_load(&calendars, &pack, &fault) == 0);
	RUN(an_address_answers_when_it_and_its_medium_are_open);
	RUN(a_channel_rings_where_its_kind_is_voice);
	RUN(a_party_has_the_language_that_it_names_first);
	RUN(addresses_are_sorted_by_prefer_cost_channel_and_row);
	RUN(a_party_without_an_address_is_known);
	RUN(a_channel_serves_for_its_words_alone);
	RUN(a_broken_row_is_refused_with_its_place);
	directory_release(&directory);
	table_release(&channels);
	table_release(&parties);
	calendars_release(&calendars);
	pack_release(&pack);
	dir_end();
	fault_release(&fault);
	return test_done();
}
