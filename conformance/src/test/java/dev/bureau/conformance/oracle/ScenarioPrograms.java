package dev.bureau.conformance.oracle;

import dev.bureau.kernel.Body;
import dev.bureau.kernel.Bureau;
import dev.bureau.kernel.Down;
import dev.bureau.kernel.ExitReason;
import dev.bureau.kernel.Guest;
import dev.bureau.kernel.Node;
import dev.bureau.kernel.Pid;
import dev.bureau.kernel.Spawned;
import dev.bureau.kernel.isolation.Immutable;
import dev.bureau.weaver.Weaver;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.logging.Logger;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.StandardJavaFileManager;
import javax.tools.ToolProvider;

/// Runs scenarios on Bureau: their Java sources compiled together and woven, each run on a node of its own, with one
/// scheduler and with two by turns.
final class ScenarioPrograms implements AutoCloseable {
    private final Path folder;
    private final ClassLoader loader;

    // what scenarios make the kernel log is for nobody, unless one of them listens
    private final Logger log = Logger.getLogger("dev.bureau");

    private ScenarioPrograms(Path folder) {
        this.folder = folder;
        this.loader = new Woven(folder);
        log.setUseParentHandlers(false);
    }

    /// Compiles them.
    ///
    /// @throws IllegalArgumentException with what the compiler says
    static ScenarioPrograms compile(List<Scenario> scenarios) {
        try {
            Path folder = Files.createTempDirectory("oracle");
            JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
            StringWriter said = new StringWriter();
            try (StandardJavaFileManager files =
                    compiler.getStandardFileManager(null, null, null)) {
                boolean compiled =
                        compiler.getTask(
                                        said,
                                        files,
                                        null,
                                        List.of("-proc:none", "-nowarn", "-d", folder.toString()),
                                        null,
                                        files.getJavaFileObjectsFromPaths(
                                                scenarios.stream().map(Scenario::java).toList()))
                                .call();
                if (!compiled) {
                    throw new IllegalArgumentException(said.toString());
                }
            }
            return new ScenarioPrograms(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Outcomes run(List<Scenario> scenarios, Runs runs) {
        try (ExecutorService pool = Executors.newFixedThreadPool(runs.atOnce())) {
            List<Future<List<String>>> results = new ArrayList<>();
            for (Scenario scenario : scenarios) {
                results.add(pool.submit(() -> run(scenario, runs)));
            }
            Outcomes outcomes = new Outcomes();
            for (int i = 0; i < results.size(); i++) {
                for (String outcome : results.get(i).get()) {
                    outcomes.add(scenarios.get(i).name(), outcome);
                }
            }
            return outcomes;
        } catch (ExecutionException | InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private List<String> run(Scenario scenario, Runs runs) throws ReflectiveOperationException {
        Method main = loader.loadClass(scenario.type()).getDeclaredMethod("main");
        main.setAccessible(true);
        List<String> outcomes = new ArrayList<>();
        for (int i = 0; i < runs.count(); i++) {
            outcomes.add(run(main, runs, 1 + i % 2));
        }
        return outcomes;
    }

    private static String run(Method main, Runs runs, int schedulers) {
        try (Node node = Node.start(Node.options().schedulers(schedulers));
                Guest guest = node.guest()) {
            String end = end(guest.spawnMonitor(new Main(main)), runs);
            killAll(node, guest);
            return String.join("\n", Lines.printedOn(node)) + end;
        }
    }

    /// Those who trap exits would be given time when the node stops. Again for those whom a supervisor has started anew.
    private static void killAll(Node node, Guest guest) {
        for (int pass = 0; pass < 10 && node.processCount() > 1; pass++) {
            for (Pid left : node.processes()) {
                if (!left.equals(guest.pid())) {
                    Bureau.exit(left, Bureau.KILL);
                }
            }
        }
    }

    /// How main ended, if not normally.
    private static String end(Spawned main, Runs runs) {
        Optional<Down> down = Bureau.poll(Down.class, runs.limit());
        if (down.isEmpty()) {
            return "\n" + Outcomes.NOT_DONE;
        }
        ExitReason reason = down.get().reason();
        return reason.equals(ExitReason.NORMAL)
                ? ""
                : "\n" + Outcomes.ENDED + new Notation(main.pid()).line(reason);
    }

    /// Runs main on an object of its own.
    private record Main(Method main) implements Body, Immutable {
        @Override
        public void run() throws Exception {
            try {
                var constructor = main.getDeclaringClass().getDeclaredConstructor();
                constructor.setAccessible(true);
                main.invoke(constructor.newInstance());
            } catch (InvocationTargetException e) {
                throw e.getCause() instanceof Exception failure ? failure : e;
            }
        }
    }

    @Override
    public void close() {
        log.setUseParentHandlers(true);
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// The classes in a folder, woven, so that loops in them can be ended.
    private static final class Woven extends ClassLoader {
        private final Path folder;

        Woven(Path folder) {
            super(ScenarioPrograms.class.getClassLoader());
            this.folder = folder;
        }

        @Override
        protected Class<?> findClass(String name) throws ClassNotFoundException {
            try {
                byte[] woven =
                        Weaver.standard()
                                .weave(Files.readAllBytes(folder.resolve(name + ".class")));
                return defineClass(name, woven, 0, woven.length);
            } catch (IOException e) {
                throw new ClassNotFoundException(name, e);
            }
        }
    }
}
