#ifndef INC_INPUT_H
#define INC_INPUT_H

#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

#include "fault.h"

/* A file that is read from its start to its end. */
struct input {
	int fd;           /* -1: not open */
	const char *name; /* for messages: borrowed, or "<stdin>" */
};

/* What an operand is called in messages: "<stdin>" for "-". */
const char *input_name(const char *operand);

/* The operands or, where there are none (*n == 0), "-" alone. */
char *const *input_operands(char *const *operands, size_t *n);

/*
 * Looks at an operand without opening it.  Returns 1 for a file that can be
 * read again, 0 for what can be read but once (standard input, a pipe), -1 and
 * the fault where nothing of that name is there, or a directory.
 */
int input_look(const char *operand, struct fault *f);

/* Opens an operand: "-" is standard input.  Returns 0, or -1 and the fault. */
int input_open(struct input *in, const char *operand, struct fault *f);

/* Reads up to n bytes: their number, 0 at the end, -1 and the fault. */
ssize_t input_read(struct input *in, void *p, size_t n, struct fault *f);

/* Whether it can be read without waiting, as a regular file always can. */
bool input_is_ready(const struct input *in);

/*
 * From now on every file ends where it is as soon as this descriptor can be
 * read, so that who waits for input can be told to stop.  -1: none does.
 * Called while there is one thread.
 */
void input_stop_by(int fd);

/* Closes it; standard input is left open. */
void input_close(struct input *in);

#endif
