package dev.bureau.otp;

import java.io.Serial;

/// Thrown when a table is used that has been deleted, or a name that no table has: Erlang's `badarg` (OTP E-02).
public final class NoSuchTable extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    /// Made by the runtime.
    public NoSuchTable(String table) {
        super(
                "expected a table that exists, got: "
                        + table
                        + "; a table is deleted with its owner, unless it has an heir");
    }
}
