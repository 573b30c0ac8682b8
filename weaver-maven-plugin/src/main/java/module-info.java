import org.jspecify.annotations.NullMarked;

/// Weaves classes when they are built. Maven loads a plugin from a class path, so nothing has to be exported.
@NullMarked
module dev.bureau.weaver.maven {
    requires dev.bureau.weaver;
    requires static maven.plugin.annotations;
    requires maven.plugin.api;
    requires static org.jspecify;
}
