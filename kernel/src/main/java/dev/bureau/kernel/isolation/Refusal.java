package dev.bureau.kernel.isolation;

import org.jspecify.annotations.Nullable;

/// Why a shape cannot do what it was asked; the walk adds the path and makes a proper exception of it.
final class Refusal extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String what;
    private final String mending;

    Refusal(String what, String mending) {
        this(what, mending, null);
    }

    Refusal(String what, String mending, @Nullable Throwable cause) {
        super(what, cause, false, false);
        this.what = what;
        this.mending = mending;
    }

    Verdict.Refused verdict() {
        return new Verdict.Refused(what, mending);
    }
}
