package dev.bureau.otp;

import java.time.Duration;

/// How many restarts a supervisor bears: `Intensity.of(3, ofSeconds(5))`.
///
/// One restart more within the period, and it stops all its children and itself: what fails that often is not mended by
/// starting it again (OTP S-11). The window is counted in whole seconds, its edge included (OTP S-12).
///
/// @param restarts how many, of all children together
/// @param period within which time, in whole seconds
public record Intensity(int restarts, Duration period) {
    /// Elixir's default: three restarts in five seconds.
    public static final Intensity DEFAULT = new Intensity(3, Duration.ofSeconds(5));

    public Intensity {
        if (restarts < 0) {
            throw new IllegalArgumentException(
                    "expected a number of restarts of zero or more, got: " + restarts);
        }
        if (period.getSeconds() < 1 || period.getNano() != 0) {
            throw new IllegalArgumentException(
                    "expected a period of whole seconds, one or more, got: " + period);
        }
    }

    /// So many restarts within this time.
    public static Intensity of(int restarts, Duration period) {
        return new Intensity(restarts, period);
    }
}
