#ifndef INC_TEST_SURVEYED_H
#define INC_TEST_SURVEYED_H

#include "packs.h"
#include "survey.h"
#include "times.h"

/* What a check finds in a pack of packs.h. */
static struct buf surveyed_found;

/* Puts people into it: ann, who is always on duty and leads, and bob. */
static inline void
put_people(void)
{
	put_table("channels", "medium\nsms\n");
	put_table(
	    "directory", "party\tmedium\taddress\nann\tsms\t1\nbob\tsms\t2\n");
	put_table("roster", "role\tparty\nduty\tann\n");
	put_table("levels", "level\trole\n0\tduty\n1\tduty\n");
	dir_make(in_pack("wording"));
	dir_make(in_pack("wording/sms"));
	dir_put(in_pack("wording/sms/new.txt"), "{id}\n");
}

/* Adds "triage.tsv:2:6 INC402 never taken" as a line. */
static inline void
add_found(struct buf *out, const struct finding *f)
{
	const char *base = strrchr(f->where.file, '/');

	buf_addf(out, "%s:%zu:%zu INC%d ",
	    base != NULL ? base + 1 : f->where.file, f->where.line,
	    f->where.column, (int)f->kind->code);
	buf_add_slice(out, f->text);
	buf_add_char(out, '\n');
}

/*
 * Surveys the pack at a time, checks it, and returns all that was found, but
 * for tables that are not there; valid until the next call.
 */
static inline struct slice
found_at(const char *now, void (*check)(struct survey *s))
{
	struct pack pack = {0};
	struct faults faults = {0};
	struct fault fault = {.kept = &faults};
	struct survey s = {.now = at(now)};

	CHECK(pack_open(&pack, in_dir(buf_str(&pack_name)), dir, &fault) == 0);
	survey_load(&s, &pack, &faults);
	check(&s);
	buf_clear(&surveyed_found);
	for (size_t i = 0; i < s.found.n; i++) {
		if (s.found.finding[i].kind->code != FOUND_NO_TABLE)
			add_found(&surveyed_found, &s.found.finding[i]);
	}
	survey_release(&s);
	pack_release(&pack);
	fault_release(&fault);
	return buf_slice(&surveyed_found);
}

/* Releases all of it; dir_begin() came first. */
static inline int
surveyed_end(void)
{
	buf_release(&surveyed_found);
	packs_end();
	dir_end();
	return test_done();
}

#endif
