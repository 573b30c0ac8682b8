package dev.bureau.cli;

/// Keeps the package in place until its first class moves in.
final class Placeholder {
    private Placeholder() {}
}
