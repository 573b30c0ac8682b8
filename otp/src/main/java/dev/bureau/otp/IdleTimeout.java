package dev.bureau.otp;

/// What `handleInfo` gets when no message came within the time that an [After.Within] allows: Erlang's `timeout`.
public record IdleTimeout() {}
