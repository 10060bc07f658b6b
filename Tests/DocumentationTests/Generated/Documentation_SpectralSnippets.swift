// swift-format-ignore-file
// Made from Documentation/Spectral.md by Scripts/extract-snippets.sh; change the document, not this file.
import Jacobi
import JacobiTesting
import Testing


@Suite("Documentation/Spectral.md") struct Documentation_SpectralSnippets {
  @Test("Documentation/Spectral.md") func section1() throws {
    let checks = SnippetChecks(count: 7)
#sourceLocation(file: "Documentation/Spectral.md", line: 7)


let signal: Tensor = [1, 2, 3, 4]
checks.expect(0, rfft(signal), #"[10.+0.j -2.+2.j -2.+0.j]"#)
checks.expect(1, irfft(rfft(signal), count: 4), #"[1. 2. 3. 4.]"#)
checks.expect(2, fftFrequencies(4), #"[ 0.    0.25 -0.5  -0.25]"#)
checks.expect(3, dct(Tensor([1.0, 1, 1])), #"[6. 0. 0.]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Spectral.md", line: 19)
let power = { (x: Tensor) in square(abs(rfft(x)[1])) }
checks.expect(4, grad(power)(signal), #"[-4. -4.  4.  4.]"#)
#sourceLocation()
#sourceLocation(file: "Documentation/Spectral.md", line: 26)
let image = Tensor([[1.0, 2], [3, 4]])
checks.expect(5, realPart(fft(image, axis: 0)), #"[[ 4.  6.] [-2. -2.]]"#)
checks.expect(6, realPart(fft(image, axes: [0, 1])), #"[[10. -2.] [-4.  0.]]"#)
#sourceLocation()
    checks.finish()
  }
}
