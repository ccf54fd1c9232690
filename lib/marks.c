#include "marks.h"

#include <stdlib.h>

#include "columns.h"
#include "mem.h"

/*
 * An export says the same few things over and over, so answers for short
 * values are remembered: a value and its length are the 16 bytes of a key.
 */
#define ANSWERS ((size_t)4096) /* a power of two */
#define KEY_MAX 15

struct marks_answer {
	uint64_t key[2]; /* the length is the last byte's, plus 1 */
	bool missing;
};

int
marks_add(struct marks *m, struct slice condition, struct place where,
    struct fault *f)
{
	struct columns x = {0};
	struct when *w = when_parse(condition, where, f);
	int result = -1;

	if (w != NULL) {
		columns_add(&x, (struct slice)SLICE("X"));
		result = when_bind(w, &x, NULL, f);
		columns_release(&x);
		m->when =
		    mem_grow(m->when, m->n, &m->cap, sizeof(struct when *));
		m->when[m->n++] = w;
	}
	return result;
}

static int
test(const struct marks *m, struct slice field, struct marks_state *state)
{
	int got = 0;

	for (size_t i = 0; i < m->n && got == 0; i++)
		got = when_test(m->when[i], &field, &state->when);
	return got;
}

int
marks_test(const struct marks *m, struct slice field, struct marks_state *state)
{
	struct marks_answer *answer;
	uint64_t key[2] = {0};
	unsigned char *bytes = (unsigned char *)key;

	if (m->n == 0 || field.n > KEY_MAX)
		return test(m, field, state);
	if (state->answer == NULL)
		state->answer = mem_new(ANSWERS, sizeof *state->answer);
	if (field.n > 0)
		memcpy(bytes, field.p, field.n);
	bytes[KEY_MAX] = (unsigned char)(field.n + 1);
	answer = &state->answer[((key[0] ^ (key[1] * 31)) *
				    UINT64_C(0x9e3779b97f4a7c15)) >>
	    52];
	if (answer->key[0] != key[0] || answer->key[1] != key[1]) {
		int got = test(m, field, state);

		if (got < 0)
			return got; /* to be said each time */
		answer->key[0] = key[0];
		answer->key[1] = key[1];
		answer->missing = got == 1;
	}
	return answer->missing;
}

void
marks_release(struct marks *m)
{
	for (size_t i = 0; i < m->n; i++)
		when_free(m->when[i]);
	free(m->when);
	*m = (struct marks){0};
}

void
marks_state_release(struct marks_state *state)
{
	free(state->answer);
	when_state_release(&state->when);
	state->answer = NULL;
}
