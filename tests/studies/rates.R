# The figures of kind rate again, in base R, from the published files: Rscript rates.R FILE TOTAL EVENTS FIGURES, where FIGURES
# is what compared.db holds of the analysis. Each is computed otherwise than compare does: the funnel from R's qbinom, pbinom
# and dbinom, the random intercept by a sum over a fine grid, the trend by lm. Prints how many agree, or ends with 1.
arguments <- commandArgs(TRUE)
file <- read.csv(arguments[1], fileEncoding = "UTF-8-BOM", colClasses = "character", check.names = FALSE)
file <- file[file$care_leaver_age == "19 to 21 years", ]
number <- function(text) suppressWarnings(as.numeric(text))
take <- function(rows, breakdown) {
	rows <- rows[rows$breakdown == breakdown, ]
	data.frame(area = rows$new_la_code, year = as.integer(rows$time_period), value = number(rows$care_leaver_count))
}
pairs_of <- function(level) {
	rows <- file[file$geographic_level == level, ]
	pairs <- merge(take(rows, arguments[3]), take(rows, arguments[2]), by = c("area", "year"))
	names(pairs)[3:4] <- c("x", "n")
	pairs[!is.na(pairs$x) & !is.na(pairs$n) & pairs$n > 0, ]
}
areas <- pairs_of("Local authority")
areas <- areas[!areas$area %in% c("E10000006", "E10000021"), ] # closed before the day of the study: set aside
england <- pairs_of("National")
last <- max(areas$year)
now <- areas[areas$year == last, ]
p0 <- with(england[england$year == last, ], x / n)

z <- qnorm(.975)
wilson <- function(x, n) {
	half <- z * sqrt(z^2 + 4 * x * (1 - x / n))
	cbind((2 * x + z^2 - half) / (2 * (n + z^2)), (2 * x + z^2 + half) / (2 * (n + z^2)))
}
exact <- function(n, q) {
	r <- qbinom(q, n, p0)
	limit <- pmax(0, (r - (pbinom(r, n, p0) - q) / dbinom(r, n, p0)) / n)
	ifelse(q > .5 & p0^n >= 1 - q, 1, limit) # all of n come up by chance as often as the tail says
}
angle <- function(p) asin(sqrt(p))
z_funnel <- (angle(now$x / now$n) - angle(p0)) * 2 * sqrt(now$n)
ends <- quantile(z_funnel, c(.1, .9), names = FALSE)
phi <- mean(pmin(pmax(z_funnel, ends[1]), ends[2])^2)
w <- 4 * now$n
k <- nrow(now)
tau2 <- max(0, (k * phi - (k - 1)) / (sum(w) - sum(w^2) / sum(w)))
wide <- function(n, q) sin(pmin(pmax(angle(p0) + qnorm(q) * sqrt(1 / (4 * n) + tau2), 0), pi / 2))^2

grid <- seq(-9, 9, length.out = 4001)
loglik <- function(par) {
	tau <- exp(par[2])
	sum(mapply(function(x, n) {
		f <- dbinom(x, n, plogis(par[1] + tau * grid), log = TRUE) + dnorm(grid, log = TRUE)
		m <- max(f)
		m + log(sum(exp(f - m)) * (grid[2] - grid[1]))
	}, now$x, now$n))
}
fit <- optim(c(qlogis(sum(now$x) / sum(now$n)), log(.3)), loglik, method = "BFGS", control = list(fnscale = -1, reltol = 1e-14))
tau <- exp(fit$par[2])
mode_of <- function(x, n) uniroot(function(u) x - n * plogis(fit$par[1] + u) - u / tau^2, c(-9, 9), tol = 1e-12)$root
u <- mapply(mode_of, now$x, now$n)
drawn <- plogis(fit$par[1] + u)
se <- 1 / sqrt(now$n * drawn * (1 - drawn) + 1 / tau^2)
null <- sum(dbinom(now$x, now$n, sum(now$x) / sum(now$n), log = TRUE))

want <- list()
add <- function(statistic, area, across, name, value, tolerance = 1e-9)
	want[[length(want) + 1]] <<- data.frame(key = paste(statistic, area, across, name), value = value, tolerance = tolerance)
in_year <- function(year) paste0("period=", year)
limits <- wilson(areas$x, areas$n)
add("events", areas$area, in_year(areas$year), "n", areas$x)
add("count", areas$area, in_year(areas$year), "n", areas$n)
add("share", areas$area, in_year(areas$year), "estimate", 100 * areas$x / areas$n)
add("share", areas$area, in_year(areas$year), "low", 100 * limits[, 1])
add("share", areas$area, in_year(areas$year), "high", 100 * limits[, 2])
limits <- wilson(now$x, now$n)
add("benchmark", now$area, in_year(last), "standing", ifelse(limits[, 2] < p0, -1, ifelse(limits[, 1] > p0, 1, 0)))
where <- function(p, f, n) 12 - (p < f(n, .025)) - (p < f(n, .001)) + (p > f(n, .975)) + (p > f(n, .999))
for (kind in c("", "_overdispersed")) {
	f <- if (kind == "") exact else wide
	add(paste0("funnel_inner", kind), now$area, in_year(last), "low", 100 * f(now$n, .025))
	add(paste0("funnel_inner", kind), now$area, in_year(last), "high", 100 * f(now$n, .975))
	add(paste0("funnel_outer", kind), now$area, in_year(last), "low", 100 * f(now$n, .001))
	add(paste0("funnel_outer", kind), now$area, in_year(last), "high", 100 * f(now$n, .999))
	add(paste0("funnel_outer", kind), now$area, in_year(last), "standing", where(now$x / now$n, f, now$n))
}
add("empirical_bayes", now$area, in_year(last), "estimate", 100 * drawn, 1e-5)
add("empirical_bayes", now$area, in_year(last), "low", 100 * plogis(qlogis(drawn) - z * se), 1e-5)
add("empirical_bayes", now$area, in_year(last), "high", 100 * plogis(qlogis(drawn) + z * se), 1e-5)
add("overdispersion", "", in_year(last), "estimate", phi)
add("between_areas_sd", "", paste(in_year(last), "funnel"), "estimate", sqrt(tau2))
add("between_areas_sd", "", paste(in_year(last), "random_intercept"), "estimate", tau, 1e-5)
add("median_odds_ratio", "", in_year(last), "estimate", exp(sqrt(2) * tau * qnorm(.75)), 1e-5)
add("heterogeneity", "", in_year(last), "statistic", 2 * (fit$value - null), 1e-6)
trend_of <- function(d) {
	d <- d[order(d$year), ]
	limits <- 100 * wilson(d$x, d$n)
	weight <- (3.92 / (limits[, 2] - limits[, 1]))^2
	slope <- function(rows) {
		fit <- lm(y ~ t, data.frame(y = 100 * d$x / d$n, t = 1:5, weight)[rows, ], weights = weight)
		c(coef(fit)[2], 1 / sum(weight[rows] * ((1:5)[rows] - weighted.mean((1:5)[rows], weight[rows]))^2))
	}
	all <- slope(1:5)
	left <- sapply(1:5, function(i) slope(-i)[1])
	marked <- all[1]^2 / all[2] > qchisq(.998, 1) && all(sign(left) == sign(all[1]))
	c(all[1], 21 + if (marked) sign(all[1]) else 0)
}
if (last - min(areas$year) == 4)
	for (d in split(areas, areas$area))
		if (nrow(d) == 5) {
			got <- trend_of(d)
			add("trend", d$area[1], "", "estimate", got[1], 1e-8)
			add("trend", d$area[1], "", "standing", got[2])
		}
want <- do.call(rbind, want)

got <- read.csv(arguments[4], colClasses = "character", na.strings = NULL)
value <- setNames(number(got$value), got$key)
compared <- value[want$key]
wrong <- is.na(compared) | abs(compared - want$value) > want$tolerance * pmax(1, abs(want$value))
if (any(wrong)) {
	print(head(data.frame(want[wrong, c("key", "value")], got = compared[wrong]), 20))
	quit(status = 1)
}
cat(nrow(want), "figures agree\n")
