import org.jspecify.annotations.NullMarked;

/// The `bureau` command.
@NullMarked
module dev.bureau.cli {
    requires dev.bureau.kernel;
    requires dev.bureau.observer;
    // for the programs it runs
    requires dev.bureau.otp;
    requires dev.bureau.shell;
    requires dev.bureau.weaver;
    requires info.picocli;
    requires java.compiler;
    requires jdk.compiler;
    requires static org.jspecify;

    // to picocli for its annotations, to the kernel for what it passes to a process
    opens dev.bureau.cli to
            dev.bureau.kernel,
            info.picocli;
}
