#include "head.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "flight.h"
#include "segment.h"
#include "stream.h"
#include "synced.h"
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

/* A segment whose last entry is sought. */
struct part {
	struct stream_reader in;
	uint64_t first; /* of its entries, by its name */
	uint64_t last;  /* with which it has to end, or 0 */
	const struct synced *synced;
};

/* Takes the line that ends a segment.  Returns 1, or -1 and the fault. */
static int
take_line(struct head *head, struct slice line, const struct part *p,
    bool is_synced, struct fault *f)
{
	struct place where = {.file = p->in.file};
	struct head found;

	if (head_take(&found, line, p->in.columns.n) < 0)
		return fault_at(f, where, "the last line is no entry");
	if (found.seq < p->first || (p->last > 0 && found.seq != p->last))
		return fault_at(f, where, "ends with entry %llu",
		    (unsigned long long)found.seq);
	if (found.seq != head->seq && !is_synced &&
	    fdatasync(stream_reader_fd(&p->in)) < 0)
		return fault_errno(f, "sync", p->in.file);
	*head = found;
	return 1;
}

/*
 * Whether somebody is yet to say whether what is not synced of a segment stays:
 * 1, 0, or -1 and the fault.
 */
static int
is_open(const struct part *p, const struct stat *st, struct fault *f)
{
	int fd = stream_reader_fd(&p->in);

	if (!synced_covers(p->synced, st, 0))
		return 0;
	return synced_is_spoiled(p->synced, fd, st)
	    ? 1
	    : flight_is_waited_for(fd, p->in.file, f);
}

/* Takes the last entry that stays: 1, 0 where there is none, or -1 and the
 * fault. */
static int
take_last(struct head *head, const struct part *p, struct fault *f)
{
	int fd = stream_reader_fd(&p->in), got;
	bool is_synced;
	struct buf line = {0};
	struct stat st;
	off_t size;

	if (fstat(fd, &st) < 0)
		return fault_errno(f, "open", p->in.file);
	is_synced = synced_covers(p->synced, &st, st.st_size);
	got = is_synced ? 0 : is_open(p, &st, f);
	if (got < 0)
		return -1;
	size = got > 0 ? p->synced->bytes : st.st_size;
	is_synced = is_synced || got > 0;
	got = tail_line(fd, size, p->in.file, &line, f);
	if (got > 0 && slice_eq(buf_slice(&line), buf_slice(&p->in.header)))
		got = 0;
	else if (got > 0)
		got = take_line(head, buf_slice(&line), p, is_synced, f);
	buf_release(&line);
	return got;
}

/* The same for a segment by its path; columns, where not NULL, gets its own. */
static int
take_segment(struct head *head, struct buf *path, struct part *p,
    struct columns *columns, struct fault *f)
{
	int got;

	buf_str(path);
	if (segment_open(&p->in, path->p, f) < 0)
		return -1;
	got = take_last(head, p, f);
	if (got >= 0 && columns != NULL)
		columns_add_all(columns, &p->in.columns);
	stream_reader_release(&p->in);
	return got;
}

/* Takes the newest entry of a log in which no writer is at work. */
static int
take_newest(struct head *head, const struct synced *synced,
    struct columns *columns, struct fault *f)
{
	struct buf name = {0}, path = {0};
	const char *dir = synced->dir;
	struct part p = {.synced = synced};
	int got = segment_last(dir, &name, f);

	if (got == 0 && columns != NULL)
		segment_columns(columns);
	while (got > 0) {
		buf_clear(&path);
		buf_addf(&path, "%s/%s", dir, buf_str(&name));
		segment_number(buf_slice(&name), &p.first);
		got = take_segment(head, &path, &p, columns, f);
		if (got != 0 || p.first <= 1)
			break;
		/* It was made, but its writer did not come to add to it. */
		columns = NULL;
		p.last = p.first - 1;
		got = segment_with(dir, p.last, &name, f);
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
	struct synced synced;
	int fd, got = segment_settle(dir, wait_s, &fd, f);

	if (got <= 0)
		return got;
	got = synced_open(&synced, dir, false, f) < 0
	    ? -1
	    : synced_lock(&synced, wait_s, f);
	if (got > 0)
		got = take_newest(head, &synced, columns, f);
	synced_release(&synced);
	close(fd);
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
	*rest = slice_from(word, n);
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
