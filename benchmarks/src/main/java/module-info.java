import org.jspecify.annotations.NullMarked;

/// Benchmarks; not published.
@NullMarked
module dev.bureau.benchmarks {
    requires com.fasterxml.jackson.databind;
    requires com.h2database;
    requires dev.bureau.kernel;
    requires dev.bureau.observer;
    requires dev.bureau.otp;
    requires dev.bureau.scheduler;
    requires dev.bureau.weaver;
    requires info.picocli;
    requires it.unimi.dsi.fastutil.core;
    requires HdrHistogram;
    requires java.logging;
    requires java.sql;
    requires jdk.jfr;
    requires jdk.management;
    requires jdk.unsupported;
    requires jmh.core;
    requires org.apache.commons.compress;
    requires org.commonmark;
    requires pekko.actor;
    requires pekko.actor.typed;
    requires re2j;
    requires scala.library;
    requires static org.jspecify;
    requires typesafe.config;

    opens dev.bureau.benchmarks.contest to
            com.fasterxml.jackson.databind,
            info.picocli;
}
