package dev.bureau.benchmarks;

import dev.bureau.benchmarks.weaving.Measurement;
import dev.bureau.benchmarks.weaving.Result;
import dev.bureau.benchmarks.weaving.Weaving;
import dev.bureau.benchmarks.weaving.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What weaving costs: real work of libraries, with yield points and without. Prints a Markdown table.
///
/// `java ... dev.bureau.benchmarks.WeavingOverhead [--pairs N] [--no-lambdas] [--company] [--only a,b] [--jvm option]`
///
/// Each measurement has a JVM of its own, unwoven and woven in turn, and the ratio is taken of two that ran after each
/// other. It waits while other programs use more than a fifth of a core, and measures again what it did meanwhile.
public final class WeavingOverhead {
    private int pairs = 7;
    private boolean company;
    private final List<Weaving> weavings = new ArrayList<>(List.of(Weaving.NONE, Weaving.STANDARD));
    private final List<Workload> workloads = new ArrayList<>();
    private final List<String> jvmOptions =
            new ArrayList<>(
                    List.of(
                            "--add-opens",
                            "java.base/java.lang=ALL-UNNAMED",
                            "-Djdk.trackAllThreads=false",
                            "-XX:+UseCompactObjectHeaders",
                            "-XX:+UseParallelGC",
                            "-Xms1g",
                            "-Xmx1g"));
    private int discarded;
    private int disturbed;

    private WeavingOverhead(String[] args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--pairs" -> pairs = Integer.parseInt(args[++i]);
                case "--no-lambdas" -> weavings.add(Weaving.NO_LAMBDAS);
                case "--company" -> company = true;
                case "--only" -> {
                    for (String name : args[++i].split(",")) {
                        workloads.add(Workload.valueOf(name.toUpperCase(Locale.ROOT)));
                    }
                }
                case "--jvm" -> jvmOptions.add(args[++i]);
                default -> throw new IllegalArgumentException("unknown option, got: " + args[i]);
            }
        }
        if (workloads.isEmpty()) workloads.addAll(Arrays.asList(Workload.values()));
    }

    public static void main(String[] args) throws IOException, InterruptedException {
        new WeavingOverhead(args).run();
    }

    private void run() throws IOException, InterruptedException {
        System.out.println("| workload | unwoven ms | woven ms | ratio median | min..max |");
        System.out.println("| --- | ---: | ---: | ---: | ---: |");
        for (Workload workload : workloads) {
            Map<Weaving, List<Double>> millis = measure(workload);
            for (Weaving weaving : weavings) {
                if (weaving != Weaving.NONE) print(workload, weaving, millis);
            }
        }
        System.out.printf(
                Locale.ROOT,
                "%n%d pairs of JVMs each; Java %s, %s; %s%n"
                        + "%d rounds were repeated because other programs ran; in %d JVMs some count although they did.%n",
                pairs,
                Runtime.version(),
                System.getProperty("os.arch"),
                String.join(" ", jvmOptions.subList(2, jvmOptions.size())),
                discarded,
                disturbed);
    }

    private Map<Weaving, List<Double>> measure(Workload workload)
            throws IOException, InterruptedException {
        Map<Weaving, List<Double>> millis = new EnumMap<>(Weaving.class);
        Long outcome = null;
        for (int pair = 0; pair < pairs; pair++) {
            for (Weaving weaving : weavings) {
                Result result = fork(workload, weaving);
                if (outcome == null) outcome = result.outcome();
                if (outcome != result.outcome()) {
                    throw new IllegalStateException(
                            "expected %s to return %d with weaving %s, got: %d"
                                    .formatted(workload, outcome, weaving, result.outcome()));
                }
                millis.computeIfAbsent(weaving, _ -> new ArrayList<>()).add(result.millis());
            }
        }
        return millis;
    }

    private Result fork(Workload workload, Weaving weaving)
            throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(jvmOptions);
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(Measurement.class.getName());
        command.addAll(List.of(workload.name(), weaving.name(), String.valueOf(company)));
        Process jvm =
                new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
        String output;
        try (var reader = jvm.inputReader()) {
            output = reader.readAllAsString();
        }
        if (jvm.waitFor() != 0) {
            throw new IllegalStateException("%s %s failed".formatted(workload, weaving));
        }
        Result result = Result.of(output);
        System.err.printf(
                Locale.ROOT,
                "%s %s %.2f ms, least %.2f%n",
                workload,
                weaving,
                result.millis(),
                result.least());
        discarded += result.discarded();
        if (!result.quiet()) disturbed++;
        return result;
    }

    private static void print(
            Workload workload, Weaving weaving, Map<Weaving, List<Double>> millis) {
        List<Double> unwoven = millis.getOrDefault(Weaving.NONE, List.of());
        List<Double> woven = millis.getOrDefault(weaving, List.of());
        List<Double> ratios = new ArrayList<>();
        for (int i = 0; i < woven.size(); i++) ratios.add(woven.get(i) / unwoven.get(i));
        System.out.printf(
                Locale.ROOT,
                "| %s%s | %.1f | %.1f | %.3f | %.3f..%.3f |%n",
                workload.title(),
                weaving == Weaving.NO_LAMBDAS ? " (no lambdas)" : "",
                median(unwoven),
                median(woven),
                median(ratios),
                Collections.min(ratios),
                Collections.max(ratios));
    }

    private static double median(List<Double> values) {
        List<Double> sorted = values.stream().sorted().toList();
        int middle = sorted.size() / 2;
        return sorted.size() % 2 == 1
                ? sorted.get(middle)
                : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
    }
}
