package dev.bureau.otp;

import dev.bureau.kernel.Pid;
import java.io.Serial;

/// Thrown when a process does with a table what its access does not allow it: Erlang's `badarg` (OTP E-02).
public final class TableAccessException extends IllegalArgumentException {
    @Serial private static final long serialVersionUID = 1;

    /// Made by the runtime.
    public TableAccessException(
            Table<?, ?> table, Table.Access access, Pid owner, Pid caller, String what) {
        super(
                "expected "
                        + table
                        + " to be "
                        + what
                        + " by its owner "
                        + owner
                        + ", since it is "
                        + access
                        + ", got: "
                        + caller);
    }
}
