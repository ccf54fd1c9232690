#include "catalogue.h"

#include "schema.h"

#define LEN(array) (sizeof(array) / sizeof *(array))

static const struct catalogue_entry entries[] = {
    {FOUND_PACK, CATALOGUE_ERROR, "the pack is not whole", "TODO"},
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
    {"services", FOUND_SERVICES},
    {"advice", FOUND_ADVICE},
    {"resources", FOUND_RESOURCES},
    {"response", FOUND_RESPONSE},
    {"regulations", FOUND_REGULATIONS},
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

	if (name.n != 6 || (name.p[0] | 32) != 'i' || (name.p[1] | 32) != 'n' ||
	    (name.p[2] | 32) != 'c')
		return NULL;
	name.p += 3;
	name.n -= 3;
	if (slice_number(name, 999, &number) < 0)
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
