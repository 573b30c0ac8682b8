import org.jspecify.annotations.NullMarked;

/// The `bureau` command.
@NullMarked
module dev.bureau.cli {
    requires dev.bureau.kernel;
    requires info.picocli;
    requires java.compiler;
    requires jdk.compiler;
    requires static org.jspecify;

    opens dev.bureau.cli to
            info.picocli;
}
