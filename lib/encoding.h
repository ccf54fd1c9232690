#ifndef INC_ENCODING_H
#define INC_ENCODING_H

#include <iconv.h>
#include <stdbool.h>

#include "buf.h"
#include "fault.h"
#include "slice.h"

/*
 * Text of any encoding that iconv(3) knows, turned into UTF-8 block by block.
 * What can't be converted becomes the byte 0xFF, which UTF-8 never has, so
 * that the record in which it stands is seen to be bad, and only that one.
 */
struct decoder {
	iconv_t cd;
	bool open;
	bool passes;     /* the text is UTF-8 already */
	size_t unit;     /* bytes to pass over where nothing fits */
	struct buf left; /* an incomplete character at a block's end */
};

/*
 * Opens a decoder; NULL is UTF-8, which is passed on unchecked.  Returns 0, or
 * -1 and the fault where the name is not known.
 */
int decoder_open(struct decoder *d, const char *encoding, struct fault *f);

/* Adds the next bytes of a text to *out as UTF-8; none is the text's end. */
void decoder_add(struct decoder *d, struct slice text, struct buf *out);

/*
 * The encoding in which text that is not UTF-8 probably is, by its letters:
 * that of Turkish, or of the west of Europe.
 */
const char *encoding_likely(struct slice text);

void decoder_close(struct decoder *d);

#endif
