#include "rejects.h"

#include "escape.h"

int
rejects_open(struct rejects *r, const char *path)
{
	static const struct slice name[] = {
	    SLICE("file"), SLICE("line"), SLICE("reason"), SLICE("row")};

	if (output_create(&r->out.out, path) < 0)
		return -1;
	r->open = true;
	return stream_writer_row(&r->out, name, 4);
}

int
rejects_add(struct rejects *r, const char *file, size_t line,
    struct slice reason, struct slice row)
{
	struct slice field[4];

	if (!r->open)
		return 0;
	for (size_t i = 0; i < 3; i++)
		buf_clear(&r->text[i]);
	buf_addf(&r->text[0], "%zu", line);
	escape_add(&r->text[1], reason);
	escape_add(&r->text[2], row);
	field[0] = slice_of(file);
	for (size_t i = 0; i < 3; i++)
		field[i + 1] = buf_slice(&r->text[i]);
	return stream_writer_row(&r->out, field, 4);
}

int
rejects_close(struct rejects *r)
{
	if (!r->open)
		return 0;
	r->open = false;
	return output_close(&r->out.out);
}

void
rejects_release(struct rejects *r)
{
	output_release(&r->out.out);
	for (size_t i = 0; i < 3; i++)
		buf_release(&r->text[i]);
}
