#ifndef INC_CARRIER_H
#define INC_CARRIER_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "answer.h"
#include "fault.h"
#include "slice.h"

/*
 * Commands that hand messages over, several at a time.  None goes through a
 * shell; each has a process group of its own, the signals' default actions, no
 * descriptor beyond the three standard ones, its input in a file, and so long
 * and no longer: when its time is up the group gets SIGTERM, two seconds later
 * SIGKILL.  What a command leaves behind in its group ends with it.
 */
struct carrier; /* all private */

/*
 * n slots.  clock tells milliseconds that never run back; child_fd can be read
 * whenever a child may have ended (the program's handler of SIGCHLD writes to
 * it) and never makes a reader wait: what is in it is read here.  -1: ended
 * ones are looked for every 50 ms.  tmp is a directory for files without a
 * name.  Descriptors that this process was started with, past the three
 * standard ones, are set to be closed in commands; those that it opens itself
 * must be so from the start.
 */
struct carrier *carrier_new(
    size_t n, int64_t (*clock)(void), int child_fd, const char *tmp);

/*
 * Starts argv (NULL-ended; argv[0] has a slash, or is sought on this process's
 * PATH) in a free slot, with these strings NAME=VALUE in place of those of the
 * same names in envp and before the others (both NULL-ended), and input on
 * standard input; it may take so many seconds.  Nothing of all this is needed
 * after the call.  Returns 0, also where there is no such command: that is its
 * answer.  Returns -1 and the fault where nothing can be started now: no room
 * for the input, no process or descriptor left.
 */
int carrier_start(struct carrier *c, size_t slot, char *const *argv,
    char *const *own, char *const *envp, struct slice input, int64_t limit_s,
    struct fault *f);

/*
 * Waits until a command has ended, at most until this time of the clock
 * (INT64_MAX: however long), or until stop_fd can be read (-1: none).  Where
 * none is under way it waits all the same.  Returns its answer, valid until the
 * next call, and the slot, which is free from then on; or NULL.
 */
const struct answer *carrier_wait(
    struct carrier *c, int64_t until_ms, int stop_fd, size_t *slot);

/* How many are under way: started, and their answer not yet returned. */
size_t carrier_busy(const struct carrier *c);

/*
 * Ends all that are under way, as if their time were up, and frees.  It takes
 * three seconds at most: one that even SIGKILL does not end is left.
 */
void carrier_free(struct carrier *c);

#endif
