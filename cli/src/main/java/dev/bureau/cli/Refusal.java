package dev.bureau.cli;

/// Why the command does not do what was asked, in one line for the user, with the exit code to
/// leave with.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1;

    private final int exitCode;

    private Refusal(int exitCode, String message) {
        super(message, null, false, false);
        this.exitCode = exitCode;
    }

    /// The command line asks for something that cannot be.
    static Refusal usage(String message) {
        return new Refusal(Main.USAGE, message);
    }

    /// The program cannot be run.
    static Refusal program(String message) {
        return new Refusal(Main.FAILED, message);
    }

    @Override
    public String getMessage() {
        return String.valueOf(super.getMessage());
    }

    int exitCode() {
        return exitCode;
    }
}
