#include "template.h"

#include "buf.h"
#include "test.h"

/* Shows a template, or its fault: text as it is, slots as <name|f:rest@l:c>. */
static const char *
dump(const char *text)
{
	static struct buf out;
	struct template t;
	struct arena arena = {0};
	struct fault fault = {0};

	buf_clear(&out);
	if (template_parse(&t, slice_of(text), (struct place){"w.txt", 1, 1},
		&arena, &fault) < 0)
		buf_add_slice(&out, buf_slice(&fault.text));
	else
		for (size_t i = 0; i < t.n; i++) {
			const struct template_piece *p = &t.piece[i];

			if (p->column.p == NULL) {
				buf_add_slice(&out, p->text);
				continue;
			}
			buf_addf(&out, "<%.*s", SLICE_ARG(p->column));
			for (size_t k = 0; k < p->nfilter; k++)
				buf_addf(&out, "|%.*s:%.*s",
				    SLICE_ARG(p->filter[k].name),
				    SLICE_ARG(p->filter[k].rest));
			buf_addf(
			    &out, "@%zu:%zu>", p->where.line, p->where.column);
		}
	arena_release(&arena);
	fault_release(&fault);
	return buf_str(&out);
}

#define PARSES(text, want) CHECK_SLICE(slice_of(dump(text)), want)

static void
text_and_slots_are_told_apart(void)
{
	PARSES("", "");
	PARSES("plain", "plain");
	PARSES("{a}", "<a@1:1>");
	PARSES("x {Call Number}, {b}.", "x <Call Number@1:3>, <b@1:18>.");
	PARSES("a\nb{c}\n{d}", "a\nb<c@2:2>\n<d@3:1>");
}

static void
double_braces_are_braces(void)
{
	PARSES("{{a}}", "{a}");
	PARSES("{{{a}}}", "{<a@1:3>}");
	PARSES("{{{{", "{{");
}

static void
filters_follow_a_bar(void)
{
	PARSES("{a|digits}", "<a|digits:@1:1>");
	PARSES("{a|else }", "<a|else:@1:1>");
	PARSES("{a|else not  known |x}", "<a|else:not  known |x:@1:1>");
}

static void
faults_name_their_place(void)
{
	PARSES("ab {c",
	    "w.txt:1:4: '{' without its '}' "
	    "('{{' stands for a brace)");
	PARSES("a\n{c\n}",
	    "w.txt:2:1: '{' without its '}' "
	    "('{{' stands for a brace)");
	PARSES("{a{b}}",
	    "w.txt:1:1: '{' without its '}' "
	    "('{{' stands for a brace)");
	PARSES("a}",
	    "w.txt:1:2: '}' without its '{' "
	    "('}}' stands for a brace)");
	PARSES("{}", "w.txt:1:1: a column was expected after '{'");
	PARSES("{|x}", "w.txt:1:1: a column was expected after '{'");
	PARSES("{a|}", "w.txt:1:1: a filter was expected after '|' in {a|}");
	PARSES(
	    "{a|b| }", "w.txt:1:1: a filter was expected after '|' in {a|b| }");
}

int
main(void)
{
	RUN(text_and_slots_are_told_apart);
	RUN(double_braces_are_braces);
	RUN(filters_follow_a_bar);
	RUN(faults_name_their_place);
	return test_done();
}
