#include "fault.h"

#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "mem.h"

struct place
place_in(struct place cell_at, struct slice cell, const char *part)
{
	if (cell_at.column > 0)
		cell_at.column += (size_t)(part - cell.p);
	return cell_at;
}

int
fault_at(struct fault *f, struct place where, const char *fmt, ...)
{
	va_list ap;

	buf_clear(&f->text);
	if (where.file != NULL)
		buf_add_str(&f->text, where.file);
	f->file_n = f->text.n;
	f->line = where.line;
	f->column = where.column;
	if (where.line != 0)
		buf_addf(&f->text, ":%zu", where.line);
	if (where.column != 0)
		buf_addf(&f->text, ":%zu", where.column);
	if (f->text.n > 0)
		buf_add_str(&f->text, ": ");
	f->reason = f->text.n;
	va_start(ap, fmt);
	buf_addv(&f->text, fmt, ap);
	va_end(ap);
	return -1;
}

int
fault_pass(struct fault *f, const struct fault *other)
{
	buf_clear(&f->text);
	buf_add_slice(&f->text, buf_slice(&other->text));
	f->reason = other->reason;
	f->file_n = other->file_n;
	f->line = other->line;
	f->column = other->column;
	return -1;
}

int
fault_errno(struct fault *f, const char *what, const char *name)
{
	char why[128]; /* strerror() may be called by one thread alone */

	if (strerror_r(errno, why, sizeof why) != 0)
		snprintf(why, sizeof why, "error %d", errno);
	return fault_at(f, (struct place){0}, "%s '%s': %s", what, name, why);
}

int
fault_suggest(
    struct fault *f, struct slice wrong, const struct slice *names, size_t n)
{
	struct slice near = slice_nearest(wrong, names, n);

	if (near.n > 0)
		buf_addf(&f->text, " (did you mean '%.*s'?)", SLICE_ARG(near));
	return -1;
}

int
fault_keep(struct fault *f)
{
	struct faults *all = f->kept;

	if (all == NULL)
		return -1;
	if (f->text.n == 0)
		return 0;
	all->more = all->more || all->n == FAULTS_MOST;
	if (all->more)
		return -1;
	all->fault =
	    mem_grow(all->fault, all->n, &all->cap, sizeof *all->fault);
	all->fault[all->n] = *f;
	all->fault[all->n++].kept = NULL;
	*f = (struct fault){.kept = all};
	return 0;
}

size_t
fault_count(const struct fault *f)
{
	return f->kept != NULL ? f->kept->n : 0;
}

struct slice
fault_file(const struct fault *f)
{
	return (struct slice){f->text.p, f->file_n};
}

struct slice
fault_reason(const struct fault *f)
{
	struct slice text = buf_slice(&f->text);

	return slice_from(text, f->reason);
}

void
fault_release(struct fault *f)
{
	buf_release(&f->text);
}

void
faults_release(struct faults *all)
{
	for (size_t i = 0; i < all->n; i++)
		fault_release(&all->fault[i]);
	free(all->fault);
	*all = (struct faults){0};
}
