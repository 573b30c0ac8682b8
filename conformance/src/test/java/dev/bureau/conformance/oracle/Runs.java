package dev.bureau.conformance.oracle;

import java.time.Duration;

/// How scenarios are run, on either side.
///
/// @param count how often each
/// @param atOnce how many scenarios at a time
/// @param limit how long a run may take
record Runs(int count, int atOnce, Duration limit) {
    /// What all runs of so many scenarios may take, if a few of them hang.
    Duration longest(int scenarios) {
        return limit.multipliedBy((long) Math.max(1, scenarios / 10) * count).plusMinutes(2);
    }
}
