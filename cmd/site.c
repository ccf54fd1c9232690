#include "site.h"

#include <errno.h>
#include <grp.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "diag.h"
#include "escape.h"
#include "files.h"
#include "utf8.h"

/* The value of an environment variable, or NULL where empty or not there. */
static const char *
environment(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && *value != '\0' ? value : NULL;
}

/* dir/name, to be freed. */
static char *
join(struct slice dir, const char *name)
{
	struct buf path = {0};

	buf_add_slice(&path, dir);
	buf_addf(&path, "/%s", name);
	buf_str(&path);
	return path.p;
}

/* Whether this is a tree of shipped data. */
static bool
holds_data(const char *share)
{
	char *import = join(slice_of(share), "import");
	bool found = directory_exists(import);

	free(import);
	return found;
}

/* Sets *dir to where the program itself is, empty where that is not known. */
static void
own_directory(struct buf *dir)
{
	size_t room = 64;
	ssize_t n;

	do { /* a path that fills the room may be cut */
		room *= 2;
		n = readlink("/proc/self/exe", buf_room(dir, room), room);
	} while (n >= 0 && (size_t)n == room);
	dir->n = n > 0 ? (size_t)n : 0;
	while (dir->n > 0 && dir->p[dir->n - 1] != '/')
		dir->n--;
	dir->n -= dir->n > 0 ? 1 : 0;
}

void
site_user(struct buf *out)
{
	const struct passwd *user = getpwuid(getuid());

	if (user != NULL && utf8_is_valid(slice_of(user->pw_name)))
		escape_add(out, slice_of(user->pw_name));
	else
		buf_addf(out, "%lu", (unsigned long)getuid());
}

uint64_t
site_segment_bytes(void)
{
	const char *value = environment("INC_SEGMENT_BYTES");
	unsigned long long bytes = 0;

	if (value != NULL &&
	    slice_number(slice_of(value), INT64_MAX, &bytes) < 0)
		options_misuse("INC_SEGMENT_BYTES='%s': a number of bytes was "
			       "expected",
		    value);
	return bytes;
}

char *
site_beside(void)
{
	struct buf dir = {0};

	own_directory(&dir);
	if (dir.n == 0)
		buf_add_char(&dir, '.');
	buf_str(&dir);
	return dir.p;
}

char *
site_share(void)
{
	/* The last two are a source tree's, from build/ and build/x/. */
	static const char *const beside[] = {
	    "../share/inc", "../share", "../../share"};
	struct buf dir = {0};
	char *share = NULL;

	own_directory(&dir);
	for (size_t i = 0; dir.n > 0 && i < 3 && share == NULL; i++) {
		char *path = join(buf_slice(&dir), beside[i]);

		/* Messages name it: without the dots. */
		if (holds_data(path))
			share = realpath(path, NULL);
		free(path);
	}
	buf_release(&dir);
	return share != NULL ? share : join(slice_of(INC_SHAREDIR), ".");
}

/* The path of packs that the site names, to be freed, or NULL. */
static char *
procedures(const struct options *o)
{
	const char *path = o->procedures;

	if (path == NULL)
		path = environment("INC_PROCEDURES");
	if (path != NULL)
		return mem_copy(path, strlen(path));
	path = environment("INC_HOME");
	return path != NULL ? join(slice_of(path), "procedures") : NULL;
}

static int
open_pack(struct pack *p, char *path, struct faults *kept)
{
	struct fault fault = {.kept = kept};
	char *share = site_share();
	int result = pack_open(p, path, share, &fault);

	if (result < 0)
		diag_fault(STATUS_FAILED, &fault);
	fault_release(&fault);
	free(share);
	free(path);
	return result < 0 ? -1 : 1;
}

int
site_pack(struct pack *p, const struct options *o)
{
	char *path = procedures(o);

	if (path == NULL) {
		diag_notice("no procedures: zone UTC, nothing sealed");
		return 0;
	}
	return open_pack(p, path, NULL);
}

int
site_pack_faults(struct pack *p, const struct options *o, struct faults *faults)
{
	char *path = procedures(o);

	if (path == NULL) {
		diag_say(STATUS_FAILED,
		    "no procedures: give -p PATH, INC_PROCEDURES or INC_HOME");
		return -1;
	}
	return open_pack(p, path, faults) < 0 ? -1 : 0;
}

int
site_pack_needed(struct pack *p, const struct options *o)
{
	return site_pack_faults(p, o, NULL);
}

int
site_group(const char *name, gid_t *group)
{
	const struct group *found = getgrnam(name);
	unsigned long long number;

	if (found != NULL)
		*group = found->gr_gid;
	else if (slice_number(slice_of(name), UINT32_MAX - 1, &number) == 0)
		*group = (gid_t)number;
	else {
		diag_say(STATUS_FAILED, "no group '%s'", name);
		return -1;
	}
	return 0;
}

const char *
site_home(const struct options *o)
{
	return o->log == NULL && environment("INC_LOG") == NULL
	    ? environment("INC_HOME")
	    : NULL;
}

/*
 * A directory by its option, else its variable, else its name in the home; or
 * NULL after saying the choices.
 */
static char *
directory(const char *option, const char *letter, const char *variable,
    const char *name)
{
	const char *path = option;

	if (path == NULL)
		path = environment(variable);
	if (path != NULL)
		return mem_copy(path, strlen(path));
	path = environment("INC_HOME");
	if (path != NULL)
		return join(slice_of(path), name);
	diag_say(STATUS_FAILED,
	    "no %s: give %s DIR, %s or INC_HOME (inc init makes a home)", name,
	    letter, variable);
	return NULL;
}

char *
site_log(const struct options *o)
{
	return directory(o->log, "-l", "INC_LOG", "log");
}

/* Adds the path of what is called so beside what a path names. */
static void
add_beside(struct buf *out, const char *path, const char *name)
{
	struct slice dir = slice_of(path), last;

	while (dir.n > 1 && dir.p[dir.n - 1] == '/')
		dir.n--;
	last = dir;
	while (dir.n > 0 && dir.p[dir.n - 1] != '/')
		dir.n--;
	last = (struct slice){dir.p + dir.n, last.n - dir.n};
	if (slice_is(last, ".") || slice_is(last, ".."))
		buf_addf(out, "%s/../", path);
	else
		buf_add_slice(out, dir);
	buf_add_str(out, name);
}

/* Whether a directory is a spool, or may not be looked into. */
static bool
may_be_spool(const char *dir)
{
	struct stat st;
	char *lock = join(slice_of(dir), "lock");
	bool result = stat(lock, &st) == 0 || errno == EACCES;

	free(lock);
	return result;
}

char *
site_spool_of(const struct options *o, const char *log)
{
	const char *named = o->spool;
	struct buf path = {0};

	if (named == NULL && o->log == NULL)
		named = environment("INC_SPOOL");
	if (named != NULL)
		return mem_copy(named, strlen(named));
	add_beside(&path, log, "spool");
	if (!may_be_spool(buf_str(&path)))
		buf_release(&path);
	return path.p;
}

char *
site_spool(const struct options *o)
{
	return directory(o->spool, "-s", "INC_SPOOL", "spool");
}
