package dev.bureau.scheduler;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What Linux says of the precedence of a thread of this JVM.
final class Nice {
    /// In `/proc/.../stat`, behind the name, which may contain blanks.
    private static final int NICE = 16;

    private static final int POLICY = 38;

    private static final Path CALLING = Path.of("/proc/thread-self");

    private Nice() {}

    static int ofCallingThread() throws IOException {
        return in(CALLING, NICE);
    }

    static int of(long thread) throws IOException {
        return in(folder(thread), NICE);
    }

    /// By the number that the system has for it: 0 is the usual one.
    static int policyOfCallingThread() throws IOException {
        return in(CALLING, POLICY);
    }

    static boolean exists(long thread) {
        return Files.exists(folder(thread));
    }

    private static Path folder(long thread) {
        return Path.of("/proc/self/task", Long.toString(thread));
    }

    private static int in(Path folder, int field) throws IOException {
        String stat = Files.readString(folder.resolve("stat"));
        String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ");
        return Integer.parseInt(fields[field]);
    }
}
