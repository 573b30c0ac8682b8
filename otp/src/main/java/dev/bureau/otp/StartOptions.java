package dev.bureau.otp;

import dev.bureau.kernel.MailboxLimit;
import dev.bureau.kernel.Name;
import dev.bureau.kernel.SpawnOptions;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How to start a behaviour: `named("stack").within(ofSeconds(1))`.
///
/// Immutable; each method returns changed options.
///
/// @param name under which it registers before `init` runs, or null
/// @param limit how long `init` may take, or null for as long as it likes
/// @param spawning how the process itself is started
/// @param debug what of [Sys] is switched on
public record StartOptions(
        @Nullable Name name, @Nullable Duration limit, SpawnOptions spawning, DebugOptions debug) {
    private static final StartOptions DEFAULT =
            new StartOptions(null, null, SpawnOptions.options(), DebugOptions.options());

    public StartOptions {
        Objects.requireNonNull(debug, "debug");
        Objects.requireNonNull(spawning, "spawning");
        if (limit != null && (limit.isNegative() || limit.isZero())) {
            throw new IllegalArgumentException(
                    "expected a time limit of more than zero, got: " + limit);
        }
        if (name instanceof Name.Remote) {
            throw new IllegalArgumentException(
                    "expected a name that is local or kept by a registrar, got: " + name);
        }
    }

    /// No name, no time limit.
    public static StartOptions options() {
        return DEFAULT;
    }

    /// With a local name.
    public static StartOptions named(String name) {
        return DEFAULT.name(Name.local(name));
    }

    /// With a name.
    public static StartOptions named(Name name) {
        return DEFAULT.name(name);
    }

    /// With a name.
    public StartOptions name(Name name) {
        return new StartOptions(name, limit, spawning, debug);
    }

    /// With a limit for `init`; after it the process is killed and the start fails with `TIMEOUT` (OTP G-07).
    public StartOptions within(Duration limit) {
        return new StartOptions(name, limit, spawning, debug);
    }

    /// With a limit for the mailbox. Calls of `Sys`, and what the process itself has asked for, count for none.
    public StartOptions mailbox(MailboxLimit limit) {
        return spawning(spawning.mailbox(limit));
    }

    /// With other options of the process: its priority, its label. Whether it is linked is up to the start method.
    public StartOptions spawning(SpawnOptions options) {
        return new StartOptions(name, limit, options, debug);
    }

    /// With something of [Sys] switched on before its first message.
    public StartOptions debug(DebugOptions options) {
        return new StartOptions(name, limit, spawning, options);
    }
}
