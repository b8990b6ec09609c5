# Expected values for tests/unit/test_quantile.c and test_estimates.c. Run from anywhere: Rscript tests/oracle/estimates.R
# writes tests/oracle/quantile.inc and estimates.inc.
suppressMessages(library(survey))
source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))

# --- quantiles of a simple random sample: quantile(type = 1), and ranks by qbinom ---

quantile_row <- function(name, y, p, level = 95) {
	n <- length(y)
	tail <- (1 - level / 100) / 2
	ranks <- c(qbinom(tail, n, p), qbinom(1 - tail, n, p) + 1)
	# what the ranks promise: a quantile that no answer is equal to lies outside with so much on either side at most
	stopifnot(pbinom(ranks[1] - 1, n, p) <= tail, 1 - pbinom(ranks[2] - 1, n, p) <= tail + 1e-12)
	open <- ranks[1] < 1 || ranks[2] > n
	row(sprintf("quantile: %s, %g, %g", name, p, level), y = doubles(sort(y)), n = n, p = number(p), level = level,
	    value = number(quantile(y, p, type = 1)), open = if (open) "true" else "false",
	    low = if (open) "0" else number(sort(y)[ranks[1]]), high = if (open) "0" else number(sort(y)[ranks[2]]),
	    low_rank = if (open) 0 else ranks[1], high_rank = if (open) 0 else ranks[2])
}
quantile_rows <- function(name, y, p = c(.1, .25, .5, .75, .9), level = 95)
	sapply(p, function(p) quantile_row(name, y[!is.na(y)], p, level))
write_rows("quantile", unlist(c(
	quantile_rows("chickwts$weight", chickwts$weight), quantile_rows("chickwts$weight", chickwts$weight, level = 90),
	quantile_rows("airquality$Ozone", airquality$Ozone), quantile_rows("airquality$Wind", airquality$Wind, level = 99),
	quantile_rows("esoph$ncontrols", esoph$ncontrols), quantile_rows("islands", as.vector(islands)),
	quantile_rows("precip", as.vector(precip), (1:19) / 20), quantile_rows("rivers", rivers, (1:9) / 10),
	quantile_rows("faithful$waiting", faithful$waiting), quantile_rows("women$height", women$height),
	quantile_rows("InsectSprays$count", InsectSprays$count, c(.2, .4, .6, .8)),
	quantile_rows("warpbreaks$breaks", warpbreaks$breaks, c(1 / 3, 2 / 3)),
	quantile_rows("30 numbers", 1:30, (1:9) / 10), quantile_rows("300 numbers", 300:1, c(.05, .95)))))

# --- the people of tests/unit/test_estimates.c ---

i <- 0:239
people <- data.frame(area = c("N", "N", "S", "N")[i %% 4 + 1], w = 1 + (i %% 5) / 2, mood = 1 + (i * i) %% 5,
                     hours = (i * 37) %% 101, offered = 1 + (i * 17) %% 29, home = ifelse(i %% 3 == 0, "yes", "no"))
people$area[i > 233] <- "T"
people$hours[i %% 13 == 5] <- NA
people$offered[i %% 17 == 3] <- NA
sample <- svydesign(ids = ~1, weights = ~w, data = people)
plain <- svydesign(ids = ~1, weights = rep(1, nrow(people)), data = people)

line <- function(analysis, statistic, area, category, estimate, interval = c(NA, NA))
	row(paste(analysis, statistic, if (is.null(area)) "all" else area, if (is.null(category)) "" else category),
	    analysis = sprintf("\"%s\"", analysis), statistic = sprintf("\"%s\"", statistic),
	    area = if (is.null(area)) "NULL" else sprintf("\"%s\"", area),
	    category = if (is.null(category)) "NULL" else sprintf("\"%s\"", category), estimate = number(estimate),
	    low = number(interval[1]), high = number(interval[2]))
lines_of <- function(area) {
	here <- if (is.null(area)) rep(TRUE, nrow(people)) else people$area == area
	both <- here & !is.na(people$hours) & !is.na(people$offered)
	answered <- here & !is.na(people$hours)
	y <- people$hours[answered]
	total <- svytotal(~hours, subset(sample, answered))
	homes <- svytotal(~I(home == "yes"), subset(sample, here))
	ratio <- svyratio(~hours, ~offered, subset(sample, both))
	alone <- people[both, ] # as of a simple random sample of them
	alone <- svyratio(~hours, ~offered, svydesign(ids = ~1, weights = rep(1, sum(both)), data = alone))
	c(line("sum", "total", area, NULL, sum(y)),
	  line("sum", "weighted_total", area, NULL, coef(total), confint(total, df = sum(answered) - 1)),
	  line("homes", "weighted_total", area, "yes", coef(homes)[2], confint(homes, df = sum(here) - 1)[2, ]),
	  line("per", "ratio", area, NULL, coef(alone), confint(alone, df = sum(both) - 1)),
	  line("per", "weighted_ratio", area, NULL, coef(ratio), confint(ratio, df = sum(both) - 1)),
	  sapply(c(.5), function(p) {
		  ranks <- c(qbinom(.025, length(y), p), qbinom(.975, length(y), p) + 1)
		  weighted <- svyquantile(~hours, subset(sample, answered), p, interval.type = "mean", qrule = "math",
		                          df = sum(answered) - 1)$hours
		  c(line("middle", "quantile", area, p, quantile(y, p, type = 1), sort(y)[ranks]),
		    line("middle", "weighted_quantile", area, p, weighted[1], weighted[2:3]))
	  }),
	  line("moods", "quantile", area, .5, quantile(people$mood[here], .5, type = 1)),
	  line("moods", "weighted_quantile", area, .5,
	       svyquantile(~mood, subset(sample, here), .5, interval.type = "mean", qrule = "math")$mood[1]))
}
write_rows("estimates", unlist(c(lines_of("N"), lines_of("S"), lines_of(NULL))))
