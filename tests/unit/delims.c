#include "delims.h"

#include <stdlib.h>
#include <string.h>

#include "test.h"
#include "wide.h"

static struct delims found;
static const char *sought = "\t\n"; /* the first is the separator */
static uint32_t seed = 1;

static uint32_t
random_number(void)
{
	seed = seed * 1664525 + 1013904223;
	return seed >> 8;
}

/* Checks what is found in a copy of just these bytes against looking. */
static void
check_stretch(const char *text, size_t n)
{
	char *copy = malloc(n > 0 ? n : 1);
	size_t k = 0, stops = 0;
	bool right = true;

	memcpy(copy, text, n);
	delims_find(&found, copy, n);
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)text[i];

		if (c != 0 && strchr(sought, c) != NULL) {
			right = right && k < found.n && found.at[k] == i;
			if (c != (unsigned char)*sought)
				right = right && stops < found.nstop &&
				    found.stop[stops++] == k;
			k++;
		}
		if (c == 0 || c >= 0x80)
			right = right && delims_odd(&found, i, i + 1);
	}
	CHECK(right && k == found.n && stops == found.nstop);
	free(copy);
}

static void
check_random_stretches(void)
{
	static const char letters[] = {'a', 'b', 'c', ' ', '\t', '\n', '\r',
	    '\v', '\0', '\x7f', '\x80', '\xff'};
	static char text[DELIMS_BYTES];

	for (int round = 0; round < 3000; round++) {
		size_t n = random_number() % 300, kinds;

		if (round % 100 == 0)
			n = DELIMS_BYTES - random_number() % 70;
		kinds = 5 + random_number() % 8;
		for (size_t i = 0; i < n; i++)
			text[i] = letters[random_number() % kinds];
		check_stretch(text, n);
	}
	memset(text, '\t', sizeof text);
	check_stretch(text, sizeof text);
}

/* Looks for others from now on. */
static void
seek(const char *these)
{
	delims_release(&found);
	sought = these;
	delims_init(&found, *these, these + 1);
}

static void
delimiters_are_found_by_the_fastest_way(void)
{
	check_random_stretches();
	seek("a \n\r");
	check_random_stretches();
	seek(",");
	check_random_stretches();
	seek("\t\n");
}

static void
those_that_look_alike_are_told_apart(void)
{
	seek("a\x11\n*\t"); /* the low four bits of two are the same */
	CHECK(!found.wide);
	check_random_stretches();
	seek(",\r\n\"");
	CHECK(found.wide);
	seek("\t\n");
	CHECK(found.wide);
}

static void
odd_bytes_are_told_by_the_block(void)
{
	char text[300];

	memset(text, 'a', sizeof text);
	text[200] = '\0';
	delims_find(&found, text, sizeof text);
	CHECK(!delims_odd(&found, 0, 0));
	CHECK(!delims_odd(&found, 0, 192));
	CHECK(delims_odd(&found, 0, 193));
	CHECK(delims_odd(&found, 255, 256));
	CHECK(!delims_odd(&found, 256, 300));
}

static void
delimiters_are_found_byte_by_byte(void)
{
	wide_forbid();
	check_random_stretches();
	odd_bytes_are_told_by_the_block();
}

int
main(void)
{
	delims_init(&found, '\t', "\n");
	RUN(delimiters_are_found_by_the_fastest_way);
	RUN(those_that_look_alike_are_told_apart);
	RUN(odd_bytes_are_told_by_the_block);
	RUN(delimiters_are_found_byte_by_byte);
	delims_release(&found);
	return test_done();
}
