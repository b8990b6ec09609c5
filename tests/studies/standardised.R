# The figures of kind rate with `standardise` again, from the published file: Rscript standardised.R FILE EVENTS METHOD FIGURES,
# where FIGURES is what compared.db holds of the analysis. The rates themselves by epitools, limits by the formulas of
# Breslow and Day (Byar), Dobson and Ulm (exact). Prints how many agree, or ends with 1.
suppressPackageStartupMessages(library(epitools))
arguments <- commandArgs(TRUE)
file <- read.csv(arguments[1], fileEncoding = "UTF-8-BOM", colClasses = "character", check.names = FALSE)
direct <- arguments[3] == "direct"
number <- function(text) suppressWarnings(as.numeric(text))
ages <- c("17 to 18 years", "19 to 21 years")
of <- function(rows, breakdown, year)
	sapply(ages, function(age) {
		at <- rows$breakdown == breakdown & rows$care_leaver_age == age & rows$time_period == year
		if (sum(at) == 1) number(rows$care_leaver_count[at]) else NA
	})
england <- file[file$geographic_level == "National", ]
last <- max(file$time_period)
standard_x <- of(england, arguments[2], last)
standard_n <- of(england, "Total", last)
b <- 100 * sum(standard_x) / sum(standard_n)

limits <- function(o, level) {
	tail <- (1 - level / 100) / 2
	z <- qnorm(1 - tail)
	if (o < 10)
		return(c(if (o > 0) qchisq(tail, 2 * o) / 2 else 0, qchisq(1 - tail, 2 * o + 2) / 2))
	c(o * (1 - 1 / (9 * o) - z / (3 * sqrt(o)))^3, (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * sqrt(o + 1)))^3)
}
want <- list()
add <- function(statistic, area, across, name, value)
	want[[length(want) + 1]] <<- data.frame(key = paste(statistic, area, across, name), value = value)
funnel <- function(e, q) {
	r <- qpois(q, e)
	max(0, r - (ppois(r, e) - q) / dpois(r, e)) / e
}
authorities <- file[file$geographic_level == "Local authority" & !file$new_la_code %in% c("E10000006", "E10000021"), ]
for (rows in split(authorities, authorities$new_la_code))
	for (year in sort(unique(file$time_period))) {
		x <- of(rows, arguments[2], year)
		n <- of(rows, "Total", year)
		area <- rows$new_la_code[1]
		across <- paste0("period=", year)
		if (anyNA(c(x, n))) next
		if (year == last) {
			add("count", area, across, "n", sum(n))
			add("events", area, across, "n", sum(x))
			if (sum(n) > 0) add("crude_rate", area, across, "estimate", 100 * sum(x) / sum(n))
		}
		if (if (direct) any(n == 0) || sum(x) < 10 else sum(n) == 0) next
		if (direct) {
			adjusted <- unname(ageadjust.direct(count = x, pop = n, stdpop = standard_n)["adj.rate"])
			variance <- sum((standard_n / sum(standard_n))^2 * x / n^2)
			ends <- function(level) 100 * (adjusted + sqrt(variance / sum(x)) * (limits(sum(x), level) - sum(x)))
			rate <- 100 * adjusted
		} else {
			sir <- ageadjust.indirect(count = x, pop = n, stdcount = standard_x, stdpop = standard_n)$sir
			e <- unname(sir["exp"])
			rate <- b * unname(sir["sir"])
			ends <- function(level) b * limits(sum(x), level) / e
			if (year == last) {
				add("expected", area, across, "estimate", e)
				add("standardised_ratio", area, across, c("estimate", "low", "high"), 100 * c(sum(x), limits(sum(x), 95)) / e)
				inner <- c(funnel(e, .025), funnel(e, .975))
				outer <- c(funnel(e, .001), funnel(e, .999))
				add("funnel_inner", area, across, c("low", "high"), 100 * inner)
				add("funnel_outer", area, across, c("low", "high"), 100 * outer)
				ratio <- sum(x) / e
				add("funnel_outer", area, across, "standing",
					12 - (ratio < inner[1]) - (ratio < outer[1]) + (ratio > inner[2]) + (ratio > outer[2]))
			}
		}
		add("standardised_rate", area, across, c("estimate", "low", "high"), c(rate, ends(95)))
		if (year == last) {
			low <- ends(95)[1]
			high <- ends(95)[2]
			add("benchmark", area, across, "standing", if (high < b) -1 else if (low > b) 1 else 0)
		}
	}
add("benchmark", "", paste0("period=", last), "estimate", b)
want <- do.call(rbind, want)

got <- read.csv(arguments[4], colClasses = "character", na.strings = NULL)
value <- setNames(number(got$value), got$key)
compared <- value[want$key]
wrong <- is.na(compared) | abs(compared - want$value) > 1e-9 * pmax(1, abs(want$value))
if (any(wrong)) {
	print(head(data.frame(want[wrong, ], got = compared[wrong]), 20))
	quit(status = 1)
}
left <- setdiff(got$key, want$key)
if (length(left)) {
	print(head(left, 20))
	quit(status = 1)
}
cat(nrow(want), "figures agree\n")
