package dev.bureau.observer.probe;

import com.sun.tools.attach.VirtualMachine;

/// A program: loads an agent into another JVM, since none may do so with itself. Its arguments are the number of that process and the
/// agent's jar.
final class Attach {
    private Attach() {}

    /// Runs it.
    ///
    /// @throws Exception if the JVM refuses
    public static void main(String[] args) throws Exception {
        VirtualMachine jvm = VirtualMachine.attach(args[0]);
        try {
            jvm.loadAgent(args[1]);
        } finally {
            jvm.detach();
        }
    }
}
