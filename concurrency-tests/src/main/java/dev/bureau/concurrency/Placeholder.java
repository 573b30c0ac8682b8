package dev.bureau.concurrency;

/// Keeps the package in place until its first class moves in.
final class Placeholder {
    private Placeholder() {}
}
