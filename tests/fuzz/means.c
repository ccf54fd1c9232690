#include "errand.h"

#include <stdlib.h>

/*
 * Tables of channels: of every medium that is read, each attempt has a verdict,
 * and a message, whose fields are the text of the table too, becomes as many
 * arguments as the cell has words, and an environment without control
 * characters.
 */
static void
check_errand(const struct means *m, const struct message *message)
{
	static const struct mailform sender = {SLICE("a@b"), SLICE("c")};
	struct errand e = {0};
	struct fault f = {0};
	size_t n = 0;

	if (errand_make(&e, m, message, &sender, (struct stamp){0}, &f) == 0) {
		while (e.argv[n] != NULL)
			n++;
		for (char **own = e.own; *own != NULL; own++) {
			for (const char *p = *own; *p != '\0'; p++) {
				if (*p > 0 && *p < ' ')
					abort();
			}
		}
		if (n != m->nwords)
			abort();
	} else if (f.text.n == 0) {
		abort();
	}
	errand_release(&e);
	fault_release(&f);
}

static void
check_verdicts(const struct means *m)
{
	for (int i = 0; i < 256; i++) {
		struct answer ended = {.status = i};
		struct answer code = {.status = i, .code = 200 + i};

		if ((means_judge(m, &ended) == MEANS_DONE) != (i == 0) ||
		    (means_judge(m, &code) == MEANS_DONE) != (i < 100))
			abort();
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct slice text = {(const char *)data, size}, rest = text, part;
	struct table t = {0};
	struct means_list list = {0};
	struct message message = {0};
	struct fault f = {0};

	for (size_t i = 0; i < MESSAGE_COLUMNS; i++) {
		if (slice_split(&rest, '\t', &part))
			message_set(&message, (enum message_column)i, part);
	}
	if (table_read(&t, "fuzz", text, false, &f) == 0 &&
	    means_load(&list, &t, &f) == 0) {
		for (size_t i = 0; i < list.n; i++) {
			check_verdicts(&list.means[i]);
			check_errand(&list.means[i], &message);
		}
	} else if (f.text.n == 0) {
		abort();
	}
	message_release(&message);
	means_release(&list);
	table_release(&t);
	fault_release(&f);
	return 0;
}
