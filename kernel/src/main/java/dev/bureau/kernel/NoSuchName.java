package dev.bureau.kernel;

/// Thrown when a local name is used that nobody has: Erlang's `badarg` of `send` to an atom (OTP X-03).
public final class NoSuchName extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    public NoSuchName(Name name) {
        super("expected the name of a registered process, got: " + name);
    }
}
