#include "finding.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "provenance.h"
#include "text.h"

/* docs/findings.md holds the same words. A code that is no longer used keeps its row: it is never given another
 * meaning. */
static const struct finding_kind
	kinds
		[FINDING_COUNT] = {
			[FINDING_FILE_BYTE_ORDER_MARK] = { "file-byte-order-mark", SEVERITY_NOTE,
	                                                   "The file begins with a byte order mark",
	                                                   "Nothing to do: the mark was skipped; it only says that the file is UTF-8." },
			[FINDING_FILE_LINE_ENDS] = { "file-line-ends", SEVERITY_WARN,
	                                             "The lines of the file end in more than one way",
	                                             "Compare the number of rows with the survey platform's; a file that was joined or edited by hand "
	                                             "is better exported again." },
			[FINDING_FILE_CONVERTED] = { "file-converted", SEVERITY_NOTE,
	                                             "The file is not in UTF-8 and was converted",
	                                             "Nothing to do if names and accented letters look right in the report; otherwise correct the export's encoding in the config." },
			[FINDING_FILE_PREAMBLE] = { "file-preamble", SEVERITY_NOTE,
	                                            "Lines above the header, passed over as the config says",
	                                            "Nothing to do, if they hold no respondent." },
			[FINDING_FILE_MOJIBAKE] = { "file-mojibake", SEVERITY_WARN,
	                                            "Letters that were read in the wrong encoding before they came here",
	                                            "Export again from the survey platform, and open and save the file in no other program on the way." },
			[FINDING_FILE_CHARACTER_LOST] = { "file-char-lost", SEVERITY_WARN,
	                                                  "Letters that were replaced by a question mark in a diamond before they came here",
	                                                  "Export again from the survey platform: what was lost cannot be worked out from this file." },
			[FINDING_HEADER_COLUMN_UNKNOWN] = { "header-column-unknown", SEVERITY_WARN,
	                                                    "A column that the dictionary does not name, and that was not read",
	                                                    "If the study needs it, add the variable to variables.csv, or its other name to headers.csv; "
	                                                    "otherwise leave it." },
			[FINDING_HEADER_COLUMN_MISSING] = { "header-column-missing", SEVERITY_WARN,
	                                                    "A variable, an option of one, or a column that tells which responses count, "
	                                                    "that the export lacks",
	                                                    "If the column goes by another name, add that name to headers.csv; if all rows are of one wave, "
	                                                    "say which at the export in the config; if it was never asked here, accept the finding. Without the "
	                                                    "variable everybody is counted as not asked; without an option, as not having ticked it; without a "
	                                                    "platform's column, previews or unfinished responses are counted in: export again with it." },
			[FINDING_HEADER_DUPLICATE] = { "header-duplicate", SEVERITY_WARN,
	                                               "Columns with one header that nothing tells apart",
	                                               "Nothing to do if the study needs none of them; otherwise give them different headers, or match them by import id or path in headers.csv." },
			[FINDING_HEADER_BLANK] = { "header-blank", SEVERITY_WARN, "A column without a header",
	                                           "Look what it holds; if the study needs it, give the column a header before you export." },
			[FINDING_HEADER_HIDDEN] = { "header-hidden-char", SEVERITY_NOTE,
	                                            "A header with characters that cannot be seen",
	                                            "Nothing to do: they were taken out before the header was looked up." },
			[FINDING_ROW_FIELDS] = { "row-fields", SEVERITY_REJECT,
	                                         "A row with more or fewer cells than the header",
	                                         "Open the file at this line and look for a missing quotation mark or a comma inside an answer, "
	                                         "then export it again." },
			[FINDING_ROW_BLANK] = { "row-blank", SEVERITY_NOTE, "Blank lines",
	                                        "Nothing to do: they hold no respondent and are counted apart from the rows." },
			[FINDING_ROW_QUOTE_OPEN] = { "row-quote-open", SEVERITY_REJECT,
	                                             "A quotation mark that is opened and never closed",
	                                             "Open the file at this line, find the answer that lacks its closing quotation mark, and export "
	                                             "it again." },
			[FINDING_ROW_QUOTE_STRAY] = { "row-quote-stray", SEVERITY_REJECT,
	                                              "A quotation mark in the middle of a cell",
	                                              "Export again with quotation marks inside answers doubled, as the survey platform does by itself." },
			[FINDING_ROW_ENCODING] = { "row-encoding", SEVERITY_REJECT,
	                                           "A row whose letters are not UTF-8 (no longer used: such a file is refused)",
	                                           "Export again as CSV UTF-8: saving from a spreadsheet in another encoding changes accented "
	                                           "letters." },
			[FINDING_ROW_CONTROL] = { "row-control-char", SEVERITY_REJECT,
	                                          "A row with control characters that belong in no text",
	                                          "Export again from the survey platform: such characters come from a damaged or binary file." },
			[FINDING_ROW_LENGTH] = { "row-length", SEVERITY_REJECT,
	                                         "A row with a cell that is longer than any answer can be",
	                                         "Open the file at this line and look for a quotation mark that is never closed, then export it "
	                                         "again." },
			[FINDING_ROW_HEADER_REPEAT] = { "row-header-repeat", SEVERITY_REJECT,
	                                                "The header again, in the middle of the file",
	                                                "Compare the number of rows with the survey platform's: exports were probably copied one below the other." },
			[FINDING_ROW_PREVIEW] = { "row-preview", SEVERITY_REJECT, "A preview or test response",
	                                          "Nothing to do, if their number is what you expect: they are counted apart. If they are real ones, "
	                                          "the export has another word for it than the platform's profile: export again with codes or in "
	                                          "English, or add the word to the profile." },
			[FINDING_ROW_INCOMPLETE] = { "row-incomplete", SEVERITY_REJECT,
	                                             "A response that the platform calls unfinished",
	                                             "If the study counts unfinished responses, say `unfinished: kept` at the export in the config. If "
	                                             "they were finished, the export has another word for it than the platform's profile: export again "
	                                             "with codes or in English, or add the word to the profile." },
			[FINDING_ROW_REJECTED] = { "row-rejected", SEVERITY_REJECT,
	                                           "A response that was marked as spam, or rejected in review",
	                                           "Nothing to do; if it is a real one after all, change its status on the platform and export again." },
			[FINDING_ROW_UNDECRYPTED] = { "row-undecrypted", SEVERITY_REJECT,
	                                              "A response that was exported encrypted",
	                                              "Export again with the key that decrypts the responses." },
			[FINDING_ROW_ELSEWHERE] = { "row-elsewhere", SEVERITY_NOTE,
	                                            "Rows of another dataset, by the config's where",
	                                            "Nothing to do, if their number is what you expect." },
			[FINDING_CELL_LINE_END] = { "cell-line-end", SEVERITY_REJECT,
	                                            "A line end inside a cell that is not free text, so that one row may have swallowed others",
	                                            "Open the file at this line and look for a stray or missing quotation mark, then export it again." },
			[FINDING_PRIVACY_COLUMN] = { "privacy-column", SEVERITY_NOTE,
	                                             "A column that tells who or where somebody is, dropped before anything was written",
	                                             "Nothing to do; better still, leave it out of the export. What is counted is its cells that were "
	                                             "not blank." },
			[FINDING_PRIVACY_CONTACT] = { "privacy-contact", SEVERITY_WARN,
	                                              "What looks like an e-mail address or a telephone number, in a variable that is not declared direct",
	                                              "Look at the answers in the source. If the question asks for them, declare the variable `direct` in variables.csv; otherwise the answers need redacting." },
			[FINDING_WAVE_COLUMN_GONE] = { "wave-column-gone", SEVERITY_WARN,
	                                               "A variable that the wave before had a column for, and this one has not",
	                                               "If it was not asked any more, accept the finding; if its column has another name now, add that to headers.csv." },
			[FINDING_WAVE_COLUMN_NEW] = { "wave-column-new", SEVERITY_NOTE,
	                                              "A column that no wave before had, and the dictionary does not name",
	                                              "If the study needs it, add the variable to variables.csv." },
			[FINDING_WAVE_LABEL_CHANGED] = { "wave-label-changed", SEVERITY_WARN,
	                                                 "A question that the wave before worded in another way",
	                                                 "Compare the two questionnaires: answers to another question cannot be compared over time. If it means the same, accept the finding." },
			[FINDING_WAVE_CODE_NEW] = { "wave-code-new", SEVERITY_NOTE,
	                                            "A code that nobody gave in the waves before",
	                                            "If the option is new, compare the two waves with care; if not, nothing to do." },
			[FINDING_WAVE_SHIFT] = { "wave-shift", SEVERITY_WARN,
	                                         "Answers that are distributed otherwise than in the wave before, by more than chance explains",
	                                         "Ask what changed: the question, its routing, its codes, who was asked. If it is real, accept the finding." },
			[FINDING_WAVE_NONRESPONSE] = { "wave-nonresponse", SEVERITY_WARN,
	                                               "A question that more or fewer people left out than in the wave before, by more than chance explains",
	                                               "Compare the two questionnaires and their routing. If it is real, accept the finding." },
			[FINDING_CELL_SPACE] = { "cell-space", SEVERITY_NOTE, "Blanks before or after the answer",
	                                         "Nothing to do: the blanks were trimmed." },
			[FINDING_CELL_TYPE] = { "cell-type", SEVERITY_BLANK, "Not a number where a number is expected",
	                                        "Correct the answer in decisions.csv if the source shows what was meant; if many cells fail, "
	                                        "look at the variable's type in variables.csv." },
			[FINDING_CELL_RANGE] = { "cell-range", SEVERITY_BLANK,
	                                         "Outside the range that the dictionary allows",
	                                         "Correct the answer in decisions.csv if the source shows what was meant; if the answer is "
	                                         "possible after all, widen min or max in variables.csv." },
			[FINDING_CELL_PATTERN] = { "cell-pattern", SEVERITY_BLANK,
	                                           "Not written in the form that the dictionary asks for",
	                                           "Correct the answer in decisions.csv, or mend the pattern in variables.csv if it is too strict." },
			[FINDING_CELL_CODE] = { "cell-code", SEVERITY_BLANK, "Not a code of the variable's code list",
	                                        "If it is a real answer, add it to codes.csv, or as another row with as_exported for the code it "
	                                        "stands for; otherwise correct the answer in decisions.csv." },
			[FINDING_CELL_CODE_CASE] = { "cell-code-case", SEVERITY_BLANK,
	                                             "A code but for capital and small letters",
	                                             "If it stands for the suggested code, add a row to codes.csv with this spelling under "
	                                             "as_exported: near misses are never taken without being told." },
			[FINDING_CELL_LABEL] = { "cell-label", SEVERITY_BLANK,
	                                         "The label, or a spelling near to it, where the code is expected",
	                                         "Export codes instead of labels, or add a row to codes.csv with this spelling under as_exported." },
			[FINDING_CELL_DATE] = { "cell-date", SEVERITY_BLANK,
	                                        "Not a date in the way that this export writes dates",
	                                        "Check the export's dates setting (iso, dmy or mdy) in the study's config; correct a single "
	                                        "impossible date in decisions.csv." },
			[FINDING_CELL_MISSING_UNLISTED] = { "cell-missing-unlisted", SEVERITY_BLANK,
	                                                    "A missing code whose reason the dictionary does not allow for this variable",
	                                                    "If the reason can occur here, add it under missing in variables.csv; otherwise ask how the "
	                                                    "answer came about." },
			[FINDING_CELL_MISSING_DECLARED] = { "cell-missing-declared", SEVERITY_BLANK,
	                                                    "A value that the export itself declares missing, and the dictionary gives no reason for",
	                                                    "Add the value to codes.csv with its reason under missing." },
			[FINDING_CELL_MULTI_EXCLUSIVE] = { "cell-multi-exclusive", SEVERITY_WARN,
	                                                   "An option that excludes all others, ticked together with another",
	                                                   "Look at the answer in the source; the options are kept as they were ticked. If they can go together, take exclusive away in codes.csv." },
			[FINDING_CELL_DIGIT] = { "cell-digit", SEVERITY_BLANK,
	                                         "Digits of another script, such as full-width ones, where a number or code is expected",
	                                         "Correct the answer in decisions.csv to the suggestion, or add the spelling to codes.csv." },
			[FINDING_CELL_NOT_FINITE] = { "cell-not-finite", SEVERITY_BLANK,
	                                              "NaN, infinity, or a number too large for any computer",
	                                              "Look how the export came about: a statistics package or a formula wrote this, and no respondent." },
			[FINDING_CELL_NUMBER_FORMAT] = { "cell-number-format", SEVERITY_BLANK,
	                                                 "A number written in another way than this export declares: a decimal comma, separated thousands, a sign of money or per cent",
	                                                 "Check the export's decimal setting in the config; otherwise correct the answer in decisions.csv." },
			[FINDING_CELL_EXCEL_NUMBER] = { "cell-excel-number",
	                                                SEVERITY_BLANK, "A number in scientific notation, as a spreadsheet writes long ones: digits may be lost", "Export again from the survey platform and open the file in no spreadsheet; a number that is short and exact can be corrected in decisions.csv." },
			[FINDING_CELL_EXCEL_DATE] = { "cell-excel-date", SEVERITY_BLANK,
	                                              "A date where a code or number is expected, as a spreadsheet makes of 3-4 or 10/12",
	                                              "Export again from the survey platform and open the file in no spreadsheet." },
			[FINDING_CELL_EXCEL_ERROR] = { "cell-excel-error", SEVERITY_BLANK,
	                                               "A spreadsheet's error value, such as #REF! or #N/A",
	                                               "Export again from the survey platform: the answer was lost before it came here." },
			[FINDING_CELL_EXCEL_ZEROS] = { "cell-excel-zeros", SEVERITY_BLANK,
	                                               "A code or id that lacks its leading zeros, as a spreadsheet drops them",
	                                               "Export again from the survey platform and open the file in no spreadsheet; or correct the answer in decisions.csv to the suggestion." },
			[FINDING_CELL_DATE_AMBIGUOUS] = { "cell-date-ambiguous", SEVERITY_NOTE,
	                                                  "Dates that would be other dates if day and month were the other way round, and nothing in the file tells which",
	                                                  "Compare one date with the survey platform; if they are the wrong way round, mend the export's dates setting in the config." },
			[FINDING_CELL_DATE_IMPOSSIBLE] = { "cell-date-impossible", SEVERITY_BLANK,
	                                                   "A day that no calendar has, or that would be one if day and month were the other way round",
	                                                   "If many are found, mend the export's dates setting (iso, dmy or mdy) in the config; correct a single one in decisions.csv." },
			[FINDING_CELL_DATE_SENTINEL] = { "cell-date-sentinel", SEVERITY_BLANK,
	                                                 "A day that software writes for no date, such as 1900-01-01",
	                                                 "Declare it in codes.csv as a missing code with its reason; if people may really give such a date, give the variable a min in variables.csv that lets it in." },
			[FINDING_CELL_HIDDEN_CHARACTER] = { "cell-hidden-char", SEVERITY_WARN,
	                                                    "A character in the answer that cannot be seen",
	                                                    "Look at the answer in the source: such characters come from copying and pasting, and make two "
	                                                    "equal texts differ." },
			[FINDING_CELL_FORMULA] = { "cell-formula", SEVERITY_WARN,
	                                           "An answer that a spreadsheet would run as a formula",
	                                           "Do not open the export in a spreadsheet; what Canvass writes is safe to open, as such answers "
	                                           "are led by an apostrophe there." },
			[FINDING_REQUIRED] = { "row-required", SEVERITY_REJECT,
	                                       "A row without an answer that the dictionary requires",
	                                       "Correct the answer in decisions.csv if it is known from elsewhere; if the study can do without "
	                                       "it, take required away in variables.csv." },
			[FINDING_KEY_DUPLICATE_ROW] = { "key-duplicate-row", SEVERITY_REJECT, "The same row again",
	                                                "Nothing to do for the study: the first is kept and every further copy set aside. If there are "
	                                                "many, the export may have been joined to itself." },
			[FINDING_KEY_CONFLICT] = { "key-conflict", SEVERITY_REJECT,
	                                           "Rows with one key and different answers, all set aside",
	                                           "Find out at the source which row is right, and export again with that one alone or with the "
	                                           "keys mended. If one person may have several rows, give the variable that tells them apart the "
	                                           "role wave or repeat; if two files count their own ids, take a key that differs between them." },
			[FINDING_UNIQUE] = { "key-unique", SEVERITY_REJECT,
	                                     "An answer that should be unique and stands in more than one row",
	                                     "Find out whether one person answered twice; if the answer may repeat, take unique away in "
	                                     "variables.csv." },
			[FINDING_KEY_NEAR] = { "key-near", SEVERITY_WARN,
	                                       "Keys that differ only in what is easily mistyped: case, a letter for a digit, zeros in front",
	                                       "Find out at the source whether they are one person; if so, export again with one key, or set one row aside in decisions.csv." },
			[FINDING_KEY_FOREIGN_CLOSED] = { "key-foreign-closed", SEVERITY_WARN,
	                                                 "A place that was closed before the survey took place",
	                                                 "Look which place took over from it (places.csv), and correct the answer in decisions.csv if the respondent belongs there now." },
			[FINDING_KEY_FOREIGN_OUTSIDE] = { "key-foreign-outside", SEVERITY_BLANK,
	                                                  "A place that exists and is not in the study's areas",
	                                                  "If it belongs to the study, add it under areas in the config; otherwise nothing to do: the row has no area." },
			[FINDING_ROW_NO_ANSWERS] = { "row-no-answers", SEVERITY_REJECT,
	                                             "A row in which no question is answered",
	                                             "Nothing to do: somebody opened the survey and left. If there are many, look for a wrong header "
	                                             "map." },
			[FINDING_WITHDRAWN] = { "row-withdrawn", SEVERITY_REJECT,
	                                        "A respondent who did not consent or has withdrawn",
	                                        "Nothing to do: the row is counted as withdrawn and used nowhere. Delete it at the source if the "
	                                        "study promised that." },
			[FINDING_ROUTE_UNEXPECTED] = { "route-unexpected", SEVERITY_WARN,
	                                               "An answer to a question that should not have been asked",
	                                               "Compare the survey's routing with asked_if in variables.csv, and mend the one that is wrong." },
			[FINDING_ROUTE_UNANSWERED] = { "route-unanswered", SEVERITY_NOTE,
	                                               "Questions that were asked by their route and left blank",
	                                               "Nothing to do if people may leave it out; if there are many, compare the survey's routing with asked_if in variables.csv." },
			[FINDING_ROUTE_REASON] = { "route-reason", SEVERITY_WARN,
	                                           "A reason for missing that contradicts the route: not asked where the route asks, or refused where it does not",
	                                           "Compare the survey's routing with asked_if in variables.csv, and the missing code with codes.csv; mend the one that is wrong." },
			[FINDING_RULE_BROKEN] = { "rule-broken", SEVERITY_WARN,
	                                          "Answers that break a rule of the dictionary",
	                                          "Look at the answers that the rule compares. If one is wrong, set the row aside in decisions.csv; if they "
	                                          "can all be true, accept the finding, or mend the rule in rules.csv." },
			[FINDING_RULE_UNKNOWABLE] = { "rule-unknowable", SEVERITY_NOTE,
	                                              "A rule that could not be judged, as an answer it needs is missing",
	                                              "Nothing to do; if it happens often, let the rule's when leave out rows without the answer." },
			[FINDING_PERSON_FAST] = { "person-fast", SEVERITY_WARN,
	                                          "A response that took far less time than others",
	                                          "Look at the answers: if they are careless, set the row aside in decisions.csv; quick is not wrong." },
			[FINDING_PERSON_STRAIGHT_LINE] = { "person-straight-line", SEVERITY_WARN,
	                                                   "One answer to every item of most lists of questions, or of one whose items point both ways",
	                                                   "Look at the other answers: if they are careless, set the row aside in decisions.csv." },
			[FINDING_PERSON_MISSING_MOST] = { "person-missing-most", SEVERITY_WARN,
	                                                  "A response with most of the questions that it was asked left blank",
	                                                  "Decide whether such a response counts; set the row aside in decisions.csv if it does not." },
			[FINDING_PERSON_DUPLICATE_ANSWERS] = { "person-duplicate-answers", SEVERITY_WARN,
	                                                       "Two respondents with the same answers nearly throughout",
	                                                       "Find out at the source whether one person answered twice; set one of the rows aside in decisions.csv if so." },
		};

static const char *const severities[SEVERITY_COUNT] = {
	[SEVERITY_REJECT] = "reject",
	[SEVERITY_BLANK] = "blank",
	[SEVERITY_WARN] = "warn",
	[SEVERITY_NOTE] = "note",
};

struct finding_store {
	struct store *store; /* borrowed */
	sqlite3_stmt *insert;
	char *dataset;
};

const struct finding_kind *finding_kind(enum finding_code code)
{
	assert(code > FINDING_NONE && code < FINDING_COUNT);
	return &kinds[code];
}

bool finding_read_code(const char *word, enum finding_code *code)
{
	for (int i = FINDING_NONE + 1; i < FINDING_COUNT; i++)
		if (strcmp(kinds[i].code, word) == 0) {
			*code = (enum finding_code)i;
			return true;
		}
	return false;
}

const char *finding_nearest_code(const char *word)
{
	const char *codes[FINDING_COUNT - 1];
	for (int i = FINDING_NONE + 1; i < FINDING_COUNT; i++)
		codes[i - 1] = kinds[i].code;
	return text_nearest(word, codes, COUNT(codes));
}

const char *severity_word(enum severity severity)
{
	assert(severity < SEVERITY_COUNT);
	return severities[severity];
}

bool severity_read(const char *word, enum severity *severity)
{
	for (int i = 0; i < SEVERITY_COUNT; i++)
		if (strcmp(severities[i], word) == 0) {
			*severity = (enum severity)i;
			return true;
		}
	return false;
}

const char *finding_subject(const struct finding *finding)
{
	return finding->rule ? finding->rule : finding->variable;
}

/* A field and its NUL, which no text holds: so ("ab", "c") and ("a", "bc") differ. */
static void add_field(struct text *text, const char *field)
{
	if (field)
		text_add(text, field);
	text_add_bytes(text, "", 1);
}

/* Nothing where the row may be the key's only one, so that what was decided about such a row stays decided. */
static void add_instance(struct text *text, const struct finding *finding)
{
	const char *const parts[] = { finding->wave, finding->repeat };
	bool any = false;
	for (size_t i = 0; i < COUNT(parts); i++)
		if (!text_is_blank(parts[i])) {
			text_print(text, "%zu%s%c", i, parts[i], '\x1f');
			any = true;
		}
	if (any)
		add_field(text, NULL);
}

void finding_identity(char identity[FINDING_IDENTITY_SIZE], const char *dataset, const char *source_name,
                      const struct finding *finding)
{
	bool shared_key = finding->code == FINDING_KEY_DUPLICATE_ROW || finding->code == FINDING_KEY_CONFLICT;
	char line[32] = "";
	if (!finding->key || shared_key)
		snprintf(line, sizeof line, "%zu", finding->line);

	const char *const fields[] = {
		dataset,       source_name,       finding_kind(finding->code)->code,
		finding->rule, finding->variable, finding->key,
		line,          finding->value,
	};
	struct text text = { 0 };
	for (size_t i = 0; i < COUNT(fields); i++)
		add_field(&text, fields[i]);
	add_instance(&text, finding);

	char hash[PROVENANCE_HASH_SIZE];
	provenance_hash_bytes(hash, text.bytes, text.length);
	memcpy(identity, hash, FINDING_IDENTITY_SIZE - 1);
	identity[FINDING_IDENTITY_SIZE - 1] = '\0';
	/* A steward copies it through a spreadsheet, which would make 007314229845 and 1234e5678901 numbers. */
	if (identity[0] >= '0' && identity[0] <= '9')
		identity[0] = "abcdefabcd"[identity[0] - '0'];
	text_free(&text);
}

bool finding_store_new(struct finding_store **findings, struct store *store, const char *dataset, struct error *err)
{
	struct finding_store *made = mem_alloc(1, sizeof *made);
	made->store = store;
	made->dataset = mem_copy_text(dataset);
	if (!store_prepare(&made->insert, store, sql_finding_insert, err)) {
		finding_store_free(made);
		return false;
	}
	*findings = made;
	return true;
}

/* 0 stands for "none" in struct finding, and NULL in the table. */
static void bind_some(sqlite3_stmt *statement, const char *name, long long value)
{
	if (value)
		store_bind_integer(statement, name, value);
	else
		store_bind_null(statement, name);
}

bool finding_store_add(struct finding_store *findings, const char *source_name, const struct finding *finding,
                       struct error *err)
{
	assert(finding->occurrences >= 1);
	sqlite3_stmt *insert = findings->insert;
	char identity[FINDING_IDENTITY_SIZE];
	finding_identity(identity, findings->dataset, source_name, finding);

	store_bind_text(insert, ":identity", identity);
	store_bind_text(insert, ":code", finding_kind(finding->code)->code);
	store_bind_text(insert, ":severity", severity_word(finding->severity));
	bind_some(insert, ":source", finding->source);
	bind_some(insert, ":row", finding->row);
	bind_some(insert, ":line", (long long)finding->line);
	bind_some(insert, ":record", (long long)finding->record);
	store_bind_text(insert, ":variable", finding->variable);
	store_bind_text(insert, ":rule", finding->rule);
	store_bind_text(insert, ":key", finding->key);
	store_bind_text(insert, ":value", finding->value);
	store_bind_text(insert, ":expected", finding->expected);
	store_bind_text(insert, ":suggestion", finding->suggestion);
	store_bind_integer(insert, ":occurrences", (long long)finding->occurrences);
	return store_insert(findings->store, insert, err);
}

void finding_store_free(struct finding_store *findings)
{
	if (!findings)
		return;
	sqlite3_finalize(findings->insert);
	free(findings->dataset);
	free(findings);
}
