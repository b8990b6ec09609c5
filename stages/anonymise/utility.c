#include "utility.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

struct writing {
	const struct file *file;
	const struct column *area; /* NULL: the dataset has none */
	struct store *to;
	sqlite3_stmt *insert;
};

/* One line. NaN: it cannot be computed. */
struct line {
	const char *statistic, *variable, *other, *area;
	size_t n;
	double before, after;
};

static bool write_line(const struct writing *with, const struct line *line, struct error *err)
{
	store_bind_text(with->insert, ":statistic", line->statistic);
	store_bind_text(with->insert, ":variable", line->variable);
	store_bind_text(with->insert, ":other", line->other ? line->other : "");
	store_bind_text(with->insert, ":area", line->area ? line->area : "");
	store_bind_integer(with->insert, ":n", (long long)line->n);
	if (isnan(line->before))
		store_bind_null(with->insert, ":before");
	else
		store_bind_real(with->insert, ":before", line->before);
	if (isnan(line->after))
		store_bind_null(with->insert, ":after");
	else
		store_bind_real(with->insert, ":after", line->after);
	return store_insert(with->to, with->insert, err);
}

/* Whether the record is of the area, 0 being all; by the analysis table, or as the file says. */
static bool is_of(const struct writing *with, size_t record, size_t area, bool before)
{
	return area == 0
	       || (before ? with->area->before[record] == (double)area : with->area->values[record] == (double)area);
}

static bool has_areas(const struct writing *with)
{
	return with->area && with->area->leaves && with->area->treatment == FILE_KEPT;
}

static const char *area_code(const struct writing *with, size_t area)
{
	return area ? with->area->codes[area - 1].code : "";
}

/* --- what was blanked --- */

static bool write_blanked(const struct writing *with, const struct column *column, size_t area, struct error *err)
{
	const struct file *file = with->file;
	size_t had = 0, lost = 0;
	for (size_t i = 0; i < file->record_count; i++) {
		if (!is_of(with, i, area, true) || isnan(column->recoded[i]))
			continue;
		had++;
		lost += isnan(column->values[i]);
	}
	struct line line = { .statistic = "blanked",
		             .variable = column->name,
		             .area = area_code(with, area),
		             .n = had - lost,
		             .before = 0,
		             .after = had ? 100 * (double)lost / (double)had : NAN };
	return write_line(with, &line, err);
}

/* --- numbers --- */

struct moments {
	size_t n;
	double mean, sd; /* NaN: of fewer than one, or two */
};

/* Two passes. */
static struct moments measure(const struct writing *with, const double *values, size_t area, bool before)
{
	long double sum = 0, squares = 0;
	struct moments moments = { 0, NAN, NAN };
	for (size_t i = 0; i < with->file->record_count; i++)
		if (is_of(with, i, area, before) && !isnan(values[i]))
			moments.n++, sum += values[i];
	if (moments.n == 0)
		return moments;
	moments.mean = (double)(sum / (long double)moments.n);
	for (size_t i = 0; i < with->file->record_count; i++)
		if (is_of(with, i, area, before) && !isnan(values[i]))
			squares += ((long double)values[i] - moments.mean) * ((long double)values[i] - moments.mean);
	if (moments.n > 1)
		moments.sd = sqrt((double)(squares / (long double)(moments.n - 1)));
	return moments;
}

static bool write_moments(const struct writing *with, const struct column *column, size_t area, struct error *err)
{
	struct moments before = measure(with, column->before, area, true),
		       after = column_is_coded(column) ? (struct moments){ 0, NAN, NAN }
	                                               : measure(with, column->values, area, false);
	struct line mean = { "mean", column->name, "", area_code(with, area), after.n, before.mean, after.mean };
	struct line sd = { "sd", column->name, "", area_code(with, area), after.n, before.sd, after.sd };
	return write_line(with, &mean, err) && write_line(with, &sd, err);
}

/* Pearson's, of the records that have both; NaN where one of them is the same everywhere. */
static double correlation(size_t *n, const double *x, const double *y, size_t count)
{
	long double sum_x = 0, sum_y = 0, xx = 0, yy = 0, xy = 0;
	*n = 0;
	for (size_t i = 0; i < count; i++)
		if (!isnan(x[i]) && !isnan(y[i]))
			(*n)++, sum_x += x[i], sum_y += y[i];
	if (*n < 2)
		return NAN;
	sum_x /= (long double)*n;
	sum_y /= (long double)*n;
	for (size_t i = 0; i < count; i++) {
		if (isnan(x[i]) || isnan(y[i]))
			continue;
		xx += ((long double)x[i] - sum_x) * ((long double)x[i] - sum_x);
		yy += ((long double)y[i] - sum_y) * ((long double)y[i] - sum_y);
		xy += ((long double)x[i] - sum_x) * ((long double)y[i] - sum_y);
	}
	return xx > 0 && yy > 0 ? (double)(xy / sqrtl(xx * yy)) : NAN;
}

static bool write_correlation(const struct writing *with, const struct column *one, const struct column *other,
                              struct error *err)
{
	size_t count = with->file->record_count, n = 0, unused;
	double before = correlation(&unused, one->before, other->before, count);
	double after = column_is_coded(one) || column_is_coded(other)
	                       ? NAN
	                       : correlation(&n, one->values, other->values, count);
	struct line line = { "correlation", one->name, other->name, "", n, before, after };
	return write_line(with, &line, err);
}

/* --- codes --- */

/* In per cent of those with an answer. */
static bool write_shares(const struct writing *with, const struct column *column, struct error *err)
{
	const struct file *file = with->file;
	bool ok = true;
	for (size_t c = 0; ok && c < column->code_count; c++) {
		size_t had = 0, n = 0, before = 0, after = 0;
		for (size_t i = 0; i < file->record_count; i++) {
			/* `recoded` has the file's codes, and the answers of all */
			had += !isnan(column->recoded[i]);
			before += column->recoded[i] == (double)c + 1;
			n += !isnan(column->values[i]);
			after += column->values[i] == (double)c + 1;
		}
		struct line line = { "share", column->name, column->codes[c].code, "", n,
			             had ? 100 * (double)before / (double)had : NAN,
			             n ? 100 * (double)after / (double)n : NAN };
		ok = write_line(with, &line, err);
	}
	return ok;
}

/* --- all --- */

/* A number in the analysis table that somebody would take the mean of: a weight, a year and an item of a scale are none. */
static bool is_outcome(const struct column *column)
{
	bool number = strcmp(column->type, "integer") == 0 || strcmp(column->type, "number") == 0
	              || column->treatment == FILE_BANDS;
	return column->leaves && number && !column->texts && (!column->code_count || column->treatment == FILE_BANDS)
	       && strcmp(column->role, "weight") != 0
	       && (strcmp(column->level, "scale") == 0 || strcmp(column->level, "amount") == 0
	           || strcmp(column->level, "count") == 0 || column->treatment == FILE_BANDS);
}

static bool write_column(const struct writing *with, const struct column *column, struct error *err)
{
	size_t areas = has_areas(with) ? with->area->code_count : 0;
	bool ok = true;
	for (size_t area = 0; ok && area <= areas; area++)
		ok = (!column->key || write_blanked(with, column, area, err))
		     && (!is_outcome(column) || write_moments(with, column, area, err));
	return ok && (column->code_count == 0 || write_shares(with, column, err));
}

bool utility_write(const struct file *file, struct store *anonymised, struct error *err)
{
	struct writing with = { .file = file, .to = anonymised };
	for (size_t c = 0; c < file->column_count; c++)
		if (strcmp(file->columns[c].role, "area") == 0)
			with.area = &file->columns[c];
	bool ok = store_prepare(&with.insert, anonymised,
	                        "INSERT INTO utility VALUES (:statistic, :variable, :other, :area, :n, :before, :after)", err);
	for (size_t c = 0; ok && c < file->column_count; c++)
		ok = !file->columns[c].leaves || write_column(&with, &file->columns[c], err);
	for (size_t a = 0; ok && a < file->column_count; a++)
		for (size_t b = a + 1; ok && b < file->column_count; b++)
			if (is_outcome(&file->columns[a]) && is_outcome(&file->columns[b]))
				ok = write_correlation(&with, &file->columns[a], &file->columns[b], err);
	sqlite3_finalize(with.insert);
	return ok;
}
