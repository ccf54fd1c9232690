#include "synced.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "buf.h"
#include "custody.h"
#include "files.h"
#include "segment.h"
#include "slice.h"

/*
 * Two lines of fixed length, each written by one call: what the lock of this
 * file is for, and the end of the last batch, which is under the log's lock.
 */
#define NUMBER_BYTES 20
#define NOTE_BYTES (3 * (NUMBER_BYTES + 1) + SEAL_DIGITS + 1)
#define END_BYTES (2 * (NUMBER_BYTES + 1))

int
synced_open(struct synced *s, const char *dir, bool writer, struct fault *f)
{
	struct buf path = {0};

	*s = (struct synced){.dir = dir};
	buf_addf(&path, "%s/synced", dir);
	buf_str(&path);
	s->path = path.p;
	if (writer) {
		s->fd = custody_open(dir, s->path, O_RDWR, f);
		return s->fd < 0 ? -1 : 0;
	}
	s->fd = open(s->path, O_RDONLY | CUSTODY_FLAGS);
	if (s->fd >= 0 || errno == ENOENT)
		return 0;
	return fault_errno(f, "open", s->path);
}

int
synced_lock(struct synced *s, int64_t wait_s, struct fault *f)
{
	int got = 1;

	if (s->fd >= 0)
		got = segment_lock(s->fd, s->dir, false, wait_s, f);
	if (got > 0)
		synced_read(s);
	return got;
}

void
synced_unlock(struct synced *s)
{
	if (s->fd >= 0)
		file_unlock(s->fd);
}

/* Takes the note that a line is.  Returns whether it is one. */
static bool
take(struct synced *s, struct slice line)
{
	struct slice field[4];
	unsigned long long file, bytes, spoiled;

	for (size_t i = 0; i < 4; i++) {
		if (!slice_split(&line, i < 3 ? '\t' : '\n', &field[i]))
			return false;
	}
	if (line.n > 0 || slice_number(field[0], UINT64_MAX, &file) < 0 ||
	    slice_number(field[1], INT64_MAX, &bytes) < 0 ||
	    slice_number(field[2], INT64_MAX, &spoiled) < 0 ||
	    !seal_is(field[3]))
		return false;
	s->file = file;
	s->bytes = (off_t)bytes;
	s->spoiled = (off_t)spoiled;
	memcpy(s->chain, field[3].p, SEAL_DIGITS);
	s->chain[SEAL_DIGITS] = '\0';
	return true;
}

/* Takes where the last batch ends, or 0 where the line does not say so. */
static void
take_end(struct synced *s, struct slice line)
{
	unsigned long long end;

	/* Twice, because it may be read in the middle of its being written. */
	s->end = 0;
	if (line.n == END_BYTES &&
	    memcmp(line.p, line.p + NUMBER_BYTES + 1, NUMBER_BYTES) == 0 &&
	    slice_number(
		(struct slice){line.p, NUMBER_BYTES}, INT64_MAX, &end) == 0)
		s->end = (off_t)end;
}

/* Takes back what is known. */
static void
forget(struct synced *s)
{
	s->file = 0;
	s->bytes = s->spoiled = 0;
	memcpy(s->chain, chain_start, sizeof s->chain);
}

void
synced_read(struct synced *s)
{
	char text[NOTE_BYTES + END_BYTES];
	ssize_t n = pread(s->fd, text, sizeof text, 0);
	size_t rest = n > NOTE_BYTES ? (size_t)n - NOTE_BYTES : 0;

	if (n < NOTE_BYTES || text[NOTE_BYTES - 1] != '\n' ||
	    !take(s, (struct slice){text, NOTE_BYTES}))
		forget(s);
	take_end(s, (struct slice){text + NOTE_BYTES, rest});
}

bool
synced_covers(const struct synced *s, const struct stat *segment, off_t n)
{
	return s->file == segment->st_ino && s->bytes <= segment->st_size &&
	    s->bytes >= n;
}

bool
synced_is_spoiled(const struct synced *s, int fd, const struct stat *segment)
{
	return s->spoiled > 0 && synced_covers(s, segment, 0) &&
	    segment_has_end(fd, s->spoiled, s->chain);
}

/* Adds a number, and what comes after it. */
static void
add_number(struct buf *line, uint64_t n, char after)
{
	buf_add_digits(line, n, NUMBER_BYTES);
	buf_add_char(line, after);
}

/* Writes a line to its place, and frees it.  Returns 0, or -1 and the fault. */
static int
put(const struct synced *s, struct buf *line, off_t at, struct fault *f)
{
	ssize_t n = pwrite(s->fd, line->p, line->n, at);
	bool whole = n == (ssize_t)line->n;

	if (!whole) {
		errno = n >= 0 ? ENOSPC : errno;
		fault_errno(f, "write", s->path);
	}
	buf_release(line);
	return whole ? 0 : -1;
}

/* Writes what is known. */
static int
put_note(const struct synced *s, struct fault *f)
{
	struct buf line = {0};

	add_number(&line, s->file, '\t');
	add_number(&line, (uint64_t)s->bytes, '\t');
	add_number(&line, (uint64_t)s->spoiled, '\t');
	buf_add(&line, s->chain, SEAL_DIGITS);
	buf_add_char(&line, '\n');
	return put(s, &line, 0, f);
}

int
synced_note(
    struct synced *s, const struct stat *segment, off_t bytes, struct fault *f)
{
	struct synced note = *s;

	forget(&note);
	note.file = segment->st_ino;
	note.bytes = bytes;
	if (put_note(&note, f) < 0)
		return -1;
	*s = note;
	return 0;
}

void
synced_spoil(struct synced *s, off_t end, const char *chain)
{
	struct fault fault = {0};

	s->spoiled = end;
	memcpy(s->chain, chain, SEAL_DIGITS);
	put_note(s, &fault);
	fault_release(&fault);
}

int
synced_write_end(struct synced *s, off_t end, struct fault *f)
{
	struct buf line = {0};

	add_number(&line, (uint64_t)end, '\t');
	add_number(&line, (uint64_t)end, '\n');
	return put(s, &line, NOTE_BYTES, f);
}

off_t
synced_end(const struct synced *s, off_t least, off_t most)
{
	return s->end < least || s->end > most ? least : s->end;
}

void
synced_release(struct synced *s)
{
	if (s->path != NULL && s->fd >= 0)
		close(s->fd);
	free(s->path);
	*s = (struct synced){.fd = -1};
}
