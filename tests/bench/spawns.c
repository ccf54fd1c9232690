/*
 * spawns N JOBS COMMAND...: runs a command N times, JOBS at a time, and does
 * nothing else: how often a second a process can be had.
 */
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>

extern char **environ;

/* Waits for one.  Returns whether it did its work. */
static int
reap(void)
{
	int status;

	return wait(&status) > 0 && status == 0;
}

int
main(int argc, char **argv)
{
	long n = argc > 3 ? strtol(argv[1], NULL, 10) : 0;
	long jobs = argc > 3 ? strtol(argv[2], NULL, 10) : 0;
	long running = 0;
	pid_t pid;

	if (n <= 0 || jobs <= 0)
		return 2;
	for (; n > 0; n--) {
		if (running == jobs && !reap())
			return 1;
		running += running < jobs;
		if (posix_spawnp(
			&pid, argv[3], NULL, NULL, argv + 3, environ) != 0)
			return 1;
	}
	for (; running > 0; running--) {
		if (!reap())
			return 1;
	}
	return 0;
}
