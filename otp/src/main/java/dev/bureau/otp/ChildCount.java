package dev.bureau.otp;

/// How many children a supervisor has (OTP S-20).
///
/// @param specs whether they run or not
/// @param active those that are alive
/// @param supervisors those whose spec says that they are supervisors, alive or not
/// @param workers those whose spec says that they are workers, alive or not
public record ChildCount(int specs, int active, int supervisors, int workers) {}
