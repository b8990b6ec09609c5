# What sdcMicro answers, for the tests of risk and of local suppression. No package of Debian 12 brings sdcMicro, so this
# has not been run: the values in tests/oracle/sdcmicro.inc are those that its reference manual (5.7.9) prints below these
# calls, to the digits that are printed there. Whoever has sdcMicro can run it and compare.
#
# Its data testdata, testdata2, free1 and CASCrefmicrodata are not here: of testdata the manual prints the first six records'
# fk, Fk and risk, which is all that is taken from it.
library(sdcMicro)
options(digits = 9)

# francdat_complete: fk, Fk and individual risks of eight records (Capobianchi, Polettini and Lucarelli 2001)
data(francdat)
f <- freqCalc(francdat, keyVars = c(2, 4, 5, 6), w = 8)
print(cbind(f$fk, f$Fk, indivRisk(f)$rk))

# francdat_missing: the same with five values missing, each of which may be anything
x <- francdat
x[3, 5] <- NA
x[4, 2] <- x[4, 4] <- NA
x[5, 6] <- NA
x[6, 2] <- NA
f2 <- freqCalc(x, keyVars = c(2, 4, 5, 6), w = 8)
print(cbind(f2$fk, f2$Fk))

# testdata: risks of large groups, of a census and of a sample of one in a hundred
keys <- c("urbrur", "roof", "walls", "water", "sex")
print(head(measure_risk(testdata, keyVars = keys)$Res))
print(head(measure_risk(testdata, keyVars = keys, w = "sampling_weight")$Res))

# francdat_optimum: the fewest values to blank, proven (tests/testthat/test_ls_optimal.R of 2026): 2
print(ls_optimal(francdat, keyVars = c(4, 5, 6), k = 2)$objective)

# guide: the ten people of the IHSN's guide (Benschop, Machingauta and Welch 2022), examples 4.2, 4.3, 4.7 and table 4.5
guide <- data.frame(residence = c("u", "u", "u", "u", "r", "u", "u", "u", "u", "u"),
	gender = c("f", "f", "f", "m", "f", "m", "f", "m", "f", "f"),
	education = c("si", "si", "pi", "sc", "sc", "sc", "pc", "ps", "si", "si"),
	labour = c("e", "e", "n", "e", "u", "e", "n", "u", "n", "n"),
	weight = c(180, 180, 215, 76, 186, 76, 180, 215, 186, 76))
sdc <- createSdcObj(guide, keyVars = names(guide)[1:4], weightVar = "weight")
print(sdc@risk$individual)
print(suda2(sdc, original_scores = TRUE)@risk$suda2$score)
ihsn <- suda2(sdc, original_scores = FALSE)@risk$suda2
print(ihsn$score)
print(ihsn$disScore)
