import Jacobi
import JacobiTesting
import Testing

/// Transforms against NumPy, and by what is known of them.
@Suite struct FourierTests {
  /// The result of a fixture's function.
  static func result(_ fixture: FourierFixture, _ dtype: DType = .float64) -> Tensor? {
    let (n, norm, complexType) = (fixture.length, fixture.normalization, dtype.complexified!)
    let half = complexSamples([n / 2 + 1], seed: 3, dtype: complexType)
    var line: Tensor { samples([n], seed: 7, dtype: dtype) }
    var complexLine: Tensor { complexSamples([n], seed: 1, dtype: complexType) }
    var block: Tensor { complexSamples([3, 4, 5], seed: 1, dtype: complexType) }
    var realBlock: Tensor { samples([3, 4, 5], seed: 7, dtype: dtype) }
    var halfBlock: Tensor { complexSamples([3, 4, 3], seed: 3, dtype: complexType) }
    switch fixture.function {
    case "fft": return fft(complexLine, norm: norm)
    case "ifft": return ifft(complexLine, norm: norm)
    case "rfft": return rfft(line, norm: norm)
    case "irfft": return irfft(half, count: n, norm: norm)
    case "hfft": return hfft(half, count: n, norm: norm)
    case "ihfft": return ihfft(line, norm: norm)
    case "fftn": return fftn(block, norm: norm)
    case "ifftn": return ifftn(block, norm: norm)
    case "fft2": return fft2(block, norm: norm)
    case "ifft2": return ifft2(block, norm: norm)
    case "fftn of [2, 6]": return fftn(block, counts: [2, 6], norm: norm)
    case "fft along axis 1": return fft(block, axis: 1, norm: norm)
    case "rfft along axis 0": return rfft(realBlock, axis: 0, norm: norm)
    case "rfftn": return rfftn(realBlock, norm: norm)
    case "irfftn": return irfftn(halfBlock, norm: norm)
    case "irfftn of 5": return irfftn(halfBlock, counts: [3, 4, 5], norm: norm)
    case "fftFrequencies": return fftFrequencies(n, spacing: 0.25)
    case "rfftFrequencies": return rfftFrequencies(n, spacing: 0.25)
    case "fftShift": return fftShift(line)
    case "ifftShift": return ifftShift(line)
    default: return trigonometric(fixture, line)
    }
  }

  private static func trigonometric(_ fixture: FourierFixture, _ x: Tensor) -> Tensor? {
    let type = Int(String(fixture.function.last!))!
    return switch fixture.function.split(separator: " ")[0] {
    case "dct": dct(x, type: type, norm: fixture.normalization)
    case "idct": idct(x, type: type, norm: fixture.normalization)
    case "dst": dst(x, type: type, norm: fixture.normalization)
    case "idst": idst(x, type: type, norm: fixture.normalization)
    default: nil
    }
  }

  @Test(arguments: [DType.float64, .float32]) func asNumPy(_ dtype: DType) throws {
    var compared = 0
    for fixture in FourierFixture.all {
      guard let own = Self.result(fixture, dtype) else { continue }
      let distance = fixture.distance(from: own)
      #expect(distance < (dtype == .float64 ? 3e-15 : 2e-6), "\(fixture.testDescription): \(distance)")
      compared += 1
    }
    #expect(compared > 300)
  }

  @Test(arguments: [1, 2, 7, 12, 121, 134]) func roundTrips(_ n: Int) {
    let x = complexSamples([2, n], seed: 5)
    let r = samples([2, n], seed: 5)
    for norm in FourierNorm.allCases {
      expectClose(ifft(fft(x, norm: norm), norm: norm), x)
      expectClose(irfft(rfft(r, norm: norm), count: n, norm: norm), r)
      expectClose(hfft(ihfft(r, norm: norm), count: n, norm: norm), r)
      expectClose(ifft(fft(x, axes: [0, 1], norm: norm), axes: [0, 1], norm: norm), x)
      expectClose(irfftn(rfftn(r, norm: norm), counts: [2, n], norm: norm), r)
      expectClose(ifft2(fft2(x, norm: norm), norm: norm), x)
    }
    expectClose(ifftShift(fftShift(x)), x, 0)
  }

  /// The transform of real numbers is that of complex ones, and lines do not depend on their neighbors.
  @Test(arguments: [1, 2, 6, 9, 67, 128, 134]) func consistency(_ n: Int) {
    let r = samples([3, n], seed: 9)
    let whole = fft(r)
    expectClose(rfft(r), whole[0..., 0..<(n / 2 + 1)])
    for line in 0..<3 { expectClose(fft(r[line]), whole[line], 0) }
    expectClose(fft(r.transposed(), axis: 0).transposed(), whole, 0)
    expectClose(rfft(r.transposed(), axis: 0).transposed(), rfft(r), 0)
    let half = rfft(r)
    expectClose(irfft(half.transposed(), count: n, axis: 0).transposed(), irfft(half, count: n), 0)
    // Parseval.
    let energy = (abs(whole) ** 2).sum() / Double(n)
    expectClose(energy, (r ** 2).sum(), 1e-12 * Double(n))
    expectClose(fft(r, count: n + 3), fft(Tensor.concatenated([r, Tensor.zeros([3, 3])], axis: 1)), 0)
    if n > 2 { expectClose(fft(r, count: n - 2), fft(r[0..., 0..<(n - 2)]), 0) }
  }

  /// The power spectrum Σ w_k |X_k|² has the gradient 2 n Re(ifft(w X)).
  @Test(arguments: [5, 8, 67]) func gradientOfPowerSpectrum(_ n: Int) {
    let (x, w) = (samples([n], seed: 2), samples([n], seed: 3))
    let power = { (x: Tensor) in (w * abs(fft(x)) ** 2).sum() }
    let expected = 2 * Double(n) * realPart(ifft(w.asType(.complex128) * fft(x)))
    expectClose(grad(power)(x), expected, 1e-12 * Double(n * n))
    expectClose(jit(grad(power))(x), expected, 1e-12 * Double(n * n))
    // The Hessian is the same for all x: the rows of a circulant matrix.
    expectClose(
      hvp(power, at: x, along: w), 2 * Double(n) * realPart(ifft(w.asType(.complex128) * fft(w))), 1e-12 * Double(n * n)
    )
    let half = { (x: Tensor) in (abs(rfft(x)) ** 2).sum() }
    let weights = Tensor((0..<(n / 2 + 1)).map { $0 == 0 || 2 * $0 == n ? 1.0 : 0.5 })
    expectClose(
      grad(half)(x), 2 * Double(n) * irfft(complex(weights, Tensor.zeros(like: weights)) * rfft(x), count: n),
      1e-12 * Double(n * n))
  }

  @Test func compiledAndBatchedAsEagerly() {
    let x = samples([4, 6, 5], seed: 4)
    let f = { (x: Tensor) in irfft(rfft(x, axis: 0) * ifft(fft(x, axis: 0), axis: 0)[0..<4], count: 6, axis: 0) }
    let expected = Tensor.stacked((0..<4).map { f(x[$0]) })
    expectClose(vmap(f)(x), expected)
    expectClose(jit(vmap(f))(x), expected)
    expectClose(vmap(f, axis: 1)(x.transposed([1, 0, 2])), expected)
  }

  /// Orthogonal matrices: the gradient of a product with them is the product with the inverse.
  @Test(arguments: [1, 2, 3, 4], [2, 5, 8]) func trigonometricTransforms(_ type: Int, _ n: Int) {
    let (x, w) = (samples([3, n], seed: 2), samples([3, n], seed: 3))
    expectClose(idct(dct(x, type: type), type: type), x)
    expectClose(idst(dst(x, type: type, axis: 0), type: type, axis: 0), x)
    expectClose(grad { x in (w * dct(x, type: type, norm: .ortho)).sum() }(x), idct(w, type: type, norm: .ortho))
    expectClose(grad { x in (w * dst(x, type: type, norm: .ortho)).sum() }(x), idst(w, type: type, norm: .ortho))
    expectClose(jit { x in dct(x, type: type) }(x), dct(x, type: type))
    expectClose(vmap { x in dst(x, type: type) }(x), dst(x, type: type))
    expectClose(dct(x.transposed(), type: type, axis: 0).transposed(), dct(x, type: type), 0)
    #expect(dct(x.asType(.float32), type: type, norm: .ortho).dtype == .float32)
  }

  /// Long lines, which other passes and memory serve: the transform of a wave is one number.
  @Test(arguments: [4096, 5000, 4099]) func longWaves(_ n: Int) {
    let angles = (Tensor.arange(n, dtype: .float64) * 7.0) * (2 * Double.pi / Double(n))
    let y = fft(complex(cos(angles), sin(angles)))
    let expected = Tensor((0..<n).map { $0 == 7 ? Double(n) : 0 })
    expectClose(y, expected.asType(.complex128), 1e-9)
  }

  @Test func errorsSayWhatFits() {
    func message(_ body: () -> Tensor) -> String {
      do {
        _ = try catchingTensorErrors { body() }
        return "no error"
      } catch {
        return "\(error)"
      }
    }
    let x = Tensor.ones([2, 3])
    #expect(message { fft(x, axis: 2) }.contains("fft: expected axes of shape [2, 3], got 2"))
    #expect(message { fft(x, count: 0) }.contains("fft: count must be at least 1, got 0"))
    #expect(message { fft(Tensor(1.0)) }.contains("got -1"))
    #expect(message { fft2(x, counts: [2]) }.contains("fft2: expected a count for each of 2 axes, got 1"))
    #expect(message { ifft(Tensor.ones([3], dtype: .int64)) }.contains("ifft: expected elements of float32"))
    #expect(message { rfft(complexSamples([3], seed: 1)) }.contains("rfft: expected elements of float32 or float64"))
    #expect(message { fft(Tensor.zeros([0])) }.contains("fft: expected at least one element along axis 0"))
    #expect(message { irfft(Tensor.ones([1])) }.contains("irfft: expected at least two elements"))
    #expect(message { rfftn(x, axes: []) }.contains("rfftn: expected at least one axis"))
    #expect(message { dct(x, type: 5) }.contains("dct: type must be 1, 2, 3 or 4, got 5"))
    #expect(message { dct(Tensor.ones([1]), type: 1) }.contains("dct: expected at least 2 elements along axis 0"))
    #expect(message { fftFrequencies(0) }.contains("fftFrequencies: count must be at least 1"))
    #expect(
      message { InverseRealFFT(axis: 0, count: 3).bind(complexSamples([3], seed: 1)) }
        .contains("3 real numbers have 2 elements along axis 0"))
  }
}

/// Expects that two tensors have one type, and differ by little.
func expectClose(
  _ x: Tensor, _ y: Tensor, _ tolerance: Double = 1e-12, sourceLocation: Testing.SourceLocation = #_sourceLocation
) {
  #expect(x.type == y.type, sourceLocation: sourceLocation)
  if x.type != y.type || x.count == 0 { return }
  let error = Double(abs(x - y).max().asType(.float64))
  #expect(error <= tolerance, "differ by \(error)", sourceLocation: sourceLocation)
}
