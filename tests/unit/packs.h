#ifndef INC_TEST_PACKS_H
#define INC_TEST_PACKS_H

#include "dir.h"

/* Packs of a test alone, one after the other; dir_begin() comes first. */
static struct buf pack_name, pack_file_name;

/* The name of a file in the pack, valid until the next call. */
static inline const char *
in_pack(const char *file)
{
	buf_clear(&pack_file_name);
	buf_addf(&pack_file_name, "%s/%s", buf_str(&pack_name), file);
	return buf_str(&pack_file_name);
}

/* Writes a table of the pack. */
static inline void
put_table(const char *table, const char *text)
{
	struct buf name = {0};

	buf_addf(&name, "%s.tsv", table);
	dir_put(in_pack(buf_str(&name)), text);
	buf_release(&name);
}

/* Begins another pack. */
static inline void
begin_pack(void)
{
	static unsigned n;

	buf_clear(&pack_name);
	buf_addf(&pack_name, "pack%u", ++n);
	dir_make(buf_str(&pack_name));
	put_table("pack", "name\nunit\n");
}

/* Forgets them; dir_end() removes them. */
static inline void
packs_end(void)
{
	buf_release(&pack_name);
	buf_release(&pack_file_name);
}

#endif
