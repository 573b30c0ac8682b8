package dev.bureau.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// How often loops poll; that they do what they did is seen to by [Snippet].
class LoopsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    10 | int i = 0; while (i < n) i += 1; return i;
                    9  | int i = 0; do { i += 1; } while (i < n); return i;
                    10 | int x = 1; for (int i = 0; i < n; i++) x = x * 31 + 7; return x;
                    10 | int i = 0; while (true) { if (i >= n) return i; i++; }
                    10 | long x = 0; for (long i = 0; i < n; i++) x += i; return (int) x;
                    10 | int x = 0; for (int i = 0; i < n; i++) { if (i % 2 == 0) continue; x++; } return x;
                    10 | int x = 0; for (Object o : Collections.nCopies(n, 1)) x += o.hashCode(); return x;
                    65 | int x = 0; for (int i = 0; i < n; i++) for (int j = 0; j < i + 1; j++) x++; return x;
                    10 | int x = 0; out: for (int i = 0; i < n; i++) { while (true) { x++; if (x > 0) continue out; } } return x;
                    10 | int x = 0; for (int i = 0; i < n; i++) switch (i) { case 1: x += 5; case 2: x++; break; default: continue; } return x;
                    10 | int i = 0; while (i < n) { switch ("a" + i) { case "a1" -> i += 1; case "a3" -> i++; default -> i = i + 1; } } return i;
                    10 | int x = 0; for (int i = 0; i < n; i++) { try { x += 10 / (i % 3); } catch (ArithmeticException e) { x--; } } return x;
                    10 | int x = 0; for (int i = 0; i < n; i++) { try { if (i % 3 == 0) continue; x += i; } finally { x++; } } return x;
                    10 | int x = 0; try { for (int i = 0; i < n; i++) x += i + x; } finally { x++; } return x;
                    10 | int x = 0; for (int i = 0; i < n; i++) synchronized (Code.class) { x += i * 2; } return x;
                    10 | int x = 0; synchronized (Code.class) { for (int i = 0; i < n; i++) x += i * 2; } return x;
                    10 | int x = 0; for (int i = 0; i < n; i++) try (var s = new StringReader("a")) { x += s.read(); } catch (IOException e) {} return x;
                    10 | int x = 0; try (var s = new StringReader("a")) { for (int i = 0; i < n; i++) x += s.read(); } catch (IOException e) {} return x;
                    10 | int x = 0; try { throw new Error(); } catch (Error e) { for (int i = 0; i < n; i++) x += i ^ 5; } finally { x++; } return x;
                    10 | int x = 0; try { x++; } finally { for (int i = 0; i < n; i++) x += i ^ 5; } return x;
                    11 | int[] x = {0}; IntStream.range(0, n).forEach(i -> { x[0] += Math.abs(i); }); Runnable r = () -> Math.abs(1); r.run(); return x[0];
                    """)
    void pollOncePerRound(int polls, String body) {
        var outcome = Snippet.of("static int run(int n) { " + body + " }").call("run", 10);
        assertThat(outcome.polls()).isEqualTo(polls);
    }

    @Test
    void pollInInstanceMethodsAndConstructors() {
        var code =
                Snippet.of(
                        """
                        int x;
                        Code(int n) { for (int i = 0; i < n; i++) x += i * 3; }
                        synchronized int twice(int n) { for (int i = 0; i < n; i++) x += 2 * x; return x; }
                        static int run(int n) { return new Code(n).twice(n); }
                        """);
        assertThat(code.call("run", 10).polls()).isEqualTo(20);
    }

    @Test
    void pollWhileAnObjectWaitsForItsConstructor() {
        var code =
                Snippet.of(
                        """
                        static class Base { final int x; Base(int x) { this.x = x; } }
                        static class Down extends Base {
                            Down(int n) {
                                super(switch (n) {
                                    case 0 -> 1;
                                    default -> { int x = 0; for (int i = 0; i < n; i++) x += i * x + 1; yield x; }
                                });
                            }
                        }
                        static int run(int n) {
                            return new Base(n > 3 ? new Down(n).x : switch (n) {
                                default -> { int x = 0; do { x = x * 2 + 1; } while (x < n); yield x; }
                            }).x;
                        }
                        """);
        assertThat(code.call("run", 10).polls()).isEqualTo(10);
        assertThat(code.call("run", 3).polls()).isEqualTo(1);
    }

    @Test
    void pollInInterfacesRecordsAndEnums() {
        var code =
                Snippet.of(
                        """
                        sealed interface Shape permits Square, Kind {
                            default int sum(int n) { int x = 0; for (int i = 0; i < n; i++) x += i * size(); return x; }
                            int size();
                        }
                        record Square(int size) implements Shape {
                            Square { for (int i = 0; i < 10; i++) size = size * 3 + 1; }
                        }
                        enum Kind implements Shape {
                            ONE { public int size() { int x = 0; while (x < 10) x++; return x; } }
                        }
                        static int run(int n) { return new Square(n).sum(n) + Kind.ONE.sum(2); }
                        """);
        assertThat(code.call("run", 10).polls()).isEqualTo(42);
    }

    @Test
    void leaveStaticInitialisersAlone() {
        var code =
                Snippet.of(
                        """
                        static int x;
                        static { for (int i = 0; i < 10; i++) x = x * 3 + i; }
                        static int run() { return x; }
                        """);
        assertThat(code.call("run").polls()).isZero();
    }

    @Test
    void areFoundInACrowdedMethod() {
        var body =
                new StringBuilder(
                        "static int run(int n) { int x = 0; for (int i = 0; i < n; i++) switch (i % 1000) {");
        for (int label = 0; label < 1000; label++) {
            body.append("case ").append(label).append(": x += ").append(label);
            body.append(label % 7 == 0 ? "; continue;\n" : "; break;\n");
        }
        body.append("} return x; }");
        assertThat(Snippet.of(body.toString()).call("run", 2000).polls()).isEqualTo(2000);
    }
}
