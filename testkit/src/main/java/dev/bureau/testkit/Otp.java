package dev.bureau.testkit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Repeatable;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The item of the OTP catalogue that a test proves, by its id: `@Otp("X-04")`. On a class it counts for each of its
/// tests. `docs/conformance.md` is made from these.
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@Repeatable(Otp.All.class)
public @interface Otp {
    /// The id, such as `X-04`.
    String value();

    /// Several of them on one test.
    @Documented
    @Retention(RetentionPolicy.RUNTIME)
    @Target({ElementType.METHOD, ElementType.TYPE})
    @interface All {
        /// The ids.
        Otp[] value();
    }
}
