#include "findings_files.h"

#include <stdlib.h>
#include <string.h>

#include "embedded.h"
#include "findings_json.h"
#include "mem.h"
#include "provenance.h"

enum { FINGERPRINT_LENGTH = 16 };

static const char *const levels[SEVERITY_COUNT] = {
	[SEVERITY_REJECT] = "error",
	[SEVERITY_BLANK] = "error",
	[SEVERITY_WARN] = "warning",
	[SEVERITY_NOTE] = "note",
};

/* Without the template's own line end. */
static void fill(struct text *text, const char *template, const struct text_hole *holes, size_t count)
{
	text_fill(text, template, TEXT_JSON, holes, count);
	text->bytes[--text->length] = '\0';
}

void findings_sarif_begin(struct text *sarif, const struct view *view, const struct findings *findings)
{
	struct text rules = { 0 };
	for (enum finding_code code = FINDING_NONE + 1; code < FINDING_COUNT; code++) {
		if (!findings_have(findings, code))
			continue;
		const struct finding_kind *kind = finding_kind(code);
		const struct text_hole holes[] = {
			{ "code", kind->code, false },
			{ "title", kind->title, false },
			{ "cure", kind->cure, false },
			{ "level", levels[kind->severity], false },
		};
		text_add(&rules, rules.length ? ",\n" : "");
		fill(&rules, template_report_sarif_rule_json, holes, COUNT(holes));
	}
	const struct text_hole holes[] = {
		{ "version", CANVASS_VERSION, false },
		{ "rules", rules.bytes, true },
		{ "study", view->study->study.name, false },
		{ "dataset", view->dataset->name, false },
	};
	text_fill(sarif, template_report_sarif_begin_json, TEXT_JSON, holes, COUNT(holes));
	text_free(&rules);
}

/* In a message, braces hold the number of an argument unless they are doubled, and ]( makes a link of what stands
 * before it unless it is led by a backslash (SARIF 2.1.0, 3.11.5 and 3.11.6). */
static void add_literally(struct text *message, const char *words)
{
	for (const char *c = words; *c; c++) {
		if (*c == '{' || *c == '}')
			text_add_bytes(message, c, 1);
		else if (*c == ']' && c[1] == '(')
			text_add(message, "\\");
		text_add_bytes(message, c, 1);
	}
}

/* What the finding is about, where that is a word of the dictionary. A header that the dictionary does not name may be
 * anything: the first row of an export without headers is a respondent's. */
static const char *subject_of(const struct findings_row *row)
{
	return row->texts[FINDINGS_RULE] ? row->texts[FINDINGS_RULE]
	       : row->in_dictionary      ? row->texts[FINDINGS_VARIABLE]
	                                 : NULL;
}

static void add_message(struct text *message, const struct findings_row *row)
{
	const char *subject = subject_of(row);
	if (subject) {
		add_literally(message, subject);
		if (row->in_dictionary && row->texts[FINDINGS_LABEL]) {
			text_add(message, " (");
			add_literally(message, row->texts[FINDINGS_LABEL]);
			text_add(message, ")");
		}
		text_add(message, ": ");
	}
	add_literally(message, row->texts[FINDINGS_WHAT]);
	text_add(message, ".");
	/* of a place; what is expected of a whole wave tells of groups of people, and stays with the others' formats */
	if (row->texts[FINDINGS_EXPECTED] && row->texts[FINDINGS_LINE]) {
		text_add(message, " Expected: ");
		add_literally(message, row->texts[FINDINGS_EXPECTED]);
		text_add(message, ".");
	}
}

/* A path as a relative reference (RFC 3986, 4.2): all but the unreserved characters and the slash by number. */
static void add_uri(struct text *uri, const char *path)
{
	static const char unreserved[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/";
	for (const char *c = path; *c; c++)
		if (strchr(unreserved, *c))
			text_add_bytes(uri, c, 1);
		else
			text_print(uri, "%%%02X", (unsigned)(unsigned char)*c);
}

static void add_location(struct text *location, const struct findings_row *row)
{
	struct text path = { 0 }, uri = { 0 };
	char *region = row->texts[FINDINGS_LINE]
	                       ? mem_print(", \"region\": {\"startLine\": %s}", row->texts[FINDINGS_LINE])
	                       : NULL;
	add_uri(&path, row->texts[FINDINGS_FILE]);
	findings_json_string(&uri, path.bytes);
	const struct text_hole holes[] = { { "uri", uri.bytes, true }, { "region", region, true } };
	fill(location, template_report_sarif_location_json, holes, COUNT(holes));
	text_free(&path);
	text_free(&uri);
	free(region);
}

/* The steward's reason may tell of the respondent: it stays where it stands. */
static void add_suppression(struct text *suppression, const struct decision *decision)
{
	char *justification = mem_print("Accepted by the data steward on %s: line %zu of decisions.csv says why.",
	                                decision->when, decision->line);
	const struct text_hole hole = { "justification", justification, false };
	fill(suppression, template_report_sarif_suppression_json, &hole, 1);
	free(justification);
}

/* What a later run calls the same finding by: its place. Its identity would not do, as that is made of key and answer,
 * and few of these are needed to find out which. */
static void print_fingerprint(char fingerprint[PROVENANCE_HASH_SIZE], const struct findings_row *row)
{
	const char *const fields[] = { row->texts[FINDINGS_DATASET], row->texts[FINDINGS_FILE],
		                       row->texts[FINDINGS_CODE], subject_of(row), row->texts[FINDINGS_LINE] };
	struct text text = { 0 };
	for (size_t i = 0; i < COUNT(fields); i++) {
		text_add(&text, fields[i] ? fields[i] : "");
		text_add_bytes(&text, "", 1);
	}
	provenance_hash_bytes(fingerprint, text.bytes, text.length);
	fingerprint[FINGERPRINT_LENGTH] = '\0';
	text_free(&text);
}

void findings_sarif_add(struct text *sarif, const struct findings_row *row, bool first)
{
	struct text words = { 0 }, message = { 0 }, location = { 0 }, suppression = { 0 };
	char fingerprint[PROVENANCE_HASH_SIZE];
	const char *record = row->texts[FINDINGS_RECORD];
	add_message(&words, row);
	findings_json_string(&message, words.bytes);
	if (row->texts[FINDINGS_FILE])
		add_location(&location, row);
	if (row->decision && row->decision->kind == DECISION_ACCEPT)
		add_suppression(&suppression, row->decision);
	print_fingerprint(fingerprint, row);
	const struct text_hole holes[] = {
		{ "code", row->texts[FINDINGS_CODE], false }, { "level", levels[row->severity], false },
		{ "message", message.bytes, true },           { "location", location.bytes, true },
		{ "fingerprint", fingerprint, false },        { "occurrences", row->texts[FINDINGS_OCCURRENCES], true },
		{ "suppression", suppression.bytes, true },   { "severity", row->texts[FINDINGS_SEVERITY], false },
		{ "record", record ? record : "null", true },
	};
	text_add(sarif, first ? "" : ",\n");
	fill(sarif, template_report_sarif_result_json, holes, COUNT(holes));
	text_free(&words);
	text_free(&message);
	text_free(&location);
	text_free(&suppression);
}

void findings_sarif_end(struct text *sarif)
{
	text_add(sarif, "\n");
	text_add(sarif, template_report_sarif_end_json);
}
