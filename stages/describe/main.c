/* describe: an export in, a draft of its data dictionary out, each row marked as guessed until somebody has looked. */
#include <stdio.h>
#include <string.h>

#include "advice.h"
#include "questionnaire.h"
#include "draft.h"
#include "gather.h"
#include "mem.h"
#include "number.h"
#include "options.h"
#include "platform.h"
#include "text.h"

struct wanted {
	const char *platform, *platforms, *encoding, *delimiter, *skip, *form, *choices, *profile, *output;
};

/* What the reader of the exports takes. */
static bool read_options(struct sheet_options *options, const struct wanted *wanted, size_t exports, struct error *err)
{
	long long skip = 0;
	options->text.bytes.encoding = wanted->encoding;
	if (exports == 0 && !wanted->form) {
		error_set(err, ERROR_USAGE, "there is no export to describe");
		return error_help(err, "name one, or the platform's own dictionary with --form");
	}
	if (wanted->choices && !wanted->form) {
		error_set(err, ERROR_USAGE, "--choices comes with --form");
		return error_help(err, "give the sheet `survey` with --form and the sheet `choices` with --choices");
	}
	if (wanted->delimiter && !(options->text.delimiter = platform_delimiter(wanted->delimiter))) {
		error_set(err, ERROR_USAGE, "`%s` is no delimiter", wanted->delimiter);
		return error_help(err, "it is one of: comma, semicolon, tab");
	}
	if (wanted->skip && (!number_read_integer(wanted->skip, &skip) || skip < 0 || skip > 1000)) {
		error_set(err, ERROR_USAGE, "--skip takes a number of lines, from 0 to 1000");
		return error_help(err, "count the lines above the row of headers");
	}
	if (wanted->profile && (text_is_blank(wanted->profile) || strpbrk(wanted->profile, " \t\r\n"))) {
		error_set(err, ERROR_USAGE, "--profile takes a word");
		return error_help(err, "it is what the config names under `headers`, such as %s", wanted->platform);
	}
	options->text.skip = (size_t)skip;
	return true;
}

static bool read_form(struct questionnaire **questionnaire, const struct platform *platform,
                      const struct wanted *wanted, struct error *err)
{
	if (!wanted->form)
		return true;
	if (!platform->form) {
		error_set(err, ERROR_USAGE, "of %s no dictionary of its own can be read", platform->title);
		return error_help(err, "leave out --form: the dictionary is then drafted from the export alone");
	}
	return questionnaire_read(questionnaire, platform->form, wanted->form, wanted->choices, err);
}

static const char *base_name(const char *path)
{
	const char *slash = path ? strrchr(path, '/') : NULL;
	return slash ? slash + 1 : path;
}

int main(int argc, char **argv)
{
	struct wanted wanted = { 0 };
	const struct option_row rows[] = {
		{ .name = "platform",
		  .letter = 'p',
		  .argument = "NAME",
		  .help = "what wrote the exports: a profile in --platforms, such as plain",
		  .text = &wanted.platform,
		  .required = true },
		{ .name = "platforms",
		  .argument = "FOLDER",
		  .help = "where the profiles stand: data-dictionary/platforms",
		  .text = &wanted.platforms,
		  .required = true },
		{ .name = "encoding",
		  .argument = "NAME",
		  .help = "of the exports, as iconv names it, such as windows-1252",
		  .text = &wanted.encoding },
		{ .name = "delimiter",
		  .argument = "WORD",
		  .help = "comma, semicolon or tab, where it is not the platform's",
		  .text = &wanted.delimiter },
		{ .name = "skip",
		  .argument = "N",
		  .help = "lines above the header that are no part of the table",
		  .text = &wanted.skip },
		{ .name = "form",
		  .argument = "FILE",
		  .help = "the platform's own dictionary: of REDCap, an XLSForm's sheet `survey` as CSV, a Jisc key",
		  .text = &wanted.form },
		{ .name = "choices",
		  .argument = "FILE",
		  .help = "an XLSForm's sheet `choices` as CSV",
		  .text = &wanted.choices },
		{ .name = "profile",
		  .argument = "NAME",
		  .help = "the name in headers.csv, where it is not the platform's",
		  .text = &wanted.profile },
		{ .name = "output",
		  .letter = 'o',
		  .argument = "FOLDER",
		  .help = "the new folder; nothing that stands there is overwritten",
		  .text = &wanted.output,
		  .required = true },
	};
	const struct usage usage = {
		.stage = "describe",
		.summary =
			"Draft the data dictionary of an export: variables, code lists, headers, missing codes and what looks "
			"like a direct identifier. Every guess is marked, and the chain refuses a dictionary with marks. "
			"The folder is restricted, as its lists hold answers.",
		.operands = "[EXPORT]...",
		.examples = "  describe --platform surveymonkey --platforms data-dictionary/platforms \\\n"
			    "           --output drafts/survey exports/study/survey.csv\n",
		.rows = rows,
		.count = COUNT(rows),
		.least_operands = 0,
		.most_operands = 1000,
	};
	struct error err = { 0 };
	char **exports = NULL;
	size_t export_count = 0;
	enum options_result parsed = options_parse(&usage, argc, argv, &exports, &export_count, &err);
	if (parsed == OPTIONS_DONE)
		return 0;

	struct sheet_options options = { 0 };
	struct platform *platform = NULL;
	struct questionnaire *questionnaire = NULL;
	struct gathered *gathered = NULL;
	struct draft *draft = NULL;
	struct text words = { 0 };
	const char *profile = wanted.profile ? wanted.profile : wanted.platform;
	struct draft_sources sources = { .questionnaire_name = base_name(wanted.form), .exports = export_count > 0 };
	const struct advice advice = { wanted.platform, profile,       wanted.encoding, wanted.delimiter,
		                       wanted.skip,     wanted.output, exports,         export_count };
	bool ok = parsed == OPTIONS_RUN && read_options(&options, &wanted, export_count, &err)
	          && draft_check_place(wanted.output, &err)
	          && platform_load(&platform, wanted.platforms, wanted.platform, &err)
	          && read_form(&questionnaire, platform, &wanted, &err)
	          && gather(&gathered, platform, &options, exports, export_count, &err);
	sources.platform = platform;
	sources.questionnaire = questionnaire;
	sources.gathered = gathered;
	ok = ok && draft_make(&draft, &sources, &err) && draft_write(draft, wanted.output, profile, &err);
	if (ok) {
		advice_write(&words, draft, &sources, &advice);
		fputs(words.bytes, stdout);
	}

	text_free(&words);
	draft_free(draft);
	gather_free(gathered);
	questionnaire_free(questionnaire);
	platform_free(platform);
	return stage_exit("describe", ok, &err);
}
