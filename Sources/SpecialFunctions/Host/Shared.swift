import Primitives

/// The polygamma function; see `Primitives`.
func polygamma(_ order: Int, _ x: Double) -> Double { Polygamma(order: order).value(x) }

/// The inverse error function; see `Primitives`.
func inverseErf(_ x: Double) -> Double { Erfinv().value(x) }
