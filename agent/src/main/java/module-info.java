import org.jspecify.annotations.NullMarked;

/// Weaves classes as they are loaded.
@NullMarked
module dev.bureau.agent {
    requires dev.bureau.weaver;
    requires java.instrument;
    requires static org.jspecify;

    exports dev.bureau.agent;
}
