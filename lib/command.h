#ifndef INC_COMMAND_H
#define INC_COMMAND_H

#include <sys/types.h>

#include "fault.h"
#include "slice.h"

/*
 * Commands that are started without a shell, for carrier.h.  Each has a process
 * group of its own, the signals' default actions and no descriptor beyond the
 * three standard ones: its input is a file without a name, its output comes by
 * two pipes.
 */
struct command {
	pid_t pid;    /* also its group's; 0: it could not be run */
	int out, err; /* the ends to read, which never wait; -1 where it could
			 not be run.  The caller closes them */
	int error;    /* why it could not be run: an errno; else 0 */
};

/*
 * Starts argv (NULL-ended; argv[0] has a slash, or is sought on this process's
 * PATH) with own in place of those of envp that have the same names (strings
 * NAME=VALUE, NULL-ended), and input on its standard input, kept in the
 * directory tmp.  Nothing of all this is needed after the call.  Returns 0,
 * also where there is no such command or none that can be run; or -1 and the
 * fault where nothing can be started now: no room for the input, no process or
 * descriptor left.
 */
int command_start(struct command *m, char *const *argv, char *const *own,
    char *const *envp, struct slice input, const char *tmp, struct fault *f);

/*
 * Has the descriptors that this process was started with, past the standard
 * ones, closed in commands.  Those that it opens itself must be so from the
 * start.
 */
void command_keep_descriptors(void);

#endif
