#include "pack.h"

#include "dir.h"
#include "files.h"
#include "schema.h"

static void
start(void)
{
	dir_begin();
	dir_make("procedures");
	dir_make("procedures/shipped");
	dir_make("site");
	dir_put("procedures/shipped/pack.tsv",
	    "# words\nname\tversion\tzone\nshipped\t1.2\t\n");
	dir_put("procedures/shipped/fields.tsv", "name\ttype\nvip\tcode\n");
	dir_put("procedures/shipped/levels.tsv", "level\trole\n0\tdesk\n");
	dir_put("site/levels.csv", "level,role\n0,other\n");
	dir_put("site/codes.tsv", "field\tcode\twrod\na\tb\tc\n");
	dir_put("site/triage.tsv", "node\twehn\tpriority\n");
	dir_put("site/call.tsv", "node\twhen\trow\nstart\t*\t\n");
}

/* Opens a path that is wrong; the fault must hold the words. */
static void
refused(const char *path, const char *words)
{
	struct pack p = {0};
	struct fault f = {0};

	CHECK(pack_open(&p, path, dir, &f) == -1);
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

	CHECK(pack_open(&p, "shipped", dir, &f) == 0);
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

	buf_addf(&path, "%s:shipped", in_dir("site"));
	CHECK(pack_open(&p, buf_str(&path), dir, &f) == 0);
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
	dir_put("site/levels.tsv", "level\trole\n0\tthird\n");
	CHECK(pack_open(&p, buf_str(&path), dir, &f) == 0);
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

	dir_make("our own");
	dir_put("our own/levels.tsv", "level\trole\n");
	buf_addf(&path, "%s/:shipped", in_dir("our own"));
	CHECK(pack_open(&p, buf_str(&path), dir, &f) == 0);
	CHECK_SLICE(p.rules, "our_own + shipped 1.2");
	pack_release(&p);
	dir_put("our own/pack.tsv", "name\tversion\nours\t3\n");
	CHECK(pack_open(&p, buf_str(&path), dir, &f) == 0);
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
	refused(in_dir("site"), "no table 'pack' in");
	refused(in_dir("site/codes.tsv"), "Not a directory");
}

static void
a_bad_pack_table_is_refused_with_its_place(void)
{
	dir_put("site/pack.tsv", "name\tversion\n\t1\n");
	refused(in_dir("site"), "/site/pack.tsv:2:1: the pack has no name");
	dir_put("site/pack.tsv", "name\tversion\nit sm\t1\n");
	refused(in_dir("site"), "/site/pack.tsv:2:1: name 'it sm': letters");
	dir_put("site/pack.tsv", "name\tversion\na\t1\nb\t2\n");
	refused(in_dir("site"), "pack.tsv: 2 rows, one was expected");
	dir_put("site/pack.tsv", "name\tzone\na\tEurope/Lundon\n");
	refused(in_dir("site"), "/site/pack.tsv:2:3: ");
	dir_put("site/pack.tsv", "name\tzoone\na\tUTC\n");
	refused(in_dir("site"), "(did you mean 'zone'?)");
	dir_put("site/pack.tsv", "name\na\n");
	dir_put("site/fields.tsv", "name\tlabel\nvip\tx\nvip\ty\n");
	refused(in_dir("site"), "fields.tsv:3:1: two fields are called 'vip'");
	dir_put("site/fields.tsv", "name\tlabel\n\tx\n");
	refused(in_dir("site"), "fields.tsv:2:1: a field without a name");
	dir_put("site/fields.tsv", "name\tlabel\n");
}

static void
columns_are_checked_when_a_table_is_loaded(void)
{
	struct pack p = {0};
	struct fault f = {0};
	struct table *t;

	CHECK(pack_open(&p, in_dir("site"), dir, &f) == 0);
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

	CHECK(pack_open(&p, in_dir("site"), dir, &f) == 0);
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

	dir_make("first");
	dir_make("first/wording");
	dir_make("second");
	dir_make("second/wording");
	dir_put("first/pack.tsv", "name\nfirst\n");
	dir_put("first/wording/b.txt", "x");
	dir_put("first/wording/a.txt", "x");
	dir_put("first/wording/.hidden", "x");
	dir_put("second/pack.tsv", "name\nsecond\n");
	dir_put("second/wording/0.txt", "x");
	dir_put("second/wording/a.txt", "x");
	buf_addf(&path, "%s/first:%s/second", dir, dir);
	CHECK(pack_open(&p, buf_str(&path), dir, &f) == 0);
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
	dir_end();
	return test_done();
}
