import org.jspecify.annotations.NullMarked;

/// A shell in a node: JShell whose lines run as a process, on a terminal or attached to a live node.
@NullMarked
module dev.bureau.shell {
    requires transitive dev.bureau.kernel;
    requires transitive dev.bureau.observer;
    requires dev.bureau.otp;
    requires dev.bureau.scheduler;
    requires dev.bureau.weaver;
    requires com.fasterxml.jackson.core;
    requires java.compiler;
    requires jdk.compiler;
    requires jdk.jshell;
    requires jdk.net;
    requires jdk.security.auth;
    // by which JLine hears of ^C, and does not say so
    requires jdk.unsupported;
    requires org.jline.nativ;
    requires org.jline.reader;
    requires org.jline.terminal;
    requires static transitive org.jspecify;

    exports dev.bureau.shell;
    exports dev.bureau.shell.attach to
            dev.bureau.cli;
    exports dev.bureau.shell.console to
            dev.bureau.cli;
}
