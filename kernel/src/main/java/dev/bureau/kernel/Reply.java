package dev.bureau.kernel;

import org.jspecify.annotations.Nullable;

/// The answer to a [Request], as it travels.
///
/// @param ref the tag of the request
/// @param value the answer
public record Reply(Ref ref, @Nullable Object value) implements Tagged {}
