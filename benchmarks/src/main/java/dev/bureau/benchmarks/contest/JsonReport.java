package dev.bureau.benchmarks.contest;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/// The outcomes as JSON, for programs: `{"machine": ..., "rows": [{"name", "unit", "bureau": {"median", "min", "max"}, "beam": ...,
/// "pekko": ..., "pekko_typed": ...}]}`, with null for who has no figure.
final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    static void write(Path file, Machine machine, List<Outcome> outcomes) throws IOException {
        var report = JSON.createObjectNode();
        report.set("machine", JSON.valueToTree(machine));
        var rows = report.putArray("rows");
        for (var outcome : outcomes) {
            var row = rows.addObject();
            row.put("name", outcome.row().name());
            row.put("unit", outcome.row().unit());
            for (var contestant : Contestant.values()) put(row, contestant, outcome);
        }
        Files.writeString(
                file, JSON.writerWithDefaultPrettyPrinter().writeValueAsString(report) + "\n");
    }

    private static void put(ObjectNode row, Contestant contestant, Outcome outcome) {
        outcome.of(contestant)
                .ifPresentOrElse(
                        figures -> row.set(contestant.word(), JSON.valueToTree(figures)),
                        () -> row.putNull(contestant.word()));
    }
}
