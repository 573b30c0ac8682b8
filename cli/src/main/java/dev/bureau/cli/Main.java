package dev.bureau.cli;

/// Where the `bureau` command starts.
public final class Main {
    /// Exit code of a program that failed, and of one that did not compile.
    static final int FAILED = 1;

    /// Exit code when the command line cannot be followed.
    static final int USAGE = 2;

    private Main() {}

    /// Runs the command and ends the JVM with its exit code.
    public static void main(String[] args) {
        PlainLine line = PlainLine.of(args);
        int code = line == null ? BureauCommand.run(args) : line.run();
        System.out.flush();
        System.err.flush();
        // an exit in good order loads what would log it, and nobody has anything to do then
        if (line != null) Runtime.getRuntime().halt(code);
        System.exit(code);
    }

    /// Runs the command and returns its exit code.
    static int run(String... args) {
        PlainLine line = PlainLine.of(args);
        return line == null ? BureauCommand.run(args) : line.run();
    }

    static void complain(String message) {
        System.err.println("bureau: " + message);
    }
}
