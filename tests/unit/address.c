#include "address.h"

#include "test.h"

static struct buf got;

static const char *
mailbox(const char *text)
{
	buf_clear(&got);
	return address_mailbox(slice_of(text), &got) < 0 ? NULL : buf_str(&got);
}

static void
a_mailbox_is_found_without_names_and_comments(void)
{
	CHECK_SLICE(slice_of(mailbox("ann@example.org")), "ann@example.org");
	CHECK_SLICE(
	    slice_of(mailbox(" Ann <ann@example.org>\n")), "ann@example.org");
	CHECK_SLICE(slice_of(mailbox("ann@example.org (Ann, of the desk)")),
	    "ann@example.org");
	CHECK_SLICE(slice_of(mailbox("\"x@y, <z@y>\" <ann@example.org>")),
	    "ann@example.org");
	CHECK_SLICE(slice_of(mailbox("\"a \\\" <b@y>\" <ann@example.org> (c)")),
	    "ann@example.org");
	CHECK_SLICE(slice_of(mailbox("(a \\) (b)) ann@example.org")),
	    "ann@example.org");
	CHECK_SLICE(
	    slice_of(mailbox("\"a,b\"@example.org")), "\"a,b\"@example.org");
}

static void
what_is_no_single_mailbox_is_none(void)
{
	static const char *const none[] = {"", " ", "<>", "a@b, c@d",
	    "A <a@b>, B <c@d>", "<a@b> <c@d>", "<a@b", "a@b>", "\"a@b", "(a@b",
	    "<<a@b>"};

	for (size_t i = 0; i < LEN(none); i++) {
		buf_clear(&got);
		CHECK(mailbox(none[i]) == NULL);
		CHECK(got.n == 0);
	}
}

static bool
same(const char *a, const char *b)
{
	bool result = address_same(slice_of(a), slice_of(b));

	CHECK(result == address_same(slice_of(b), slice_of(a)));
	return result;
}

static void
telephone_numbers_are_the_same_by_their_digits(void)
{
	CHECK(same("+441134960021", "0044 (113) 496-0021"));
	CHECK(same("+44 113 496.0021", "+44/1134960021"));
	CHECK(same("+44 (0)113 496 0021", "+441134960021"));
	CHECK(same("0113 496 0021", "01134960021"));
	CHECK(same("70099", " 700 99 "));
	CHECK(!same("+441134960021", "441134960021"));
	CHECK(!same("+441134960021", "01134960021"));
	CHECK(!same("+441134960021", "+441134960022"));
	CHECK(!same("+441134960021", "+44113496002"));
	CHECK(!same("+4411349600210000000000", "+44113496002100000000001"));
}

static void
mailboxes_are_the_same_by_their_address(void)
{
	CHECK(same("Ann <Ann@Example.org>", "ann@example.ORG"));
	CHECK(same("desk", "desk"));
	CHECK(!same("ann@example.org", "bob@example.org"));
	CHECK(!same("ann@example.org <bob@example.org>", "ann@example.org"));
	CHECK(!same("ann@example.org, bob@example.org", "ann@example.org"));
	CHECK(!same("", ""));
	CHECK(!same("", "ann@example.org"));
}

int
main(void)
{
	RUN(a_mailbox_is_found_without_names_and_comments);
	RUN(what_is_no_single_mailbox_is_none);
	RUN(telephone_numbers_are_the_same_by_their_digits);
	RUN(mailboxes_are_the_same_by_their_address);
	buf_release(&got);
	return test_done();
}
