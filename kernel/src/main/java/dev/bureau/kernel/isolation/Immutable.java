package dev.bureau.kernel.isolation;

/// Immutable by contract: instances go by reference and are not looked into.
///
/// For types of the runtime that are safe to share though their fields do not show it, such as a pid. Every subtype is bound
/// by the contract too.
public interface Immutable {}
