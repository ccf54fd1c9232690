#include "finding.h"

#include "test.h"

static struct findings all;

static struct place
at(const char *file, size_t line, size_t column)
{
	return (struct place){file, line, column};
}

static void
a_fault_is_kept_only_where_faults_are_kept(void)
{
	struct faults kept = {0};
	struct fault f = {0};

	fault_at(&f, at("t.tsv", 2, 5), "first");
	CHECK(fault_keep(&f) < 0);
	CHECK(fault_count(&f) == 0);
	CHECK_SLICE(buf_slice(&f.text), "t.tsv:2:5: first");
	f.kept = &kept;
	CHECK(fault_keep(&f) == 0);
	CHECK(f.text.n == 0 && f.kept == &kept);
	CHECK(fault_keep(&f) == 0); /* empty: kept before */
	CHECK(fault_count(&f) == 1);
	fault_at(&f, at(NULL, 0, 0), "second");
	CHECK(fault_keep(&f) == 0);
	CHECK(kept.n == 2);
	CHECK_SLICE(fault_file(&kept.fault[0]), "t.tsv");
	CHECK(kept.fault[0].line == 2 && kept.fault[0].column == 5);
	CHECK_SLICE(fault_reason(&kept.fault[0]), "first");
	CHECK_SLICE(fault_file(&kept.fault[1]), "");
	CHECK_SLICE(fault_reason(&kept.fault[1]), "second");
	faults_release(&kept);
	fault_release(&f);
}

static void
so_many_faults_are_kept_and_no_more(void)
{
	struct faults kept = {0};
	struct fault f = {.kept = &kept};

	for (int i = 0; i < FAULTS_MOST; i++) {
		fault_at(&f, at("t.tsv", 1, 1), "%d", i);
		CHECK(fault_keep(&f) == 0);
	}
	CHECK(!kept.more);
	fault_at(&f, at("t.tsv", 1, 1), "one more");
	CHECK(fault_keep(&f) < 0);
	CHECK(kept.more && kept.n == FAULTS_MOST);
	faults_release(&kept);
	fault_release(&f);
}

static void
findings_are_sorted_by_place_and_none_is_there_twice(void)
{
	struct fault f = {0};

	findings_add(&all, FOUND_SHADOWED, at("b.tsv", 2, 1), "b%d", 1);
	findings_add(&all, FOUND_NO_TABLE, at("b.tsv", 0, 0), "whole");
	findings_add(&all, FOUND_SHADOWED, at("a.tsv", 10, 1), "late");
	findings_add(&all, FOUND_SHADOWED, at("a.tsv", 9, 7), "early");
	findings_add(&all, FOUND_SHADOWED, at("b.tsv", 2, 1), "b1");
	findings_add(&all, FOUND_TRIAGE, at("b.tsv", 2, 1), "b1");
	fault_at(&f, at("a.tsv", 9, 7), "early");
	findings_add_fault(&all, FOUND_SHADOWED, at("other", 1, 1), &f);
	fault_at(&f, at(NULL, 0, 0), "nowhere");
	findings_add_fault(&all, FOUND_PACK, at("a.tsv", 0, 0), &f);
	findings_sort(&all);
	CHECK(all.n == 6);
	CHECK_SLICE(all.finding[0].text, "nowhere");
	CHECK_SLICE(all.finding[1].text, "early");
	CHECK_SLICE(all.finding[2].text, "late");
	CHECK_SLICE(all.finding[3].text, "whole");
	CHECK(all.finding[4].kind->code == FOUND_TRIAGE);
	CHECK(all.finding[5].kind->code == FOUND_SHADOWED);
	CHECK(strcmp(all.finding[5].where.file, "b.tsv") == 0);
	CHECK(all.count[CATALOGUE_NOTE] == 1);
	CHECK(all.count[CATALOGUE_WARNING] == 3);
	CHECK(all.count[CATALOGUE_ERROR] == 2);
	findings_release(&all);
	fault_release(&f);
}

static void
the_catalogue_is_sorted_and_finds_its_codes(void)
{
	size_t n;
	const struct catalogue_entry *e = catalogue(&n);

	for (size_t i = 0; i < n; i++) {
		CHECK(i == 0 || e[i - 1].code < e[i].code);
		CHECK(catalogue_entry(e[i].code) == &e[i]);
	}
	CHECK(catalogue_find(slice_of("INC402"))->code == FOUND_SHADOWED);
	CHECK(catalogue_find(slice_of("inc402"))->code == FOUND_SHADOWED);
	CHECK(catalogue_find(slice_of("INC400")) == NULL);
	CHECK(catalogue_find(slice_of("INC4020")) == NULL);
	CHECK(catalogue_find(slice_of("")) == NULL);
	CHECK(catalogue_of_table(slice_of("roster")) == FOUND_ROSTER);
	CHECK(catalogue_of_table(slice_of("other")) == FOUND_PACK);
}

static void
of_one_code_so_many_are_kept_and_the_others_counted(void)
{
	struct findings many = {0};

	for (size_t i = 0; i < FINDINGS_MOST + 5; i++)
		findings_add(
		    &many, FOUND_CODES, (struct place){"f", i + 1, 0}, "wrong");
	findings_add(&many, FOUND_FIELDS, (struct place){"f", 1, 0}, "other");
	CHECK(many.n == FINDINGS_MOST + 1);
	CHECK(many.of[FOUND_CODES] == FINDINGS_MOST + 5);
	CHECK(many.of[FOUND_FIELDS] == 1);
	findings_release(&many);
}

static void
a_code_is_found_by_its_name_or_its_number(void)
{
	CHECK(
	    catalogue_find(slice_of("INC121")) == catalogue_entry(FOUND_CODES));
	CHECK(catalogue_find(slice_of("121")) == catalogue_entry(FOUND_CODES));
	CHECK(catalogue_find(slice_of("INC12")) == NULL);
	CHECK(catalogue_find(slice_of("1210")) == NULL);
	CHECK(catalogue_find(slice_of("999")) == NULL);
}

int
main(void)
{
	RUN(a_fault_is_kept_only_where_faults_are_kept);
	RUN(so_many_faults_are_kept_and_no_more);
	RUN(findings_are_sorted_by_place_and_none_is_there_twice);
	RUN(the_catalogue_is_sorted_and_finds_its_codes);
	RUN(of_one_code_so_many_are_kept_and_the_others_counted);
	RUN(a_code_is_found_by_its_name_or_its_number);
	return test_done();
}
