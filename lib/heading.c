#include "heading.h"

#include "snake.h"

/*
 * What the shipped maps and common systems call things.  One name may stand
 * for several columns of the stream, at the rank that it deserves in each.
 */
static const struct heading known[] = {
    {"id", HEADING_ID,
	"call number,incident id,*incident number,case number,ticket number,"
	"ticket id,case id,request id,issue key,*number,ticket,*id,*ref,"
	"*reference,case concept name,key,case,incident,issue"},
    {"received", HEADING_TIME,
	"received,reported,opened,open,created,call received,submitted,logged,"
	"registered,requested,raised,call,start,occurred,detected,incident,"
	"timestamp,time,date,datetime,at,time timestamp"},
    {"updated", HEADING_TIME,
	"*updated,update,*modified,*changed,last update,event"},
    {"channel", HEADING_LABEL,
	"channel,contact type,contact method,source,origin,medium,method"},
    {"caller", HEADING_LABEL,
	"caller,caller id,caller name,reporter,requester,requestor,reported by,"
	"requested by,requested for,contact,contact name,customer,"
	"customer name,client,opened by,user,reporter display name"},
    {"callback", HEADING_LABEL,
	"callback,call back,callback number,*phone,*telephone,*phone "
	"number,*mobile,"
	"contact number,*email,*mail,e mail,*email address"},
    {"location", HEADING_TEXT,
	"location,*address,addr,*site,*street,place,building,postcode full,"
	"*postcode,zip,branch,borough,township,twp,city,town,where"},
    {"summary", HEADING_TEXT,
	"summary,short description,title,case title,issue "
	"title,headline,*title,subject,*symptom,problem,"
	"issue,what,stop code description,nature,call type,description"},
    {"details", HEADING_TEXT,
	"details,description,*long description,*notes,note,*comments,comment,"
	"narrative,remarks,text,body"},
    {"category", HEADING_LABEL,
	"category,call type group,incident group,ci cat,reason,type,issue type,"
	"incident type,request type,ticket type,case type,classification,kind,"
	"call type,issuetype name"},
    {"subcategory", HEADING_LABEL,
	"subcategory,sub category,ci subcat,subcat,subtype,sub type,"
	"special service type,detail,item,type"},
    {"service", HEADING_LABEL,
	"service,business service,ci name,component,components,component s,"
	"configuration item,cmdb ci,system,application,product,subject"},
    {"impact", HEADING_LABEL, "*impact"},
    {"urgency", HEADING_LABEL, "*urgency"},
    {"affected", HEADING_LABEL, "affected,affected users,users affected"},
    {"reports", HEADING_NUMBER,
	"reports,number calls,number related interactions"},
    {"state", HEADING_LABEL, "state,*status,*state,activity,stage,status name"},
    {"priority", HEADING_LABEL, "*priority,*severity,prio,grade,priority name"},
    {"respond_by", HEADING_TIME, "respond by,response due,first response due"},
    {"resolve_by", HEADING_TIME,
	"resolve by,due,target,deadline,resolution due,sla due"},
    {"acknowledged", HEADING_TIME,
	"acknowledged,responded,first response,accepted,taken,dispatch,"
	"dispatched,assigned"},
    {"resolved", HEADING_TIME,
	"resolved,resolution,solved,fixed,restored,resolutiondate"},
    {"closed", HEADING_TIME,
	"closed,close,end,ended,finished,cleared,available"},
    {"outcome", HEADING_LABEL,
	"outcome,resolution,closure code,close code,closed code,"
	"closure reason,*disposition,close notes,resolution code,result"},
    {"assigned", HEADING_LABEL,
	"assigned,assigned to,assignee,*assignment group,owner,queue,team,"
	"agent,handler,org resource,resource,assignee display name"},
    {"parent", HEADING_ID, "parent,parent id,parent incident,parent number"},
};

/* Words that say nothing, and those that only say that it is a time. */
static const char *const idle[] = {"sys", "u", "the", "of", "fields"};
static const char *const temporal[] = {"at", "on", "time", "date", "datetime",
    "dt", "tm", "dttm", "ts", "timestamp", "utc"};

/* Words of persons, and those that with them mean no person. */
static const char *const personal[] = {"caller", "callback", "reporter",
    "requester", "requestor", "contact", "customer", "client", "patient",
    "surname", "email", "mail", "phone", "telephone", "mobile", "address",
    "addr", "street", "user", "ip", "birth", "dob", "opened_by", "created_by",
    "reported_by", "requested_by", "updated_by", "resolved_by"};
static const char *const impersonal[] = {
    "type", "method", "status", "group", "count", "qualifier"};

const struct heading *
headings(size_t *n)
{
	*n = LEN(known);
	return known;
}

static bool
listed(struct slice word, const char *const *list, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (slice_is(word, list[i]))
			return true;
	}
	return false;
}

/* Adds the words of a name in snake_case, those of two lists left out. */
static void
add_words(struct buf *out, struct slice snake, bool times)
{
	struct slice word;
	size_t start = out->n;

	while (slice_split(&snake, '_', &word)) {
		bool first = out->n == start;

		if (word.n == 0 || listed(word, idle, LEN(idle)) ||
		    (!times && listed(word, temporal, LEN(temporal))))
			continue;
		if (slice_is(word, "nr") || slice_is(word, "num") ||
		    slice_is(word, "no"))
			word = slice_of("number");
		if (!first)
			buf_add_char(out, ' ');
		buf_add_slice(out, word);
	}
}

void
heading_words(struct buf *out, struct slice name)
{
	struct buf snake = {0};
	size_t start = out->n;

	snake_add(&snake, name, 0);
	add_words(out, buf_slice(&snake), false);
	if (out->n == start)
		add_words(out, buf_slice(&snake), true);
	buf_release(&snake);
}

/*
 * How well words fit one name, 100 at best.  A star says that other words may
 * stand before it, each of which tells that another thing is meant.
 */
static int
fits(struct slice name, struct slice words)
{
	bool tail = slice_take(&name, '*');
	struct slice before = words;
	int score = 70;

	if (slice_eq(name, words))
		return 100;
	if (!tail || words.n <= name.n || !slice_ends_in(words, name) ||
	    words.p[words.n - name.n - 1] != ' ')
		return 0;
	before.n -= name.n + 1;
	for (struct slice word; slice_word(&before, &word);)
		score -= 10;
	return score;
}

int
heading_fits(const struct heading *h, struct slice words)
{
	struct slice rest = slice_of(h->names), name;
	int best = 0, rank = 0;

	for (; slice_split(&rest, ',', &name); rank++) {
		int score = fits(name, words);

		if (score > 0 && score - 2 * rank > best)
			best = score - 2 * rank;
	}
	return best;
}

bool
heading_takes(
    const struct heading *h, const struct profile *p, enum profile_kind kind)
{
	const struct profile_counts *c = &p->looked;
	bool whole = profile_mostly(p, c->whole + c->point_zero);

	if (kind == PROFILE_EMPTY)
		return h->form != HEADING_ID || p->rows == 0;
	if (h->form == HEADING_TIME || kind == PROFILE_TIME)
		return h->form == HEADING_TIME && kind == PROFILE_TIME;
	if (kind == PROFILE_CLOCK || kind == PROFILE_YES_NO ||
	    kind == PROFILE_DECIMAL || kind == PROFILE_COMMA)
		return false;
	switch (h->form) {
	case HEADING_ID:
		return c->words <= c->values / 2;
	case HEADING_NUMBER:
		return whole;
	case HEADING_TEXT:
		return profile_mostly(p, c->letters) &&
		    !profile_mostly(p, c->mail);
	default:
		return true;
	}
}

bool
heading_is_person(struct slice words)
{
	struct buf snake = {0};
	struct slice rest = words, word;
	bool person = false, other = false;

	for (size_t i = 0; i < words.n; i++)
		buf_add_char(&snake, words.p[i] == ' ' ? '_' : words.p[i]);
	person = listed(buf_slice(&snake), personal, LEN(personal));
	while (slice_word(&rest, &word)) {
		person = person || listed(word, personal, LEN(personal));
		other = other || listed(word, impersonal, LEN(impersonal));
	}
	buf_release(&snake);
	return person && !other;
}

bool
heading_is_bare_time(struct slice words)
{
	struct slice word;

	while (slice_word(&words, &word)) {
		if (!listed(word, temporal, LEN(temporal)))
			return false;
	}
	return true;
}

bool
heading_is_time(struct slice name)
{
	struct buf text = {0};
	struct slice rest, word;
	bool is = false;

	snake_add(&text, name, 0);
	rest = buf_slice(&text);
	while (slice_split(&rest, '_', &word))
		is = is || listed(word, temporal, LEN(temporal));
	buf_clear(&text);
	heading_words(&text, name);
	for (size_t i = 0; i < LEN(known) && !is; i++)
		is = known[i].form == HEADING_TIME &&
		    heading_fits(&known[i], buf_slice(&text)) > 0;
	buf_release(&text);
	return is;
}
