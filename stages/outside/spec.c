#include "spec.h"

#include <stdio.h>

#include "config.h"
#include "mem.h"

#define TEXT(key, structure, member, flags)                                                                            \
	CYAML_FIELD_STRING_PTR(key, CYAML_FLAG_POINTER | (flags), structure, member, 0, CYAML_UNLIMITED)
#define LIST(key, structure, member, entry, flags)                                                                     \
	CYAML_FIELD_SEQUENCE(key, CYAML_FLAG_POINTER | (flags), structure, member, entry, 0, CYAML_UNLIMITED)

static const cyaml_schema_value_t text_entry = { CYAML_VALUE_STRING(CYAML_FLAG_POINTER, char, 0, CYAML_UNLIMITED) };

static const cyaml_schema_field_t sum_fields[] = {
	TEXT("total", struct spec_sum, total, 0),
	LIST("parts", struct spec_sum, parts, &text_entry, 0),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t sum_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct spec_sum, sum_fields) };

static const cyaml_schema_field_t level_fields[] = {
	TEXT("level", struct spec_level, level, 0),
	TEXT("code", struct spec_level, code, 0),
	TEXT("within", struct spec_level, within, CYAML_FLAG_OPTIONAL),
	CYAML_FIELD_FLOAT("rounded", CYAML_FLAG_OPTIONAL, struct spec_level, rounded),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t level_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct spec_level,
	                                                              level_fields) };

static const cyaml_schema_field_t dimension_fields[] = {
	TEXT("variable", struct spec_dimension, variable, 0),
	TEXT("column", struct spec_dimension, column, CYAML_FLAG_OPTIONAL),
	TEXT("level", struct spec_dimension, level, CYAML_FLAG_OPTIONAL),
	LIST("levels", struct spec_dimension, levels, &level_entry, CYAML_FLAG_OPTIONAL),
	LIST("sums", struct spec_dimension, sums, &sum_entry, CYAML_FLAG_OPTIONAL),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t dimension_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct spec_dimension,
	                                                                  dimension_fields) };

static const cyaml_schema_field_t table_fields[] = {
	TEXT("name", struct spec_table, name, 0),
	TEXT("file", struct spec_table, file, 0),
	TEXT("count", struct spec_table, count, 0),
	LIST("hidden", struct spec_table, hidden, &text_entry, 0),
	LIST("none", struct spec_table, none, &text_entry, CYAML_FLAG_OPTIONAL),
	LIST("dimensions", struct spec_table, dimensions, &dimension_entry, 0),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t table_entry = { CYAML_VALUE_MAPPING(CYAML_FLAG_DEFAULT, struct spec_table,
	                                                              table_fields) };

static const cyaml_schema_field_t unit_fields[] = {
	TEXT("name", struct study_unit, name, 0),
	TEXT("plural", struct study_unit, plural, 0),
	CYAML_FIELD_INT("threshold", CYAML_FLAG_DEFAULT, struct study_unit, threshold),
	CYAML_FIELD_END,
};

static const cyaml_strval_t zeros_words[] = { { "shown", STUDY_ZEROS_SHOWN }, { "hidden", STUDY_ZEROS_HIDDEN } };

static const cyaml_schema_field_t spec_fields[] = {
	TEXT("name", struct spec, name, 0),
	CYAML_FIELD_MAPPING("unit", CYAML_FLAG_DEFAULT, struct spec, unit, unit_fields),
	CYAML_FIELD_ENUM("zeros", CYAML_FLAG_DEFAULT, struct spec, zeros, zeros_words, CYAML_ARRAY_LEN(zeros_words)),
	LIST("tables", struct spec, tables, &table_entry, 0),
	CYAML_FIELD_END,
};
static const cyaml_schema_value_t spec_schema = { CYAML_VALUE_MAPPING(CYAML_FLAG_POINTER, struct spec, spec_fields) };

static bool check_dimension(const struct spec *spec, unsigned table, unsigned d, struct error *err)
{
	const struct spec_dimension *dimension = &spec->tables[table].dimensions[d];
	char place[120];
	snprintf(place, sizeof place, "tables[%u].dimensions[%u]", table, d);
	if (!dimension->column == (dimension->levels_count == 0))
		return config_error(spec->marks, err, place, "a dimension has either a column or levels");
	if (!dimension->level != (dimension->levels_count == 0))
		return config_error(spec->marks, err, place,
		                    "levels need `level`, the column that says which a row is of");
	return true;
}

bool spec_load(struct spec **spec, const char *path, struct error *err)
{
	struct spec *loaded = NULL;
	struct config_marks *marks = NULL;
	if (!config_load((void **)&loaded, &marks, &spec_schema, path, err))
		return false;
	loaded->marks = marks;
	loaded->unit.confidential = true;
	bool ok =
		loaded->unit.threshold >= 1 || config_error(marks, err, "unit.threshold", "a threshold is at least 1");
	for (unsigned t = 0; ok && t < loaded->tables_count; t++)
		for (unsigned d = 0; ok && d < loaded->tables[t].dimensions_count; d++)
			ok = check_dimension(loaded, t, d, err);
	if (ok)
		*spec = loaded;
	else
		spec_free(loaded);
	return ok;
}

void spec_free(struct spec *spec)
{
	if (spec)
		config_free(spec, spec->marks, &spec_schema);
}
