package dev.bureau.otp.supervision;

import dev.bureau.kernel.Cast;

/// What a supervisor sends to itself when a child has not started again, so that it hears others before it tries once more
/// (OTP S-14).
///
/// @param child its id; under a dynamic supervisor the pid that it had
/// @param number tells whether this is still what the child waits for
record TryAgain(Object child, long number) implements Cast {}
