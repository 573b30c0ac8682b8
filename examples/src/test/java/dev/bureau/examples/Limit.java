package dev.bureau.examples;

/// How long a test waits for something that takes no time on an idle machine.
final class Limit {
    static final int SECONDS = 60;

    private Limit() {}
}
