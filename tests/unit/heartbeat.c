#include "heartbeat.h"

#include "test.h"

#define HEADER "host\tevery\tbegan\tgood\n"
#define BEGAN "2026-03-25T09:08:12Z"
#define GOOD "2026-03-25T09:07:12Z"

static struct heartbeat h;

static int
parse(const char *text)
{
	return heartbeat_parse(&h, slice_of(text));
}

static void
a_heartbeat_tells_host_interval_and_times(void)
{
	CHECK(parse(HEADER "desk1\t1m30s\t" BEGAN "\t" GOOD "\n") == 0);
	CHECK_SLICE(h.host, "desk1");
	CHECK(h.every_s == 90);
	CHECK(h.has_good && h.began.s - h.good.s == 60);
	CHECK(parse(HEADER "desk1\t1m\t" BEGAN "\t\n") == 0);
	CHECK(!h.has_good && h.began.s > 0);
	CHECK(parse(HEADER "desk1\t1m\t" BEGAN "\t") == 0);
}

static void
what_is_no_heartbeat_is_refused(void)
{
	static const char *const none[] = {"", "\n", HEADER, HEADER "\n",
	    HEADER "desk1\t1m\t" BEGAN "\n",
	    HEADER "\t1m\t" BEGAN "\t" GOOD "\n",
	    HEADER "desk1\t0s\t" BEGAN "\t" GOOD "\n",
	    HEADER "desk1\t60\t" BEGAN "\t" GOOD "\n",
	    HEADER "desk1\t1m\t\t" GOOD "\n",
	    HEADER "desk1\t1m\t" BEGAN "\tnever\n",
	    HEADER "desk1\t1m\t" BEGAN "\t" GOOD "\tmore\n",
	    HEADER "desk1\t1m\t" BEGAN "\t" GOOD "\nmore\n",
	    "host\tevery\tbegan\tbad\ndesk1\t1m\t" BEGAN "\t" GOOD "\n"};

	for (size_t i = 0; i < LEN(none); i++)
		CHECK(parse(none[i]) < 0);
}

static void
what_is_written_is_read(void)
{
	static const char *const texts[] = {HEADER "desk1\t1h30m\t" BEGAN
						   "\t" GOOD "\n",
	    HEADER "desk1\t1m\t" BEGAN "\t\n"};

	for (size_t i = 0; i < LEN(texts); i++) {
		struct buf out = {0};

		CHECK(parse(texts[i]) == 0);
		heartbeat_add(&out, &h);
		CHECK_SLICE(buf_slice(&out), texts[i]);
		buf_release(&out);
	}
}

static bool
silent_after(int64_t s)
{
	struct stamp now = {h.began.s + s, 0};

	return heartbeat_is_silent(&h, now);
}

static void
three_intervals_are_silence(void)
{
	CHECK(parse(HEADER "desk1\t5m\t" BEGAN "\t\n") == 0);
	CHECK(!silent_after(0));
	CHECK(!silent_after(899));
	CHECK(silent_after(900));
	CHECK(!silent_after(-86400));
}

static uint64_t
missed_after(int64_t s)
{
	struct stamp now = {h.good.s + s, 0};

	return heartbeat_missed(&h, now);
}

static void
a_tick_is_missed_once_the_next_is_due(void)
{
	CHECK(parse(HEADER "desk1\t1m\t" BEGAN "\t" GOOD "\n") == 0);
	CHECK(missed_after(0) == 0);
	CHECK(missed_after(119) == 0);
	CHECK(missed_after(120) == 1);
	CHECK(missed_after(239) == 2);
	CHECK(missed_after(240) == 3);
	CHECK(missed_after(-86400) == 0);
	CHECK(parse(HEADER "desk1\t1m\t" BEGAN "\t\n") == 0);
	CHECK(missed_after(86400) == 0);
}

int
main(void)
{
	RUN(a_heartbeat_tells_host_interval_and_times);
	RUN(what_is_no_heartbeat_is_refused);
	RUN(what_is_written_is_read);
	RUN(three_intervals_are_silence);
	RUN(a_tick_is_missed_once_the_next_is_due);
	return test_done();
}
