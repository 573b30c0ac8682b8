package dev.bureau.otp;

import dev.bureau.kernel.Pid;
import java.util.Optional;

/// What is known of an application.
///
/// @param name what it is called on the node
/// @param type its class
/// @param status how far it is
/// @param restart what its end means for the node; empty if it was never started
/// @param master the group leader of its processes, while it has any
/// @param top its top supervisor, once it has started
public record ApplicationInfo(
        String name,
        Class<?> type,
        Status status,
        Optional<ChildSpec.Restart> restart,
        Optional<Pid> master,
        Optional<Pid> top) {
    /// How far an application is.
    public enum Status {
        /// Known to the node.
        LOADED,

        /// Its `start` or one of its phases is at work.
        STARTING,

        RUNNING,

        /// It was started and has ended by itself. Erlang: started, but not running.
        ENDED,

        STOPPING
    }
}
