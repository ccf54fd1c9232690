#include "head.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include "dir.h"
#include "files.h"
#include "segment.h"
#include "synced.h"
#include "test.h"

#define DIGITS "0123456789abcdef0123456789abcdef"
#define CHAIN DIGITS DIGITS
#define FIRST "00000000000001.tsv"
#define THIRD "00000000000003.tsv"
#define HEADER \
	"seq\tat\tby\tsource\tevent\tid\tupdated\twhy\trules\tnonces\tchain\n"
#define TIME "2026-01-02T03:04:05.678Z"
#define ENTRY(seq) \
	seq "\t" TIME "\tme\t\tupdated\tA\t" TIME "\t\t\t\t" CHAIN "\n"

static struct buf line;
static struct fault fault;

/* The number of the newest entry; UINT64_MAX after a fault. */
static uint64_t
newest(void)
{
	struct head head = {0};

	return head_read(&head, dir, 0, NULL, &fault) == 1 ? head.seq
							   : UINT64_MAX;
}

static void
the_newest_entry_is_the_last_whole_line(void)
{
	struct head head = {0};

	dir_put(FIRST, HEADER ENTRY("1") ENTRY("2"));
	CHECK(head_read(&head, dir, 0, NULL, &fault) == 1);
	buf_clear(&line);
	head_add(&line, &head);
	CHECK_SLICE(buf_slice(&line), "2\t" CHAIN "\t" TIME "\n");
	dir_put(FIRST, HEADER ENTRY("1") "2\t" TIME);
	CHECK(newest() == 1);
	dir_put(THIRD, HEADER ENTRY("3"));
	CHECK(newest() == 3);
}

static void
a_segment_without_an_entry_is_passed_over(void)
{
	struct columns columns = {0};
	struct head head = {0};

	dir_put(FIRST, HEADER ENTRY("1") ENTRY("2"));
	dir_put(THIRD,
	    "seq\tat\tby\tsource\tevent\tid\tupdated\tnew\twhy\trules\t"
	    "nonces\tchain\n");
	CHECK(head_read(&head, dir, 0, &columns, &fault) == 1);
	CHECK(head.seq == 2);
	CHECK(columns_find(&columns, slice_of("new")) == SEGMENT_FIRST);
	dir_put(FIRST, HEADER ENTRY("1"));
	CHECK(newest() == UINT64_MAX);
	CHECK_SLICE(fault_reason(&fault), "ends with entry 1");
	unlink(in_dir(FIRST));
	CHECK(newest() == UINT64_MAX);
	CHECK_SLICE(fault_reason(&fault), "the segment before it is missing");
	columns_release(&columns);
}

static void
an_empty_log_has_no_entry(void)
{
	unlink(in_dir(FIRST));
	unlink(in_dir(THIRD));
	CHECK(newest() == 0);
	dir_put(FIRST, HEADER);
	CHECK(newest() == 0);
}

static void
a_tail_that_is_no_entry_is_a_fault(void)
{
	static const char *const row[] = {"", "x\n", HEADER "x\n",
	    HEADER ENTRY("0"), HEADER ENTRY("x"), HEADER ENTRY("1") HEADER "\n",
	    HEADER "1\t" TIME "\t\t\t\t\t\t\t\t\tabc\n",
	    HEADER "1\tx\t\t\t\t\t\t\t\t\t" CHAIN "\n",
	    HEADER "1\t" TIME "\t\t\t\t\t\t\t\t" CHAIN "\n",
	    HEADER "1\t" TIME "\t\xff\t\t\t\t\t\t\t\t" CHAIN "\n"};

	unlink(in_dir(THIRD));
	for (size_t i = 0; i < sizeof row / sizeof *row; i++) {
		dir_put(FIRST, row[i]);
		CHECK(newest() == UINT64_MAX);
	}
	unlink(in_dir(FIRST));
	dir_put(THIRD, HEADER ENTRY("1"));
	CHECK(newest() == UINT64_MAX);
	unlink(in_dir(THIRD));
}

static void
a_writer_at_work_is_waited_for(void)
{
	struct head head = {0};
	int fd;

	dir_put(FIRST, HEADER ENTRY("1"));
	fd = open(in_dir("lock"), O_RDONLY);
	CHECK(file_lock(fd, "lock", 0, &fault) == 1);
	CHECK(head_read(&head, dir, 0, NULL, &fault) == 0);
	file_unlock(fd);
	CHECK(file_lock_shared(fd, "lock", 0, &fault) == 1);
	CHECK(newest() == 1);
	close(fd);
	unlink(in_dir(FIRST));
}

static void
what_is_waited_for_or_spoiled_is_not_told(void)
{
	struct synced s;
	struct stat st;
	int fd;

	dir_put(FIRST, HEADER ENTRY("1") ENTRY("2"));
	fd = open(in_dir(FIRST), O_RDWR);
	CHECK(fstat(fd, &st) == 0);
	CHECK(synced_open(&s, dir, true, &fault) == 0);
	CHECK(synced_note(&s, &st, sizeof HEADER ENTRY("1") - 1, &fault) == 0);
	CHECK(file_lock_shared(fd, "", 0, &fault) == 1); /* as its writer */
	CHECK(newest() == 1);
	file_unlock(fd);
	CHECK(newest() == 2);
	synced_spoil(&s, st.st_size, CHAIN);
	CHECK(newest() == 1);
	CHECK(synced_note(&s, &st, sizeof HEADER - 1, &fault) == 0);
	synced_spoil(&s, st.st_size, CHAIN);
	CHECK(newest() == 0);
	CHECK(synced_lock(&s, 0, &fault) == 1);
	CHECK(newest() == UINT64_MAX);
	close(fd);
	synced_release(&s);
	unlink(in_dir(FIRST));
	unlink(in_dir("synced"));
}

static void
a_line_is_a_head_nearly_one_or_something_else(void)
{
	static const struct {
		const char *line;
		int is;
	} row[] = {{"7\t" CHAIN "\t" TIME, 1}, {" 7 " CHAIN "  " TIME "\r", 1},
	    {"", 0}, {"Subject: 7", 0}, {"7", 0}, {"7 8 9", 0},
	    {"7\t" CHAIN "\t" TIME "\tmore", 0}, {CHAIN, 0}, {"7\t" CHAIN, -1},
	    {"7\t" DIGITS "\t" TIME, -1}, {"0\t" CHAIN "\t" TIME, -1},
	    {"x\t" CHAIN "\t" TIME, -1},
	    {"7\t" CHAIN "\t2026-13-01T00:00:00Z", -1}};
	struct head head;

	for (size_t i = 0; i < sizeof row / sizeof *row; i++)
		CHECK(head_parse(slice_of(row[i].line), &head) == row[i].is);
	CHECK(head_parse(slice_of(row[0].line), &head) == 1);
	CHECK(head.seq == 7);
	CHECK_SLICE(slice_of(head.chain), CHAIN);
}

int
main(void)
{
	dir_begin();
	dir_put("lock", "");
	RUN(the_newest_entry_is_the_last_whole_line);
	RUN(a_segment_without_an_entry_is_passed_over);
	RUN(an_empty_log_has_no_entry);
	RUN(a_tail_that_is_no_entry_is_a_fault);
	RUN(a_writer_at_work_is_waited_for);
	RUN(what_is_waited_for_or_spoiled_is_not_told);
	RUN(a_line_is_a_head_nearly_one_or_something_else);
	dir_end();
	buf_release(&line);
	fault_release(&fault);
	return test_done();
}
