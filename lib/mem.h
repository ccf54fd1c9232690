#ifndef INC_MEM_H
#define INC_MEM_H

#include <stddef.h>

/*
 * Checked memory.  The functions here never return NULL: when memory is out
 * they print one line and end the program with status 2, the only place in
 * the library that does so.  Sizes are checked for overflow.
 */

/* A block of count * size bytes, set to zero.  Free with free(). */
void *mem_new(size_t count, size_t size);

/* Resizes p (NULL is a new block) to count * size bytes, like realloc(). */
void *mem_resize(void *p, size_t count, size_t size);

/* A copy of n bytes with a NUL after them.  Free with free(). */
char *mem_copy(const void *p, size_t n);

/*
 * Makes room for one more element of a growing array: returns p, moved where
 * n has reached *cap.  Use: v = mem_grow(v, n, &cap, sizeof *v); v[n++] = x;
 */
void *mem_grow(void *p, size_t n, size_t *cap, size_t size);

/*
 * An arena: many small pieces, freed together.  All zero is an empty arena.
 */
struct arena {
	struct arena_block *block; /* the newest block, linked to older ones */
};

/* n bytes, set to zero, aligned for any type, valid until release or reset. */
void *arena_new(struct arena *a, size_t n);

/* The same, not set. */
void *arena_raw(struct arena *a, size_t n);

/* n bytes that are not set, at any address. */
char *arena_bytes(struct arena *a, size_t n);

/* A copy of n bytes with a NUL after them, at any address. */
char *arena_copy(struct arena *a, const void *p, size_t n);

/*
 * Makes room for one more element of an array that grows in an arena: returns
 * p, moved where its n elements fill their room, which doubles from one on.
 * For many arrays that stay short; what one leaves behind stays until release
 * or reset.
 */
void *arena_grow(struct arena *a, void *p, size_t n, size_t size);

/* Forgets all pieces; one block is kept for reuse. */
void arena_reset(struct arena *a);

/* Frees everything; the arena is empty and may be used again. */
void arena_release(struct arena *a);

#endif
