import Jacobi
import Testing

/// What is said about keys and draws that do not fit.
@Suite("Errors of random draws") struct KeyErrorTests {
  private func message(_ body: () -> Tensor) -> String {
    do {
      _ = try catchingTensorErrors { body() }
      return "nothing"
    } catch { return "\((error as? TensorError)?.operation ?? ""): \((error as? TensorError)?.message ?? "\(error)")" }
  }

  private var key: RandomKey { RandomKey(seed: 1) }

  @Test func messages() {
    let batch = key.split(into: 3)
    #expect(message { .uniform(key: batch) } == "uniform: takes a single key, not a batch of shape [3]")
    #expect(message { .uniform([-1], key: key) } == "uniform: size -1 of axis 0 in [-1] is negative")
    #expect(
      message { .uniform([2], key: key, from: [0, 0, 0]) }
        == "uniform: a parameter of shape [3] does not broadcast to [2]")
    #expect(
      message { .normal(key: key, mean: Tensor(Float(1)), dtype: .float64) }
        == "normal: a parameter is float32 where float64 is drawn")
    #expect(message { .exponential(key: key, dtype: .int32) } == "exponential: draws float64, float32, not int32")
    #expect(message { .bits(key: key, dtype: .bool) } == "bits: draws int32, int64, not bool")
    #expect(
      message { .randomIntegers(key: key, in: 3..<3) }
        == "randomIntegers: the range 3..<3 is empty; expected at least one number")
    #expect(
      message { .randomIntegers(key: key, in: 0...(1 << 31), dtype: .int32) }
        == "randomIntegers: the range 0...2147483648 exceeds int32")
    #expect(
      message { Tensor([1, 2]).choice([3], key: key, replacing: false) }
        == "choice: 3 slices of 2 without replacement")
    #expect(
      message { Tensor([1, 2]).choice([3], key: key, weights: [1, 2, 3]) }
        == "choice: the weights have the shape [3]; expected one for each of 2 slices")
    #expect(
      message { .categorical(key: key, logits: Tensor.zeros([2, 0])) }
        == "categorical: axis -1 of shape [2, 0] has no choices")
    #expect(message { key.permutation(-1) } == "permutation: size -1 of axis 0 in [-1] is negative")
    #expect(
      message { key.folding(in: Tensor(0.5 as Double)).words }
        == "folding: the number must be an integer scalar, got float64[]")
    #expect(
      message { RandomKey(words: [1, 2, 3]).words }
        == "RandomKey: a key must have two words along its last axis, got the shape [3]")
    #expect(
      message { RandomKey(words: Tensor([0.5, 1])).words } == "RandomKey: the words of a key must be int32, got float64"
    )
    #expect(message { key[0].words } == "RandomKey: a single key has no axis to index")
    #expect(message { .uniform([1 << 40, 1 << 30], key: key) }.hasPrefix("uniform: "))
  }

  /// After an error all that depends on it is invalid, in silence.
  @Test func poison() {
    #expect(message { Tensor.normal(key: RandomKey(words: [1, 2, 3]).split().0) }.hasPrefix("RandomKey: "))
    #expect(
      message { Tensor.normal(key: key, mean: Tensor([1, 2]) + Tensor([1, 2, 3])) }.hasPrefix("add: "))
  }

  @Test func descriptions() {
    #expect("\(RandomKey(seed: -1))" == "RandomKey(4294967295, 4294967295)")
    #expect("\(RandomKey(seed: 7))" == "RandomKey(0, 7)")
    #expect("\(RandomKey(seed: 7).split(into: 3))" == "RandomKey(int32[3, 2])")
    #expect(RandomKey(seed: 7).split(into: 3).batchShape == [3])
  }
}
