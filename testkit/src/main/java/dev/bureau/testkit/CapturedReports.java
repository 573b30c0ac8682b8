package dev.bureau.testkit;

import dev.bureau.kernel.Report;
import dev.bureau.kernel.process.LocalNode;
import java.util.ArrayList;
import java.util.List;

/// The reports of a node while it is open: kept, and out of the log. Of several, the one opened last has them.
final class CapturedReports implements AutoCloseable {
    private final List<Report> reports = new ArrayList<>();
    private final Report.Subscription subscription;

    private CapturedReports(LocalNode node, System.Logger.Level least) {
        subscription = node.reports().divert(least, this::add);
    }

    static CapturedReports of(LocalNode node, System.Logger.Level least) {
        return new CapturedReports(node, least);
    }

    private synchronized void add(Report report) {
        reports.add(report);
    }

    /// What has come so far.
    synchronized List<Report> soFar() {
        return List.copyOf(reports);
    }

    List<String> texts() {
        return soFar().stream().map(Report::toString).toList();
    }

    @Override
    public void close() {
        subscription.close();
    }
}
