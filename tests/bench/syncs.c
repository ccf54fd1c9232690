/*
 * How often a second something can be put on disk:
 *
 *	syncs disk FILE N
 *		adds 300 bytes to a new file and syncs it, N times
 *	syncs through FILE
 *		does the same for each line of standard input, and then prints
 *		that line: the least that a filter of rows can do
 *	syncs rows NAME N
 *		prints N rows of incidents NAME-1, NAME-2, ...
 *	syncs drive NAME N COMMAND...
 *		gives a command these rows, each when the one before has come
 *		out of it
 */
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#define BYTES 300 /* about what an entry of such a row takes */

static const char header[] = "id\tstate\tsummary\n";

static _Noreturn void
fail(const char *what)
{
	perror(what);
	exit(1);
}

static int
create(const char *path)
{
	return open(path, O_WRONLY | O_CREAT | O_TRUNC | O_APPEND, 0600);
}

/* Adds to a file, and syncs it. */
static void
add(int fd, const char *path)
{
	char bytes[BYTES];

	memset(bytes, 'x', sizeof bytes);
	if (write(fd, bytes, sizeof bytes) != (ssize_t)sizeof bytes ||
	    fdatasync(fd) < 0)
		fail(path);
}

static void
disk(const char *path, long n)
{
	int fd = create(path);

	for (; n > 0; n--)
		add(fd, path);
	close(fd);
	unlink(path);
}

static void
through(const char *path)
{
	int fd = create(path);
	char *line = NULL;
	size_t room = 0;
	ssize_t n;

	while ((n = getline(&line, &room, stdin)) > 0) {
		add(fd, path);
		if (write(STDOUT_FILENO, line, (size_t)n) != n)
			fail("write");
	}
	free(line);
	close(fd);
	unlink(path);
}

static void
print_row(FILE *to, const char *name, long i)
{
	fprintf(to, "%s-%ld\tnew\tno mail since this morning, %0100ld\n", name,
	    i, i);
}

static void
rows(const char *name, long n)
{
	fputs(header, stdout);
	for (long i = 1; i <= n; i++)
		print_row(stdout, name, i);
}

/* Waits until a line has come out. */
static void
take_line(FILE *from)
{
	int c;

	while ((c = getc(from)) != '\n') {
		if (c == EOF)
			fail("read");
	}
}

static int
drive(const char *name, long n, char **command)
{
	int to[2], from[2], status;
	FILE *in, *out;
	pid_t child;

	if (pipe(to) < 0 || pipe(from) < 0 || (child = fork()) < 0)
		fail("start");
	if (child == 0) {
		dup2(to[0], STDIN_FILENO);
		dup2(from[1], STDOUT_FILENO);
		close(to[1]);
		execvp(command[0], command);
		fail(command[0]);
	}
	close(to[0]);
	close(from[1]);
	in = fdopen(to[1], "w");
	out = fdopen(from[0], "r");
	fputs(header, in);
	for (long i = 0; i <= n; i++) { /* the first line is the header */
		if (i > 0)
			print_row(in, name, i);
		fflush(in);
		take_line(out);
	}
	fclose(in);
	return waitpid(child, &status, 0) == child && status == 0 ? 0 : 1;
}

int
main(int argc, char **argv)
{
	long n = argc > 3 ? strtol(argv[3], NULL, 10) : 0;

	if (n > 0 && strcmp(argv[1], "disk") == 0)
		disk(argv[2], n);
	else if (argc == 3 && strcmp(argv[1], "through") == 0)
		through(argv[2]);
	else if (n > 0 && strcmp(argv[1], "rows") == 0)
		rows(argv[2], n);
	else if (n > 0 && argc > 4 && strcmp(argv[1], "drive") == 0)
		return drive(argv[2], n, argv + 4);
	else
		return 2;
	return 0;
}
