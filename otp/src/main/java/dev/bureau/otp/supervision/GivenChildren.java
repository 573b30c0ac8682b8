package dev.bureau.otp.supervision;

import dev.bureau.otp.Supervisor;

/// A supervisor whose children were given when it was started.
public record GivenChildren(Plan.Supervise init) implements Supervisor {}
