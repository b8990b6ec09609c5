# The figures of kind estimate again, by metafor and base R, from the published file: Rscript estimates.R FILE FIGURES, where
# FIGURES is what compared.db holds of the analysis. Prints how many agree, or ends with 1.
suppressPackageStartupMessages(library(metafor))
arguments <- commandArgs(TRUE)
file <- read.csv(arguments[1], colClasses = "character", strip.white = TRUE)
number <- function(text) suppressWarnings(as.numeric(text))
file$year <- as.integer(substr(file$period_code, 6, 9))
file$value <- number(file$observation)
file$low <- number(file$lcl_95)
file$high <- number(file$ucl_95)
england <- file[file$area_code == "E92000001", ]
areas <- file[grepl("^E(06|08|09|10)", file$area_code) & !is.na(file$value), ]
last <- max(areas$year)
now <- areas[areas$year == last, ]
b <- england$value[england$year == last]

want <- list()
add <- function(statistic, area, across, name, value, tolerance = 1e-9)
	want[[length(want) + 1]] <<- data.frame(key = paste(statistic, area, across, name), value = value, tolerance = tolerance)
in_year <- function(year) paste0("period=", year)
add("estimate", areas$area_code, in_year(areas$year), "estimate", areas$value)
add("estimate", areas$area_code, in_year(areas$year), "low", areas$low)
add("estimate", areas$area_code, in_year(areas$year), "high", areas$high)

# standing in five levels: anxiety is the worse the higher
se <- (now$high - now$low) / 3.92
reach <- qnorm(.999) * se
level <- ifelse(now$high < b, 2, ifelse(now$low > b, -2, 0))
level <- ifelse(level == 2 & now$value + reach < b, 33, ifelse(level == -2 & now$value - reach > b, 30, level))
add("standard_error", now$area_code, in_year(last), "se", se)
add("benchmark", now$area_code, in_year(last), "standing", level)

# Fay-Herriot: tau squared by restricted maximum likelihood; errors by g1 + g2 + 2 g3
fit <- rma(yi = now$value, sei = se, method = "REML", control = list(threshold = 1e-14, maxiter = 10000, tau2.max = 10))
d <- se^2
v <- fit$tau2 + d
gamma <- fit$tau2 / v
g <- gamma * d + (1 - gamma)^2 / sum(1 / v) + 2 * d^2 / v^3 * 2 / sum(v^-2)
eblup <- gamma * now$value + (1 - gamma) * c(fit$beta)
stopifnot(max(abs(eblup - blup(fit)$pred)) < 1e-9)
add("fay_herriot", now$area_code, in_year(last), "estimate", eblup, 1e-7)
add("fay_herriot", now$area_code, in_year(last), "se", sqrt(g), 1e-7)
add("fay_herriot_difference", now$area_code, in_year(last), "estimate", eblup - now$value, 1e-7)
add("areas_mean", "", in_year(last), "estimate", c(fit$beta), 1e-7)
add("areas_mean", "", in_year(last), "se", 1 / sqrt(sum(1 / v)), 1e-7)
add("between_areas_sd", "", in_year(last), "estimate", sqrt(fit$tau2), 1e-6)
add("heterogeneity", "", in_year(last), "statistic", fit$QE)
add("heterogeneity", "", in_year(last), "df", nrow(now) - 1)
add("heterogeneity", "", in_year(last), "p", fit$QEp, 1e-9)
add("i_squared", "", in_year(last), "estimate", 100 * max(0, (fit$QE - (nrow(now) - 1)) / fit$QE))

# the trend marker, by lm, and the charts, by the rules as they are written
for (of in split(areas, areas$area_code)) {
	of <- of[order(of$year), ]
	five <- of[of$year > last - 5, ]
	if (nrow(five) == 5) {
		weight <- (3.92 / (five$high - five$low))^2
		slope <- function(rows) coef(lm(value ~ year, five[rows, ], weights = weight[rows]))[[2]]
		x <- five$year - weighted.mean(five$year, weight)
		left <- sapply(1:5, function(i) slope(-i))
		marked <- slope(1:5)^2 * sum(weight * x^2) > qchisq(.998, 1) && all(sign(left) == sign(slope(1:5)))
		add("trend", five$area_code[1], "", "estimate", slope(1:5), 1e-7)
		add("trend", five$area_code[1], "", "standing", 21 + if (marked) sign(slope(1:5)) else 0)
	}
	count <- 0
	while ((last - count) %in% of$year) count <- count + 1
	if (count < 5) next
	y <- tail(of$value, count)
	range <- abs(diff(y))
	range <- mean(range[range <= 3.267 * mean(range)])
	add("control_chart", of$area_code[1], "", "estimate", mean(y))
	add("control_chart", of$area_code[1], "", "low", mean(y) - 2.66 * range)
	add("control_chart", of$area_code[1], "", "high", mean(y) + 2.66 * range)
	far <- (y - mean(y)) / (2.66 * range)
	seven <- function(same) sapply(seq_along(y), function(i) i >= 7 && same(y[(i - 6):i]))
	run <- seven(function(y7) all(y7 > mean(y)) || all(y7 < mean(y)))
	drift <- seven(function(y7) all(diff(y7) > 0) || all(diff(y7) < 0))
	near <- sapply(seq_along(y), function(i) i >= 3 && abs(far[i]) > 2 / 3 &&
		(sum(far[(i - 2):i] > 2 / 3) >= 2 || sum(far[(i - 2):i] < -2 / 3) >= 2))
	add("signal", of$area_code[1], in_year(tail(of$year, count)), "standing",
		40 + (abs(far) > 1) + 2 * run + 4 * drift + 8 * near)
}
want <- do.call(rbind, want)

got <- read.csv(arguments[2], colClasses = "character", na.strings = NULL)
value <- setNames(number(got$value), got$key)
compared <- value[want$key]
wrong <- is.na(compared) | abs(compared - want$value) > want$tolerance * pmax(1, abs(want$value))
if (any(wrong)) {
	print(head(data.frame(want[wrong, c("key", "value")], got = compared[wrong]), 20))
	quit(status = 1)
}
left <- setdiff(got$key, want$key)
if (length(left)) {
	print(head(left, 20))
	quit(status = 1)
}
cat(nrow(want), "figures agree\n")
