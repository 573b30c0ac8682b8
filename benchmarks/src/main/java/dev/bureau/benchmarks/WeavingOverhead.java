package dev.bureau.benchmarks;

import dev.bureau.benchmarks.weaving.Load;
import dev.bureau.benchmarks.weaving.MeasuringJvm;
import dev.bureau.benchmarks.weaving.Weaving;
import dev.bureau.benchmarks.weaving.Workload;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;

/// What weaving costs: real work of libraries, with yield points and without. Prints a Markdown table.
///
/// `java ... dev.bureau.benchmarks.WeavingOverhead [--pairs N] [--turns N] [--no-lambdas] [--control] [--company]
/// [--only a,b] [--jvm option]`
///
/// A pair is two JVMs, one of which weaves. Once both are warm they take turns, a tenth of a second each, so that what
/// other programs and the host do meets both. The ratio of a pair is the median of the ratios of its turns.
public final class WeavingOverhead {
    private int pairs = 7;
    private int turns = 40;
    private boolean company;
    private final List<Weaving> weavings = new ArrayList<>(List.of(Weaving.STANDARD));
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
    private final Load load = new Load();
    private final List<Double> loads = new ArrayList<>();

    /// One pair.
    private record Pair(double unwoven, double woven, double ratio) {}

    private WeavingOverhead(String[] args) {
        for (int i = 0; i < args.length; i++) {
            switch (args[i]) {
                case "--pairs" -> pairs = Integer.parseInt(args[++i]);
                case "--turns" -> turns = Integer.parseInt(args[++i]);
                case "--no-lambdas" -> weavings.add(Weaving.NO_LAMBDAS);
                case "--control" -> weavings.add(Weaving.NONE);
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

    public static void main(String[] args) throws IOException {
        new WeavingOverhead(args).run();
    }

    private void run() throws IOException {
        System.out.println("| workload | unwoven ms | woven ms | ratio median | min..max |");
        System.out.println("| --- | ---: | ---: | ---: | ---: |");
        for (Workload workload : workloads) measure(workload);
        System.out.printf(
                Locale.ROOT,
                "%n%d pairs of JVMs each, %d turns%s; Java %s, %s, %d cores; %s%n"
                        + "Cores in use during turns: %.1f, at most %.1f.%n",
                pairs,
                turns,
                company ? ", in company" : "",
                Runtime.version(),
                System.getProperty("os.arch"),
                Runtime.getRuntime().availableProcessors(),
                String.join(" ", jvmOptions.subList(2, jvmOptions.size())),
                median(loads),
                Collections.max(loads));
    }

    private void measure(Workload workload) throws IOException {
        List<List<Pair>> byWeaving = new ArrayList<>();
        for (int i = 0; i < weavings.size(); i++) byWeaving.add(new ArrayList<>());
        for (int pair = 0; pair < pairs; pair++) {
            try (MeasuringJvm unwoven = start(workload, Weaving.NONE)) {
                for (int i = 0; i < weavings.size(); i++) {
                    byWeaving.get(i).add(pair(workload, unwoven, weavings.get(i)));
                }
            }
        }
        for (int i = 0; i < weavings.size(); i++) {
            print(workload, weavings.get(i), byWeaving.get(i));
        }
    }

    private MeasuringJvm start(Workload workload, Weaving weaving) throws IOException {
        return MeasuringJvm.start(workload, weaving, company, jvmOptions);
    }

    private Pair pair(Workload workload, MeasuringJvm unwoven, Weaving weaving) throws IOException {
        try (MeasuringJvm woven = start(workload, weaving)) {
            if (woven.outcome() != unwoven.outcome()) {
                throw new IllegalStateException(
                        "expected %s to return %d with weaving %s, got: %d"
                                .formatted(workload, unwoven.outcome(), weaving, woven.outcome()));
            }
            return pair(workload, unwoven, weaving, woven);
        }
    }

    private Pair pair(Workload workload, MeasuringJvm unwoven, Weaving weaving, MeasuringJvm woven)
            throws IOException {
        List<Double> before = new ArrayList<>();
        List<Double> after = new ArrayList<>();
        List<Double> ratios = new ArrayList<>();
        unwoven.turn();
        woven.turn();
        load.cores();
        for (int turn = 0; turn < turns; turn++) {
            before.add(unwoven.turn());
            after.add(woven.turn());
            ratios.add(after.getLast() / before.getLast());
        }
        loads.add(load.cores());
        Pair pair = new Pair(median(before), median(after), median(ratios));
        System.err.printf(
                Locale.ROOT,
                "%s %s %.2f ms, %.2f ms, %.3f, %.1f cores in use%n",
                workload,
                weaving,
                pair.unwoven,
                pair.woven,
                pair.ratio,
                loads.getLast());
        return pair;
    }

    private static void print(Workload workload, Weaving weaving, List<Pair> pairs) {
        List<Double> ratios = pairs.stream().map(Pair::ratio).toList();
        String remark =
                switch (weaving) {
                    case STANDARD -> "";
                    case NO_LAMBDAS -> " (no lambdas)";
                    case NONE -> " (control: both unwoven)";
                };
        System.out.printf(
                Locale.ROOT,
                "| %s%s | %.2f | %.2f | %.3f | %.3f..%.3f |%n",
                workload.title(),
                remark,
                median(pairs.stream().map(Pair::unwoven).toList()),
                median(pairs.stream().map(Pair::woven).toList()),
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
