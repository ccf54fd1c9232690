#include "runnable.h"

#include "dir.h"

static struct pack pack;
static struct buf path, share, search;

static void
make(const char *name, mode_t mode)
{
	dir_put(name, "#!/bin/sh\n");
	CHECK(chmod(in_dir(name), mode) == 0);
}

/* A pack, shipped media, and two directories to be searched. */
static void
start(void)
{
	struct fault fault = {0};

	dir_begin();
	dir_make("pack");
	dir_put("pack/pack.tsv", "name\tzone\nours\tUTC\n");
	dir_make("pack/media");
	dir_make("share");
	dir_make("share/media");
	dir_make("one");
	dir_make("two");
	buf_add_str(&share, in_dir("share"));
	buf_addf(&search, "%s:%s", in_dir("one"), in_dir("two"));
	CHECK(pack_open(&pack, in_dir("pack"), buf_str(&share), &fault) == 0);
	fault_release(&fault);
}

/* Whether a command is found; *path is compared with what is wanted. */
static bool
finds(const char *name, const char *wanted)
{
	bool found = runnable_find(
	    &path, &pack, buf_str(&share), buf_str(&search), name);

	CHECK_SLICE(buf_slice(&path), wanted);
	return found;
}

static void
the_first_place_that_has_it_counts(void)
{
	make("two/lamp", 0700);
	CHECK(finds("lamp", in_dir("two/lamp")));
	make("one/lamp", 0600);
	CHECK(finds("lamp", in_dir("two/lamp")));
	make("one/lamp", 0700);
	CHECK(finds("lamp", in_dir("one/lamp")));
	make("share/media/lamp", 0600);
	CHECK(finds("lamp", in_dir("one/lamp")));
	make("share/media/lamp", 0700);
	CHECK(finds("lamp", in_dir("share/media/lamp")));
	/* That of a pack is meant, whether or not it can be run. */
	make("pack/media/lamp", 0600);
	CHECK(!finds("lamp", in_dir("pack/media/lamp")));
	make("pack/media/lamp", 0700);
	CHECK(finds("lamp", in_dir("pack/media/lamp")));
}

static void
what_is_nowhere_is_its_name(void)
{
	CHECK(!finds("bell", "bell"));
	CHECK(!finds("../two/lamp", "../two/lamp"));
	CHECK(!runnable_find(&path, &pack, buf_str(&share), NULL, "bell"));
	CHECK_SLICE(buf_slice(&path), "bell");
}

static void
a_path_is_taken_as_it_is(void)
{
	CHECK(finds(in_dir("two/lamp"), in_dir("two/lamp")));
	CHECK(!finds(in_dir("two"), in_dir("two")));
	CHECK(!finds(in_dir("two/bell"), in_dir("two/bell")));
}

int
main(void)
{
	start();
	RUN(the_first_place_that_has_it_counts);
	RUN(what_is_nowhere_is_its_name);
	RUN(a_path_is_taken_as_it_is);
	pack_release(&pack);
	buf_release(&path);
	buf_release(&share);
	buf_release(&search);
	dir_end();
	return test_done();
}
