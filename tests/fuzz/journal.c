/*
 * Log entries: any bytes as the first segment of a log are read, proved and
 * folded, or refused; never more.  The head of what is proved is its last
 * entry.
 */
#include <dirent.h>
#include <fcntl.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "head.h"
#include "logbook.h"
#include "proof.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static char dir[] = "/dev/shm/inc-fuzz-XXXXXX"; /* a sync costs nothing */
static char segment[64];

/* Takes away what the last input has left: torn tails, an index. */
static void
empty(void)
{
	DIR *d = opendir(dir);
	struct dirent *entry;

	if (d == NULL)
		abort();
	while ((entry = readdir(d)) != NULL) {
		if (*entry->d_name != '.')
			unlinkat(dirfd(d), entry->d_name, 0);
	}
	closedir(d);
}

static void
clean_up(void)
{
	empty();
	rmdir(dir);
}

static void
start(void)
{
	if (mkdtemp(dir) == NULL)
		abort();
	snprintf(segment, sizeof segment, "%s/00000000000001.tsv", dir);
	atexit(clean_up);
}

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct logbook_options options = {
	    .dir = dir, .writer = true, .source = {"feed", 4}};
	struct logbook book;
	struct journal_reader journal;
	struct journal_entry entry;
	struct proof proof = {0};
	struct fault fault = {0};
	struct head head = {0};
	int fd, got, read;

	if (*segment == '\0')
		start();
	empty();
	if (journal_create(dir, &fault) < 0)
		abort();
	fd = open(segment, O_WRONLY | O_CREAT | O_TRUNC, 0600);
	if (fd < 0 || write(fd, data, size) != (ssize_t)size)
		abort();
	close(fd);
	if (journal_reader_open(&journal, dir) < 0)
		abort();
	while ((got = journal_reader_next(&journal, &entry)) > 0 &&
	    proof_entry(&proof, &entry, &fault) == 0)
		;
	read = head_read(&head, dir, 0, NULL, &fault);
	/* Of a log without an entry it may refuse the header. */
	if (got == 0 && (read == 1 ? head.seq != proof.seq : proof.seq > 0))
		abort();
	proof_end(&proof, &fault);
	proof_release(&proof);
	journal_reader_release(&journal);
	logbook_open(&book, &options);
	logbook_release(&book);
	fault_release(&fault);
	return 0;
}
