#include "findings_files.h"
#include "findings_json.h"

void findings_jsonl_add(struct text *json, const struct findings_row *row, bool first)
{
	(void)first;
	for (enum findings_column i = 0; i < FINDINGS_COLUMNS; i++) {
		text_print(json, "%s\"%s\": ", i ? ", " : "{", findings_column_name(i));
		if (findings_column_is_number(i) && row->texts[i])
			text_add(json, row->texts[i]);
		else
			findings_json_string(json, row->texts[i]);
	}
	text_add(json, "}\n");
}
