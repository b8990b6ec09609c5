#include "writers.h"

static void add_field(struct text *file, const char *value)
{
	text_add(file, ",");
	text_add_escaped(file, TEXT_CSV, value);
}

/* What every row of a variable says alike. */
static void add_variable(struct text *file, const struct facts_variable *said)
{
	struct text columns = { 0 };
	text_add_escaped(file, TEXT_CSV, said->variable->name);
	add_field(file, said->variable->label);
	add_field(file, said->question);
	for (int fact = 0; fact < FACT_COUNT; fact++)
		add_field(file, said->value[fact]);
	for (size_t i = 0; i < said->column_count; i++)
		text_print(&columns, "%s%s", i ? "; " : "", said->columns[i]);
	add_field(file, columns.bytes);
	text_free(&columns);
}

void facts_csv(struct text *file, const struct facts *facts)
{
	text_add(file, "variable,label,question");
	for (int fact = 0; fact < FACT_COUNT; fact++)
		add_field(file, fact_column((enum fact)fact));
	text_add(file, ",headers,code,code_label,code_missing,code_exclusive\n");
	for (size_t i = 0; i < facts->variable_count; i++) {
		const struct facts_variable *said = &facts->variables[i];
		if (said->code_count == 0) {
			add_variable(file, said);
			text_add(file, ",,,,\n");
		}
		for (size_t c = 0; c < said->code_count; c++) {
			const struct code *code = &said->codes[c];
			add_variable(file, said);
			add_field(file, code->code);
			add_field(file, code->label);
			add_field(file, code->missing ? missing_reason_word(code->missing) : NULL);
			add_field(file, code->exclusive ? "yes" : NULL);
			text_add(file, "\n");
		}
	}
}
