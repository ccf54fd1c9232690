#include "pack.h"

#include "packs.h"
#include "schema.h"

static void
start(void)
{
	packs_start();
	packs_directory("procedures");
	packs_directory("procedures/shipped");
	packs_directory("site");
	packs_file("procedures/shipped/pack.tsv",
	    "# words\nname\tversion\tzone\nshipped\t1.2\t\n");
	packs_file("procedures/shipped/fields.tsv", "name\ttype\nvip\tcode\n");
	packs_file("procedures/shipped/levels.tsv", "level\trole\n0\tdesk\n");
	packs_file("site/levels.csv", "level,role\n0,other\n");
	packs_file("site/codes.tsv", "field\tcode\twrod\na\tb\tc\n");
	packs_file("site/triage.tsv", "node\twehn\tpriority\n");
	packs_file("site/call.tsv", "node\twhen\trow\nstart\t*\t\n");
}

/* Opens a path that is wrong; the fault must hold the words. */
static void
refused(const char *path, const char *words)
{
	struct pack p = {0};
	struct fault f = {0};

	CHECK(pack_open(&p, path, packs_root, &f) == -1);
	if (strstr(buf_str(&f.text), words) == NULL) {
		CHECK_SLICE(buf_slice(&f.text), words);
	}
	fault_release(&f);
	pack_release(&p);
}

static void
a_shipped_pack_is_opened_by_name(void)
{
	struct pack p = {0};
	struct fault f = {0};

	CHECK(pack_open(&p, "shipped", packs_root, &f) == 0);
	CHECK_SLICE(p.rules, "shipped 1.2");
	CHECK_SLICE(p.id_prefix, "");
	CHECK(zone_offset(p.zone, 0) == 0);
	CHECK(columns_find(&p.known, slice_of("vip")) != COLUMNS_NONE);
	CHECK(columns_find(&p.known, slice_of("received")) != COLUMNS_NONE);
	CHECK(columns_find(&p.known, slice_of("vpi")) == COLUMNS_NONE);
	pack_release(&p);
	fault_release(&f);
}

static void
the_first_directory_that_has_a_table_wins(void)
{
	struct buf path = {0};
	struct pack p = {0};
	struct fault f = {0};
	struct table *t, *same;

	buf_addf(&path, "%s:shipped", packs_path("site"));
	CHECK(pack_open(&p, buf_str(&path), packs_root, &f) == 0);
	CHECK(pack_table(&p, "levels", &t, &f) == 1);
	CHECK_SLICE(table_text(&t->row[0], "role"), "other");
	CHECK(pack_table(&p, "levels", &same, &f) == 1 && same == t);
	CHECK(pack_is_own(&p, t));
	CHECK(pack_table(&p, "fields", &t, &f) == 1 && !pack_is_own(&p, t));
	CHECK(pack_table(&p, "routes", &t, &f) == 0);
	CHECK(pack_table_needed(&p, "routes", &t, &f) == -1);
	CHECK(slice_starts(buf_slice(&f.text), "no table 'routes' in '/tmp/"));
	pack_release(&p);
	/* of two in one directory nobody would know which counts */
	packs_file("site/levels.tsv", "level\trole\n0\tthird\n");
	CHECK(pack_open(&p, buf_str(&path), packs_root, &f) == 0);
	CHECK(pack_table(&p, "levels", &t, &f) == -1);
	CHECK(strstr(buf_str(&f.text),
		  "/site/levels.csv: stands beside levels.tsv: keep the one "
		  "that counts") != NULL);
	pack_release(&p);
	fault_release(&f);
	buf_release(&path);
}

static void
rules_name_every_directory(void)
{
	struct buf path = {0};
	struct pack p = {0};
	struct fault f = {0};

	packs_directory("our own");
	packs_file("our own/levels.tsv", "level\trole\n");
	buf_addf(&path, "%s/:shipped", packs_path("our own"));
	CHECK(pack_open(&p, buf_str(&path), packs_root, &f) == 0);
	CHECK_SLICE(p.rules, "our_own + shipped 1.2");
	pack_release(&p);
	packs_file("our own/pack.tsv", "name\tversion\nours\t3\n");
	CHECK(pack_open(&p, buf_str(&path), packs_root, &f) == 0);
	CHECK_SLICE(p.rules, "ours 3 + shipped 1.2");
	pack_release(&p);
	fault_release(&f);
	buf_release(&path);
}

static void
a_pack_that_is_not_there_is_refused_with_the_choices(void)
{
	refused("shiped",
	    "no pack 'shiped': neither a directory nor shipped "
	    "(did you mean 'shipped'?); shipped are: shipped");
	refused("shipped:", "an empty name");
	refused("", "an empty name");
	refused(
	    "../procedures/shipped", "open '../procedures/shipped': No such");
	refused("..x", "no pack '..x'");
	refused(packs_path("site"), "no table 'pack' in");
	refused(packs_path("site/codes.tsv"), "Not a directory");
}

static void
a_bad_pack_table_is_refused_with_its_place(void)
{
	const char *site = packs_path("site");

	packs_file("site/pack.tsv", "name\tversion\n\t1\n");
	refused(site, "/site/pack.tsv:2:1: the pack has no name");
	packs_file("site/pack.tsv", "name\tversion\nit sm\t1\n");
	refused(site, "/site/pack.tsv:2:1: name 'it sm': letters");
	packs_file("site/pack.tsv", "name\tversion\na\t1\nb\t2\n");
	refused(site, "pack.tsv: 2 rows, one was expected");
	packs_file("site/pack.tsv", "name\tzone\na\tEurope/Lundon\n");
	refused(site, "/site/pack.tsv:2:3: ");
	packs_file("site/pack.tsv", "name\tzoone\na\tUTC\n");
	refused(site, "(did you mean 'zone'?)");
	packs_file("site/pack.tsv", "name\na\n");
	packs_file("site/fields.tsv", "name\tlabel\nvip\tx\nvip\ty\n");
	refused(site, "fields.tsv:3:1: two fields are called 'vip'");
	packs_file("site/fields.tsv", "name\tlabel\n\tx\n");
	refused(site, "fields.tsv:2:1: a field without a name");
	packs_file("site/fields.tsv", "name\tlabel\n");
}

static void
columns_are_checked_when_a_table_is_loaded(void)
{
	struct pack p = {0};
	struct fault f = {0};
	struct table *t;

	CHECK(pack_open(&p, packs_path("site"), packs_root, &f) == 0);
	CHECK(pack_table(&p, "codes", &t, &f) == -1);
	CHECK(strstr(buf_str(&f.text), "(did you mean 'word'?)") != NULL);
	CHECK(pack_table(&p, "triage", &t, &f) == -1);
	CHECK(strstr(buf_str(&f.text),
		  "triage.tsv:1:6: unknown column 'wehn' "
		  "(did you mean 'when'?)") != NULL);
	CHECK(pack_table(&p, "call", &t, &f) == 1);
	pack_release(&p);
	fault_release(&f);
}

static void
file_names_stay_in_the_pack(void)
{
	static const char *const bad[] = {"../site/codes.tsv", "/etc/passwd",
	    "a//b", "", ".", "..", "a/../codes.tsv", "codes.tsv/", "a b",
	    "a..b", ".codes.tsv"};
	struct pack p = {0};
	struct fault f = {0};
	const char *path;

	CHECK(pack_open(&p, packs_path("site"), packs_root, &f) == 0);
	path = pack_file(&p, "codes.tsv");
	CHECK(path != NULL && file_exists(path));
	CHECK(pack_file(&p, "wording/sms/new.txt") == NULL);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		CHECK(pack_file(&p, bad[i]) == NULL);
	pack_release(&p);
	fault_release(&f);
}

static void
the_names_of_all_packs_are_listed_once(void)
{
	struct pack p = {0};
	struct fault f = {0};
	struct columns names = {0};
	struct buf path = {0};

	packs_directory("first");
	packs_directory("first/wording");
	packs_directory("second");
	packs_directory("second/wording");
	packs_file("first/pack.tsv", "name\nfirst\n");
	packs_file("first/wording/b.txt", "x");
	packs_file("first/wording/a.txt", "x");
	packs_file("first/wording/.hidden", "x");
	packs_file("second/pack.tsv", "name\nsecond\n");
	packs_file("second/wording/0.txt", "x");
	packs_file("second/wording/a.txt", "x");
	buf_addf(&path, "%s/first:%s/second", packs_root, packs_root);
	CHECK(pack_open(&p, buf_str(&path), packs_root, &f) == 0);
	CHECK(pack_names(&p, "wording", &names, &f) == 0);
	CHECK(names.n == 3);
	CHECK_SLICE(names.name[0], "a.txt");
	CHECK_SLICE(names.name[1], "b.txt");
	CHECK_SLICE(names.name[2], "0.txt");
	CHECK(pack_names(&p, "wordings", &names, &f) == 0);
	CHECK(pack_names(&p, "../second", &names, &f) == 0);
	CHECK(names.n == 3);
	CHECK(pack_names(&p, "pack.tsv", &names, &f) < 0);
	columns_release(&names);
	pack_release(&p);
	buf_release(&path);
	fault_release(&f);
}

static void
every_schema_names_a_column_once(void)
{
	size_t n;
	const struct schema *s = schema_list(&n);

	CHECK(n == 20);
	for (size_t i = 0; i < n; i++) {
		CHECK(s[i].required >= 1 && s[i].required <= s[i].n);
		for (size_t k = 1; k < s[i].n; k++) {
			for (size_t j = 0; j < k; j++)
				CHECK(
				    !slice_eq(s[i].column[j], s[i].column[k]));
		}
	}
}

int
main(void)
{
	start();
	RUN(a_shipped_pack_is_opened_by_name);
	RUN(the_first_directory_that_has_a_table_wins);
	RUN(rules_name_every_directory);
	RUN(a_pack_that_is_not_there_is_refused_with_the_choices);
	RUN(a_bad_pack_table_is_refused_with_its_place);
	RUN(columns_are_checked_when_a_table_is_loaded);
	RUN(file_names_stay_in_the_pack);
	RUN(the_names_of_all_packs_are_listed_once);
	RUN(every_schema_names_a_column_once);
	packs_finish();
	return test_done();
}
