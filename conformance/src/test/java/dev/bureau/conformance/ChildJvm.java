package dev.bureau.conformance;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// Runs a `main` of the tests in a virtual machine of its own, with other flags than the tests have.
record ChildJvm(int exit, String output) {
    static ChildJvm run(Class<?> main, String... flags) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.add("-Xmx512m");
        command.addAll(List.of(flags));
        command.addAll(List.of("-cp", System.getProperty("java.class.path")));
        command.add(main.getName());
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        Thread killer =
                Thread.ofPlatform()
                        .daemon()
                        .start(() -> {
                            try {
                                if (!process.waitFor(60, TimeUnit.SECONDS)) {
                                    process.destroyForcibly();
                                }
                            } catch (InterruptedException done) {
                                process.destroyForcibly();
                            }
                        });
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int exit = process.waitFor();
        killer.join();
        return new ChildJvm(exit, output);
    }
}
