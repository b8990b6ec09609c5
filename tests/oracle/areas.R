# The numbers that rates, funnels, trends and models of areas are tested against, made by R (4.2.2): stats, lme4, metafor, on
# data that ship with R and these packages.
#
#   Rscript tests/oracle/areas.R

source(file.path(dirname(sub("^--file=", "", grep("^--file=", commandArgs(FALSE), value = TRUE))), "write.R"))
suppressPackageStartupMessages({ library(lme4); library(metafor) })

# --- funnel limits: Spiegelhalter 2005 by R's own quantiles; where the tail or more lies at n, the upper one is 1 ---

exact <- function(q, quantile, lower, density) {
	r <- quantile(q)
	max(0, r - (lower(r) - q) / density(r))
}
write_rows("funnel_share", apply(expand.grid(c(.02, .1, .35, .5, .64, .97), c(3, 10, 44, 130, 265, 1000, 25000), c(95, 99.8)), 1,
	function(c) {
		tail <- (1 - c[3] / 100) / 2
		at <- sapply(c(tail, 1 - tail), exact, function(q) qbinom(q, c[2], c[1]), function(r) pbinom(r, c[2], c[1]),
		             function(r) dbinom(r, c[2], c[1])) / c[2]
		at[2] <- if (dbinom(c[2], c[2], c[1]) >= tail) 1 else at[2]
		row(sprintf("%g per cent around %g, n %g", c[3], c[1], c[2]), centre = number(c[1]), n = number(c[2]),
		    level = number(c[3]), low = number(at[1]), high = number(at[2]))
	}))
write_rows("funnel_ratio", apply(expand.grid(c(.4, 2, 7.5, 31, 140, 2600), c(95, 99.8)), 1, function(c) {
	tail <- (1 - c[2] / 100) / 2
	at <- sapply(c(tail, 1 - tail), exact, function(q) qpois(q, c[1]), function(r) ppois(r, c[1]), function(r) dpois(r, c[1])) / c[1]
	row(sprintf("%g per cent, %g expected", c[2], c[1]), n = number(c[1]), level = number(c[2]), low = number(at[1]),
	    high = number(at[2]))
}))
over <- list("cbpp by herd" = as.matrix(aggregate(cbind(incidence, size) ~ herd, cbpp, sum)[2:3]),
	"esoph by agegp and alcgp" = with(subset(transform(esoph, n = ncases + ncontrols), n > 0),
		as.matrix(aggregate(cbind(ncases, n) ~ agegp + alcgp, FUN = sum)[3:4])),
	"UCB admissions by department" = cbind(margin.table(UCBAdmissions, c(3, 1))[, 1], margin.table(UCBAdmissions, 3)),
	"Titanic by class, sex and age" = { t <- as.data.frame(Titanic)
		a <- aggregate(Freq ~ Class + Sex + Age, t, sum); s <- aggregate(Freq ~ Class + Sex + Age, subset(t, Survived == "Yes"), sum)
		cbind(s$Freq, a$Freq)[a$Freq > 0, ] })
write_rows("overdispersion", lapply(names(over), function(name) {
	x <- over[[name]][, 1]; n <- over[[name]][, 2]
	centre <- sum(x) / sum(n)
	z <- (asin(sqrt(x / n)) - asin(sqrt(centre))) * sqrt(4 * n)
	q <- quantile(z, c(.1, .9), type = 7)
	phi <- mean(pmin(q[2], pmax(q[1], z))^2)
	w <- 4 * n
	tau2 <- max(0, (length(x) * phi - (length(x) - 1)) / (sum(w) - sum(w^2) / sum(w)))
	row(name, x = doubles(x), n = doubles(n), areas = length(x), centre = number(centre), phi = number(phi), tau2 = number(tau2))
}))

# --- rates ---

write_rows("poisson_limits", lapply(c(0, 1, 2, 5, 9, 10, 11, 30, 187, 2450), function(o) {
	z <- qnorm(.975)
	limits <- if (o < 10) as.vector(poisson.test(o)$conf.int) else
		c(o * (1 - 1 / (9 * o) - z / (3 * sqrt(o)))^3, (o + 1) * (1 - 1 / (9 * (o + 1)) + z / (3 * sqrt(o + 1)))^3)
	row(sprintf("%g events", o), observed = o, low = number(limits[1]), high = number(limits[2]))
}))

# --- models of areas ---

many <- list(
	groups_of("sleepstudy Reaction by Subject", sleepstudy$Reaction, sleepstudy$Subject),
	groups_of("Dyestuff Yield by Batch", Dyestuff$Yield, Dyestuff$Batch),
	groups_of("Dyestuff2 Yield by Batch (no variance between)", Dyestuff2$Yield, Dyestuff2$Batch),
	groups_of("Penicillin diameter by plate", Penicillin$diameter, Penicillin$plate),
	groups_of("Pastes strength by batch", Pastes$strength, Pastes$batch),
	groups_of("cake angle by recipe and replicate", cake$angle, interaction(cake$recipe, cake$replicate)),
	groups_of("CO2 uptake by Plant", CO2$uptake, CO2$Plant),
	groups_of("chickwts weight by feed", chickwts$weight, chickwts$feed),
	groups_of("InsectSprays count by spray", InsectSprays$count, InsectSprays$spray),
	groups_of("Orthodont-like: ChickWeight by Chick", ChickWeight$weight, factor(as.character(ChickWeight$Chick))))
write_rows("random_intercept", lapply(many, function(s) {
	control <- lmerControl(optimizer = "Nelder_Mead", optCtrl = list(xtol_abs = 1e-14, xtol_rel = 1e-14, ftol_abs = 1e-14, FtolAbs = 1e-14, XtolRel = 1e-14))
	m <- suppressMessages(suppressWarnings(lmer(y ~ 1 + (1 | g), data.frame(y = s$y, g = s$group), REML = TRUE, control = control)))
	v <- as.data.frame(VarCorr(m))$vcov
	none <- logLik(lm(s$y ~ 1), REML = TRUE)
	statistic <- max(0, as.vector(2 * (logLik(m) - none)))
	u <- ranef(m, condVar = TRUE)$g
	row(s$name, y = doubles(s$y), first = sizes(s$first), groups = s$k, mean = number(fixef(m)), se = number(sqrt(vcov(m)[1, 1])),
	    tau2 = number(v[1]), sigma2 = number(v[2]), statistic = number(statistic),
	    p = number(if (statistic > 1e-6) pchisq(statistic, 1, lower.tail = FALSE) / 2 else 1),
	    estimate = doubles(fixef(m) + u[levels(s$group), 1]), area_se = doubles(sqrt(attr(u, "postVar")[1, 1, match(levels(s$group), rownames(u))])))
}))
counted <- list("cbpp by herd" = over[[1]], "UCB by department" = over[[3]], "Titanic by class, sex and age" = over[[4]],
	"esoph by agegp and alcgp" = over[[2]])
write_rows("random_logit", lapply(names(counted), function(name) {
	x <- as.vector(counted[[name]][, 1]); n <- as.vector(counted[[name]][, 2]); g <- factor(seq_along(x))
	m <- glmer(cbind(x, n - x) ~ 1 + (1 | g), family = binomial, nAGQ = 25,
	           control = glmerControl(optimizer = "bobyqa", optCtrl = list(rhoend = 1e-10)))
	none <- logLik(glm(cbind(x, n - x) ~ 1, family = binomial))
	fitted <- as.vector(plogis(fixef(m) + ranef(m)$g[, 1]))
	row(name, x = doubles(x), n = doubles(n), count = length(x), logit = number(fixef(m)), tau = number(sqrt(VarCorr(m)$g[1])),
	    estimate = doubles(fitted))
}))
estimates <- list(
	"BCG vaccine (metafor dat.bcg)" = with(escalc(measure = "RR", ai = tpos, bi = tneg, ci = cpos, di = cneg, data = dat.bcg), list(y = as.vector(yi), d = vi)),
	"mean Reaction by Subject (sleepstudy)" = with(aggregate(Reaction ~ Subject, sleepstudy, function(y) c(mean(y), var(y) / length(y))),
		list(y = Reaction[, 1], d = Reaction[, 2])),
	"mean uptake by Plant (CO2)" = with(aggregate(uptake ~ Plant, CO2, function(y) c(mean(y), var(y) / length(y))), list(y = uptake[, 1], d = uptake[, 2])),
	"mean weight by feed (chickwts)" = with(aggregate(weight ~ feed, chickwts, function(y) c(mean(y), var(y) / length(y))), list(y = weight[, 1], d = weight[, 2])),
	"less between than within" = list(y = c(7.5, 7.4, 7.6, 7.5, 7.45, 7.55, 7.52), d = c(.1, .12, .09, .2, .15, .11, .3)))
write_rows("fay_herriot", lapply(names(estimates), function(name) {
	y <- estimates[[name]]$y; d <- estimates[[name]]$d
	m <- rma(y, d, method = "REML", control = list(threshold = 1e-14, maxiter = 10000, stepadj = .5))
	b <- blup(m)
	v <- m$tau2 + d
	mse <- m$tau2 * d / v + (d / v)^2 * m$se^2 + 2 * d^2 / v^3 * 2 / sum(v^-2)
	row(name, y = doubles(y), d = doubles(d), count = length(y), mean = number(m$b), se = number(m$se), tau2 = number(m$tau2),
	    q = number(m$QE), p = number(m$QEp), estimate = doubles(b$pred), area_se = doubles(sqrt(mse)))
}))
