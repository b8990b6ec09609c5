#include "write.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "number.h"
#include "provenance.h"
#include "text.h"

/* --- the order --- */

struct row {
	const struct file *file;
	size_t record;
};

/* By values, a missing one first and by its reason; of two records that are the same in all, it does not matter. */
static int compare_rows(const void *a, const void *b)
{
	const struct row *one = a, *other = b;
	const struct file *file = one->file;
	for (size_t c = 0; c < file->column_count; c++) {
		const struct column *column = &file->columns[c];
		if (!column->leaves)
			continue;
		double left = column->values[one->record], right = column->values[other->record];
		if (isnan(left) != isnan(right))
			return isnan(left) ? -1 : 1;
		if (!isnan(left) && left != right)
			return left < right ? -1 : 1;
		if (column->reasons[one->record] != column->reasons[other->record])
			return (int)column->reasons[one->record] - (int)column->reasons[other->record];
	}
	return (one->record > other->record) - (one->record < other->record);
}

size_t *write_order(const struct file *file)
{
	struct row *rows = mem_alloc(file->record_count, sizeof *rows);
	size_t *order = mem_alloc(file->record_count, sizeof *order);
	for (size_t i = 0; i < file->record_count; i++)
		rows[i] = (struct row){ file, i };
	mem_sort(rows, file->record_count, sizeof *rows, compare_rows);
	for (size_t i = 0; i < file->record_count; i++)
		order[i] = rows[i].record;
	free(rows);
	return order;
}

/* --- what the file is --- */

static bool write_item(struct store *to, sqlite3_stmt *insert, const char *item, const char *value, struct error *err)
{
	store_bind_text(insert, ":item", item);
	store_bind_text(insert, ":value", value);
	return store_insert(to, insert, err);
}

static bool write_number(struct store *to, sqlite3_stmt *insert, const char *item, const double *value,
                         struct error *err)
{
	char number[NUMBER_TEXT_SIZE];
	if (!value)
		return true;
	number_print_exact(number, *value);
	return write_item(to, insert, item, number, err);
}

static bool write_items(const struct file *file, struct store *to, struct error *err)
{
	const struct study_microdata *entry = file->entry;
	double k = entry->k, l = entry->l, records = (double)file->record_count;
	sqlite3_stmt *insert = NULL;
	bool ok =
		store_prepare(&insert, to, "INSERT INTO file VALUES (:item, :value)", err)
		&& write_item(to, insert, "access", entry->access == STUDY_ACCESS_PUBLIC ? "public" : "safeguarded",
	                      err)
		&& write_item(to, insert, "unit", file->unit, err)
		&& write_item(to, insert, "plural", file->plural, err)
		&& write_item(to, insert, "missing", entry->missing == STUDY_MISSING_VALUE ? "value" : "wildcard", err)
		&& write_number(to, insert, "k", &k, err) && write_number(to, insert, "l", l > 0 ? &l : NULL, err)
		&& (!entry->strata || write_item(to, insert, "strata", entry->strata, err))
		&& write_number(to, insert, "fraction", entry->fraction, err)
		&& write_number(to, insert, "max_risk", entry->max_risk, err)
		&& write_number(to, insert, "records", &records, err);
	sqlite3_finalize(insert);
	return ok;
}

/* --- its variables --- */

static bool write_variables(const struct file *file, struct store *to, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	long long position = 0;
	bool ok = store_prepare(
		&insert, to,
		"INSERT INTO variable VALUES (:variable, :position, :label, :question, :type, :level, :unit, "
		":polarity, :domain, :least, :most, :treatment, :bottom, :top, :role, :key, :sensitive)",
		err);
	for (size_t c = 0; ok && c < file->column_count; c++) {
		const struct column *column = &file->columns[c];
		if (!column->leaves)
			continue;
		store_bind_text(insert, ":variable", column->name);
		store_bind_integer(insert, ":position", ++position);
		store_bind_text(insert, ":label", column->label);
		store_bind_text(insert, ":question", column->question);
		store_bind_text(insert, ":type", column->type);
		store_bind_text(insert, ":level", column->level);
		store_bind_text(insert, ":unit", column->unit);
		store_bind_text(insert, ":polarity", column->polarity);
		store_bind_text(insert, ":domain", column->domain);
		if (column->bounded[0])
			store_bind_real(insert, ":least", column->least);
		if (column->bounded[1])
			store_bind_real(insert, ":most", column->most);
		store_bind_text(insert, ":treatment", file_treatment_word(column->treatment));
		if (!isnan(column->bottom))
			store_bind_real(insert, ":bottom", column->bottom);
		if (!isnan(column->top))
			store_bind_real(insert, ":top", column->top);
		store_bind_text(insert, ":role", column->role);
		if (column->key)
			store_bind_integer(insert, ":key", (long long)column->key);
		store_bind_integer(insert, ":sensitive", column->sensitive);
		ok = store_insert(to, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

static bool write_codes(const struct file *file, struct store *to, struct error *err)
{
	sqlite3_stmt *code = NULL, *stands_for = NULL;
	bool ok = store_prepare(&code, to, "INSERT INTO code VALUES (:variable, :position, :code, :label)", err)
	          && store_prepare(&stands_for, to, "INSERT INTO stands_for VALUES (:variable, :position, :code)", err);
	for (size_t c = 0; ok && c < file->column_count; c++) {
		const struct column *column = &file->columns[c];
		for (size_t i = 0; ok && column->leaves && i < column->code_count; i++) {
			store_bind_text(code, ":variable", column->name);
			store_bind_integer(code, ":position", (long long)i + 1);
			store_bind_text(code, ":code", column->codes[i].code);
			store_bind_text(code, ":label", column->codes[i].label);
			ok = store_insert(to, code, err);
			for (size_t s = 0; ok && s < column->codes[i].stands_for_count; s++) {
				store_bind_text(stands_for, ":variable", column->name);
				store_bind_integer(stands_for, ":position", (long long)i + 1);
				store_bind_text(stands_for, ":code", column->codes[i].stands_for[s]);
				ok = store_insert(to, stands_for, err);
			}
		}
	}
	sqlite3_finalize(code);
	sqlite3_finalize(stands_for);
	return ok;
}

static bool write_held_back(const struct file *file, struct store *to, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	bool ok = store_prepare(&insert, to, "INSERT INTO held_back VALUES (:variable, :why)", err);
	for (size_t i = 0; ok && i < file->held_count; i++) {
		store_bind_text(insert, ":variable", file->held[i].variable);
		store_bind_text(insert, ":why", file->held[i].why);
		ok = store_insert(to, insert, err);
	}
	sqlite3_finalize(insert);
	return ok;
}

/* --- its records --- */

static bool make_table(const struct file *file, struct store *to, struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql, "CREATE TABLE records (record INTEGER PRIMARY KEY");
	for (size_t c = 0; c < file->column_count; c++) {
		const struct column *column = &file->columns[c];
		if (!column->leaves)
			continue;
		char *name = store_quote_name(column->name);
		text_print(&sql, ", %s %s", name,
		           column->texts                                                ? "TEXT"
		           : column->code_count || strcmp(column->type, "integer") == 0 ? "INTEGER"
		                                                                        : "REAL");
		free(name);
	}
	text_add(&sql, ")");
	bool ok = store_run(to, sql.bytes, err);
	text_free(&sql);
	return ok;
}

static bool prepare_record(sqlite3_stmt **insert, const struct file *file, struct store *to, struct error *err)
{
	struct text sql = { 0 };
	text_add(&sql, "INSERT INTO records VALUES (?");
	for (size_t c = 0; c < file->column_count; c++)
		text_add(&sql, file->columns[c].leaves ? ", ?" : "");
	text_add(&sql, ")");
	bool ok = store_prepare(insert, to, sql.bytes, err);
	text_free(&sql);
	return ok;
}

static void bind_value(sqlite3_stmt *insert, int at, const struct column *column, double value)
{
	if (isnan(value))
		sqlite3_bind_null(insert, at);
	else if (column->texts)
		sqlite3_bind_text(insert, at, column->texts[(size_t)value - 1], -1, SQLITE_STATIC);
	else
		sqlite3_bind_double(insert, at, value);
}

static bool write_records(const struct file *file, const size_t *order, struct store *to, struct error *err)
{
	sqlite3_stmt *insert = NULL, *missing = NULL;
	bool ok = make_table(file, to, err) && prepare_record(&insert, file, to, err)
	          && store_prepare(&missing, to, "INSERT INTO missing VALUES (:variable, :record, :reason)", err);
	for (size_t i = 0; ok && i < file->record_count; i++) {
		int at = 1;
		sqlite3_bind_int64(insert, at++, (long long)i + 1);
		for (size_t c = 0; ok && c < file->column_count; c++) {
			const struct column *column = &file->columns[c];
			enum missing_reason reason = column->reasons[order[i]];
			if (!column->leaves)
				continue;
			bind_value(insert, at++, column, column->values[order[i]]);
			if (!isnan(column->values[order[i]]) || reason == MISSING_NONE)
				continue;
			store_bind_text(missing, ":variable", column->name);
			store_bind_integer(missing, ":record", (long long)i + 1);
			store_bind_text(missing, ":reason", missing_reason_word(reason));
			ok = store_insert(to, missing, err);
		}
		ok = ok && store_insert(to, insert, err);
	}
	sqlite3_finalize(insert);
	sqlite3_finalize(missing);
	return ok;
}

static bool write_blanked(const struct file *file, const size_t *order, struct store *to, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	long long *record = mem_alloc(file->record_count, sizeof *record);
	for (size_t i = 0; i < file->record_count; i++)
		record[order[i]] = (long long)i + 1;
	bool ok = store_prepare(&insert, to, "INSERT INTO blanked VALUES (?, ?, ?, ?, ?)", err);
	for (size_t i = 0; ok && i < file->blanked_count; i++) {
		const struct blanked *blanked = &file->blanked[i];
		const struct column *column = &file->columns[blanked->column];
		double value = column->recoded[blanked->record];
		sqlite3_bind_int64(insert, 1, record[blanked->record]);
		sqlite3_bind_text(insert, 2, column->name, -1, SQLITE_STATIC);
		if (!isnan(value) && column->code_count)
			sqlite3_bind_int64(insert, 3, (long long)value);
		else
			bind_value(insert, 3, column, value);
		sqlite3_bind_text(insert, 4,
		                  isnan(value) ? missing_reason_word(column->reasons_before[blanked->record]) : "", -1,
		                  SQLITE_STATIC);
		sqlite3_bind_text(insert, 5, blanked->cause ? blanked->cause : "", -1, SQLITE_STATIC);
		ok = store_insert(to, insert, err);
	}
	sqlite3_finalize(insert);
	free(record);
	return ok;
}

/* Whose records they are: risk counts people in the file, too, and nobody else is told. */
static bool write_again(const struct file *file, const size_t *order, struct store *to, struct error *err)
{
	sqlite3_stmt *insert = NULL;
	long long *first = mem_alloc(file->person_count, sizeof *first);
	bool ok = store_prepare(&insert, to, "INSERT INTO again VALUES (:record, :first)", err);
	for (size_t i = 0; ok && i < file->record_count; i++) {
		long long *earliest = &first[file->people[order[i]]];
		if (*earliest) {
			store_bind_integer(insert, ":record", (long long)i + 1);
			store_bind_integer(insert, ":first", *earliest);
			ok = store_insert(to, insert, err);
		} else {
			*earliest = (long long)i + 1;
		}
	}
	sqlite3_finalize(insert);
	free(first);
	return ok;
}

bool write_file(const struct file *file, const size_t *order, struct store *anonymised, struct error *err)
{
	return write_items(file, anonymised, err) && write_variables(file, anonymised, err)
	       && write_codes(file, anonymised, err) && write_held_back(file, anonymised, err)
	       && write_records(file, order, anonymised, err) && write_blanked(file, order, anonymised, err)
	       && write_again(file, order, anonymised, err);
}
