#include "textin.h"

#include <unistd.h>

#include "input.h"

#define BLOCK_BYTES ((size_t)256 * 1024) /* read at once */

/* Reads one more block, as it stands.  Returns 0, or -1. */
static int
read_block(struct textin *t, struct fault *f)
{
	ssize_t n;

	buf_clear(&t->block);
	n = input_read(
	    &t->in, buf_room(&t->block, BLOCK_BYTES), BLOCK_BYTES, f);
	if (n < 0)
		return -1;
	t->block.n = (size_t)n;
	t->ended = n == 0;
	return t->ended ? unpack_close(&t->unpack, true, f) : 0;
}

/* A text of two-byte units starts with one of these marks. */
static bool
is_utf16(struct slice text)
{
	return slice_starts(text, "\xff\xfe") || slice_starts(text, "\xfe\xff");
}

/* Reads the first block, which tells what the file is.  Returns 0, or -1. */
static int
start(struct textin *t, struct fault *f)
{
	struct slice block;
	const char *kind;

	if (read_block(t, f) < 0)
		return -1;
	block = buf_slice(&t->block);
	kind = unpack_kind(block);
	if (kind != NULL) /* from a pipe, in which nobody can go back */
		return fault_at(f, (struct place){.file = t->file},
		    "is %s: give it by name", kind);
	if (t->encoding == NULL && is_utf16(block))
		t->encoding = "UTF-16";
	if (decoder_open(&t->decoder, t->encoding, f) < 0)
		return -1;
	decoder_add(&t->decoder, block, &t->text);
	return 0;
}

int
textin_open(struct textin *t, const char *operand, const char *encoding,
    struct fault *f)
{
	textin_close(t);
	t->encoding = encoding;
	t->file = operand;
	if (input_open(&t->in, operand, f) < 0)
		return -1;
	t->open = true;
	t->file = t->in.name;
	if (unpack_open(&t->unpack, &t->in, f) < 0)
		return -1;
	return start(t, f);
}

int
textin_reopen(struct textin *t, int fd, const char *file, struct fault *f)
{
	textin_close(t);
	t->encoding = NULL;
	t->file = file;
	t->in = (struct input){.fd = dup(fd), .name = file};
	t->open = true;
	if (t->in.fd < 0 || lseek(t->in.fd, 0, SEEK_SET) < 0)
		return fault_errno(f, "read again", file);
	if (decoder_open(&t->decoder, NULL, f) < 0)
		return -1;
	return textin_fill(t, f);
}

int
textin_fill(struct textin *t, struct fault *f)
{
	if (read_block(t, f) < 0)
		return -1;
	decoder_add(&t->decoder, buf_slice(&t->block), &t->text);
	return 0;
}

int
textin_fail(const struct textin *t, struct place where, struct fault *f)
{
	if (t->encoding != NULL)
		return fault_at(f, where, "not valid in %s", t->encoding);
	return fault_at(f, where, "not UTF-8");
}

void
textin_close(struct textin *t)
{
	struct fault unheard = {0}; /* it stops before its end: no fault */

	if (t->open) {
		input_close(&t->in);
		unpack_close(&t->unpack, false, &unheard);
		decoder_close(&t->decoder);
		fault_release(&unheard);
	}
	t->open = false;
	t->ended = false;
	buf_clear(&t->text);
}

void
textin_release(struct textin *t)
{
	textin_close(t);
	buf_release(&t->block);
	buf_release(&t->text);
}
