# The checks of study.sh once more, by hand in R data.table: Rscript validate.R EXPORT FAILURES. Writes a line
# `check,row` for every row that fails a check. What is no answer is NA in the checks that rest on it.
suppressPackageStartupMessages(library(data.table))
setDTthreads(0)
paths <- commandArgs(TRUE)
rows <- fread(paths[1], colClasses = "character", na.strings = "", showProgress = FALSE)

failures <- list()
fails <- function(check, wrong) {
	row <- which(wrong)
	if (length(row))
		failures[[length(failures) + 1]] <<- list(check = check, row = row)
}
needs <- function(name, value) fails(paste("required", name), is.na(value))

# --- cells ---

is_id <- grepl("^R[0-9]{7}$", rows$id)
fails("pattern id", !is.na(rows$id) & !is_id)
id <- fifelse(is_id, rows$id, NA_character_)
needs("id", id)
fails("unique id", !is.na(id) & (duplicated(id) | duplicated(id, fromLast = TRUE)))

area <- rows$area
is_area <- area %chin% c("north", "south", "east", "west")
fails("code area", !is.na(area) & !is_area)
area[!is_area] <- NA
needs("area", area)

filled_in <- as.IDate(rows$filled_in, format = "%Y-%m-%d")
fails("type filled_in", !is.na(rows$filled_in) & is.na(filled_in))
is_late <- !is.na(filled_in) & !between(filled_in, as.IDate("2026-01-01"), as.IDate("2026-12-31"))
fails("range filled_in", is_late)
filled_in[is_late] <- NA
needs("filled_in", filled_in)

fails("pattern session", !is.na(rows$session) & !grepl("^S-[0-9]{4}$", rows$session))

said <- unique(rows$likes) # few say something else than others
parts <- strsplit(said, ";", fixed = TRUE)
known <- vapply(parts, function(part) all(part %in% c("walk", "read", "sing", NA)), TRUE)
place <- chmatch(rows$likes, said)
fails("code likes", !known[place])
walks <- vapply(parts, function(part) "walk" %in% part, TRUE)
walks[!known | is.na(said)] <- NA
walks <- walks[place]

q <- vector("list", ncol(rows))
for (i in 7:ncol(rows)) {
	name <- paste0("q", i)
	text <- rows[[name]]
	if (i %% 2 == 1) {
		value <- chmatch(text, c("Never", "Sometimes", "Often", "Always"))
		fails(paste("code", name), !is.na(text) & is.na(value))
	} else {
		value <- suppressWarnings(as.integer(text))
		fails(paste("type", name), !is.na(text) & is.na(value))
		is_beyond <- !is.na(value) & (value < 0L | value > 10L)
		fails(paste("range", name), is_beyond)
		value[is_beyond] <- NA
	}
	if (i <= 23)
		needs(name, value)
	q[[i]] <- value
}

# --- several answers: a rule that cannot be judged has not failed ---

for (i in seq(8, 56, 2))
	fails(paste0("rule sum_", i), !(q[[i]] + q[[i + 2]] + q[[i + 4]] >= 1L))
for (i in seq(7, 51, 2))
	fails(paste0("rule always_", i), q[[i]] == 4L & q[[i + 1]] == 10L & !(q[[i + 2]] > 1L | q[[i + 3]] > 0L))
for (i in seq(8, 50, 2))
	fails(paste0("rule north_", i), area == "north" & q[[i]] == 10L & !(q[[i + 6]] != 0L))
late <- walks & filled_in >= as.IDate("2026-03-15")
for (i in seq(8, 50, 2))
	fails(paste0("rule walk_", i), late & !(q[[i]] < 10L | q[[i + 2]] < 10L))

fwrite(rbindlist(failures), paths[2], col.names = FALSE)
