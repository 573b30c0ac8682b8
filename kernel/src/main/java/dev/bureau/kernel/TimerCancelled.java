package dev.bureau.kernel;

import java.time.Duration;
import java.util.Optional;

/// The answer to `cancelTimerAsync` and `readTimerAsync`.
///
/// @param ref the timer
/// @param left how much time was left; empty if it had fired or been cancelled
public record TimerCancelled(Ref ref, Optional<Duration> left) implements Tagged {}
