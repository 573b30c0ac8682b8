/// Behaviours: the parts of which systems of processes are made, as in OTP and Elixir.
///
/// Each is an ordinary process whose loop is written here; what you write are its callbacks.
@NullMarked
package dev.bureau.otp;

import org.jspecify.annotations.NullMarked;
