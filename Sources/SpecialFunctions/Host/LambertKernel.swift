import Numerics

/// The solution w of w exp(w) = x: at least -1 on branch 0, at most -1 on branch -1.
func lambert(_ x: Double, branch: Int) -> Double {
  // 1 + e x, with e in two parts.
  let distance = 1.0.addingProduct(x, 2.718281828459045) + x * 1.4456468917292502e-16
  let isPrincipal = branch == 0
  guard isPrincipal || x <= 0 else { return .nan }
  // The number next to -1/e is below it.
  guard distance >= 0 else { return distance > -1e-16 ? -1 : .nan }
  if x == 0 || x == .infinity { return isPrincipal ? x : -.infinity }
  if distance == 0 { return -1 }
  var w = lambertStart(x, distance, isPrincipal: isPrincipal)
  if distance < 1e-6 { return w }
  for _ in 0..<30 {
    // Where w is large, in logarithms; else by Halley's method.
    let step: Double
    if w.magnitude > 2 {
      step = (w + .log(w / x)) * w / (1 + w)
    } else {
      let power = Double.exp(w)
      let difference = w * power - x
      step = difference / (power * (w + 1) - (w + 2) * difference / (2 * w + 2))
    }
    w -= step
    if !(step.magnitude > 1e-8 * w.magnitude) { break }
  }
  return w
}

/// A first guess; next to the branch point, at -1/e, the series in the root of the distance.
private func lambertStart(_ x: Double, _ distance: Double, isPrincipal: Bool) -> Double {
  let root = (2 * distance).squareRoot()
  let p = isPrincipal ? root : -root
  if distance < 0.3 {
    // Corless and others, On the Lambert W function (1996), equation 4.22.
    let high = 11.0 / 72 + p * (-43.0 / 540 + p * (769.0 / 17280 + p * (-221.0 / 8505)))
    return -1 + p * (1 + p * (-1.0 / 3 + p * high))
  }
  if isPrincipal {
    if x < 3 { return x > 0 ? .log(onePlus: x) * 0.7 : x * (1 - x) }
    let size = Double.log(x)
    return size - .log(size)
  }
  let size = Double.log(-x)
  return size - .log(-size)
}
