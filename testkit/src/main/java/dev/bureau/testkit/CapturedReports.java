package dev.bureau.testkit;

import dev.bureau.kernel.Report;
import dev.bureau.kernel.process.LocalNode;
import java.util.ArrayList;
import java.util.List;

/// The reports of a node while it is open: kept, and out of the log. Of several, the one opened last has them. With them
/// stands what the node's processes log themselves, if that is asked for.
final class CapturedReports implements AutoCloseable {
    /// Reports, and lines of others.
    private final List<Object> all = new ArrayList<>();

    private final Report.Subscription subscription;

    private CapturedReports(LocalNode node, System.Logger.Level least) {
        subscription = node.reports().divert(least, this::add);
    }

    static CapturedReports of(LocalNode node, System.Logger.Level least) {
        return new CapturedReports(node, least);
    }

    synchronized void add(Object reportOrLine) {
        all.add(reportOrLine);
    }

    /// The reports that have come so far.
    synchronized List<Report> soFar() {
        return all.stream().filter(Report.class::isInstance).map(Report.class::cast).toList();
    }

    /// All that has come so far.
    synchronized List<String> texts() {
        return all.stream().map(String::valueOf).toList();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
