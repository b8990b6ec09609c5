#include "intake.h"

const char intake_variables_name[] = "variables.csv (variable, type, role, disclosure, codes)";

void intake_variables(struct text *lines, const struct dictionary *dictionary)
{
	for (size_t i = 0; i < dictionary->variable_count; i++) {
		const struct variable *variable = &dictionary->variables[i];
		text_print(lines, "%s,%s,%s,%s,%s\n", variable->name, variable_type_word(variable->type),
		           variable_role_word(variable->role), variable_disclosure_word(variable->disclosure),
		           variable->codes ? variable->codes->name : "");
	}
}

bool intake_has_codes(const struct dictionary *dictionary, const struct study_dataset *dataset)
{
	for (size_t i = 0; i < dictionary->header_count; i++)
		if (dictionary->headers[i].option)
			return true;
	for (unsigned i = 0; i < dataset->exports_count; i++)
		if (dataset->exports[i].area || dataset->exports[i].wave)
			return true;
	return false;
}
