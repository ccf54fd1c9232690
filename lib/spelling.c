#include "spelling.h"

#include <stdbool.h>

static const char *const letters[] = {"Alfa", "Bravo", "Charlie", "Delta",
    "Echo", "Foxtrot", "Golf", "Hotel", "India", "Juliett", "Kilo", "Lima",
    "Mike", "November", "Oscar", "Papa", "Quebec", "Romeo", "Sierra", "Tango",
    "Uniform", "Victor", "Whiskey", "X-ray", "Yankee", "Zulu"};

/* The signs from '!' to '/', ':' to '@', '[' to '`' and '{' to '~'. */
static const char *const signs[] = {"exclamation mark", "quotation mark",
    "hash", "dollar", "percent", "ampersand", "apostrophe", "open bracket",
    "close bracket", "star", "plus", "comma", "hyphen", "dot", "slash", "colon",
    "semicolon", "less than", "equals", "greater than", "question mark", "at",
    "open square bracket", "backslash", "close square bracket", "caret",
    "underscore", "backquote", "open brace", "bar", "close brace",
    "tilde sign"};

static const struct {
	const char *name;
	unsigned combining; /* its code point */
	char sign;          /* as `marked` has it */
} marks[] = {{"grave", 0x300, '`'}, {"acute", 0x301, '\''},
    {"circumflex", 0x302, '^'}, {"tilde", 0x303, '~'}, {"macron", 0x304, '-'},
    {"breve", 0x306, '('}, {"dot above", 0x307, '.'}, {"diaeresis", 0x308, ':'},
    {"ring", 0x30a, '*'}, {"double acute", 0x30b, '"'}, {"caron", 0x30c, '<'},
    {"cedilla", 0x327, ','}, {"ogonek", 0x328, ';'}, {"stroke", 0x338, '/'}};

/*
 * The letters from U+00C0 to U+017F, two bytes each: a letter and its mark, or
 * the two letters that it joins; blanks for what is neither.
 */
static const char marked[] = "A`A'A^A~A:A*AEC,E`E'E^E:I`I'I^I:"
			     "  N~O`O'O^O~O:  O/U`U'U^U:Y'  SS"
			     "A`A'A^A~A:A*AEC,E`E'E^E:I`I'I^I:"
			     "  N~O`O'O^O~O:  O/U`U'U^U:Y'  Y:"
			     "A-A-A(A(A;A;C'C'C^C^C.C.C<C<D<D<"
			     "D/D/E-E-E(E(E.E.E;E;E<E<G^G^G(G("
			     "G.G.G,G,H^H^H/H/I~I~I-I-I(I(I;I;"
			     "I.  IJIJJ^J^K,K,  L'L'L,L,L<L<  "
			     "  L/L/N'N'N,N,N<N<      O-O-O(O("
			     "O\"O\"OEOER'R'R,R,R<R<S'S'S^S^S,S,"
			     "S<S<T,T,T<T<T/T/U~U~U-U-U(U(U*U*"
			     "U\"U\"U;U;W^W^Y^Y^Y:Z'Z'Z.Z.Z<Z<  ";

#define MARKED_FIRST 0xc0
#define MARKED_LAST 0x17f

/* Starts a new word. */
static void
add_word(struct buf *out, size_t start, const char *word)
{
	if (out->n > start)
		buf_add_char(out, ' ');
	buf_add_str(out, word);
}

static char
capital(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 'a' + 'A') : c;
}

/* The name of a sign of ASCII, or NULL. */
static const char *
sign_name(unsigned long c)
{
	static const struct {
		unsigned char first, last, at; /* in signs[] */
	} run[] = {
	    {'!', '/', 0}, {':', '@', 15}, {'[', '`', 22}, {'{', '~', 28}};

	for (size_t i = 0; i < sizeof run / sizeof *run; i++) {
		if (c >= run[i].first && c <= run[i].last)
			return signs[run[i].at + c - run[i].first];
	}
	return NULL;
}

/* Adds what the second byte of a marked letter stands for. */
static void
add_mark(struct buf *out, size_t start, char sign)
{
	if (sign >= 'A' && sign <= 'Z')
		add_word(out, start, letters[sign - 'A']);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (sign == marks[i].sign)
			add_word(out, start, marks[i].name);
	}
}

/* Adds a character beyond ASCII.  Returns whether there is a word for it. */
static bool
add_marked(struct buf *out, size_t start, unsigned long c)
{
	const char *pair;

	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		if (c != marks[i].combining)
			continue;
		add_word(out, start, marks[i].name);
		return true;
	}
	if (c < MARKED_FIRST || c > MARKED_LAST)
		return false;
	pair = &marked[2 * (c - MARKED_FIRST)];
	if (pair[0] == ' ')
		return false;
	add_word(out, start, letters[pair[0] - 'A']);
	add_mark(out, start, pair[1]);
	return true;
}

/* Adds one character that is no blank, which stands in text as `as`. */
static void
add_character(struct buf *out, size_t start, unsigned long c, struct slice as,
    const struct codes *codes)
{
	const struct slice field = SLICE("phonetic");
	char big = capital(as.p[0]);
	struct slice code = as.n == 1 ? (struct slice){&big, 1} : as;

	if (codes_find(codes, field, code) != NULL) {
		add_word(out, start, "");
		buf_add_slice(out, codes_spoken(codes, field, code));
	} else if (big >= 'A' && big <= 'Z') {
		add_word(out, start, letters[big - 'A']);
	} else if (sign_name(c) != NULL) {
		add_word(out, start, sign_name(c));
	} else if (!add_marked(out, start, c)) {
		add_word(out, start, "");
		buf_add_slice(out, as);
	}
}

size_t
spelling_add(struct buf *out, struct slice text, const struct codes *codes)
{
	size_t start = out->n;
	struct slice rest = slice_first(text, SPELLING_MOST);
	size_t left = slice_characters(slice_from(text, rest.n));
	bool space = false;

	while (rest.n > 0) {
		struct slice as = rest;
		unsigned long c = slice_take_character(&rest);

		as.n -= rest.n;
		if (c <= ' ') {
			space = out->n > start;
			continue;
		}
		if (space)
			add_word(out, start, "space");
		space = false;
		add_character(out, start, c, as, codes);
	}
	return left;
}
