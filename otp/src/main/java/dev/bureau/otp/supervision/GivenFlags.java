package dev.bureau.otp.supervision;

import dev.bureau.otp.DynamicSupervisor;

/// A dynamic supervisor whose flags were given when it was started.
public record GivenFlags(Plan.Supervise init) implements DynamicSupervisor {}
