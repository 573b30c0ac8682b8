package dev.bureau.kernel.process;

/// Takes the owner's stack down after a fatal exit signal.
///
/// Neither an Exception nor an Error, so the handlers people write do not stop it; and if one does, the next operation
/// of the runtime throws it again.
final class Unwinding extends Throwable {
    private static final long serialVersionUID = 1;
    private static final Unwinding NOW = new Unwinding();

    private Unwinding() {
        super("the process was told to exit", null, false, false);
    }

    /// To be thrown; declared as unchecked, because no signature of the API shall mention it.
    static RuntimeException now() {
        return Unwinding.<RuntimeException>unchecked();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException unchecked() throws T {
        throw (T) NOW;
    }
}
