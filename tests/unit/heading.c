#include "heading.h"

#include "test.h"
#include "vocabulary.h"

static struct buf text;

static struct slice
words(const char *name)
{
	buf_clear(&text);
	heading_words(&text, slice_of(name));
	return buf_slice(&text);
}

/* The target that a name fits best. */
static const char *
best(const char *name)
{
	size_t n;
	const struct heading *h = headings(&n);
	const char *target = "none";
	int most = 0;

	words(name);
	for (size_t i = 0; i < n; i++) {
		int fits = heading_fits(&h[i], buf_slice(&text));

		if (fits <= most)
			continue;
		most = fits;
		target = h[i].target;
	}
	return target;
}

static void
words_that_say_nothing_are_left_out(void)
{
	CHECK_SLICE(words("Received DtTm"), "received");
	CHECK_SLICE(words("sys_updated_at"), "updated");
	CHECK_SLICE(words("DateOfCall"), "call");
	CHECK_SLICE(
	    words("No_of_Related_Interactions"), "number related interactions");
	CHECK_SLICE(words("Call No"), "call number");
	CHECK_SLICE(words("time:timestamp"), "time timestamp");
	CHECK_SLICE(words("Date"), "date");
	CHECK_SLICE(words(""), "column 0");
	CHECK_SLICE(words("__"), "column 0");
}

static void
every_target_is_a_column_of_the_stream(void)
{
	size_t n;
	const struct heading *h = headings(&n);

	for (size_t i = 0; i < n; i++) {
		struct slice rest = slice_of(h[i].names), name;
		enum column_kind kind = vocabulary_kind(slice_of(h[i].target));

		CHECK(vocabulary_has(slice_of(h[i].target)));
		CHECK((kind == COLUMN_TIME) == (h[i].form == HEADING_TIME));
		CHECK((kind == COLUMN_NUMBER) == (h[i].form == HEADING_NUMBER));
		while (slice_split(&rest, ',', &name)) {
			CHECK(name.n > 0 && slice_trim(name).n == name.n);
			if (slice_take(&name, '*'))
				CHECK(heading_fits(&h[i], name) > 0);
		}
	}
}

static void
the_names_of_common_systems_are_known(void)
{
	static const char *const known[][2] = {
	    {"number", "id"},
	    {"Call No.", "id"},
	    {"NumCalls", "reports"},
	    {"Incident_ID", "id"},
	    {"Issue key", "id"},
	    {"Helpdesk ID", "id"},
	    {"opened_at", "received"},
	    {"Created", "received"},
	    {"Open_Time", "received"},
	    {"sys_updated_at", "updated"},
	    {"Last Modified", "updated"},
	    {"contact_type", "channel"},
	    {"caller_id", "caller"},
	    {"Reporter", "caller"},
	    {"Caller phone", "callback"},
	    {"Customer E-mail", "callback"},
	    {"short_description", "summary"},
	    {"u_symptom", "summary"},
	    {"Description", "details"},
	    {"CI_Cat", "category"},
	    {"Component/s", "service"},
	    {"incident_state", "state"},
	    {"Status", "state"},
	    {"Final Priority", "priority"},
	    {"target_dt", "resolve_by"},
	    {"Dispatch DtTm", "acknowledged"},
	    {"Resolved_Time", "resolved"},
	    {"closed_at", "closed"},
	    {"Closure_Code", "outcome"},
	    {"Call Final Disposition", "outcome"},
	    {"assigned_to", "assigned"},
	    {"fire_district", "none"},
	    {"Latitude", "none"},
	    {"resolved_by", "none"},
	    {"knowledge", "none"},
	};

	for (size_t i = 0; i < sizeof known / sizeof *known; i++)
		CHECK_SLICE(slice_of(best(known[i][0])), known[i][1]);
}

static void
the_whole_name_fits_better_than_its_end(void)
{
	size_t n;
	const struct heading *h = headings(&n);

	while (strcmp(h->target, "priority") != 0)
		h++;
	CHECK(heading_fits(h, slice_of("priority")) == 100);
	CHECK(heading_fits(h, slice_of("final priority")) == 60);
	CHECK(heading_fits(h, slice_of("the final priority")) == 50);
	CHECK(heading_fits(h, slice_of("priority confirmation")) == 0);
	CHECK(heading_fits(h, slice_of("apriority")) == 0);
	CHECK(heading_fits(h, slice_of("")) == 0);
}

/* Whether a target takes the values. */
static bool
takes(const char *target, const char *const *value, size_t n)
{
	size_t all;
	const struct heading *h = headings(&all);
	struct profile p;
	bool result;

	while (strcmp(h->target, target) != 0)
		h++;
	profile_init(&p, 1);
	for (size_t i = 0; i < n; i++)
		profile_see(&p, slice_of(value[i]));
	result = heading_takes(h, &p, profile_kind(&p));
	profile_release(&p);
	return result;
}

#define TAKES(target, ...)                                \
	takes(target, (const char *const[]){__VA_ARGS__}, \
	    sizeof((const char *const[]){__VA_ARGS__}) / sizeof(char *))

static void
values_must_look_like_the_target(void)
{
	CHECK(TAKES("received", "2016-02-29 01:16"));
	CHECK(TAKES("received", ""));
	CHECK(!TAKES("received", "Resolved by 149"));
	CHECK(!TAKES("received", "09:08"));
	CHECK(TAKES("id", "INC1", "INC2"));
	CHECK(TAKES("id", "1.0", "2.0"));
	CHECK(!TAKES("id", "no dial tone", "late again"));
	CHECK(!TAKES("id", ""));
	CHECK(TAKES("priority", "1", "2"));
	CHECK(!TAKES("priority", "true", "false", "true"));
	CHECK(!TAKES("priority", "0.5", "0.25"));
	CHECK(TAKES("summary", "no dial tone", "late"));
	CHECK(!TAKES("summary", "17", "4"));
	CHECK(!TAKES("location", "(37.7, -122.4)", "(37.8, -122.1)"));
	CHECK(TAKES("reports", "1.0", "2.0"));
	CHECK(!TAKES("reports", "many", "few"));
}

static void
persons_and_times_are_told_by_name(void)
{
	CHECK(heading_is_person(words("caller_id")));
	CHECK(heading_is_person(words("opened_by")));
	CHECK(heading_is_person(words("Street Address")));
	CHECK(heading_is_person(words("IP")));
	CHECK(!heading_is_person(words("contact_type")));
	CHECK(!heading_is_person(words("closed_code")));
	CHECK(heading_is_time(slice_of("created_at")));
	CHECK(heading_is_time(slice_of("Received")));
	CHECK(heading_is_time(slice_of("Due")));
	CHECK(heading_is_bare_time(words("time:timestamp")));
	CHECK(!heading_is_bare_time(words("opened_at")));
	CHECK(!heading_is_time(slice_of("Phone")));
	CHECK(!heading_is_time(slice_of("Latitude")));
}

int
main(void)
{
	RUN(words_that_say_nothing_are_left_out);
	RUN(every_target_is_a_column_of_the_stream);
	RUN(the_names_of_common_systems_are_known);
	RUN(the_whole_name_fits_better_than_its_end);
	RUN(values_must_look_like_the_target);
	RUN(persons_and_times_are_told_by_name);
	buf_release(&text);
	return test_done();
}
