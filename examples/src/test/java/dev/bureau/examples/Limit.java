package dev.bureau.examples;

/// How long a test waits for something that takes no time on an idle machine.
final class Limit {
    static final int SECONDS = 20;
    static final int MILLIS = SECONDS * 1000;

    private Limit() {}
}
