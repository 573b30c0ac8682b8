package dev.bureau.testkit;

import dev.bureau.kernel.process.LocalNode;
import dev.bureau.otp.table.Tables;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What belonged to the processes of a node and is there though all of them have ended: never right.
final class Leftovers {
    private Leftovers() {}

    static List<String> of(LocalNode node) {
        List<String> left = new ArrayList<>();
        if (!node.registered().isEmpty()) left.add("names: " + node.registered());
        Tables tables = Tables.of(node.facade());
        if (!tables.all().isEmpty()) left.add("tables: " + tables.all());
        return left;
    }

    static @Nullable AssertionError failure(LocalNode node) {
        List<String> left = of(node);
        if (left.isEmpty()) return null;
        AssertionError failure =
                new AssertionError("leak: all processes have ended and left " + left);
        failure.setStackTrace(new StackTraceElement[0]);
        return failure;
    }
}
