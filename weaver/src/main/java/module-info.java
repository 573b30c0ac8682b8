import org.jspecify.annotations.NullMarked;

/// Puts yield points into loops and recursions, so that nobody keeps a carrier to himself.
@NullMarked
module dev.bureau.weaver {
    requires static transitive org.jspecify;

    exports dev.bureau.weaver;
}
