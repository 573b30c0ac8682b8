package dev.bureau.otp.gen;

import java.io.Serial;

/// What `Sys` has asked for cannot be done as things are.
final class Refusal extends RuntimeException {
    @Serial private static final long serialVersionUID = 1;

    Refusal(String why) {
        super(why, null, false, false);
    }
}
