#include "catalogue.h"

#include "schema.h"

static const struct catalogue_entry entries[] = {
    {FOUND_PACK, CATALOGUE_ERROR, "a pack that is not whole",
	"A directory of the search path has no table, a file in it was\n"
	"meant as a table and counts for nothing, a table is empty or\n"
	"stands there twice, or one that is needed is missing.  Programs\n"
	"refuse to work with such a pack, so that nobody relies on a table\n"
	"that isn't read.  Give the file the name that the message names,\n"
	"or take it away: of targets.tsv and targets.csv keep one."},
    {FOUND_PACK_TABLE, CATALOGUE_ERROR, "the table pack can't be used",
	"A cell can't be read, such as the zone Europe/Londn, or the table\n"
	"has not exactly one row.  No program starts without it.  Correct\n"
	"the cell."},
    {FOUND_NO_TABLE, CATALOGUE_NOTE, "a program can't work with this pack",
	"The table from which a program works is in no directory of the\n"
	"search path.  That is right where the program isn't used.  Else\n"
	"put a pack that has the table behind yours: -p ours:itsm."},
    {FOUND_FIELDS, CATALOGUE_ERROR, "the table fields can't be used",
	"A field has no name or the name of another, a type that there is\n"
	"not, or a condition or pattern that can't be read.  inc-log\n"
	"refuses to start, so that no record is taken in unchecked.\n"
	"Correct the cell."},
    {FOUND_CODES, CATALOGUE_ERROR, "the table codes can't be used",
	"A row lacks its field or code, or the code stands there twice, so\n"
	"that it would have two words.  inc-notify refuses to start.\n"
	"Correct the row."},
    {FOUND_CODED, CATALOGUE_WARNING, "words for a column that no record has",
	"The field of this row is no column of inc's own, of fields or of\n"
	"the tree, so its words are used nowhere.  Correct the name, or add\n"
	"it to fields."},
    {FOUND_TRIAGE, CATALOGUE_ERROR, "the decision tree can't be used",
	"A condition can't be read, names a column that no record has, or\n"
	"the tree could end nowhere: a node without a last row '*', a next\n"
	"that is no node, a way that leads back, a priority without a\n"
	"target.  inc-triage refuses to start, so that no record goes\n"
	"without a decision.  Correct the cell: in \"impact = 1 an urgency =\n"
	"1\" a letter is missing."},
    {FOUND_OUTPUT, CATALOGUE_WARNING,
	"the tree sets a value that no table knows",
	"A cell of the tree sets a column to a value that is neither among\n"
	"the values of fields nor in codes: the code VPI where codes has\n"
	"VIP.  It would be written into records, where no word, rule or\n"
	"count finds it.  Correct the cell, or add the value to the table\n"
	"that lacks it."},
    {FOUND_CALL, CATALOGUE_ERROR, "the tree of questions can't be used",
	"The same as INC131, for the table call."},
    {FOUND_TARGETS, CATALOGUE_ERROR, "the table targets can't be used",
	"A priority stands there twice, or a limit or calendar can't be\n"
	"read.  Nothing would say by when to act, so inc-triage,\n"
	"inc-escalate and inc-notify refuse to start.  Where no medium\n"
	"serves for the word in tell, inc-notify alone does, and nobody is\n"
	"told.  Correct the cell: a limit is 15m, 4h, 5wd, 10cd or 1mo."},
    {FOUND_HASTE, CATALOGUE_WARNING, "longer to be taken than put right",
	"Of a priority respond is longer than resolve, so what is late has\n"
	"still time until anybody must take it.  Most often the two cells\n"
	"are swapped, or a unit is wrong: 30m for 30h."},
    {FOUND_CALENDARS, CATALOGUE_ERROR, "the table calendars can't be used",
	"Days, windows or a zone can't be read, or the holidays are no list\n"
	"of the table holidays.  No deadline could be worked out.  Correct\n"
	"the cell: days are mon-fri or sat sun, windows 08:00-12:30\n"
	"13:00-17:30."},
    {FOUND_HOLIDAYS, CATALOGUE_ERROR, "the table holidays can't be used",
	"A date can't be read or stands there twice, or its windows can't\n"
	"be read.  Deadlines would be wrong.  Correct the cell: a date is\n"
	"2026-12-25, and a spreadsheet may have written it in another form."},
    {FOUND_ESCALATION, CATALOGUE_ERROR, "the table escalation can't be used",
	"A boundary has no name or another's, names a level, role, calendar\n"
	"or column that there is not, or has a condition or limit that\n"
	"can't be read.  inc-escalate refuses to start, so that no boundary\n"
	"is passed over.  Correct the cell."},
    {FOUND_NEVER_CROSSED, CATALOGUE_ERROR, "a boundary that can do nothing",
	"The row leads up to the lowest level or down to the highest, or\n"
	"waits for a share of a target that none of its priorities has: 50%\n"
	"resolve where targets leaves resolve empty.  Somebody relies on\n"
	"it.  Correct the level, give the target a limit, or take the row\n"
	"out."},
    {FOUND_NO_TIME, CATALOGUE_WARNING, "a clock by a column that holds no time",
	"The column in from or until is none that holds times.  A clock\n"
	"that can't start there starts at received, and nothing stops it.\n"
	"Name a column such as acknowledged, or give the field the type\n"
	"time in fields."},
    {FOUND_LATE, CATALOGUE_WARNING, "a boundary that comes too late",
	"Whenever this boundary is crossed, another with the same or a\n"
	"weaker condition has already raised as high: P1 after 15m to level\n"
	"2, and P1 after 30m to level 1.  It can count only after a stand-\n"
	"down.  Raise its level, shorten its clock, or take it out."},
    {FOUND_LEVELS, CATALOGUE_ERROR, "the table levels can't be used",
	"A level is no whole number, or stands there twice.  inc-escalate\n"
	"and inc-notify refuse to start.  Correct the cell."},
    {FOUND_NO_ROLE, CATALOGUE_ERROR, "a role that nobody ever holds",
	"The role of a level is neither in roster nor a party of\n"
	"directory.  Whoever looks for help there is passed on to the\n"
	"next level.  Put somebody on the roster, or correct the name."},
    {FOUND_ROUTES, CATALOGUE_ERROR, "the table routes can't be used",
	"A row lacks its reason, wording or recipients, names a role or\n"
	"party that there is not, or has a condition, column, tell or\n"
	"duration that can't be read.  inc-notify refuses to start.\n"
	"Correct the cell."},
    {FOUND_NO_MEDIUM, CATALOGUE_WARNING,
	"a party that no fitting medium reaches",
	"A route tells by media that serve for its tell, for which the\n"
	"party has an address and the route a wording.  This party has\n"
	"none, so another medium is taken, which may be too slow: an urgent\n"
	"message by mail.  Add an address to directory, or the word of tell\n"
	"to a channel."},
    {FOUND_NO_WORDS, CATALOGUE_ERROR, "a party for whom a route has no words",
	"The party can be reached, but for none of its media is there a\n"
	"file of the route's wording, so nothing is sent to it.  Write\n"
	"wording/MEDIUM/NAME.txt, or give the party an address of another\n"
	"medium."},
    {FOUND_DIRECTORY, CATALOGUE_ERROR, "the table directory can't be used",
	"A row has no party, an address without a medium, or a medium that\n"
	"channels does not have.  inc-notify refuses to start.  Correct the\n"
	"cell."},
    {FOUND_NO_ADDRESS, CATALOGUE_ERROR, "a party that can't be reached",
	"Somebody whom a route or the roster names is in directory, but\n"
	"without any address.  Nothing can be sent.  Add a row with a\n"
	"medium and an address."},
    {FOUND_ROSTER, CATALOGUE_ERROR, "the table roster can't be used",
	"A row lacks its role or party, or its dates, days, windows or zone\n"
	"can't be read.  inc-notify refuses to start.  Correct the cell."},
    {FOUND_GAP, CATALOGUE_WARNING, "a role that nobody holds for a time",
	"At some time of the next 30 days nobody is on call for a role that\n"
	"a route, a level or a boundary names.  What is sent then goes to\n"
	"the next level.  Look at days, windows and dates in roster:\n"
	"08:00-20:00 and 20:00-08:00 leave no gap, 08:00-20:00 and\n"
	"20:30-08:00 do."},
    {FOUND_STRANGER, CATALOGUE_ERROR,
	"somebody on call who is not in directory",
	"The roster names a party of whom no address is known.  Nothing can\n"
	"be sent while it is on call.  Correct the name, or add the party\n"
	"to directory."},
    {FOUND_CHANNELS, CATALOGUE_ERROR, "the table channels can't be used",
	"A medium stands there twice, or a cell can't be read.  Where it is\n"
	"limit or charset, inc-notify refuses to start; where it is one for\n"
	"delivery, what delivers.  Correct the cell: a limit is 3 parts,\n"
	"500, 64 KiB or 60s, deliver is a command such as sms {address}."},
    {FOUND_NO_COMMAND, CATALOGUE_NOTE, "a command that this machine lacks",
	"The first word of deliver is neither a file in media of the\n"
	"procedures or of inc, nor a program on PATH, or one that can't be\n"
	"executed.  That is right where messages are sent from another\n"
	"machine.  Here the medium would fail each time.  Correct the word,\n"
	"install the program, or make the file executable: chmod +x."},
    {FOUND_WORDING, CATALOGUE_ERROR, "a file of words can't be used",
	"A slot is broken, has a filter that there is not or names a column\n"
	"that no record has, or an email has no subject.  inc-notify\n"
	"refuses to start.  Correct the file: slots are {summary|short 40}\n"
	"or {details|else not known}."},
    {FOUND_TOO_LONG, CATALOGUE_ERROR, "words over the limit of their medium",
	"The agreed words alone, with nothing in their slots, are longer\n"
	"than what the table channels allows.  Every message would be cut\n"
	"at its end.  Shorten them, or raise the limit."},
    {FOUND_UNSAID, CATALOGUE_WARNING, "words that are never sent",
	"The file is not named after a wording of the table routes, as\n"
	"new.txt and new.cy.txt are after new, or stands under a medium that\n"
	"channels does not have.  Most often a name is misspelt, and other\n"
	"words are sent instead.  Rename the file, or take it away."},
    {FOUND_SERVICES, CATALOGUE_ERROR, "the table services can't be used",
	"It has a column that there is not, or names a calendar that\n"
	"calendars does not have.  Whoever looks it up gets a wrong answer.\n"
	"Correct the cell."},
    {FOUND_ADVICE, CATALOGUE_ERROR, "the table advice can't be used",
	"A condition or date can't be read, or names a column that no\n"
	"record has, or a row has no name.  No advice would be given at\n"
	"all.  Correct the cell."},
    {FOUND_OVERDUE, CATALOGUE_WARNING, "advice that was to be reviewed",
	"The date in review_by is over, so the advice may be out of date.\n"
	"Compare it with its source, then set dated and review_by anew."},
    {FOUND_RESOURCES, CATALOGUE_ERROR, "the table resources can't be used",
	"It has a column that there is not, or names a calendar that\n"
	"calendars does not have.  Correct the cell."},
    {FOUND_RESPONSE, CATALOGUE_ERROR, "the table response can't be used",
	"A row names a code that codes does not have, a level that levels\n"
	"does not have, or has a count or limit that can't be read.\n"
	"Nothing would be sent, or the wrong thing.  Correct the cell."},
    {FOUND_REGULATIONS, CATALOGUE_ERROR, "the table regulations can't be used",
	"A condition or limit can't be read, or names a column that no\n"
	"record has.  A duty with a deadline would be missed.  Correct the\n"
	"cell."},
    {FOUND_NEVER_HOLDS, CATALOGUE_WARNING, "a condition that can never hold",
	"It asks for what excludes itself, such as priority = P1 and\n"
	"priority = P2, or reports > 5 and reports < 3.  The row counts for\n"
	"nothing.  Perhaps \"or\" was meant, or \"in\": priority in P1 P2."},
    {FOUND_SHADOWED, CATALOGUE_WARNING,
	"a row that an earlier one always forestalls",
	"The first row that holds is taken, and wherever this one holds an\n"
	"earlier one does: priority in P1 P2, then priority = P1 and vip =\n"
	"yes.  It is never taken.  Put the row with the stronger condition\n"
	"first."},
    {FOUND_COVERED, CATALOGUE_WARNING,
	"a row for which the earlier ones leave nothing",
	"Together the earlier rows take every record for which this one\n"
	"holds: vip is empty, then vip is set, then vip = yes or reports >\n"
	"3.  It is never taken.  Take it out, or correct the condition of\n"
	"an earlier one."},
    {FOUND_VALUE, CATALOGUE_WARNING, "a value that no table knows",
	"A condition compares a column with a value that it can't have by\n"
	"the tables fields, codes, targets or levels: priority = p1 where\n"
	"it is P1, for text is compared letter for letter.  The test is\n"
	"never true.  Correct the value, or add it to the table that lacks\n"
	"it."},
    {FOUND_UNCOMPARED, CATALOGUE_NOTE, "rows that were not all compared",
	"The table has so many or so intricate conditions that not all\n"
	"could be compared in reasonable time.  Rows that are never taken\n"
	"may be among them, and routes to somebody whom no fitting medium\n"
	"reaches."},
    {FOUND_ALWAYS_HOLDS, CATALOGUE_WARNING, "a condition that always holds",
	"Nothing can be such that it doesn't hold, as with channel != phone\n"
	"or channel != email: whatever is one isn't the other.  Mostly\n"
	"\"and\" was meant, or \"not channel in phone email\".  Where it is\n"
	"meant to hold always, write *."},
    {FOUND_DRAG, CATALOGUE_WARNING, "a pattern that slows a large table down",
	"Patterns are looked for all at once, by a word that each match must\n"
	"contain: /pumps? (is|was) off/ by \"pump\".  This one has none, such\n"
	"as /[0-9]{6}/, so every text is searched for it alone, which takes\n"
	"as long as 20 others do together.  Write a word of two letters or\n"
	"more into it that always stands there, as in /ref[0-9]{6}/, or put\n"
	"it into a node of the tree to which only few records come."},
    {FOUND_ZERO, CATALOGUE_WARNING,
	"a number that seems to have lost its start",
	"A spreadsheet takes +441134960011 or 007 for a number and writes\n"
	"441134960011 or 7.  The others of its kind start with + or 0 and\n"
	"have the same length, or an address has more digits than a number\n"
	"without the code of a country.  Nobody is reached at such a number.\n"
	"Write it anew, in a column that the spreadsheet takes for text."},
    {FOUND_DATE, CATALOGUE_WARNING, "a date where there are no dates",
	"A spreadsheet takes 1-2 or 1/2 for a date and writes 01-Feb or\n"
	"2026-02-01.  The value then equals nothing that it should.  Write\n"
	"what stood there before, in a column that the spreadsheet takes\n"
	"for text."},
    {FOUND_QUOTES, CATALOGUE_WARNING, "doubled quotes in a table with tabs",
	"A spreadsheet puts quotes around a cell that holds one, and\n"
	"doubles it.  In a .tsv quotes are nothing special, so people would\n"
	"read them: \"say \"\"hello\"\"\".  Take them out, or save the table "
	"as\n"
	".csv."},
    {FOUND_FORMULA, CATALOGUE_ERROR, "the error of a spreadsheet in a cell",
	"#REF!, #N/A, #NAME? and the like are what is left of a formula.\n"
	"Write what the cell should hold."},
    {FOUND_MARK, CATALOGUE_WARNING, "a character that can't be seen",
	"A byte order mark or another character without width stands in a\n"
	"cell, so that it equals nothing that looks the same.  Write the\n"
	"cell anew."},
    {FOUND_EXPONENT, CATALOGUE_WARNING,
	"a number in the notation of a spreadsheet",
	"A spreadsheet writes a long number as 4.41E+11, and its digits are\n"
	"lost.  Write it anew, in a column that the spreadsheet takes for\n"
	"text."},
    {FOUND_CASES, CATALOGUE_ERROR, "a case that can't be read",
	"The table cases, or a case in it, is not as inc-procedures(7) says:\n"
	"a column that no record or message has, a time that is none, a row\n"
	"that expects nothing.  The case was not tried; it counts as failed.\n"
	"Correct it."},
    {FOUND_CASE_FAILED, CATALOGUE_ERROR, "a case that failed",
	"The procedures do not do what the case expects.  Either a table was\n"
	"changed and does what nobody meant: correct the table.  Or what is\n"
	"expected has changed: correct the case.  Those of a shipped pack, of\n"
	"which inc init makes a copy, speak of its own people: once yours\n"
	"stand in directory and roster, let the cases speak of them too, or\n"
	"take the table cases away until you write your own.  inc-triage\n"
	"--explain and inc-escalate --explain say of a record why it is as it\n"
	"is."},
    {FOUND_CASE_REPORT, CATALOGUE_WARNING,
	"a case of which a program would complain",
	"The programs would report this of such a record: nobody is on call,\n"
	"a wording lacks a value.  Correct the table, or give the case what\n"
	"every record has."},
    {FOUND_CASE_REMARK, CATALOGUE_NOTE,
	"a case on which a program would remark",
	"A text is shortened to fit its medium, or a value is not the time,\n"
	"number or duration that a rule compares it with."},
    {FOUND_NO_CASE, CATALOGUE_NOTE, "a rule that no case reaches",
	"No case of the pack takes this row of the tree, crosses this\n"
	"boundary or sends a message by this route.  Whether it does what is\n"
	"meant shows first when it is needed.  Add a case."},
};

static const struct {
	const char *table;
	enum catalogue_code code;
} of_table[] = {
    {"pack", FOUND_PACK_TABLE},
    {"fields", FOUND_FIELDS},
    {"codes", FOUND_CODES},
    {"triage", FOUND_TRIAGE},
    {"call", FOUND_CALL},
    {"targets", FOUND_TARGETS},
    {"calendars", FOUND_CALENDARS},
    {"holidays", FOUND_HOLIDAYS},
    {"escalation", FOUND_ESCALATION},
    {"levels", FOUND_LEVELS},
    {"routes", FOUND_ROUTES},
    {"directory", FOUND_DIRECTORY},
    {"roster", FOUND_ROSTER},
    {"channels", FOUND_CHANNELS},
    {"wording", FOUND_WORDING},
    {"services", FOUND_SERVICES},
    {"advice", FOUND_ADVICE},
    {"resources", FOUND_RESOURCES},
    {"response", FOUND_RESPONSE},
    {"regulations", FOUND_REGULATIONS},
    {"cases", FOUND_CASES},
};

const struct catalogue_entry *
catalogue(size_t *n)
{
	*n = LEN(entries);
	return entries;
}

const struct catalogue_entry *
catalogue_entry(enum catalogue_code code)
{
	size_t i = 0;

	while (i + 1 < LEN(entries) && entries[i].code != code)
		i++;
	return &entries[i];
}

const struct catalogue_entry *
catalogue_find(struct slice name)
{
	unsigned long long number;

	if (name.n == 6 &&
	    slice_eq_letters((struct slice){name.p, 3}, slice_of("INC"))) {
		name = slice_from(name, 3);
	}
	if (name.n != 3 || slice_number(name, CATALOGUE_CODES - 1, &number) < 0)
		return NULL;
	for (size_t i = 0; i < LEN(entries); i++) {
		if ((unsigned long long)entries[i].code == number)
			return &entries[i];
	}
	return NULL;
}

enum catalogue_code
catalogue_of_table(struct slice table)
{
	for (size_t i = 0; i < LEN(of_table); i++) {
		if (slice_is(table, of_table[i].table))
			return of_table[i].code;
	}
	return FOUND_PACK;
}

const char *
catalogue_level_name(enum catalogue_level level)
{
	static const char *const name[] = {"note", "warning", "error"};

	return name[level];
}
