/// Passes over programs: each is a function from a program to a program that computes the same.
enum Passes {}
