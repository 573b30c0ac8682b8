package dev.bureau.shell.attach;

import dev.bureau.kernel.Node;
import dev.bureau.shell.ProgramCode;
import dev.bureau.shell.session.CompilerStock;

/// The node that terminals come to, and what they are told of it.
///
/// @param name by which it is found
/// @param program what runs there, for people
/// @param compilers what lines at the prompt are compiled by
/// @param started milliseconds since 1970
public record HostNode(
        Node node, String name, String program, CompilerStock compilers, long started) {
    /// One that can be attached to from now on.
    ///
    /// @param code what lines at the prompt see
    public static HostNode of(Node node, String name, String program, ProgramCode code) {
        return new HostNode(
                node, name, program, new CompilerStock(code), System.currentTimeMillis());
    }

    /// The versions of Bureau and of the JDK.
    static String runtime() {
        String bureau = HostNode.class.getPackage().getImplementationVersion();
        return (bureau == null ? "" : "Bureau " + bureau + ", ") + "JDK " + Runtime.version();
    }
}
