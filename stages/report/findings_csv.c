#include "findings_csv.h"

#include "embedded.h"
#include "finding.h"
#include "mem.h"

static void add_line(struct text *csv, const struct view *view, sqlite3_stmt *select)
{
	const char *identity = view_column(select, 0), *code = view_column(select, 1);
	const char *variable = view_column(select, 7), *rule = view_column(select, 8);
	enum finding_code known = FINDING_NONE;
	finding_read_code(code, &known);
	const char *const fields[] = {
		identity,
		code,
		view_column(select, 2),
		known ? finding_kind(known)->title : "",
		view->dataset->name,
		view_column(select, 3),
		view_column(select, 4),
		view_column(select, 5),
		view_column(select, 6),
		variable,
		view_label(view, variable),
		rule,
		view_column(select, 9),
		view_column(select, 10),
		view_column(select, 11),
		view_column(select, 12),
		view_decision(view, identity, code, rule ? rule : variable),
		known ? finding_kind(known)->cure : "",
	};
	for (size_t i = 0; i < COUNT(fields); i++) {
		text_add(csv, i ? "," : "");
		text_add_escaped(csv, TEXT_CSV, fields[i]);
	}
	text_add(csv, "\n");
}

bool findings_csv(struct text *csv, const struct view *view, struct error *err)
{
	sqlite3_stmt *select = NULL;
	bool row = false;
	bool ok = store_prepare(&select, view->store, sql_report_findings, err);
	text_add(csv, "\xef\xbb\xbf"
	              "finding,code,severity,what,dataset,file,line,record,key,variable,label,rule,value,expected,"
	              "suggestion,occurrences,decision,what_to_do\n");
	while (ok && (ok = store_step(view->store, select, &row, err)) && row)
		add_line(csv, view, select);
	sqlite3_finalize(select);
	return ok;
}
