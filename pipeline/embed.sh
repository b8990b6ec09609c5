#!/bin/sh
# Turn SQL and page templates into C strings: embed.sh FOLDER FILE...
# pipeline/sql/compare/cells.sql becomes sql_compare_cells, pipeline/templates/page.html template_page_html.
set -eu
folder=$1
shift
name() {
	case $1 in
	pipeline/sql/*) n=sql_${1#pipeline/sql/} n=${n%.sql} ;;
	*) n=template_${1#pipeline/templates/} ;;
	esac
	printf '%s' "$n" | tr '/.-' '___'
}
{
	echo '/* Made by pipeline/embed.sh. */'
	for file; do printf 'extern const char %s[];\n' "$(name "$file")"; done
} >"$folder/embedded.h"
{
	echo '#include "embedded.h"'
	for file; do
		printf 'const char %s[] =\n""\n' "$(name "$file")"
		sed 's/\\/\\\\/g; s/"/\\"/g; s/?/\\?/g; s/.*/"&\\n"/' "$file"
		echo ';'
	done
} >"$folder/embedded.c"
