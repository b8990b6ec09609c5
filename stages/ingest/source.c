#include "source.h"

#include <stdlib.h>
#include <string.h>

#include "mem.h"
#include "text.h"

/* Headers that headers.csv has no row of are a slip, unless they are those of the platform itself: then every column
 * goes by its variable's own name. */
static bool check_headers(const struct source *source, const struct dictionary *dictionary, struct error *err)
{
	const char *headers = source->headers;
	if (strcmp(headers, study_platform(source->export)) == 0)
		return true;
	const char **profiles = mem_alloc(dictionary->header_count, sizeof *profiles);
	bool known = false;
	for (size_t i = 0; i < dictionary->header_count; i++) {
		profiles[i] = dictionary->headers[i].profile;
		known = known || strcmp(profiles[i], headers) == 0;
	}
	const char *near = text_nearest(headers, profiles, dictionary->header_count);
	if (!known) {
		error_at(err, ERROR_CONFIG, source->study_path, 0,
		         "the export %s names the headers `%s`, of which headers.csv has no row", source->export->path,
		         headers);
		if (near)
			error_help(err, "did you mean `%s`?", near);
		else
			error_help(err, "add them to %s/headers.csv", dictionary->folder);
	}
	free(profiles);
	return known;
}

/* What the config says of every row has to be an answer that the variable can have. */
static bool check_fixed(const struct variable **fixed, const struct source *source, const struct dictionary *dictionary,
                        enum variable_role role, const char *text, struct error *err)
{
	const struct variable *variable = dictionary_role(dictionary, role);
	const struct code *code =
		variable && variable->codes ? dictionary_code(dictionary, variable->codes, text) : NULL;
	*fixed = variable;
	if (!variable || !variable->codes || (code && code->missing == MISSING_NONE))
		return true;
	const char *near = dictionary_near_code(dictionary, variable->codes, text);
	error_at(err, ERROR_CONFIG, source->study_path, 0,
	         "the export %s gives the %s `%s`, which is not among the codes of `%s`", source->export->path,
	         variable_role_word(role), text, variable->name);
	if (near)
		return error_help(err, "did you mean `%s`?", near);
	return error_help(err, "it takes a code of the list `%s`, or a spelling that codes.csv gives for one",
	                  variable->codes->name);
}

static bool load(struct source *source, const struct dictionary *dictionary, const char *platforms, struct error *err)
{
	const struct study_export *export = source->export;
	if (!platform_load(&source->platform, platforms, study_platform(export), err)
	    || !check_headers(source, dictionary, err))
		return false;
	if (export->area && !dictionary_role(dictionary, ROLE_AREA)) {
		error_at(err, ERROR_CONFIG, source->study_path, 0,
		         "the export %s gives an area, and no variable of the dictionary has the role area",
		         export->path);
		return error_help(err, "give a variable of %s/variables.csv that role", dictionary->folder);
	}
	return (!export->area || check_fixed(&source->area, source, dictionary, ROLE_AREA, export->area, err))
	       && (!export->wave || check_fixed(&source->wave, source, dictionary, ROLE_WAVE, export->wave, err));
}

bool sources_load(struct source **loaded, const struct study_dataset *dataset, const struct dictionary *dictionary,
                  const char *platforms, const char *study_path, struct error *err)
{
	if (dataset->exports_count == 0)
		return error_at(err, ERROR_CONFIG, study_path, 0, "the dataset `%s` has no exports", dataset->name);
	struct source *sources = mem_alloc(dataset->exports_count, sizeof *sources);
	bool ok = true;
	for (unsigned i = 0; ok && i < dataset->exports_count; i++) {
		sources[i] = (struct source){ .number = (long long)i + 1,
			                      .export = &dataset->exports[i],
			                      .study_path = study_path,
			                      .headers = study_headers(&dataset->exports[i]) };
		ok = load(&sources[i], dictionary, platforms, err);
	}
	if (ok)
		*loaded = sources;
	else
		sources_free(sources, dataset->exports_count);
	return ok;
}

void sources_free(struct source *sources, size_t count)
{
	for (size_t i = 0; sources && i < count; i++)
		platform_free(sources[i].platform);
	free(sources);
}

const char *source_fixed(const struct source *source, const struct variable *variable)
{
	if (variable == source->area)
		return source->export->area;
	return variable == source->wave ? source->export->wave : NULL;
}

char source_delimiter(const struct source *source)
{
	const char *word = source->export->delimiter ? source->export->delimiter : source->platform->delimiter;
	return word ? platform_delimiter(word) : ',';
}
