#include "finding.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "mem.h"
#include "provenance.h"
#include "text.h"

/* All that is known about a code; the tables of docs/findings.md are written from here by `make docs`. A code that is
 * no longer used keeps its row: it is never given another meaning. */
/* clang-format off */
static const struct finding_kind kinds[FINDING_COUNT] = {
	[FINDING_FILE_BYTE_ORDER_MARK] = {
		"file-byte-order-mark", SEVERITY_NOTE, GROUP_FILES, false,
		"The file begins with a byte order mark",
		"Spreadsheets and some platforms put it there when they save UTF-8.",
		"Nothing to do: the mark was skipped; it only says that the file is UTF-8.",
	},
	[FINDING_FILE_LINE_ENDS] = {
		"file-line-ends", SEVERITY_WARN, GROUP_FILES, false,
		"The lines of the file end in more than one way",
		"Files of different systems were joined, or a part was edited by hand.",
		"Compare the number of rows with the survey platform's; a file that was joined or edited by "
		"hand is better exported again.",
	},
	[FINDING_FILE_CONVERTED] = {
		"file-converted", SEVERITY_NOTE, GROUP_FILES, false,
		"The file is not in UTF-8 and was converted",
		"The program that wrote the file uses another encoding, which its mark or the config names.",
		"Nothing to do if names and accented letters look right in the report; otherwise correct the "
		"export's encoding in the config.",
	},
	[FINDING_FILE_PREAMBLE] = {
		"file-preamble", SEVERITY_NOTE, GROUP_FILES, false,
		"Lines above the header, passed over as the config says",
		"The platform or a spreadsheet puts a title or a line such as sep=; on top.",
		"Nothing to do, if they hold no respondent.",
	},
	[FINDING_FILE_MOJIBAKE] = {
		"file-mojibake", SEVERITY_WARN, GROUP_FILES, false,
		"Letters that were read in the wrong encoding before they came here",
		"A program took UTF-8 for another encoding and saved what it saw.",
		"Export again from the survey platform, and open and save the file in no other program on the "
		"way.",
	},
	[FINDING_FILE_CHARACTER_LOST] = {
		"file-char-lost", SEVERITY_WARN, GROUP_FILES, false,
		"Letters that were replaced by a question mark in a diamond before they came here",
		"A program met letters that it could not read and saved the sign for that.",
		"Export again from the survey platform: what was lost cannot be worked out from this file.",
	},
	[FINDING_HEADER_COLUMN_UNKNOWN] = {
		"header-column-unknown", SEVERITY_WARN, GROUP_FILES, false,
		"A column that the dictionary does not name, and that was not read",
		"The questionnaire has a question, or the platform a column, that variables.csv and "
		"headers.csv do not know.",
		"If the study needs it, add the variable to variables.csv, or its other name to headers.csv; "
		"otherwise leave it.",
	},
	[FINDING_HEADER_COLUMN_MISSING] = {
		"header-column-missing", SEVERITY_WARN, GROUP_FILES, false,
		"A variable, an option of one, or a column that tells which responses count, that the export "
		"lacks",
		"It was left out of the export, was not asked, or goes by another name.",
		"If the column goes by another name, add that name to headers.csv; if all rows are of one "
		"wave, say which at the export in the config; if it was never asked here, accept the finding. "
		"Without the variable everybody is counted as not asked; without an option, as not having "
		"ticked it; without a platform's column, previews or unfinished responses are counted in: "
		"export again with it.",
	},
	[FINDING_HEADER_DUPLICATE] = {
		"header-duplicate", SEVERITY_WARN, GROUP_FILES, false,
		"Columns with one header that nothing tells apart",
		"Two questions were given one name, or columns were copied.",
		"Nothing to do if the study needs none of them; otherwise give them different headers, or "
		"match them by import id or path in headers.csv.",
	},
	[FINDING_HEADER_BLANK] = {
		"header-blank", SEVERITY_WARN, GROUP_FILES, false,
		"A column without a header",
		"A spreadsheet left an empty column, or the platform names none.",
		"Look what it holds; if the study needs it, give the column a header before you export.",
	},
	[FINDING_HEADER_HIDDEN] = {
		"header-hidden-char", SEVERITY_NOTE, GROUP_FILES, false,
		"A header with characters that cannot be seen",
		"The question was pasted from a web page or a word processor.",
		"Nothing to do: they were taken out before the header was looked up.",
	},
	[FINDING_ROW_FIELDS] = {
		"row-fields", SEVERITY_REJECT, GROUP_ROWS, false,
		"A row with more or fewer cells than the header",
		"A quotation mark or a delimiter inside an answer was not protected, or the line was edited by "
		"hand.",
		"Open the file at this line and look for a missing quotation mark or a comma inside an answer, "
		"then export it again.",
	},
	[FINDING_ROW_BLANK] = {
		"row-blank", SEVERITY_NOTE, GROUP_ROWS, false,
		"Blank lines",
		"The platform ends its file so, or lines were emptied in a spreadsheet.",
		"Nothing to do: they hold no respondent and are counted apart from the rows.",
	},
	[FINDING_ROW_QUOTE_OPEN] = {
		"row-quote-open", SEVERITY_REJECT, GROUP_ROWS, false,
		"A quotation mark that is opened and never closed",
		"The file was cut off or edited by hand, or its program does not double quotation marks.",
		"Open the file at this line, find the answer that lacks its closing quotation mark, and export "
		"it again.",
	},
	[FINDING_ROW_QUOTE_STRAY] = {
		"row-quote-stray", SEVERITY_REJECT, GROUP_ROWS, false,
		"A quotation mark in the middle of a cell",
		"A program wrote the file that does not double quotation marks inside answers.",
		"Export again with quotation marks inside answers doubled, as the survey platform does by "
		"itself.",
	},
	[FINDING_ROW_ENCODING] = {
		"row-encoding", SEVERITY_REJECT, GROUP_ROWS, true,
		"A row whose letters are not UTF-8 (no longer used: such a file is refused)",
		"It was in use while single rows of another encoding were set aside.",
		"Export again as CSV UTF-8: saving from a spreadsheet in another encoding changes accented "
		"letters.",
	},
	[FINDING_ROW_CONTROL] = {
		"row-control-char", SEVERITY_REJECT, GROUP_ROWS, false,
		"A row with a NUL character, which belongs in no text",
		"The file was cut off while it was written, damaged on its way, or is no text.",
		"Export again from the survey platform: such a character comes from a damaged or binary file.",
	},
	[FINDING_ROW_LENGTH] = {
		"row-length", SEVERITY_REJECT, GROUP_ROWS, false,
		"A row with a cell that is longer than any answer can be",
		"A quotation mark is never closed, so that the rest of the file is one cell.",
		"Open the file at this line and look for a quotation mark that is never closed, then export it "
		"again.",
	},
	[FINDING_ROW_HEADER_REPEAT] = {
		"row-header-repeat", SEVERITY_REJECT, GROUP_ROWS, false,
		"The header again, in the middle of the file",
		"Two exports were put one below the other.",
		"Compare the number of rows with the survey platform's: exports were probably copied one below "
		"the other.",
	},
	[FINDING_ROW_PREVIEW] = {
		"row-preview", SEVERITY_REJECT, GROUP_ROWS, false,
		"A preview or test response",
		"Somebody who built the survey tried it out.",
		"Nothing to do, if their number is what you expect: they are counted apart. If they are real "
		"ones, the export has another word for it than the platform's profile: export again with codes "
		"or in English, or add the word to the profile.",
	},
	[FINDING_ROW_INCOMPLETE] = {
		"row-incomplete", SEVERITY_REJECT, GROUP_ROWS, false,
		"A response that the platform calls unfinished",
		"Somebody began and did not come to the end, or the survey is still open to them.",
		"If the study counts unfinished responses, say `unfinished: kept` at the export in the config. "
		"If they were finished, the export has another word for it than the platform's profile: export "
		"again with codes or in English, or add the word to the profile.",
	},
	[FINDING_ROW_REJECTED] = {
		"row-rejected", SEVERITY_REJECT, GROUP_ROWS, false,
		"A response that was marked as spam, or rejected in review",
		"The platform took it for a machine's, or somebody reviewed it.",
		"Nothing to do; if it is a real one after all, change its status on the platform and export "
		"again.",
	},
	[FINDING_ROW_UNDECRYPTED] = {
		"row-undecrypted", SEVERITY_REJECT, GROUP_ROWS, false,
		"A response that was exported encrypted",
		"The form encrypts what it sends, and the export was made without the key.",
		"Export again with the key that decrypts the responses.",
	},
	[FINDING_ROW_ELSEWHERE] = {
		"row-elsewhere", SEVERITY_NOTE, GROUP_ROWS, false,
		"Rows of another dataset, by the config's where",
		"The export holds the rows of several datasets, which the config takes apart.",
		"Nothing to do, if their number is what you expect.",
	},
	[FINDING_CELL_LINE_END] = {
		"cell-line-end", SEVERITY_REJECT, GROUP_ROWS, false,
		"A line end inside a cell that is not free text, so that one row may have swallowed others",
		"A quotation mark is lost or too many, so that the cell goes on over the next lines.",
		"Open the file at this line and look for a stray or missing quotation mark, then export it "
		"again.",
	},
	[FINDING_PRIVACY_COLUMN] = {
		"privacy-column", SEVERITY_NOTE, GROUP_WAVES, false,
		"A column that tells who or where somebody is, dropped before anything was written",
		"The platform records more than the study asked for: addresses, names, places.",
		"Nothing to do; better still, leave it out of the export. What is counted is its cells that "
		"were not blank.",
	},
	[FINDING_PRIVACY_CONTACT] = {
		"privacy-contact", SEVERITY_WARN, GROUP_WAVES, false,
		"What looks like an e-mail address or a telephone number, in a variable that is not declared "
		"direct",
		"Somebody left it in an open answer, or the question asks for it and nobody declared that.",
		"Look at the answers in the source. If the question asks for them, declare the variable "
		"`direct` in variables.csv; otherwise the answers need redacting.",
	},
	[FINDING_WAVE_COLUMN_GONE] = {
		"wave-column-gone", SEVERITY_WARN, GROUP_WAVES, false,
		"A variable that the wave before had a column for, and this one has not",
		"The question was dropped or renamed, or its column left out of this export.",
		"If it was not asked any more, accept the finding; if its column has another name now, add "
		"that to headers.csv.",
	},
	[FINDING_WAVE_COLUMN_NEW] = {
		"wave-column-new", SEVERITY_NOTE, GROUP_WAVES, false,
		"A column that no wave before had, and the dictionary does not name",
		"The questionnaire was extended after the wave before.",
		"If the study needs it, add the variable to variables.csv.",
	},
	[FINDING_WAVE_LABEL_CHANGED] = {
		"wave-label-changed", SEVERITY_WARN, GROUP_WAVES, false,
		"A question that the wave before worded in another way",
		"Somebody reworded the question, or the same name now belongs to another one.",
		"Compare the two questionnaires: answers to another question cannot be compared over time. If "
		"it means the same, accept the finding.",
	},
	[FINDING_WAVE_CODE_NEW] = {
		"wave-code-new", SEVERITY_NOTE, GROUP_WAVES, false,
		"A code that nobody gave in the waves before",
		"An option was added, or it is rare and nobody had chosen it yet.",
		"If the option is new, compare the two waves with care; if not, nothing to do.",
	},
	[FINDING_WAVE_SHIFT] = {
		"wave-shift", SEVERITY_WARN, GROUP_WAVES, false,
		"Answers that are distributed otherwise than in the wave before, by more than chance explains",
		"Something changed in the world, in who was asked, or in how it was asked or exported.",
		"Ask what changed: the question, its routing, its codes, who was asked. If it is real, accept "
		"the finding.",
	},
	[FINDING_WAVE_NONRESPONSE] = {
		"wave-nonresponse", SEVERITY_WARN, GROUP_WAVES, false,
		"A question that more or fewer people left out than in the wave before, by more than chance "
		"explains",
		"The question, its place or its routing changed, or other people were asked.",
		"Compare the two questionnaires and their routing. If it is real, accept the finding.",
	},
	[FINDING_CELL_SPACE] = {
		"cell-space", SEVERITY_NOTE, GROUP_ANSWERS, false,
		"Blanks before or after the answer",
		"Somebody typed it, or the platform pads its cells.",
		"Nothing to do: the blanks were trimmed.",
	},
	[FINDING_CELL_TYPE] = {
		"cell-type", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"Not a number where a number is expected",
		"Somebody answered in words, a unit was typed along, or the column is another one.",
		"Correct the answer in decisions.csv if the source shows what was meant; if many cells fail, "
		"look at the variable's type in variables.csv.",
	},
	[FINDING_CELL_RANGE] = {
		"cell-range", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"Outside the range that the dictionary allows",
		"Somebody mistyped, the platform codes the answer otherwise, or the range is too narrow.",
		"Correct the answer in decisions.csv if the source shows what was meant; if the answer is "
		"possible after all, widen min or max in variables.csv.",
	},
	[FINDING_CELL_PATTERN] = {
		"cell-pattern", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"Not written in the form that the dictionary asks for",
		"It was mistyped, or comes from another system of numbers.",
		"Correct the answer in decisions.csv, or mend the pattern in variables.csv if it is too strict.",
	},
	[FINDING_CELL_CODE] = {
		"cell-code", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"Not a code of the variable's code list",
		"The platform has an option that codes.csv lacks, or exports it by another text.",
		"If it is a real answer, add it to codes.csv, or as another row with as_exported for the code "
		"it stands for; otherwise correct the answer in decisions.csv.",
	},
	[FINDING_CELL_CODE_CASE] = {
		"cell-code-case", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"A code but for capital and small letters",
		"The option is spelt another way in this export.",
		"If it stands for the suggested code, add a row to codes.csv with this spelling under "
		"as_exported: near misses are never taken without being told.",
	},
	[FINDING_CELL_LABEL] = {
		"cell-label", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"The label, or a spelling near to it, where the code is expected",
		"The export was made with the words of the options instead of their codes.",
		"Export codes instead of labels, or add a row to codes.csv with this spelling under "
		"as_exported.",
	},
	[FINDING_CELL_DATE] = {
		"cell-date", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"Not a date in the way that this export writes dates",
		"The export writes dates another way than the config says, or somebody typed it.",
		"Check the export's dates setting (iso, dmy or mdy) in the study's config; correct a single "
		"impossible date in decisions.csv.",
	},
	[FINDING_CELL_MISSING_UNLISTED] = {
		"cell-missing-unlisted", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"A missing code whose reason the dictionary does not allow for this variable",
		"The missing code was offered here, and variables.csv does not say so.",
		"If the reason can occur here, add it under missing in variables.csv; otherwise ask how the "
		"answer came about.",
	},
	[FINDING_CELL_MISSING_DECLARED] = {
		"cell-missing-declared", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"A value that the export itself declares missing, and the dictionary gives no reason for",
		"In the SPSS file the value is defined as missing.",
		"Add the value to codes.csv with its reason under missing.",
	},
	[FINDING_CELL_MULTI_EXCLUSIVE] = {
		"cell-multi-exclusive", SEVERITY_WARN, GROUP_ANSWERS, false,
		"An option that excludes all others, ticked together with another",
		"The platform did not stop it, or the options do not exclude one another in people's eyes.",
		"Look at the answer in the source; the options are kept as they were ticked. If they can go "
		"together, take exclusive away in codes.csv.",
	},
	[FINDING_CELL_DIGIT] = {
		"cell-digit", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"Digits of another script, such as full-width ones, where a number or code is expected",
		"Somebody typed with a keyboard of another script.",
		"Correct the answer in decisions.csv to the suggestion, or add the spelling to codes.csv.",
	},
	[FINDING_CELL_NOT_FINITE] = {
		"cell-not-finite", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"NaN, infinity, or a number too large for any computer",
		"A program divided by nothing, or ran over.",
		"Look how the export came about: a statistics package or a formula wrote this, and no "
		"respondent.",
	},
	[FINDING_CELL_NUMBER_FORMAT] = {
		"cell-number-format", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"A number written in another way than this export declares: a decimal comma, separated "
		"thousands, a sign of money or per cent",
		"The export was saved under the settings of another country, or somebody typed the sign.",
		"Check the export's decimal setting in the config; otherwise correct the answer in "
		"decisions.csv.",
	},
	[FINDING_CELL_EXCEL_NUMBER] = {
		"cell-excel-number", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"A number in scientific notation, as a spreadsheet writes long ones: digits may be lost",
		"A spreadsheet opened and saved the export.",
		"Export again from the survey platform and open the file in no spreadsheet; a number that is "
		"short and exact can be corrected in decisions.csv.",
	},
	[FINDING_CELL_EXCEL_DATE] = {
		"cell-excel-date", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"A date where a code or number is expected, as a spreadsheet makes of 3-4 or 10/12",
		"A spreadsheet opened and saved the export.",
		"Export again from the survey platform and open the file in no spreadsheet.",
	},
	[FINDING_CELL_EXCEL_ERROR] = {
		"cell-excel-error", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"A spreadsheet's error value, such as #REF! or #N/A",
		"A spreadsheet took the answer for a formula and could not compute it.",
		"Export again from the survey platform: the answer was lost before it came here.",
	},
	[FINDING_CELL_EXCEL_ZEROS] = {
		"cell-excel-zeros", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"A code or id that lacks its leading zeros, as a spreadsheet drops them",
		"A spreadsheet took the text for a number.",
		"Export again from the survey platform and open the file in no spreadsheet; or correct the "
		"answer in decisions.csv to the suggestion.",
	},
	[FINDING_CELL_DATE_AMBIGUOUS] = {
		"cell-date-ambiguous", SEVERITY_NOTE, GROUP_ANSWERS, false,
		"Dates that would be other dates if day and month were the other way round, and nothing in the "
		"file tells which",
		"No day in the file is beyond the 12th, and dates are written with the day or the month first.",
		"Compare one date with the survey platform; if they are the wrong way round, mend the export's "
		"dates setting in the config.",
	},
	[FINDING_CELL_DATE_IMPOSSIBLE] = {
		"cell-date-impossible", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"A day that no calendar has, or that would be one if day and month were the other way round",
		"It was mistyped, or day and month are the other way round than the config says.",
		"If many are found, mend the export's dates setting (iso, dmy or mdy) in the config; correct a "
		"single one in decisions.csv.",
	},
	[FINDING_CELL_DATE_SENTINEL] = {
		"cell-date-sentinel", SEVERITY_BLANK, GROUP_ANSWERS, false,
		"A day that software writes for no date, such as 1900-01-01",
		"A database or a spreadsheet wrote its first day where there was none.",
		"Declare it in codes.csv as a missing code with its reason; if people may really give such a "
		"date, give the variable a min in variables.csv that lets it in.",
	},
	[FINDING_CELL_HIDDEN_CHARACTER] = {
		"cell-hidden-char", SEVERITY_WARN, GROUP_ANSWERS, false,
		"A character in the answer that cannot be seen",
		"The answer was pasted from a web page or a document.",
		"Look at the answer in the source: such characters come from copying and pasting, and make two "
		"equal texts differ.",
	},
	[FINDING_CELL_FORMULA] = {
		"cell-formula", SEVERITY_WARN, GROUP_ANSWERS, false,
		"An answer that a spreadsheet would run as a formula",
		"It begins with =, +, - or @, which people write too.",
		"Do not open the export in a spreadsheet; what Canvass writes is safe to open, as such answers "
		"are led by an apostrophe there.",
	},
	[FINDING_REQUIRED] = {
		"row-required", SEVERITY_REJECT, GROUP_KEYS, false,
		"A row without an answer that the dictionary requires",
		"Somebody left it out and the platform let them, or the column was left out of the export.",
		"Correct the answer in decisions.csv if it is known from elsewhere; if the study can do "
		"without it, take required away in variables.csv.",
	},
	[FINDING_KEY_DUPLICATE_ROW] = {
		"key-duplicate-row", SEVERITY_REJECT, GROUP_KEYS, false,
		"The same row again",
		"The export was joined to itself, or the same responses were exported twice.",
		"Nothing to do for the study: the first is kept and every further copy set aside. If there are "
		"many, the export may have been joined to itself.",
	},
	[FINDING_KEY_CONFLICT] = {
		"key-conflict", SEVERITY_REJECT, GROUP_KEYS, false,
		"Rows with one key and different answers, all set aside",
		"Somebody answered twice, two people share a key, or a response was edited between two exports.",
		"Find out at the source which row is right, and export again with that one alone or with the "
		"keys mended. If one person may have several rows, give the variable that tells them apart the "
		"role wave or repeat; if two files count their own ids, take a key that differs between them.",
	},
	[FINDING_UNIQUE] = {
		"key-unique", SEVERITY_REJECT, GROUP_KEYS, false,
		"An answer that should be unique and stands in more than one row",
		"Somebody answered twice under another key, or two people share what was thought to be one's "
		"own.",
		"Find out whether one person answered twice; if the answer may repeat, take unique away in "
		"variables.csv.",
	},
	[FINDING_KEY_NEAR] = {
		"key-near", SEVERITY_WARN, GROUP_KEYS, false,
		"Keys that differ only in what is easily mistyped: case, a letter for a digit, zeros in front",
		"The key was typed by hand, or a spreadsheet changed it.",
		"Find out at the source whether they are one person; if so, export again with one key, or set "
		"one row aside in decisions.csv.",
	},
	[FINDING_KEY_FOREIGN_CLOSED] = {
		"key-foreign-closed", SEVERITY_WARN, GROUP_KEYS, false,
		"A place that was closed before the survey took place",
		"The list of places that was offered is older than the last reform.",
		"Look which place took over from it (places.csv), and correct the answer in decisions.csv if "
		"the respondent belongs there now.",
	},
	[FINDING_KEY_FOREIGN_OUTSIDE] = {
		"key-foreign-outside", SEVERITY_BLANK, GROUP_KEYS, false,
		"A place that exists and is not in the study's areas",
		"People moved, or the survey was open to others.",
		"If it belongs to the study, add it under areas in the config; otherwise nothing to do: the "
		"row has no area.",
	},
	[FINDING_ROW_NO_ANSWERS] = {
		"row-no-answers", SEVERITY_REJECT, GROUP_KEYS, false,
		"A row in which no question is answered",
		"Somebody opened the survey and left, or its columns are mapped to other names.",
		"Nothing to do: somebody opened the survey and left. If there are many, look for a wrong "
		"header map.",
	},
	[FINDING_WITHDRAWN] = {
		"row-withdrawn", SEVERITY_REJECT, GROUP_KEYS, false,
		"A respondent who did not consent or has withdrawn",
		"The consent question says no, or the withdrawal was noted at the source.",
		"Nothing to do: the row is counted as withdrawn and used nowhere. Delete it at the source if "
		"the study promised that.",
	},
	[FINDING_ROUTE_UNEXPECTED] = {
		"route-unexpected", SEVERITY_WARN, GROUP_ROUTES, false,
		"An answer to a question that should not have been asked",
		"The platform's routing is wider than asked_if, or somebody went back and changed what led "
		"there.",
		"Compare the survey's routing with asked_if in variables.csv, and mend the one that is wrong.",
	},
	[FINDING_ROUTE_UNANSWERED] = {
		"route-unanswered", SEVERITY_NOTE, GROUP_ROUTES, false,
		"Questions that were asked by their route and left blank",
		"People may leave it out, or the platform's routing is narrower than asked_if.",
		"Nothing to do if people may leave it out; if there are many, compare the survey's routing "
		"with asked_if in variables.csv.",
	},
	[FINDING_ROUTE_REASON] = {
		"route-reason", SEVERITY_WARN, GROUP_ROUTES, false,
		"A reason for missing that contradicts the route: not asked where the route asks, or refused "
		"where it does not",
		"Routing and asked_if differ, or a missing code stands for something else.",
		"Compare the survey's routing with asked_if in variables.csv, and the missing code with "
		"codes.csv; mend the one that is wrong.",
	},
	[FINDING_RULE_BROKEN] = {
		"rule-broken", SEVERITY_WARN, GROUP_ROUTES, false,
		"Answers that break a rule of the dictionary",
		"One of the answers is wrong, the question was misread, or the rule is.",
		"Look at the answers that the rule compares. If one is wrong, set the row aside in "
		"decisions.csv; if they can all be true, accept the finding, or mend the rule in rules.csv.",
	},
	[FINDING_RULE_UNKNOWABLE] = {
		"rule-unknowable", SEVERITY_NOTE, GROUP_ROUTES, false,
		"A rule that could not be judged, as an answer it needs is missing",
		"Somebody left one of the answers out; told as a warning, the rule or an asked_if cannot be "
		"computed.",
		"Nothing to do; if it happens often, let the rule's when leave out rows without the answer.",
	},
	[FINDING_PERSON_FAST] = {
		"person-fast", SEVERITY_WARN, GROUP_PERSONS, false,
		"A response that took far less time than others",
		"Somebody clicked through, or reads fast.",
		"Look at the answers: if they are careless, set the row aside in decisions.csv; quick is not "
		"wrong.",
	},
	[FINDING_PERSON_STRAIGHT_LINE] = {
		"person-straight-line", SEVERITY_WARN, GROUP_PERSONS, false,
		"One answer to every item of most lists of questions, or of one whose items point both ways",
		"Somebody clicked through, or means it.",
		"Look at the other answers: if they are careless, set the row aside in decisions.csv.",
	},
	[FINDING_PERSON_MISSING_MOST] = {
		"person-missing-most", SEVERITY_WARN, GROUP_PERSONS, false,
		"A response with most of the questions that it was asked left blank",
		"Somebody stopped early, or the columns of this export are mapped to other names.",
		"Decide whether such a response counts; set the row aside in decisions.csv if it does not.",
	},
	[FINDING_PERSON_DUPLICATE_ANSWERS] = {
		"person-duplicate-answers", SEVERITY_WARN, GROUP_PERSONS, false,
		"Two respondents with the same answers nearly throughout",
		"Somebody answered twice, or a row was copied and given another key.",
		"Find out at the source whether one person answered twice; set one of the rows aside in "
		"decisions.csv if so.",
	},
	[FINDING_SCALE_REVERSED] = {
		"scale-reversed", SEVERITY_WARN, GROUP_SCALES, false,
		"An item that runs against the rest of its scale after the instrument's key is applied",
		"The platform reversed the item before the instrument's key did, or the key reverses an item "
		"that this survey asked the other way round, or its codes run the other way.",
		"Compare the item's question and codes with the questionnaire. If it came reversed already, export "
		"the answers as they were given, or give it a code list and turn it round under values in "
		"headers.csv, such as 0=3; 1=2; 2=1; 3=0; if it was asked the other way round, give it an instrument "
		"file whose key says so. If it is real, accept the finding.",
	},
	[FINDING_SCALE_ALPHA] = {
		"scale-alpha-negative", SEVERITY_WARN, GROUP_SCALES, false,
		"A scale whose items do not measure one thing: alpha is below 0",
		"Items were reversed twice or not at all, or the columns of the scale belong to other "
		"questions.",
		"Mend what scale-reversed finds in the same scale, if it does; otherwise compare the columns "
		"in headers.csv with the questionnaire. A score of such items should not be published.",
	},
	[FINDING_SCALE_SHIFTED] = {
		"scale-shifted", SEVERITY_WARN, GROUP_SCALES, false,
		"Answers to an instrument that look one too high or one too low",
		"The platform numbers its options from 1 where the instrument counts from 0, or the other way "
		"round.",
		"Compare the codes of the options on the platform with the instrument's. If they differ, give "
		"the items a code list and say under values in headers.csv what each number of the export stands "
		"for, such as 1=0; 2=1; 3=2; 4=3: answers inside the range are wrong too, and nobody is told of "
		"each.",
	},
};
/* clang-format on */

static const char *const groups[FINDING_GROUP_COUNT] = {
	[GROUP_FILES] = "files", [GROUP_ROWS] = "rows",     [GROUP_WAVES] = "waves",     [GROUP_ANSWERS] = "answers",
	[GROUP_KEYS] = "keys",   [GROUP_ROUTES] = "routes", [GROUP_PERSONS] = "persons", [GROUP_SCALES] = "scales",
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

const char *finding_group_word(enum finding_group group)
{
	assert(group < FINDING_GROUP_COUNT);
	return groups[group];
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

void finding_identity_of(char identity[FINDING_IDENTITY_SIZE], const void *bytes, size_t length)
{
	char hash[PROVENANCE_HASH_SIZE];
	provenance_hash_bytes(hash, bytes, length);
	memcpy(identity, hash, FINDING_IDENTITY_SIZE - 1);
	identity[FINDING_IDENTITY_SIZE - 1] = '\0';
	/* A steward copies it through a spreadsheet, which would make 007314229845 and 1234e5678901 numbers. */
	if (identity[0] >= '0' && identity[0] <= '9')
		identity[0] = "abcdefabcd"[identity[0] - '0'];
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
	finding_identity_of(identity, text.bytes, text.length);
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
