#include "head.h"

#include <fcntl.h>
#include <string.h>
#include <unistd.h>

#include "files.h"
#include "segment.h"
#include "stream.h"
#include "tail.h"
#include "utf8.h"

/* Takes a number, a chain and a time.  Returns how many of them are right. */
static int
take(struct head *head, struct slice seq, struct slice chain, struct slice at)
{
	unsigned long long number = 0;
	int right = 0;

	right += slice_number(seq, UINT64_MAX - 1, &number) == 0 && number > 0;
	head->seq = number;
	if (seal_is(chain)) {
		memcpy(head->chain, chain.p, SEAL_DIGITS);
		head->chain[SEAL_DIGITS] = '\0';
		right++;
	}
	right += stamp_parse(at, &head->at) == 0;
	return right;
}

int
head_take(struct head *head, struct slice line, size_t n)
{
	struct slice rest = line, field, seq = {"", 0}, at = {"", 0};
	size_t i = 0;

	for (; slice_split(&rest, '\t', &field); i++) {
		if (i == 0)
			seq = field;
		else if (i == 1)
			at = field;
	}
	if (i != n || !utf8_is_valid(line) || take(head, seq, field, at) < 3)
		return -1;
	return 0;
}

/*
 * Takes the last line of an open segment, whose first entry has the number
 * first; where another segment is after it, last is what it has to end with,
 * else 0.  Returns 1, or -1 and the fault.
 */
static int
take_line(struct head *head, struct slice line, const struct stream_reader *in,
    uint64_t first, uint64_t last, struct fault *f)
{
	struct place where = {.file = in->file};
	struct head found;

	if (head_take(&found, line, in->columns.n) < 0)
		return fault_at(f, where, "the last line is no entry");
	if (found.seq < first || (last > 0 && found.seq != last))
		return fault_at(f, where, "ends with entry %llu",
		    (unsigned long long)found.seq);
	if (found.seq != head->seq && fdatasync(stream_reader_fd(in)) < 0)
		return fault_errno(f, "sync", in->file);
	*head = found;
	return 1;
}

/* Takes the last entry: 1, 0 where there is none, or -1 and the fault. */
static int
take_last(struct head *head, const struct stream_reader *in, uint64_t first,
    uint64_t last, struct fault *f)
{
	struct buf line = {0};
	int got = tail_line(stream_reader_fd(in), in->file, &line, f);

	if (got > 0 && slice_eq(buf_slice(&line), buf_slice(&in->header)))
		got = 0;
	else if (got > 0)
		got = take_line(head, buf_slice(&line), in, first, last, f);
	buf_release(&line);
	return got;
}

/* The same for a segment by its path; columns, where not NULL, gets its own. */
static int
take_segment(struct head *head, struct buf *path, uint64_t first, uint64_t last,
    struct columns *columns, struct fault *f)
{
	struct stream_reader in;
	char *operand;
	int got;

	buf_str(path);
	operand = path->p;
	if (stream_reader_open(&in, &operand, 1, NULL) < 0)
		got = fault_at(
		    f, (struct place){0}, "%s", buf_str(&in.fault.text));
	else if (!segment_has(&in.columns))
		got = fault_at(f, (struct place){operand, 1, 0},
		    "is no segment of an incident log");
	else
		got = take_last(head, &in, first, last, f);
	if (got >= 0 && columns != NULL)
		columns_add_all(columns, &in.columns);
	stream_reader_release(&in);
	return got;
}

/* Takes the newest entry of a log in which no writer is at work. */
static int
take_newest(struct head *head, const char *dir, struct columns *columns,
    struct fault *f)
{
	struct buf name = {0}, path = {0};
	uint64_t first, last = 0;
	int got = segment_last(dir, &name, f);

	if (got == 0 && columns != NULL)
		segment_columns(columns);
	while (got > 0) {
		buf_clear(&path);
		buf_addf(&path, "%s/%s", dir, buf_str(&name));
		segment_number(buf_slice(&name), &first);
		got = take_segment(head, &path, first, last, columns, f);
		if (got != 0 || first <= 1)
			break;
		/* It was made, but its writer did not come to add to it. */
		columns = NULL;
		last = first - 1;
		got = segment_with(dir, last, &name, f);
		if (got == 0)
			got =
			    fault_at(f, (struct place){.file = buf_str(&path)},
				"the segment before it is missing");
	}
	if (got == 0)
		*head = (struct head){0};
	buf_release(&name);
	buf_release(&path);
	return got < 0 ? -1 : 1;
}

int
head_read(struct head *head, const char *dir, int64_t wait_s,
    struct columns *columns, struct fault *f)
{
	int fd, got = segment_settle(dir, wait_s, &fd, f);

	if (got > 0) {
		got = take_newest(head, dir, columns, f);
		close(fd);
	}
	return got;
}

void
head_add(struct buf *out, const struct head *head)
{
	buf_addf(out, "%llu\t%s\t", (unsigned long long)head->seq, head->chain);
	stamp_add(out, head->at);
	buf_add_char(out, '\n');
}

/* The next word of a line, words being separated by blanks and tabs. */
static struct slice
next_word(struct slice *rest)
{
	struct slice word = slice_trim(*rest);
	size_t n = 0;

	while (n < word.n && word.p[n] != ' ' && word.p[n] != '\t')
		n++;
	*rest = (struct slice){word.p + n, word.n - n};
	word.n = n;
	return word;
}

int
head_parse(struct slice line, struct head *head)
{
	struct slice rest = line;
	struct slice seq = next_word(&rest), chain = next_word(&rest);
	struct slice at = next_word(&rest);
	int right = take(head, seq, chain, at);

	if (slice_trim(rest).n > 0 || right < 2)
		return 0;
	return right == 3 ? 1 : -1;
}
