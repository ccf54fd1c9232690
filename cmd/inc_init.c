/*
 * inc init: the home of a site: its procedures, copied so that they can be
 * edited, an empty log, and where messages and drafts will be.  All of it is
 * for its owner alone, whatever the umask says, or shared with a group: who is
 * in it reads the procedures, and writes all else.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "diag.h"
#include "files.h"
#include "inc.h"
#include "journal.h"
#include "mem.h"
#include "pack.h"
#include "print.h"
#include "replacement.h"
#include "site.h"
#include "spool.h"

#define TABLE_BYTES ((size_t)64 * 1024 * 1024) /* more is no table */

static int
say(struct fault *f)
{
	diag_fault(STATUS_FAILED, f);
	fault_release(f);
	return -1;
}

static char *
join(const char *dir, const char *name)
{
	struct buf path = {0};

	buf_addf(&path, "%s/%s", dir, name);
	buf_str(&path);
	return path.p;
}

/* Copies a file into a directory.  Returns 0, or -1 and the fault. */
static int
copy_file(const char *from, const char *dir, const char *name, struct fault *f)
{
	struct buf text = {0};
	int result = file_read(from, TABLE_BYTES, &text, f);

	if (result == 0)
		result = replacement_write(dir, name, buf_slice(&text), f);
	buf_release(&text);
	return result;
}

/* Copies a directory with all that is in it, save hidden files. */
static int
copy_directory(
    const char *from, const char *to, struct custody c, struct fault *f)
{
	DIR *d = opendir(from);
	struct dirent *e;
	int result = 0;

	if (d == NULL)
		return fault_errno(f, "open", from);
	if (directory_create(to, c, f) < 0)
		result = -1;
	while (result == 0 && (e = readdir(d)) != NULL) {
		char *source = join(from, e->d_name);
		char *target = join(to, e->d_name);

		if (e->d_name[0] == '.')
			;
		else if (directory_exists(source))
			result = copy_directory(source, target, c, f);
		else
			result = copy_file(source, to, e->d_name, f);
		free(source);
		free(target);
	}
	closedir(d);
	return result;
}

/* Whether a directory is there and holds something: never to be touched. */
static bool
is_in_use(const char *path)
{
	DIR *d = opendir(path);
	struct dirent *e;
	bool used = d == NULL && errno != ENOENT;

	while (d != NULL && !used && (e = readdir(d)) != NULL)
		used =
		    strcmp(e->d_name, ".") != 0 && strcmp(e->d_name, "..") != 0;
	if (d != NULL)
		closedir(d);
	return used;
}

/* Makes all parts of a home.  Returns 0, or -1 and the fault. */
static int
make_home(const char *home, const struct pack *p, struct custody read,
    struct custody write, struct fault *f)
{
	static const char *const parts[] = {"drafts", "log"};
	char *procedures = join(home, "procedures");
	char *log = join(home, "log"), *spool = join(home, "spool");
	int result = directory_create(home, read, f);

	/* The first directory wins, so it is the last to be copied. */
	for (size_t i = p->n; i > 0 && result == 0; i--)
		result = copy_directory(p->dir[i - 1], procedures, read, f);
	for (size_t i = 0; i < LEN(parts) && result == 0; i++) {
		char *path = join(home, parts[i]);

		result = directory_create(path, write, f);
		free(path);
	}
	if (result == 0)
		result = journal_create(log, f);
	if (result == 0)
		result = spool_create(spool, write, f);
	free(procedures);
	free(log);
	free(spool);
	return result;
}

void
inc_init(const struct options *o, const char *group_name, char *const *operands,
    size_t n)
{
	struct custody read = CUSTODY_OWN, write = CUSTODY_OWN;
	gid_t group;
	const char *home = n > 0 ? operands[0] : getenv("INC_HOME");
	struct pack pack = {0};
	struct fault fault = {0};
	struct buf text = {0};

	if (n > 1)
		options_misuse("init makes one home");
	if (home == NULL || *home == '\0')
		options_misuse("init needs a DIR, or INC_HOME");
	if (o->procedures == NULL)
		options_misuse("init needs -p PACK, to begin with its "
			       "procedures (itsm is shipped)");
	if (group_name != NULL) {
		if (site_group(group_name, &group) < 0)
			return;
		read = CUSTODY_READ(group);
		write = CUSTODY_SHARED(group);
	}
	if (is_in_use(home)) {
		diag_say(STATUS_FAILED,
		    "'%s' is there and not empty: nothing was done", home);
		return;
	}
	if (site_pack_needed(&pack, o) < 0)
		return;
	if (make_home(home, &pack, read, write, &fault) < 0) {
		say(&fault);
	} else {
		char *whole = realpath(home, NULL);

		buf_addf(&text,
		    "%s is made, with procedures, log, spool and drafts.\n"
		    "Tell the programs: export INC_HOME='%s'\n",
		    home, whole != NULL ? whole : home);
		free(whole);
		print_text(&text);
	}
	buf_release(&text);
	pack_release(&pack);
}
