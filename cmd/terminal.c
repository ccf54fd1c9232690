#include "terminal.h"

#include <stdarg.h>
#include <stdbool.h>
#include <sys/ioctl.h>
#include <unistd.h>

#include "buf.h"
#include "diag.h"

size_t
terminal_width(void)
{
	struct winsize size;

	if (!isatty(STDOUT_FILENO) ||
	    ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) < 0)
		return 0;
	return size.ws_col;
}

void
terminal_progress(const char *fmt, ...)
{
	static bool shown;
	struct buf text = {0};
	va_list ap;

	if (!isatty(STDERR_FILENO) || isatty(STDOUT_FILENO) || diag_is_quiet())
		return;
	if (fmt == NULL && !shown)
		return;
	buf_add_str(&text, "\033[K"); /* to the end of the line */
	if (fmt != NULL) {
		va_start(ap, fmt);
		buf_addv(&text, fmt, ap);
		va_end(ap);
		buf_add_char(&text, '\r');
	}
	shown = fmt != NULL;
	(void)!write(STDERR_FILENO, text.p, text.n);
	buf_release(&text);
}
