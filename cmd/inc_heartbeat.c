/*
 * inc heartbeat: may a tick of this host go on, and how did it end?  Ticks
 * leave a heartbeat in the home, by which one host at a time works on it, also
 * where hosts don't see each other's locks; inc-tick(1) calls this.
 */
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/utsname.h>
#include <unistd.h>

#include "diag.h"
#include "files.h"
#include "heartbeat.h"
#include "inc.h"
#include "print.h"
#include "replacement.h"

#define NOTICE_S 3600 /* between two that another host is at work */

struct desk {
	const char *home;
	const struct beat *beat;
	struct stamp now;
	struct utsname host; /* this one */
	struct buf path, text;
	struct heartbeat last; /* in text */
	bool is_others;        /* whether the last one is another host's */
};

/* Reads the last heartbeat.  Returns 1; 0 where there is none; or -1. */
static int
look(struct desk *d, struct fault *f)
{
	int result;

	d->last = (struct heartbeat){0};
	if (!file_exists(buf_str(&d->path)))
		return 0;
	result = file_read(d->path.p, HEARTBEAT_BYTES, &d->text, f);
	if (result == 0 && heartbeat_parse(&d->last, buf_slice(&d->text)) < 0)
		result = fault_at(f, (struct place){.file = d->path.p},
		    "is no heartbeat of ticks");
	if (result < 0) {
		d->last = (struct heartbeat){0};
		return -1;
	}
	d->is_others = !slice_is(d->last.host, d->host.nodename);
	/* A clock that was ahead is not believed. */
	if (d->last.has_good && stamp_cmp(d->last.good, d->now) > 0)
		d->last.has_good = false;
	return 1;
}

/* Leaves a heartbeat of this host.  Returns 0, or -1 after saying why. */
static int
leave(const struct desk *d, struct stamp began, bool good)
{
	struct heartbeat h = d->last;
	struct fault fault = {0};
	struct buf text = {0};
	int result;

	h.host = slice_of(d->host.nodename);
	h.every_s = d->beat->every_s;
	h.began = began;
	if (good) {
		h.good = began;
		h.has_good = true;
	}
	heartbeat_add(&text, &h);
	result =
	    replacement_write(d->home, "heartbeat", buf_slice(&text), &fault);
	if (result < 0)
		diag_fault(STATUS_FAILED, &fault);
	buf_release(&text);
	fault_release(&fault);
	return result;
}

/*
 * Says that another host is at work: to who is there, else once an hour, which
 * the time of the lock's file tells.
 */
static void
tell_busy(const struct desk *d)
{
	struct timespec now[] = {{d->now.s, 0}, {d->now.s, 0}};
	struct buf lock = {0};
	struct stat st;

	buf_addf(&lock, "%s/tick.lock", d->home);
	if (isatty(STDERR_FILENO) || stat(buf_str(&lock), &st) < 0 ||
	    d->now.s - st.st_mtime >= NOTICE_S) {
		diag_notice(
		    "%.*s is at work on this home", SLICE_ARG(d->last.host));
		utimensat(AT_FDCWD, buf_str(&lock), now, 0);
	}
	diag_count(STATUS_RETRY);
	buf_release(&lock);
}

/*
 * Another host was at work.  Where it is silent the heartbeat becomes ours, and
 * if that still stands at our next tick, no third host was after us.
 */
static void
stand_by(const struct desk *d)
{
	if (!heartbeat_is_silent(&d->last, d->now))
		tell_busy(d);
	else if (leave(d, d->now, false) == 0)
		diag_say(STATUS_RETRY,
		    "%.*s is silent: %s goes on from its next tick",
		    SLICE_ARG(d->last.host), d->host.nodename);
}

/* Whether this is the home of a site, and whole; says what it lacks. */
static bool
is_home(const struct desk *d)
{
	static const char *const parts[] = {"procedures", "log", "spool"};
	struct buf path = {0};
	bool whole = true;

	for (size_t i = 0; i < LEN(parts) && whole; i++) {
		buf_clear(&path);
		buf_addf(&path, "%s/%s", d->home, parts[i]);
		whole = directory_exists(buf_str(&path));
	}
	if (!whole)
		diag_say(STATUS_FAILED, "no '%s': 'inc init' makes it",
		    buf_str(&path));
	buf_release(&path);
	return whole;
}

/* Prints when the last good tick began. */
static void
print_good(const struct desk *d)
{
	struct buf text = {0};

	stamp_add(&text, d->last.has_good ? d->last.good : (struct stamp){0});
	buf_add_char(&text, '\n');
	print_text(&text);
}

static void
begin(struct desk *d)
{
	struct fault fault = {0};

	if (!is_home(d))
		return;
	if (look(d, &fault) < 0)
		diag_say(
		    STATUS_DONE, "%s: taken for none", buf_str(&fault.text));
	fault_release(&fault);
	if (d->is_others && !d->beat->take_over)
		stand_by(d);
	else if (!d->beat->take_over || leave(d, d->now, false) == 0)
		print_good(d);
}

static void
end(struct desk *d)
{
	struct fault fault = {0};

	look(d, &fault); /* one that is damaged is written anew */
	fault_release(&fault);
	if (d->is_others)
		diag_say(STATUS_FAILED, "%.*s has taken over meanwhile",
		    SLICE_ARG(d->last.host));
	else
		leave(d, d->beat->began, d->beat->good);
}

void
inc_heartbeat(const struct options *o, const struct beat *beat,
    char *const *operands, size_t n)
{
	struct desk d = {
	    .home = getenv("INC_HOME"), .beat = beat, .now = {o->now.s, 0}};
	bool begins = n == 1 && strcmp(operands[0], "begin") == 0;

	if (!begins && (n != 1 || strcmp(operands[0], "end") != 0))
		options_misuse("heartbeat needs begin or end");
	if (begins ? beat->began.s != 0 || beat->good : beat->take_over)
		options_misuse("--take-over is for heartbeat begin, --began "
			       "and --good for end");
	if (!begins && beat->began.s == 0)
		options_misuse("heartbeat end needs --began TIME");
	if (beat->every_s == 0)
		options_misuse("--every needs a second or more");
	if (d.home == NULL || *d.home == '\0')
		options_misuse("heartbeat needs INC_HOME");
	uname(&d.host);
	buf_addf(&d.path, "%s/heartbeat", d.home);
	if (begins)
		begin(&d);
	else
		end(&d);
	buf_release(&d.path);
	buf_release(&d.text);
}
