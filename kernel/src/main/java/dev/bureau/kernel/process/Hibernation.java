package dev.bureau.kernel.process;

import dev.bureau.kernel.Body;

/// Takes the stack of a process down that wants to go on with nothing but a continuation (OTP P-13).
final class Hibernation extends Throwable {
    private static final long serialVersionUID = 1;

    private final transient Body continuation;

    private Hibernation(Body continuation) {
        super("the process hibernates", null, false, false);
        this.continuation = continuation;
    }

    Body continuation() {
        return continuation;
    }

    /// To be thrown; unchecked as [Unwinding#now()] is.
    static RuntimeException into(Body continuation) {
        return Hibernation.<RuntimeException>unchecked(new Hibernation(continuation));
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Throwable> RuntimeException unchecked(Hibernation hibernation)
            throws T {
        throw (T) hibernation;
    }
}
