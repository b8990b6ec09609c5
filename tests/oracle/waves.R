# What tests/unit/test_waves.c expects of the same people measured twice, made by R (4.2.2): stats and effectsize, on data
# that ship with R (MASS among them), and on tables of counts made up for their corners.
#
#   Rscript tests/oracle/waves.R

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
suppressPackageStartupMessages(library(effectsize))

root <- function(f, low, high) uniroot(f, c(low, high), tol = 1e-14)$root

# --- paired means ---

wide <- function(name, before, after) list(name = name, before = as.numeric(before), after = as.numeric(after))
chicks <- function(day, diet = NULL) {
	first <- ChickWeight[ChickWeight$Time == 0, ]
	last <- ChickWeight[ChickWeight$Time == day, ]
	kept <- merge(as.data.frame(first), as.data.frame(last), by = "Chick", suffixes = c(".0", ".1"))
	if (is.null(diet)) kept else kept[kept$Diet.0 == diet, ]
}
plants <- reshape(as.data.frame(CO2)[c("Plant", "Type", "Treatment", "conc", "uptake")], idvar = "Plant", timevar = "conc",
                  direction = "wide", v.names = "uptake")
thin <- MASS::anorexia
pairs <- c(
	list(wide("sleep", sleep$extra[sleep$group == 1], sleep$extra[sleep$group == 2]),
	     wide("shoes", MASS::shoes$A, MASS::shoes$B),
	     wide("immer", MASS::immer$Y1, MASS::immer$Y2),
	     wide("anorexia", thin$Prewt, thin$Postwt),
	     wide("CO2 95 to 1000", plants$uptake.95, plants$uptake.1000),
	     wide("CO2 675 to 1000", plants$uptake.675, plants$uptake.1000),
	     wide("attitude", attitude$rating, attitude$complaints),
	     wide("iris sepals and petals", iris$Sepal.Width, iris$Petal.Length),
	     wide("two pairs", c(3, 8), c(4, 11)),
	     wide("nobody but one changed", c(4, 5, 6, 7, 8), c(4, 5, 6, 7, 9)),
	     wide("no change on average", c(1, 2, 3, 4), c(2, 1, 4, 3)),
	     wide("large numbers, small changes", 1e9 + c(1, 5, 2, 8, 4, 6), 1e9 + c(2, 5.5, 3, 8, 5, 7.25)),
	     wide("alike before", rep(5, 6), c(5, 6, 7, 5, 4, 9))),
	lapply(levels(thin$Treat), function(t) with(thin[thin$Treat == t, ], wide(paste("anorexia", t), Prewt, Postwt))),
	lapply(1:4, function(d) with(chicks(20, d), wide(paste("ChickWeight diet", d), weight.0, weight.1))))
write_rows("paired", lapply(pairs, function(s) {
	t <- t.test(s$after, s$before, paired = TRUE)
	d <- s$after - s$before
	n <- length(d)
	ncp <- sapply(c(.025, .975), function(tail)
		root(function(l) suppressWarnings(pt(t$statistic, n - 1, l, lower.tail = FALSE)) - tail, -37, 37))
	stopifnot(all.equal(mean(d) / sd(d), suppressWarnings(cohens_d(s$after, s$before, paired = TRUE, ci = NULL))[[1]]))
	row(s$name, before_values = doubles(s$before), after_values = doubles(s$after), n = n, before = number(mean(s$before)),
	    after = number(mean(s$after)), change = number(t$estimate), sd = number(sd(d)), se = number(t$stderr),
	    df = number(t$parameter), statistic = number(t$statistic), p = number(t$p.value), low = number(t$conf.int[1]),
	    high = number(t$conf.int[2]), d_z = number(mean(d) / sd(d)), d_z_low = number(ncp[1] / sqrt(n)),
	    d_z_high = number(ncp[2] / sqrt(n)),
	    d_before = if (sd(s$before) > 0) number(mean(d) / sd(s$before)) else "NAN")
}))

# --- groups on the earlier values ---

by <- function(name, x, y, group) {
	kept <- !is.na(x) & !is.na(y) & !is.na(group)
	g <- droplevels(factor(group[kept]))
	o <- order(g)
	list(name = name, x = x[kept][o], y = y[kept][o], group = g[o])
}
fed <- chicks(20)
sets <- list(
	by("anorexia by treatment", thin$Prewt, thin$Postwt, thin$Treat),
	by("ChickWeight by diet", fed$weight.0, fed$weight.1, fed$Diet.0),
	by("CO2 by type", plants$uptake.95, plants$uptake.1000, plants$Type),
	by("CO2 by type and treatment", plants$uptake.175, plants$uptake.675, interaction(plants$Type, plants$Treatment)),
	by("iris by species", iris$Sepal.Length, iris$Sepal.Width, iris$Species),
	by("airquality by month", airquality$Temp, airquality$Ozone, airquality$Month),
	by("mtcars by cylinders", mtcars$wt, mtcars$mpg, mtcars$cyl),
	by("mtcars by gear", mtcars$hp, mtcars$qsec, mtcars$gear),
	by("infert by education", infert$age, infert$parity, infert$education),
	by("swiss by faith", swiss$Education, swiss$Fertility, swiss$Catholic > 50),
	by("sizes 1, 1, 3", c(1, 2, 3, 5, 4), c(2, 2, 5, 9, 6), c("a", "b", "c", "c", "c")),
	by("large numbers", 1e8 + c(1, 4, 2, 7, 5, 3), 1e8 + c(3, 5, 3.5, 9, 4, 6), c("a", "a", "a", "b", "b", "b")))
write_rows("ancova", lapply(sets, function(s) {
	shift <- min(s$y) # so that lm loses no digits; the test and the adjusted means stay
	x <- s$x - min(s$x)
	y <- s$y - shift
	g <- s$group
	full <- lm(y ~ x + g)
	f <- anova(lm(y ~ x), full)
	a <- predict(full, data.frame(x = mean(x), g = levels(g)), se.fit = TRUE, interval = "confidence")
	row(s$name, earlier = doubles(s$x), later = doubles(s$y), first = sizes(c(0, cumsum(table(g)))), groups = nlevels(g),
	    slope = number(coef(full)[["x"]]), statistic = number(f$F[2]), df = number(f$Df[2]), df2 = number(f$Res.Df[2]),
	    p = number(f[["Pr(>F)"]][2]), mean = doubles(a$fit[, "fit"] + shift), se = doubles(a$se.fit),
	    low = doubles(a$fit[, "lwr"] + shift), high = doubles(a$fit[, "upr"] + shift))
}))

# --- paired shares: exact McNemar, and Newcombe's interval (1998, paired data, method 10) ---

wilson <- function(x, n) {
	z <- qnorm(.975)
	(2 * x + z^2 + c(-1, 1) * z * sqrt(z^2 + 4 * x * (1 - x / n))) / (2 * (n + z^2))
}
newcombe <- function(a, b, c, d) { # both, only before, only after, neither; of later less earlier
	n <- a + b + c + d
	p <- c((a + c) / n, (a + b) / n)
	w <- rbind(wilson(a + c, n), wilson(a + b, n))
	margins <- prod(as.numeric(c(a + b, c + d, a + c, b + d)))
	product <- a * d - b * c
	over <- if (product > n / 2) product - n / 2 else min(product, 0)
	phi <- if (margins > 0) over / sqrt(margins) else 0
	below <- c(p[1] - w[1, 1], w[2, 2] - p[2])
	above <- c(p[2] - w[2, 1], w[1, 2] - p[1])
	length_of <- function(s) sqrt(max(0, s[1]^2 - 2 * phi * s[1] * s[2] + s[2]^2))
	p[1] - p[2] + c(-length_of(below), length_of(above))
}
tables <- list(c(794, 150, 86, 570), c(12, 9, 4, 15), c(101, 121, 59, 33), c(20, 12, 2, 16), c(36, 12, 2, 0), c(0, 12, 2, 36),
               c(54, 0, 0, 0), c(0, 0, 0, 54), c(53, 0, 1, 0), c(0, 1, 0, 29), c(30, 0, 0, 0), c(1, 0, 0, 0), c(0, 0, 1, 0),
               c(15, 15, 15, 15), c(40, 3, 11, 25), c(8, 0, 7, 20), c(100, 60, 20, 900), c(7, 25, 1, 2), c(3, 1, 0, 6),
               c(25, 10, 10, 25), c(2, 2, 3, 3), c(1, 4, 4, 1), c(500, 1, 9, 3), c(4000, 130, 190, 5000))
write_rows("paired_shares", lapply(tables, function(t) {
	limits <- newcombe(t[1], t[2], t[3], t[4])
	p <- if (t[2] + t[3] > 0) binom.test(t[3], t[2] + t[3])$p.value else 1
	sprintf("{ %d, %d, %d, %d, %s, %s, %s, %s },", t[1], t[2], t[3], t[4], number((t[3] - t[2]) / sum(t)), number(limits[1]),
	        number(limits[2]), number(p))
}))

# --- a study of two waves: made up, without chance ---

i <- 1:96
area <- cut(i, c(0, 30, 62, 84, 96), c("A", "B", "C", "D"))
earlier <- 10 + (i * 7) %% 13
later <- round(0.6 * earlier) + (i * 5) %% 11 + as.integer(area)
yes <- cbind((i * 3) %% 7 < 3, (i * 11) %% 13 < 6)
earlier[i %% 13 == 0] <- NA # joined
later[i %% 5 == 0] <- NA # lost
yes[cbind(which(is.na(earlier)), 1)] <- NA
yes[cbind(which(is.na(later)), 2)] <- NA
moved <- i %% 17 == 0 & !is.na(earlier)
rows <- rbind(data.frame(person = i, wave = 1, area = as.integer(area), score = earlier, yes = yes[, 1]),
              data.frame(person = i, wave = 2, area = ifelse(moved, as.integer(area) %% 4 + 1, as.integer(area)), score = later, yes = yes[, 2]))
rows <- rows[!is.na(rows$score), ]
unanswered <- rows$person %% 23 == 0 # a row, and nothing in it
write_rows("waves_people", sprintf("{ %d, %d, %d, %s, %s },", rows$person, rows$wave, as.integer(rows$area),
                                   ifelse(unanswered, -1, rows$score), ifelse(unanswered, -1, as.integer(rows$yes))))
earlier[i %% 23 == 0] <- NA
later[i %% 23 == 0] <- NA
yes[i %% 23 == 0, ] <- NA
home <- as.character(area) # where the earlier row is; of those without one, the later
places <- c("A", "B", "C", "D")

lines <- list()
say <- function(analysis, statistic, values, area = NULL, across = NULL) {
	text <- function(x) if (is.null(x)) "NULL" else sprintf('"%s"', x)
	for (figure in names(values))
		lines[[length(lines) + 1]] <<- sprintf("{ %s, %s, %s, %s, %s, %s },", text(analysis), text(statistic), text(area),
		                                       text(across), text(figure), number(values[[figure]]))
}
waves <- c("wave=before", "wave=after")
everywhere <- c(as.list(places), list(NULL))
p <- list(score = c(), support = c())
for (place in everywhere) {
	here <- if (is.null(place)) rep(TRUE, 96) else home == place
	e <- earlier[here]
	l <- later[here]
	both <- !is.na(e) & !is.na(l)
	for (analysis in c("score", "support")) {
		say(analysis, "count_of_wave", list(n = sum(!is.na(e))), place, waves[1])
		say(analysis, "count_of_wave", list(n = sum(!is.na(l))), place, waves[2])
		say(analysis, "count_both", list(n = sum(both)), place)
		say(analysis, "count_lost", list(n = sum(!is.na(e) & is.na(l))), place)
		say(analysis, "count_joined", list(n = sum(is.na(e) & !is.na(l))), place)
	}
	for (w in 1:2) {
		values <- if (w == 1) e else l
		t <- t.test(values)
		say("score", "mean_of_wave", list(estimate = t$estimate, low = t$conf.int[1], high = t$conf.int[2]), place, waves[w])
		say("score", "mean_of_both", list(estimate = mean(values[both])), place, waves[w])
		y <- yes[here, w]
		x <- sum(y, na.rm = TRUE)
		n <- sum(!is.na(y))
		say("support", "share_of_wave", list(n = x, estimate = 100 * x / n, low = 100 * wilson(x, n)[1], high = 100 * wilson(x, n)[2]),
		    place, waves[w])
		say("support", "share_of_both", list(estimate = 100 * mean(y[both])), place, waves[w])
	}
	t <- t.test(l[both], e[both], paired = TRUE)
	d <- l[both] - e[both]
	n <- sum(both)
	ncp <- sapply(c(.025, .975), function(tail)
		root(function(x) suppressWarnings(pt(t$statistic, n - 1, x, lower.tail = FALSE)) - tail, -37, 37))
	say("score", "mean_change", list(estimate = t$estimate, low = t$conf.int[1], high = t$conf.int[2], statistic = t$statistic,
	                                 df = t$parameter, p = t$p.value), place)
	say("score", "cohens_d_z", list(estimate = mean(d) / sd(d), low = ncp[1] / sqrt(n), high = ncp[2] / sqrt(n)), place)
	say("score", "cohens_d_before", list(estimate = mean(d) / sd(e[both])), place)
	before <- yes[here, 1][both]
	after <- yes[here, 2][both]
	four <- c(sum(before & after), sum(before & !after), sum(!before & after), sum(!before & !after))
	limits <- newcombe(four[1], four[2], four[3], four[4])
	m <- binom.test(four[3], four[2] + four[3])$p.value
	say("support", "share_change", list(estimate = 100 * (four[3] - four[2]) / n), place)
	say("support", "count_to", list(n = four[3]), place)
	say("support", "count_from", list(n = four[2]), place)
	say("support", "mcnemar", list(low = 100 * limits[1], high = 100 * limits[2], p = m), place)
	p$score <- c(p$score, t$p.value)
	p$support <- c(p$support, m)
}
for (analysis in names(p)) {
	holm <- p.adjust(p[[analysis]][1:4], "holm")
	for (k in 1:4) say(analysis, "p_holm", list(p_adjusted = holm[k]), places[k])
}
both <- !is.na(earlier) & !is.na(later)
x <- earlier[both]
y <- later[both]
g <- factor(home[both])
full <- lm(y ~ x + g)
f <- anova(lm(y ~ x), full)
say("score", "ancova", list(statistic = f$F[2], df = f$Df[2], df2 = f$Res.Df[2], p = f[["Pr(>F)"]][2]))
a <- predict(full, data.frame(x = mean(x), g = places), interval = "confidence")
for (k in 1:4) say("score", "adjusted_mean", list(estimate = a[k, 1], low = a[k, 2], high = a[k, 3]), places[k])

# As different people: the same answers under other keys.
for (place in everywhere) {
	here <- if (is.null(place)) rep(TRUE, 96) else home == place
	e <- earlier[here & !is.na(earlier)]
	l <- later[here & !is.na(later)]
	t <- t.test(l, e)
	v <- length(l) + length(e) - 2
	spread <- sqrt(1 / length(l) + 1 / length(e))
	size <- (mean(l) - mean(e)) / sqrt((var(l) * (length(l) - 1) + var(e) * (length(e) - 1)) / v)
	j <- exp(lgamma(v / 2) - lgamma((v - 1) / 2)) / sqrt(v / 2)
	ncp <- sapply(c(.025, .975), function(tail)
		root(function(s) suppressWarnings(pt(size / spread, v, s, lower.tail = FALSE)) - tail, -37, 37))
	say("apart", "mean_difference", list(estimate = -diff(t$estimate), low = t$conf.int[1], high = t$conf.int[2],
	                                     statistic = t$statistic, df = t$parameter, p = t$p.value), place)
	say("apart", "hedges_g", list(estimate = j * size, low = j * spread * ncp[1], high = j * spread * ncp[2]), place)
	y1 <- yes[here & !is.na(yes[, 1]), 1]
	y2 <- yes[here & !is.na(yes[, 2]), 2]
	w1 <- wilson(sum(y1), length(y1))
	w2 <- wilson(sum(y2), length(y2))
	say("apart-support", "share_difference", list(estimate = 100 * (mean(y2) - mean(y1)),
	    low = 100 * (mean(y2) - mean(y1) - sqrt((mean(y2) - w2[1])^2 + (w1[2] - mean(y1))^2)),
	    high = 100 * (mean(y2) - mean(y1) + sqrt((w2[2] - mean(y2))^2 + (mean(y1) - w1[1])^2))), place)
	say("apart-support", "fisher_exact", list(p = fisher.test(rbind(table(factor(y2, c(TRUE, FALSE))),
	                                                                  table(factor(y1, c(TRUE, FALSE)))))$p.value), place)
}

# By the design of the sample: R's survey, the rows of one wave being the sample.
suppressPackageStartupMessages(library(survey))
drawn <- function(wave) {
	at <- rows[rows$wave == wave, ]
	p <- at$person
	data.frame(person = p, home = home[p], w = 0.5 + (p * 3) %% 7 / 4 + (if (wave == 2) p %% 3 / 4 else 0), cluster = p %% 12,
	           stratum = p %% 3, earlier = earlier[p], later = later[p], y1 = as.numeric(yes[p, 1]), y2 = as.numeric(yes[p, 2]))
}
for (kind in c("weights", "clusters")) for (place in everywhere) for (w in 1:2) {
	d <- drawn(w)
	d$score <- if (w == 1) d$earlier else d$later
	d$y <- if (w == 1) d$y1 else d$y2
	d$change <- d$later - d$earlier
	d$switch <- 100 * (d$y2 - d$y1)
	des <- if (kind == "weights") svydesign(ids = ~1, weights = ~w, data = d)
	       else svydesign(ids = ~cluster, strata = ~stratum, weights = ~w, data = d, nest = TRUE)
	here <- if (is.null(place)) rep(TRUE, nrow(d)) else d$home == place
	estimate <- function(formula, kept) {
		s <- subset(des, kept)
		m <- svymean(formula, s)
		list(value = coef(m)[[1]], se = as.numeric(SE(m)), df = degf(s))
	}
	limits <- function(m) m$value + c(-1, 1) * qt(.975, m$df) * m$se
	m <- estimate(~score, here & !is.na(d$score))
	say(paste0(kind, "-score"), "weighted_mean_of_wave", list(estimate = m$value, low = limits(m)[1], high = limits(m)[2]), place, waves[w])
	m <- estimate(~y, here & !is.na(d$y))
	n <- m$value * (1 - m$value) / m$se^2
	x <- n * m$value
	z <- qt(.975, m$df)
	say(paste0(kind, "-support"), "weighted_share_of_wave", list(estimate = 100 * m$value,
	    low = 100 * (2 * x + z^2 - z * sqrt(z^2 + 4 * x * (1 - x / n))) / (2 * (n + z^2)),
	    high = 100 * (2 * x + z^2 + z * sqrt(z^2 + 4 * x * (1 - x / n))) / (2 * (n + z^2))), place, waves[w])
	if (w == 1) next
	for (of in c("score", "support")) {
		m <- estimate(if (of == "score") ~change else ~switch, here & !is.na(d$earlier) & !is.na(d$later))
		say(paste0(kind, "-", of), "weighted_change", list(estimate = m$value, low = limits(m)[1], high = limits(m)[2],
		    p = 2 * pt(-abs(m$value / m$se), m$df)), place)
	}
}
write_rows("waves_study", lines)
