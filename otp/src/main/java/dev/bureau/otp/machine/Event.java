package dev.bureau.otp.machine;

import dev.bureau.kernel.From;
import org.jspecify.annotations.Nullable;

/// Something that a machine is to handle.
///
/// @param payload the user's event, or a message that is none
/// @param from who waits for an answer; null if it is no call
record Event(Object payload, @Nullable From<?> from) {}
