import org.jspecify.annotations.NullMarked;

/// Benchmarks; not published.
@NullMarked
module dev.bureau.benchmarks {
    requires com.fasterxml.jackson.databind;
    requires com.h2database;
    requires dev.bureau.kernel;
    requires dev.bureau.observer;
    requires dev.bureau.scheduler;
    requires dev.bureau.weaver;
    requires it.unimi.dsi.fastutil.core;
    requires java.sql;
    requires jdk.management;
    requires jdk.unsupported;
    requires jmh.core;
    requires org.apache.commons.compress;
    requires org.commonmark;
    requires re2j;
    requires static org.jspecify;
}
