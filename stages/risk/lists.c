#include "sections.h"

#include <math.h>
#include <stdlib.h>

#include "number.h"

/* One line: part, of what, before, after. */
static void add_line(struct text *csv, const struct view *view, const char *part, const char *of,
                     const double values[2])
{
	text_add_escaped(csv, TEXT_CSV, part);
	text_add(csv, ",");
	text_add_escaped(csv, TEXT_CSV, of);
	for (size_t s = 0; s < 2; s++) {
		char number[NUMBER_TEXT_SIZE];
		text_add(csv, ",");
		if (s >= view->side_count || !isfinite(values[s]))
			continue;
		number_print_exact(number, values[s]);
		text_add(csv, number);
	}
	text_add(csv, "\n");
}

static const char *join_keys(struct text *names, const struct key_table *table, unsigned keys)
{
	for (size_t k = 0; k < table->key_count; k++)
		if (keys >> k & 1)
			text_print(names, "%s%s", names->length ? " " : "", table->keys[k].name);
	return names->bytes ? names->bytes : "";
}

static void list_totals(struct text *csv, const struct view *view)
{
	const struct measures *b = &view->sides[0].measures, *a = &view->sides[1].measures;
	const struct {
		const char *part;
		double values[2];
	} lines[] = {
		{ "records", { (double)b->count, (double)a->count } },
		{ "alone", { (double)b->alone, (double)a->alone } },
		{ "below k", { (double)b->below, (double)a->below } },
		{ "above max_risk", { (double)b->over, (double)a->over } },
		{ "fails a demand", { (double)b->failing, (double)a->failing } },
		{ "highest risk", { b->highest, a->highest } },
		{ "expected to be found", { b->expected, a->expected } },
		{ "global risk", { b->rate, a->rate } },
		{ "DIS", { b->match, a->match } },
	};
	for (size_t i = 0; i < COUNT(lines); i++)
		add_line(csv, view, lines[i].part, "", lines[i].values);
}

static void list_sets(struct text *csv, const struct view *view)
{
	for (size_t i = 0; i < view->sides[0].measures.set_count; i++) {
		const struct key_set *set = &view->sides[0].measures.sets[i];
		double below[2] = { NAN, NAN }, alone[2] = { NAN, NAN };
		struct text names = { 0 };
		for (size_t s = 0; s < view->side_count; s++)
			for (size_t j = 0; j < view->sides[s].measures.set_count; j++)
				if (view->sides[s].measures.sets[j].keys == set->keys) {
					below[s] = (double)view->sides[s].measures.sets[j].below;
					alone[s] = (double)view->sides[s].measures.sets[j].alone;
				}
		join_keys(&names, view->sides[0].table, set->keys);
		char *part = mem_print("below %zu on", set->k ? set->k : (size_t)view->entry->k);
		add_line(csv, view, part, names.bytes, below);
		add_line(csv, view, "alone on", names.bytes, alone);
		free(part);
		text_free(&names);
	}
}

static void list_answers(struct text *csv, const struct view *view)
{
	for (size_t v = 0; v < view->sides[0].table->sensitive_count; v++) {
		double distinct[2] = { NAN, NAN }, entropy[2] = { NAN, NAN }, below[2] = { NAN, NAN };
		const char *name = view->sides[0].table->sensitive[v].name;
		for (size_t s = 0; s < view->side_count; s++) {
			const struct diversity *diversity = &view->sides[s].measures.diversity[v];
			distinct[s] = diversity->least_distinct;
			entropy[s] = diversity->least_entropy;
			below[s] = (double)diversity->below;
		}
		add_line(csv, view, "fewest different answers", name, distinct);
		add_line(csv, view, "lowest entropy", name, entropy);
		add_line(csv, view, "below l", name, below);
	}
}

void list_numbers(struct text *csv, const struct view *view)
{
	text_add(csv, "part,of,before,after\n");
	list_totals(csv, view);
	list_sets(csv, view);
	list_answers(csv, view);
}

static void list_record(struct text *csv, const struct view *view, size_t record)
{
	const struct key_table *table = view_last(view)->table;
	const struct measures *measures = &view_last(view)->measures;
	const double numbers[] = { measures->f[record], measures->F[record], measures->risk[record],
		                   measures->suda.scores[record], measures->dis[record] };
	struct text names = { 0 };
	text_print(csv, "%lld", table->numbers[record]);
	for (size_t i = 0; i < COUNT(numbers); i++) {
		char number[NUMBER_TEXT_SIZE];
		number_print_exact(number, numbers[i]);
		text_print(csv, ",%s", number);
	}
	text_add(csv, ",");
	text_add_escaped(csv, TEXT_CSV, join_keys(&names, table, measures->enough[record]));
	for (size_t k = 0; k < table->key_count; k++) {
		int code = table->codes[record * table->key_count + k];
		text_add(csv, ",");
		text_add_escaped(csv, TEXT_CSV, code ? table->keys[k].codes[code - 1].code : "");
	}
	text_add(csv, "\n");
	text_free(&names);
}

void list_records(struct text *csv, const struct view *view)
{
	const struct key_table *table = view_last(view)->table;
	const struct measures *measures = &view_last(view)->measures;
	text_add(csv, "record,agree,people,risk,suda,dis,enough");
	for (size_t k = 0; k < table->key_count; k++) {
		text_add(csv, ",");
		text_add_escaped(csv, TEXT_CSV, table->keys[k].name);
	}
	text_add(csv, "\n");
	for (size_t i = 0; i < measures->count; i++)
		if (measures->fails[i] || measures->f[i] < view->entry->k || measures->enough[i])
			list_record(csv, view, i);
}
