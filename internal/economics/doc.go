// Package economics computes whether co-using a service pays, after the method of the Wirtschaftlichkeitsbetrachtung
// of the federal administration (WiBe, capital value method).
//
// Up to three alternatives are compared over 3 to 7 years: Nachnutzung, a solution of the Land's own (ThAVEL), and
// going on as before. Each has one-off and yearly amounts, borne by Land, Kommunen or Bund, and the working time that
// its cases take. One-off amounts fall due at the start, yearly amounts at the end of each year:
//
//	present value    = one-off + Σ (yearly + working time) / (1 + rate)^t        for t = 1 … years
//	working time     = cases × minutes / 60 × cost of an hour                    for each year
//	capital value    = present value of going on as before − present value of the alternative
//	break-even       = the first year after which the discounted advantages cover the costs
//
// Amounts are whole cents. In between, everything is an exact fraction (math/big.Rat), so neither the order of entry
// nor the number of steps can change a result; only what is shown is rounded, once, half away from zero.
package economics
