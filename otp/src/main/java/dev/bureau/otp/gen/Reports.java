package dev.bureau.otp.gen;

import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Name;
import org.jspecify.annotations.Nullable;

/// What is logged of behaviours (OTP G-26): nothing for an orderly end.
final class Reports {
    private static final System.Logger LOG = System.getLogger("dev.bureau.otp");

    private Reports() {}

    static void terminating(
            String module,
            @Nullable Name name,
            ExitReason reason,
            @Nullable Object lastMessage,
            Object state) {
        LOG.log(
                System.Logger.Level.ERROR,
                () ->
                        module
                                + " "
                                + (name == null ? "" : name + " ")
                                + Bureau.self()
                                + " terminating\n  reason: "
                                + ExitReason.format(reason)
                                + "\n  last message: "
                                + lastMessage
                                + "\n  state: "
                                + state);
    }

    static void unexpected(String module, Object message) {
        LOG.log(
                System.Logger.Level.ERROR,
                () -> module + " " + Bureau.self() + " received an unexpected message: " + message);
    }
}
