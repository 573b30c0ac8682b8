package dev.bureau.otp.application;

import dev.bureau.kernel.Cast;
import dev.bureau.kernel.Pid;

/// What the application controller is told.
sealed interface Notice extends Cast {
    /// An application is up.
    record Up(Pid master, Pid top) implements Notice {}

    /// The time that an application has to stop, since the node does, is over.
    record TimeUp(Pid master) implements Notice {}
}
