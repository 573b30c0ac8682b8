package dev.bureau.shell.attach;

import dev.bureau.kernel.Node;
import dev.bureau.shell.ProgramCode;

/// The node that terminals come to, and what they are told of it.
///
/// @param name by which it is found
/// @param program what runs there, for people
/// @param code what lines at the prompt see
/// @param started milliseconds since 1970
public record HostNode(Node node, String name, String program, ProgramCode code, long started) {
    /// The versions of Bureau and of the JDK.
    static String runtime() {
        String bureau = HostNode.class.getPackage().getImplementationVersion();
        return (bureau == null ? "" : "Bureau " + bureau + ", ") + "JDK " + Runtime.version();
    }
}
