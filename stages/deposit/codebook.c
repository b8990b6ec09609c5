#include "writers.h"

#include <stdio.h>
#include <string.h>

#include "embedded.h"
#include "grid.h"
#include "html_page.h"
#include "number.h"
#include "statement.h"

/* --- what is said of a variable --- */

/* What the file did to it, for people: ages of 25 or more are 25. */
static void say_treatment(struct text *words, const struct contents_variable *variable)
{
	char number[NUMBER_TEXT_SIZE];
	if (strcmp(variable->treatment, "broader") == 0)
		text_add(words, "rare codes are merged into broader ones");
	else if (strcmp(variable->treatment, "bands") == 0)
		text_add(words, "in bands");
	else if (strcmp(variable->treatment, "averaged") == 0)
		text_add(words, "means of several records");
	if (variable->has_bottom) {
		number_print_exact(number, variable->bottom);
		text_print(words, "%s%s stands for that or less", words->length ? "; " : "", number);
	}
	if (variable->has_top) {
		number_print_exact(number, variable->top);
		text_print(words, "%s%s stands for that or more", words->length ? "; " : "", number);
	}
}

/* A number of the range, or nothing where it is open. */
static void add_bound(struct text *csv, bool bounded, double bound)
{
	char number[NUMBER_TEXT_SIZE];
	if (bounded)
		number_print_exact(number, bound);
	text_print(csv, ",%s", bounded ? number : "");
}

/* --- for programs --- */

static void add_field(struct text *csv, const char *value)
{
	text_add(csv, ",");
	text_add_escaped(csv, TEXT_CSV, value);
}

static void add_line(struct text *csv, const struct contents *contents, const struct contents_variable *variable,
                     const char *code, const char *label, const char *missing, const double *spss, size_t records)
{
	char name[80], number[NUMBER_TEXT_SIZE];
	struct text treatment = { 0 };
	say_treatment(&treatment, variable);
	sav_name(name, contents, variable);
	text_add_escaped(csv, TEXT_CSV, variable->name);
	add_field(csv, variable->label);
	add_field(csv, variable->question);
	add_field(csv, variable->type);
	add_field(csv, variable->level);
	add_field(csv, variable->unit);
	add_field(csv, variable->key ? "key" : variable->sensitive ? "sensitive" : "");
	add_field(csv, treatment.bytes);
	add_bound(csv, variable->has_least, variable->least);
	add_bound(csv, variable->has_most, variable->most);
	add_field(csv, code);
	add_field(csv, label);
	add_field(csv, missing);
	add_field(csv, name);
	if (spss)
		number_print_exact(number, *spss);
	add_field(csv, spss ? number : "");
	text_print(csv, ",%zu\n", records);
	text_free(&treatment);
}

void write_codebook(struct text *file, const struct deposit *deposit)
{
	text_add(file,
	         "variable,label,question,type,level,unit,use,treatment,min,max,code,code_label,missing,spss_name,"
	         "spss_value,records\n");
	for (size_t v = 0; v < deposit->contents->variable_count; v++) {
		const struct contents_variable *variable = &deposit->contents->variables[v];
		if (!variable->code_count)
			add_line(file, deposit->contents, variable, NULL, NULL, NULL, NULL, variable->answered);
		for (size_t c = 0; c < variable->code_count; c++) {
			const struct contents_code *code = &variable->codes[c];
			add_line(file, deposit->contents, variable, code->code, code->label, NULL,
			         variable->text ? NULL : &code->number, code->records);
		}
		for (int reason = 1; reason < MISSING_COUNT; reason++) {
			double spss = sav_reason(variable, (enum missing_reason)reason);
			if (variable->missing[reason])
				add_line(file, deposit->contents, variable, NULL, NULL,
				         missing_reason_word((enum missing_reason)reason),
				         variable->text ? NULL : &spss, variable->missing[reason]);
		}
	}
}

/* --- for people --- */

static void add_variables(struct text *html, const struct deposit *deposit)
{
	static const struct grid_column columns[] = {
		{ "Variable", GRID_TEXT }, { "Label", GRID_TEXT },     { "Unit", GRID_TEXT },
		{ "Use", GRID_TEXT },      { "Treatment", GRID_TEXT }, { "Answered", GRID_NUMBER },
	};
	struct grid grid;
	grid_begin(&grid, "variables-table", "Variables, in the order of the columns", columns, COUNT(columns));
	for (size_t v = 0; v < deposit->contents->variable_count; v++) {
		const struct contents_variable *variable = &deposit->contents->variables[v];
		struct text treatment = { 0 };
		say_treatment(&treatment, variable);
		grid_text(&grid, variable->name);
		grid_text(&grid, variable->label);
		grid_text(&grid, variable->unit);
		grid_text(&grid, variable->key ? "key" : variable->sensitive ? "sensitive" : NULL);
		grid_text(&grid, treatment.bytes);
		grid_number(&grid, (long long)variable->answered);
		grid_row(&grid, "");
		text_free(&treatment);
	}
	grid_end(&grid, html);
}

static void add_codes(struct text *html, const struct deposit *deposit)
{
	static const struct grid_column columns[] = {
		{ "Variable", GRID_TEXT },  { "Code", GRID_TEXT },      { "Label", GRID_TEXT },
		{ "In SPSS", GRID_NUMBER }, { "Records", GRID_NUMBER },
	};
	struct grid grid;
	grid_begin(&grid, "codes-table", "Codes, and why there is no answer", columns, COUNT(columns));
	for (size_t v = 0; v < deposit->contents->variable_count; v++) {
		const struct contents_variable *variable = &deposit->contents->variables[v];
		for (size_t c = 0; c < variable->code_count; c++) {
			grid_text(&grid, variable->name);
			grid_text(&grid, variable->codes[c].code);
			grid_text(&grid, variable->codes[c].label);
			if (variable->text)
				grid_text(&grid, NULL);
			else
				grid_number(&grid, (long long)variable->codes[c].number);
			grid_number(&grid, (long long)variable->codes[c].records);
			grid_row(&grid, "");
		}
		for (int reason = 1; reason < MISSING_COUNT; reason++) {
			if (!variable->missing[reason])
				continue;
			grid_text(&grid, variable->name);
			grid_text(&grid, NULL);
			grid_text(&grid, missing_reason_word((enum missing_reason)reason));
			if (variable->text)
				grid_text(&grid, NULL);
			else
				grid_number(&grid, (long long)sav_reason(variable, (enum missing_reason)reason));
			grid_number(&grid, (long long)variable->missing[reason]);
			grid_row(&grid, "check");
		}
	}
	grid_end(&grid, html);
}

void write_page(struct text *file, const struct deposit *deposit)
{
	struct html_page page = { 0 };
	struct text about = { 0 }, variables = { 0 }, codes = { 0 };
	struct deposit_statement *statement = deposit_statement_new(deposit);
	deposit_statement_html(&about, statement);
	add_variables(&variables, deposit);
	add_codes(&codes, deposit);
	html_page_add(&page, "about", "What this file is, and what was done to protect the people in it", about.bytes);
	html_page_add(&page, "variables", "Variables", variables.bytes);
	html_page_add(&page, "codes", "Codes", codes.bytes);
	const struct html_page_head head = {
		.mark = deposit->open ? "Public use file." : "Safeguarded.",
		.state = deposit->open ? "Public use file" : "Safeguarded",
		.kind = "File of records",
		.about = deposit->dataset->name,
		.holds = deposit->open ? "Everybody may use it; nobody may try to find somebody in it."
		                       : "Only for those who signed for it. Do not pass it on, and do not try to find "
		                         "somebody in it.",
		.closing = "The same stands in codebook.csv and statement.txt, for programs.",
		.study = deposit->study,
	};
	html_page_print(file, &page, &head);
	html_page_release(&page);
	deposit_statement_free(statement);
	text_free(&about);
	text_free(&variables);
	text_free(&codes);
}
