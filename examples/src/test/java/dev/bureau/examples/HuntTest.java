package dev.bureau.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The hunt of docs/guide/hunt.md, typed at a terminal.
@Timeout(value = 120, unit = TimeUnit.SECONDS)
class HuntTest {
    private static final Pattern BAR = Pattern.compile("(?m)^ *\\d+ s +(\\d+) %");

    @Test
    void theLoopIsFoundSeenTracedAndEndedWhileTheJobsGoOn() throws Exception {
        Assumptions.assumeTrue(Terminal.isAvailable(), "needs util-linux' script");
        String name = "hunt-" + ProcessHandle.current().pid();
        try (var hunt =
                        BureauRun.start(
                                List.of(),
                                List.of("-XX:+EnableDynamicAgentLoading"),
                                List.of("--name", name, "--schedulers", "1"),
                                "Hunt",
                                "--seconds",
                                "60");
                var terminal = attach(hunt, name)) {
            terminal.await(name + "\\(1\\)> ");
            // The loop has begun after three seconds.
            hunt.awaitOut(" 4 s ");
            terminal.type("top(1)");
            double all = Double.parseDouble(terminal.await("processes, cpu ([\\d.]+) %"));
            String first = terminal.await("(#PID<[\\d.]+>)  price calculation");
            // Of a core it has what other programs leave; of what the node has, all that the jobs
            // leave.
            assertThat(Double.parseDouble(terminal.await("([\\d.]+) %"))).isGreaterThan(all / 2);

            terminal.type("var burner = pid(\"" + first + "\")");
            terminal.await("burner ==> ");
            terminal.type("stack(burner)");
            terminal.await("at Hunt\\.calculate\\(Hunt\\.java:\\d+\\)");

            terminal.type("trace(Trace.calls(\"Hunt.next\").withArguments().of(burner).limit(3))");
            terminal.await("price calculation calls Hunt\\.next\\(\\d+\\)");
            terminal.await("trace over");

            terminal.type("exit(burner, KILL)");
            terminal.type("isAlive(burner)");
            terminal.await("==> false");
            terminal.type("exit");
            assertThat(terminal.end()).isZero();

            int soFar = bars(hunt).size();
            hunt.awaitOut(" " + (soFar + 2) + " s ");
            // What comes late counts for the next second, and all of it comes: while the JVM
            // changes the traced code a tenth of a second's work does. A second without work would
            // show: by none is more outstanding than half of one. A bar is rounded down.
            List<Integer> bars = bars(hunt);
            int done = 0;
            for (int second = 1; second <= bars.size(); second++) {
                done += bars.get(second - 1);
                assertThat(done)
                        .as("by second %d of %s", second, bars)
                        .isGreaterThanOrEqualTo(second * 99 - 50);
            }
        }
    }

    private static Terminal attach(BureauRun hunt, String name) throws Exception {
        hunt.awaitOut("each once a second");
        return Terminal.bureau("attach", name);
    }

    private static List<Integer> bars(BureauRun hunt) throws Exception {
        return BAR.matcher(Files.readString(hunt.out()))
                .results()
                .map(bar -> Integer.parseInt(bar.group(1)))
                .toList();
    }
}
