#include "runnable.h"

#include "packs.h"

static struct pack pack;
static struct buf path;

static void
make(const char *name, mode_t mode)
{
	packs_file(name, "#!/bin/sh\n");
	CHECK(chmod(packs_path(name), mode) == 0);
}

/* A pack, shipped media, and two directories to be searched. */
static void
start(void)
{
	struct fault fault = {0};

	packs_start();
	packs_directory("pack");
	packs_file("pack/pack.tsv", "name\tzone\nours\tUTC\n");
	packs_directory("pack/media");
	packs_directory("share");
	packs_directory("share/media");
	packs_directory("one");
	packs_directory("two");
	CHECK(pack_open(
		  &pack, packs_path("pack"), packs_path("share"), &fault) == 0);
	fault_release(&fault);
}

/* Whether a command is found; *path is compared with the packs' own. */
static bool
finds(const char *name, const char *wanted)
{
	struct buf search = {0};
	bool found;

	buf_addf(&search, "%s:", packs_path("one"));
	buf_add_str(&search, packs_path("two"));
	found = runnable_find(
	    &path, &pack, packs_path("share"), buf_str(&search), name);
	CHECK_SLICE(buf_slice(&path), wanted);
	buf_release(&search);
	return found;
}

static void
the_first_place_that_has_it_counts(void)
{
	make("two/lamp", 0700);
	CHECK(finds("lamp", packs_path("two/lamp")));
	make("one/lamp", 0600);
	CHECK(finds("lamp", packs_path("two/lamp")));
	make("one/lamp", 0700);
	CHECK(finds("lamp", packs_path("one/lamp")));
	make("share/media/lamp", 0600);
	CHECK(finds("lamp", packs_path("one/lamp")));
	make("share/media/lamp", 0700);
	CHECK(finds("lamp", packs_path("share/media/lamp")));
	/* That of a pack is meant, whether or not it can be run. */
	make("pack/media/lamp", 0600);
	CHECK(!finds("lamp", packs_path("pack/media/lamp")));
	make("pack/media/lamp", 0700);
	CHECK(finds("lamp", packs_path("pack/media/lamp")));
}

static void
what_is_nowhere_is_its_name(void)
{
	CHECK(!finds("bell", "bell"));
	CHECK(!finds("../two/lamp", "../two/lamp"));
	CHECK(!runnable_find(&path, &pack, packs_path("share"), NULL, "bell"));
	CHECK_SLICE(buf_slice(&path), "bell");
}

static void
a_path_is_taken_as_it_is(void)
{
	CHECK(finds(packs_path("two/lamp"), packs_path("two/lamp")));
	CHECK(!finds(packs_path("two"), packs_path("two")));
	CHECK(!finds(packs_path("two/bell"), packs_path("two/bell")));
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
	packs_finish();
	return test_done();
}
