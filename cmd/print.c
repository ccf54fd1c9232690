#include "print.h"

#include <unistd.h>

#include "diag.h"
#include "output.h"

void
print_text(struct buf *text)
{
	struct output out;

	output_init(&out, STDOUT_FILENO, "<stdout>");
	output_add(&out, buf_slice(text)); /* output_close() looks */
	if (output_close(&out) < 0)
		diag_fault(STATUS_FAILED, &out.fault);
	output_release(&out);
	buf_release(text);
}
