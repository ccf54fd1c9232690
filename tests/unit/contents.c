/* contents: a segment is known by its index as it is by its entries. */
#include "contents.h"

#include <unistd.h>

#include "replacement.h"
#include "told.h"

#define SEGMENT "00000000000001.tsv"
#define INDEX "00000000000001.index"

/* The last id is such as keys of receipts begin with. */
static const struct told first[] = {
    {"2026-03-02T09:00:00Z", "received", "A-1", {"summary"}, {"a"}},
    {"2026-03-02T09:01:00Z", "received", "A-2", {"summary"}, {"b"}},
    {"2026-03-02T09:02:00Z", "received", "\\m1", {"summary"}, {"c"}},
    {"2026-03-02T09:03:00Z", "notified", "A-2", {"message", "summary"},
	{"m1", "d"}},
    {"2026-03-02T09:04:00Z", "notified", "A-1", {"message", "try"},
	{"m1", "2"}},
    {"2026-03-02T09:05:00Z", "responded", "A-1", {"message", "closed"},
	{"m1", "x"}}};
static const struct told second[] = {
    {"2026-03-02T10:00:00Z", "segment", "", {"why"}, {"2 A-2\\n"}},
    {"2026-03-02T10:01:00Z", "updated", "A-2", {"summary"}, {"e"}},
    {"2026-03-02T10:02:00Z", "redacted", "A-2", {"closed", "why"},
	{"\\N", "asked"}}};

static struct contents c;
static struct fault fault;
static struct buf text, key;

/* Begins anew with the segment of an entry. */
static void
begin(uint64_t seq)
{
	contents_release(&c);
	c = contents_of(dir, seq);
}

/* The same, and learns what is in it.  Returns whether by its index. */
static bool
learn(uint64_t seq)
{
	begin(seq);
	CHECK(contents_learn(&c, &fault) == 0);
	return c.indexed;
}

static struct slice
incident(const char *id)
{
	return contents_incident(&key, slice_of(id));
}

static struct slice
receipts(const char *message)
{
	return contents_receipts(&key, slice_of(message));
}

/* The entries that are found by a key: "3 4". */
static struct slice
found(struct slice by)
{
	struct extent_list list = {0};
	struct slice rows = dir_get(SEGMENT), row, seq;

	extent_list_add(&list, (struct extent){0, 0}); /* of another segment */
	buf_clear(&text);
	CHECK(contents_find(&c, by, &list, &fault) == 0);
	CHECK(list.n > 0 && list.extent[0].n == 0);
	for (size_t i = 1; i < list.n; i++) {
		row = (struct slice){
		    rows.p + list.extent[i].at, list.extent[i].n};
		CHECK(slice_ends(row, "\n"));
		slice_split(&row, '\t', &seq);
		buf_addf(&text, "%s%.*s", i > 1 ? " " : "", SLICE_ARG(seq));
	}
	extent_list_release(&list);
	return buf_slice(&text);
}

static void
see(void *context, struct slice id, bool fresh)
{
	CHECK(context == &c);
	buf_addf(&text, "%.*s%s ", SLICE_ARG(id), fresh ? "*" : "");
}

/* The ids that start with lead, "*" after those that begin here. */
static struct slice
each(const char *lead)
{
	buf_clear(&text);
	CHECK(contents_each(&c, slice_of(lead), see, &c, &fault) == 0);
	return buf_slice(&text);
}

/* Whether all is known of the first segment. */
static void
check_all(void)
{
	CHECK(c.first == 1 && c.last == 6 && c.incidents == 3);
	CHECK(c.bytes == dir_get(SEGMENT).n);
	CHECK_SLICE(buf_slice(&c.uses), "-------bmmm-----");
	CHECK_SLICE(found(incident("A-1")), "1 5 6");
	CHECK_SLICE(found(incident("A-2")), "2 4");
	CHECK_SLICE(found(incident("\\m1")), "3");
	CHECK_SLICE(found(receipts("m1")), "4 5");
	CHECK_SLICE(found(receipts("m")), "");
	CHECK_SLICE(found(incident("A")), "");
	CHECK_SLICE(found(incident("")), "");
	CHECK_SLICE(each(""), "A-1* A-2* \\m1* ");
	CHECK_SLICE(each("A-2"), "A-2* ");
	CHECK_SLICE(each("\\m"), "\\m1* ");
	CHECK_SLICE(each("A-3"), "");
}

static void
without_an_index_a_segment_is_known_by_its_entries(void)
{
	CHECK(!learn(1));
	CHECK_SLICE(slice_of(c.path), in_dir(SEGMENT));
	CHECK(c.columns.n == c.uses.n);
	check_all();
}

static void
its_index_says_the_same(void)
{
	CHECK(!learn(1));
	CHECK(contents_file(&c, &fault) == 0 && c.indexed);
	check_all();
	CHECK(learn(1));
	check_all();
	CHECK(c.indexed);
	CHECK(contents_learn_again(&c, &fault) == 0 && !c.indexed);
	check_all();
}

static void
what_no_entry_of_an_incident_says_is_no_use(void)
{
	learn(7);
	CHECK(c.last == 9 && c.incidents == 0);
	CHECK_SLICE(buf_slice(&c.uses), "-------ii-------"); /* not `why` */
	CHECK_SLICE(each(""), "A-2 ");
}

/* Changes a byte of a file; done again, it is as it was. */
static void
flip(const char *name, size_t at)
{
	if (at < dir_get(name).n)
		dir_text.p[at] ^= 1;
	dir_put(name, buf_str(&dir_text));
}

/* Puts an index there that is whole, but has A-1 where nothing can stand. */
static void
put_false_index(void)
{
	struct extents extents = {0};
	struct index x;
	struct buf index = {0};

	CHECK(index_open(&x, in_dir(INDEX)));
	extents_add(&extents, slice_of("A-1"), (struct extent){9, 9}, true);
	extents_add(&extents, slice_of("A-1"), (struct extent){c.bytes, 9}, 0);
	index_write(&index, &x.of, &extents);
	dir_put(INDEX, buf_str(&index));
	index_release(&x);
	extents_release(&extents);
	buf_release(&index);
}

static void
an_index_that_is_damaged_is_passed_over(void)
{
	size_t n = dir_get(INDEX).n;

	for (size_t at = 0; at < n; at++) {
		flip(INDEX, at);
		learn(1);
		check_all();
		CHECK(!c.indexed);
		flip(INDEX, at);
	}
	CHECK(n > 0 && learn(1));
	flip(INDEX, n - 2); /* under way */
	CHECK_SLICE(each(""), "A-1* A-2* \\m1* ");
	flip(INDEX, n - 2);
	put_false_index();
	CHECK(learn(1));
	check_all();
	CHECK(!c.indexed);
	CHECK(contents_file(&c, &fault) == 0 && c.indexed);
}

static void
an_index_is_of_the_segment_as_it_was(void)
{
	static const char *const seven = "00000000000007.index";
	size_t n = dir_get(SEGMENT).n;

	CHECK(rename(in_dir(INDEX), in_dir(seven)) == 0 && !learn(7));
	CHECK(rename(in_dir(seven), in_dir(INDEX)) == 0);
	flip(SEGMENT, n - 2); /* in the chain */
	CHECK(!learn(1));
	flip(SEGMENT, n - 2);
	dir_get(SEGMENT);
	buf_add_str(&dir_text, "7\tx"); /* no entry, as it has no end */
	dir_put(SEGMENT, buf_str(&dir_text));
	CHECK(!learn(1));
	CHECK(c.last == 6 && c.bytes == n);
	CHECK(truncate(in_dir(SEGMENT), (off_t)n) == 0 && learn(1));
}

static void
an_index_is_proved_by_the_entries(void)
{
	CHECK(learn(1));
	CHECK(contents_learn_again(&c, &fault) == 0);
	CHECK(contents_prove(&c, &fault) == 0);
	put_false_index();
	CHECK(contents_prove(&c, &fault) == -1);
	CHECK_SLICE(dir_said(&fault),
	    "/" INDEX ": is not what the entries of its segment make: remove "
	    "it, the next writer makes it again");
	dir_put(INDEX, "who knows\n"); /* nobody believes this */
	CHECK(contents_prove(&c, &fault) == 0);
	CHECK(unlink(in_dir(INDEX)) == 0);
	CHECK(contents_prove(&c, &fault) == 0);
}

static void
a_checkpoint_says_what_was_open(void)
{
	struct slice open;

	begin(7);
	CHECK(contents_checkpoint(&c, &open, &fault) == 1);
	CHECK_SLICE(open, "2 A-2\\n");
	learn(7);
	CHECK(contents_checkpoint(&c, &open, &fault) == 1);
	CHECK_SLICE(open, "2 A-2\\n");
	begin(1);
	CHECK(contents_checkpoint(&c, &open, &fault) == 0);
	CHECK_SLICE(open, "");
}

static void
entries_are_noted_as_they_come(void)
{
	struct journal_reader j;
	struct journal_entry e;

	begin(1);
	CHECK(journal_reader_open(&j, dir) == 0);
	for (size_t i = 0; i < LEN(first); i++) {
		CHECK(journal_reader_next(&j, &e) == 1);
		CHECK(contents_fits(&e, incident(first[i].id)));
		CHECK(!contents_fits(&e, incident("A")));
		CHECK(contents_fits(&e, receipts("m1")) == (i == 3 || i == 4));
		contents_note(&c, &e);
		CHECK(c.last == i + 1);
		if (i == 2) { /* as far as is known */
			CHECK(contents_learn_again(&c, &fault) == 0);
			CHECK(c.last == 3 && c.incidents == 3);
		}
	}
	check_all();
	journal_reader_release(&j);
}

static void
a_file_is_the_one_that_was_learnt_from_until_it_is_written_anew(void)
{
	struct journal_reader j;
	struct journal_entry e;
	struct stat was, is;

	begin(1);
	CHECK(journal_reader_open(&j, dir) == 0 &&
	    journal_reader_next(&j, &e) == 1);
	contents_note(&c, &e);
	journal_reader_release(&j);
	CHECK(stat(in_dir(SEGMENT), &was) == 0 && contents_are_of(&c, &was));
	CHECK(link(in_dir(SEGMENT), in_dir("old")) == 0); /* keeps its inode */
	CHECK(replacement_write(dir, SEGMENT, dir_get(SEGMENT), &fault) == 0);
	CHECK(stat(in_dir(SEGMENT), &is) == 0 && !contents_are_of(&c, &is));
	learn(1);
	CHECK(contents_are_of(&c, &is) && !contents_are_of(&c, &was));
}

static void
what_can_t_be_read_is_a_fault(void)
{
	struct buf rows = {0};
	struct slice open;

	buf_add_slice(&rows, dir_get(SEGMENT));
	learn(1);
	dir_put(SEGMENT, "");
	CHECK(contents_file(&c, &fault) == -1);
	CHECK_SLICE(
	    dir_said(&fault), "/" SEGMENT ": does not end with entry 6");
	strstr(buf_str(&rows), "\n2\t")[1] = 'x';
	dir_put(SEGMENT, buf_str(&rows));
	CHECK(contents_learn_again(&c, &fault) == -1);
	CHECK_SLICE(
	    dir_said(&fault), "/" SEGMENT ":3: 'x' is no entry's number");
	dir_put(SEGMENT, "id\tupdated\nA\t\n");
	begin(1);
	CHECK(contents_learn(&c, &fault) == -1);
	CHECK_SLICE(dir_said(&fault),
	    "/" SEGMENT ":1: is no segment of an incident log");
	CHECK(unlink(in_dir(SEGMENT)) == 0);
	CHECK(contents_learn(&c, &fault) == -1);
	CHECK(contents_checkpoint(&c, &open, &fault) == -1);
	CHECK(contents_file(&c, &fault) == -1);
	CHECK_SLICE(
	    dir_said(&fault), "open '/" SEGMENT "': No such file or directory");
	buf_release(&rows);
}

int
main(void)
{
	dir_begin();
	CHECK(journal_create(dir, &fault) == 0);
	tell(first, LEN(first), true);
	tell(second, LEN(second), true);
	RUN(without_an_index_a_segment_is_known_by_its_entries);
	RUN(its_index_says_the_same);
	RUN(what_no_entry_of_an_incident_says_is_no_use);
	RUN(an_index_that_is_damaged_is_passed_over);
	RUN(an_index_is_of_the_segment_as_it_was);
	RUN(a_checkpoint_says_what_was_open);
	RUN(entries_are_noted_as_they_come);
	RUN(an_index_is_proved_by_the_entries);
	RUN(a_file_is_the_one_that_was_learnt_from_until_it_is_written_anew);
	RUN(what_can_t_be_read_is_a_fault);
	contents_release(&c);
	fault_release(&fault);
	buf_release(&text);
	buf_release(&key);
	dir_end();
	return test_done();
}
