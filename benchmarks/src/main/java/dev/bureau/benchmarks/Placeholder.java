package dev.bureau.benchmarks;

/// Keeps the package in place until its first class moves in.
final class Placeholder {
    private Placeholder() {}
}
