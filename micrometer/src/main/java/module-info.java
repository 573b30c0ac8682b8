import org.jspecify.annotations.NullMarked;

/// What a node does, as Micrometer meters.
@NullMarked
@SuppressWarnings("requires-transitive-automatic") // it is named in its manifest
module dev.bureau.micrometer {
    requires transitive dev.bureau.kernel;
    requires dev.bureau.observer;
    requires transitive micrometer.core;
    requires static transitive org.jspecify;

    exports dev.bureau.micrometer;
}
