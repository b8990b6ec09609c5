#include "date_order.h"

#include <stdlib.h>
#include <string.h>

#include "answer.h"
#include "date.h"
#include "expected.h"
#include "mem.h"

struct seen {
	size_t ambiguous; /* both numbers could be the month, and they differ */
	bool told;        /* one number is no month */
};

struct date_order {
	struct judging *judging;
	struct seen *seen; /* source, variable */
};

struct date_order *date_order_new(struct judging *judging)
{
	struct date_order *order = mem_alloc(1, sizeof *order);
	size_t sources = exported_source_count(judging->with.exported);
	order->judging = judging;
	order->seen = mem_alloc(sources * judging->with.dictionary->variable_count, sizeof *order->seen);
	return order;
}

void date_order_free(struct date_order *order)
{
	if (!order)
		return;
	free(order->seen);
	free(order);
}

static struct seen *seen_of(const struct date_order *order, const struct exported_source *source, size_t variable)
{
	size_t index = (size_t)(source - exported_source_at(order->judging->with.exported, 0));
	return &order->seen[index * order->judging->with.dictionary->variable_count + variable];
}

/* A day that no order makes one, such as 31/02, tells as well: 31 is no month. */
static void look(struct seen *seen, const char *text)
{
	long long parts[3] = { 0 };
	size_t length = 0;
	text = answer_trim(text, &length);
	if (!date_read_slashed(&text, parts))
		return;
	seen->told = seen->told || parts[0] > 12 || parts[1] > 12;
	seen->ambiguous += parts[0] <= 12 && parts[1] <= 12 && parts[0] != parts[1];
}

void date_order_add(struct date_order *order)
{
	const struct dictionary *dictionary = order->judging->with.dictionary;
	const struct exported_row *row = order->judging->row;
	if (!row->source->form->dates || strcmp(row->source->form->dates, "iso") == 0)
		return;
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		enum variable_type type = dictionary->variables[i].type;
		if ((type == VARIABLE_DATE || type == VARIABLE_DATETIME) && row->cells[i])
			look(seen_of(order, row->source, i), row->cells[i]);
	}
}

static bool tell(const struct date_order *order, const struct exported_source *source, size_t variable,
                 struct error *err)
{
	const struct variable *asked = &order->judging->with.dictionary->variables[variable];
	const struct seen *seen = seen_of(order, source, variable);
	char expected[EXPECTED_SIZE];
	if (seen->told || seen->ambiguous == 0)
		return true;
	expected_words(expected, asked, FINDING_CELL_DATE_AMBIGUOUS, source->form);
	struct finding finding = {
		.code = FINDING_CELL_DATE_AMBIGUOUS,
		.variable = asked->name,
		.expected = expected,
		.occurrences = seen->ambiguous,
	};
	return judging_tell_once(order->judging, source, &finding, err);
}

bool date_order_tell(const struct date_order *order, struct error *err)
{
	const struct exported *exported = order->judging->with.exported;
	for (size_t source = 0; source < exported_source_count(exported); source++)
		for (size_t i = 0; i < order->judging->with.dictionary->variable_count; i++)
			if (!tell(order, exported_source_at(exported, source), i, err))
				return false;
	return true;
}
