package dev.bureau.kernel.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.Configuration;
import java.lang.module.ModuleFinder;
import java.lang.reflect.InvocationTargetException;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Code of other kinds than a test class can be: in modules of its own, in compact source files.
class CompiledSourceTest {
    @TempDir Path directory;

    private void compile(String file, String source) throws IOException {
        Path path = directory.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, source);
        try (Stream<Path> files = Files.walk(directory)) {
            List<String> arguments = new ArrayList<>(List.of("-d", directory.toString()));
            files.map(Path::toString)
                    .filter(name -> name.endsWith(".java"))
                    .forEach(arguments::add);
            int result =
                    ToolProvider.getSystemJavaCompiler()
                            .run(null, null, null, arguments.toArray(String[]::new));
            assertThat(result).isZero();
        }
    }

    @Nested
    class Modules {
        private static final String ORDERS =
                """
                package acme.orders;

                public class Orders {
                    public record Plain(String id, int count) {}

                    public record Open(Object content) {}

                    public static Object plain() {
                        return new Plain("a", 1);
                    }

                    public static Object open(Object content) {
                        return new Open(content);
                    }

                    public static Runnable lambda(Object content) {
                        return () -> content.hashCode();
                    }
                }
                """;

        private Class<?> load(String opens) throws Exception {
            Files.writeString(
                    directory.resolve("module-info.java"),
                    "module acme.orders { exports acme.orders; " + opens + " }");
            compile("acme/orders/Orders.java", ORDERS);
            ModuleLayer boot = ModuleLayer.boot();
            Configuration configuration =
                    boot.configuration()
                            .resolve(
                                    ModuleFinder.of(directory),
                                    ModuleFinder.of(),
                                    Set.of("acme.orders"));
            return boot.defineModulesWithOneLoader(configuration, null)
                    .findLoader("acme.orders")
                    .loadClass("acme.orders.Orders");
        }

        private static Object make(Class<?> orders, String method, Object content)
                throws Exception {
            return orders.getMethod(method, Object.class).invoke(null, content);
        }

        @Test
        void thatAreClosedPassRecordsThatTheirTypesProveImmutable() throws Exception {
            Object plain = load("").getMethod("plain").invoke(null);
            assertThat(Isolation.pass(plain)).isSameAs(plain);
        }

        @Test
        void thatAreClosedAreAskedToOpenForTheRest() throws Exception {
            Class<?> orders = load("");
            assertThat(RefusedTest.refusal(make(orders, "open", "immutable")))
                    .startsWith("acme.orders.Orders$Open: ")
                    .contains("package acme.orders is closed")
                    .contains("add `opens acme.orders")
                    .endsWith(";` to the module-info of acme.orders");
            assertThat(RefusedTest.refusal(make(orders, "lambda", "immutable")))
                    .startsWith("lambda in acme.orders.Orders: ")
                    .contains("add `opens acme.orders");
        }

        @Test
        void thatAreOpenAreLikeAnyOther() throws Exception {
            Class<?> orders = load("opens acme.orders;");
            Object open = make(orders, "open", "immutable");
            assertThat(Isolation.pass(open)).isSameAs(open);
            assertThat(Isolation.pass(make(orders, "open", new int[1]))).isNotNull();
            assertThat(Isolation.pass(make(orders, "lambda", new int[1])))
                    .isInstanceOf(Runnable.class);
        }
    }

    @Nested
    class CompactSourceFiles {
        private Object lambda(String fields) throws Exception {
            compile(
                    "Main.java",
                    fields
                            + """

                            int one() {
                                return 1;
                            }

                            Runnable lambda() {
                                return () -> one();
                            }

                            void main() {}
                            """);
            try (URLClassLoader loader =
                    new URLClassLoader(new java.net.URL[] {directory.toUri().toURL()})) {
                Class<?> main = loader.loadClass("Main");
                var constructor = main.getDeclaredConstructor();
                constructor.setAccessible(true);
                var lambda = main.getDeclaredMethod("lambda");
                lambda.setAccessible(true);
                return lambda.invoke(constructor.newInstance());
            } catch (InvocationTargetException e) {
                throw new AssertionError(e.getCause());
            }
        }

        @Test
        void withoutFieldsPassTheirLambdasByReference() throws Exception {
            Object lambda = lambda("record Message(String text) {}");
            assertThat(Isolation.pass(lambda)).isSameAs(lambda);
        }

        @Test
        void withImmutableFieldsPassTheirLambdasByReference() throws Exception {
            Object lambda =
                    lambda("final java.util.List<String> names = java.util.List.of(\"a\");");
            assertThat(Isolation.pass(lambda)).isSameAs(lambda);
        }

        @Test
        void withAMutableFieldRefuseNamingIt() throws Exception {
            assertThat(RefusedTest.refusal(lambda("int count = 0;")))
                    .startsWith(
                            "lambda in Main (Main.this) -> Main: its field count is not final; copy what the lambda");
        }
    }
}
