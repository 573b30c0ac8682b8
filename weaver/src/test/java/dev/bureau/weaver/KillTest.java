package dev.bureau.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What happens when a poll throws.
class KillTest {
    /// `log` says what ran; `work` would go on forever.
    private static final String AROUND =
            """
            static final List<String> log = new ArrayList<>();
            static final Object lock = new Object();
            static int rounds;
            static void work() { if (++rounds > 100) { log.add("endless"); throw new Error("endless"); } }
            static class Resource implements AutoCloseable { public void close() { log.add("close"); } }
            static void forget() { log.clear(); rounds = 0; }
            static List<String> log() { return List.copyOf(log); }
            static boolean locked() { return Thread.holdsLock(lock) || Thread.holdsLock(Code.class); }
            """;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "while (true) work();",
                "do work(); while (true);",
                "for (;;) { if (rounds % 2 == 0) { work(); continue; } work(); }",
                "while (true) try { work(); } catch (Throwable t) { log.add(\"caught\"); }",
                "while (true) { try { work(); } catch (Throwable t) { log.add(\"caught\"); } }",
                "while (true) { try { work(); continue; } catch (Throwable t) { log.add(\"caught\"); continue; } }",
                "do { try { work(); } catch (Throwable t) { log.add(\"caught\"); } } while (true);",
                "do try { work(); if (rounds > 0) continue; } catch (Throwable t) { log.add(\"caught\"); } while (rounds > 0);",
                "for (;;) try { work(); throw new Error(); } catch (Throwable t) { if (rounds > 90) log.add(\"caught\"); }",
                "while (true) try { try { work(); } finally { rounds++; } } catch (Throwable t) { log.add(\"caught\"); }",
                "while (true) try { synchronized (lock) { work(); } } catch (Throwable t) { log.add(\"caught\"); }",
                "while (true) synchronized (lock) { work(); }",
                "while (true) { synchronized (lock) { work(); if (rounds > 0) continue; } }",
                "Runnable r = () -> { while (true) try { work(); } catch (Throwable t) { log.add(\"caught\"); } }; r.run();",
                "while (true) try { work(); } finally { continue; }",
                "out: while (true) { try { while (true) { work(); if (rounds % 2 == 0) continue out; } } catch (Error t) { log.add(\"caught\"); } }",
                "while (true) try { work(); } catch (RuntimeException t) { log.add(\"1\"); } catch (Throwable t) { log.add(\"2\"); }",
            })
    void endsALoopThatCatchesEverything(String loop) {
        var code = Snippet.of(AROUND + "static void run() { " + loop + " }");
        for (int poll : new int[] {1, 2, 7}) {
            code.ask("forget");
            assertThat(code.kill(poll, "run").wasKilled()).isTrue();
            assertThat(code.ask("log")).isEqualTo(List.of());
            assertThat(code.ask("locked")).isEqualTo(false);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "try { while (true) work(); } finally { log.add(\"close\"); }",
                "try { while (true) { try { work(); } catch (Throwable t) { log.add(\"caught\"); } } } finally { log.add(\"close\"); }",
                "try { while (true) try { work(); } catch (Throwable t) { log.add(\"caught\"); } finally { rounds++; } } finally { log.add(\"close\"); }",
                "try (var r = new Resource()) { while (true) work(); }",
                "try (var r = new Resource()) { do { try { work(); } catch (Throwable t) { log.add(\"caught\"); } } while (true); }",
                "try { while (true) { if (rounds < 0) return; work(); } } finally { log.add(\"close\"); }",
                "try { try { while (true) work(); } catch (RuntimeException e) { log.add(\"runtime\"); } } finally { log.add(\"close\"); }",
                "synchronized (lock) { try { while (true) work(); } finally { log.add(\"close\"); } }",
                "synchronized (lock) { try (var r = new Resource()) { synchronized (Code.class) { while (true) { if (rounds < 0) return; synchronized (lock) { work(); } } } } }",
                "for (;;) { synchronized (lock) { try { while (true) work(); } finally { log.add(\"close\"); } } }",
            })
    void runsFinallyAroundALoopOnce(String loop) {
        var code = Snippet.of(AROUND + "static void run() { " + loop + " }");
        for (int poll : new int[] {1, 2, 7}) {
            code.ask("forget");
            assertThat(code.kill(poll, "run").wasKilled()).isTrue();
            assertThat(code.ask("log")).isEqualTo(List.of("close"));
            assertThat(code.ask("locked")).isEqualTo(false);
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "try { while (true) work(); } catch (Throwable t) { log.add(\"caught\"); }",
                "try { try { while (true) work(); } finally { rounds++; } } catch (Throwable t) { log.add(\"caught\"); }",
                "try { synchronized (lock) { while (true) work(); } } catch (Throwable t) { log.add(\"caught\"); }",
                "try { do { try { work(); } catch (Error t) { log.add(\"error\"); } } while (true); } catch (Throwable t) { log.add(\"caught\"); }",
            })
    void isSeenByACatchAroundTheLoop(String loop) {
        var code = Snippet.of(AROUND + "static void run() { " + loop + " }");
        for (int poll : new int[] {1, 2, 7}) {
            code.ask("forget");
            assertThat(code.kill(poll, "run").thrown()).isNull();
            assertThat(code.ask("log")).isEqualTo(List.of("caught"));
            assertThat(code.ask("locked")).isEqualTo(false);
        }
    }

    @Test
    void unwindsEachLoopAroundInTurn() {
        var code =
                Snippet.of(
                        AROUND
                                + """
                                static void run() {
                                    while (true) try {
                                        rounds++;
                                        while (true) try {
                                            rounds++;
                                            while (true) work();
                                        } catch (Throwable t) { log.add("inner"); }
                                    } catch (Throwable t) { log.add("outer"); }
                                }
                                """);
        assertThat(code.kill(5, "run").wasKilled()).isTrue();
        assertThat(code.ask("log")).isEqualTo(List.of("inner", "outer"));
    }

    @Test
    void leavesNoLockOfASynchronizedMethod() {
        var code =
                Snippet.of(
                        AROUND
                                + """
                                static synchronized void run() {
                                    synchronized (lock) {
                                        for (int i = 0; ; i++) { synchronized (new Object()) { work(); } }
                                    }
                                }
                                """);
        assertThat(code.kill(3, "run").wasKilled()).isTrue();
        assertThat(code.ask("locked")).isEqualTo(false);
    }

    @Test
    void unlocksALockOnce() {
        var code =
                Snippet.of(
                        AROUND
                                + """
                                static final ReentrantLock own = new ReentrantLock();
                                static void outside() { own.lock(); try { while (true) work(); } finally { own.unlock(); } }
                                static void inside() { while (true) { own.lock(); try { work(); } finally { own.unlock(); } } }
                                static void within() { while (true) { try { own.lock(); work(); } finally { own.unlock(); } } }
                                static boolean held() { return own.isLocked(); }
                                """);
        for (var method : List.of("outside", "inside", "within")) {
            code.ask("forget");
            assertThat(code.kill(3, method).wasKilled()).as(method).isTrue();
            assertThat(code.ask("held")).as(method).isEqualTo(false);
        }
    }

    @Test
    void hasTheLineOfTheLoop() {
        var code =
                Snippet.of(
                        """
                        static void run() {
                            int x = 1;
                            while (x != 0) {
                                x = x * 3;
                                x++;
                            }
                        }
                        static void deep(int n) {
                            if (n == 0) return;
                            deep(n - 1);
                            deep(n - 1);
                        }
                        """);
        assertThat(code.kill(3, "run").thrown().getStackTrace()[1].getLineNumber()).isEqualTo(7);
        assertThat(code.kill(3, "deep", 5).thrown().getStackTrace()[1].getLineNumber())
                .isEqualTo(13);
    }
}
