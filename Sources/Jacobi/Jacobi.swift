// Jacobi
