import Jacobi

private let notations = [
  "i->", "i->i", "i", "ii->i", "ii", "ij->ji", "ij->", "ij", "...->...", "...i->...", "i...->i", "i->ii", "i->j", "->",
  "", "i->i->i", "-", "->i", ",", "i,", "......", ".", "..", "1->1", "é->é", "i i -> i", "iii->i", "...->", "i...i->i",
  "a\u{0}->a",
]

private let pairNotations = [
  "i,i->i", "i,i->", "i,j->ij", "ij,j->i", "ij,jk->ik", "...,...->...", "...i,i->...", "ii,ii->i", "i,i",
  "...i,...j->ij",
  "i,->i", ",->", "ij,ij->ij", "i...,...i->...", "ij,kl->ijkl", "i,i->j", "i,i,i->i", "aA,Ab->ab",
]

/// Products of matrices and vectors, and Einstein's notation.
nonisolated(unsafe) let productOperations: [Operation] =
  withOthers("matmul") { matmul($0, $1) } + withOthers("dot") { dot($0, $1) } + withOthers("outer") { outer($0, $1) }
  + withOthers("•") { $0 • $1 }
  + notations.map { notation in Operation("einsum \"\(notation)\"") { einsum(notation, $0) } }
  + pairNotations.flatMap { notation in withOthers("einsum \"\(notation)\"") { einsum(notation, $0, $1) } }
  + [
    Operation("einsum of nothing") { _ in einsum("->", []) },
    Operation("einsum of three") { einsum("i,i,i->i", $0, $0, $0) },
    Operation("einsum of ten") { einsum("i,i,i,i,i,i,i,i,i,i->", [Tensor](repeating: $0, count: 10)) },
    Operation("einsum of a huge product") { x in einsum("i,j,k,l,m,n,o,p,q,r,s,t->", [Tensor](repeating: x, count: 12))
    },
    Operation("outer products") { x in outer(outer(x, x).flattened(), outer(x, x).flattened()) },
  ]
