package dev.bureau.shell;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Node;
import dev.bureau.shell.session.Session.Detail;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// What can be typed, in a session that all tests share: to start the compiler takes a second or two.
@Timeout(60)
class ShellTest {
    private static Node node;
    private static Typist shell;

    @BeforeAll
    static void open() {
        node = Node.start(Node.options().schedulers(1));
        shell = Typist.at(node);
    }

    @AfterAll
    static void close() {
        shell.close();
        assertThat(node.stop()).isTrue();
    }

    /// Types what stands behind each `> `, and compares what comes with what stands below: numbers of values and of
    /// processes left out.
    private static void conversation(String text) {
        var replayed = new StringBuilder();
        for (String line : text.lines().filter(it -> it.startsWith("> ")).toList()) {
            String shown = shell.type(line.substring(2));
            replayed.append(line).append('\n');
            if (!shown.isEmpty()) replayed.append(anonymous(shown)).append('\n');
        }
        assertThat(replayed.toString()).isEqualTo(text);
    }

    private static String anonymous(String shown) {
        return shown.replaceAll("\\$\\d+ ==>", "\\$ ==>").replaceAll("#PID<[0-9.]+>", "#PID<>");
    }

    @Test
    void theMailboxOfATutorialIsTyped() {
        conversation(
                """
                > record Hello(String text) {}
                |  created record Hello
                > send(self(), new Hello("world"))
                $ ==> Hello[text=world]
                > switch (receive()) { case Hello(var text) -> IO.println(text); default -> IO.println("no"); }
                world
                > receive(Hello.class, ofMillis(1), new Hello("nothing after 1 ms")).text()
                $ ==> "nothing after 1 ms"
                > var parent = self()
                parent ==> #PID<>
                > spawn(() -> send(parent, new Hello("child")))
                $ ==> #PID<>
                > receive(Hello.class)
                $ ==> Hello[text=child]
                > send(self(), 1); send(self(), "two")
                $ ==> 1
                $ ==> "two"
                > flush()
                1
                two
                > flush()
                """);
    }

    @Test
    void theCounterOfATutorialIsTyped() {
        assertThat(
                        anonymous(
                                shell.type(
                                        """
                                        sealed interface Msg {}
                                        record Increment() implements Msg {}
                                        record Get(Pid sender) implements Msg {}

                                        void counter(int count) {
                                            while (true) {
                                                switch (receive(Msg.class)) {
                                                    case Increment _ -> count++;
                                                    case Get(var sender) -> send(sender, count);
                                                }
                                            }
                                        }
                                        """)))
                .isEqualTo(
                        """
                        |  created interface Msg
                        |  created record Increment
                        |  created record Get
                        |  created method counter(int)\
                        """);
        conversation(
                """
                > var pid = spawn(() -> counter(0))
                pid ==> #PID<>
                > send(pid, new Increment())
                $ ==> Increment[]
                > send(pid, new Get(self())); int count = receive(Integer.class, ofSeconds(5))
                $ ==> Get[sender=#PID<>]
                count ==> 1
                > register("counter", pid)
                > whereis("counter").get().equals(pid)
                $ ==> true
                > boolean again = v()
                again ==> true
                > exit(pid, KILL)
                > isAlive(pid)
                $ ==> false
                """);
    }

    @Test
    void aLineThatThrowsOrExitsKeepsTheProcess() {
        conversation(
                """
                > var me = self()
                me ==> #PID<>
                > throw new IllegalStateException("oops")
                ** java.lang.IllegalStateException: oops
                > int half(int n) { return n / (n - n); }
                |  created method half(int)
                > exit("out of paper")
                ** (exit) out of paper
                > self().equals(me)
                $ ==> true
                """);
        assertThat(shell.type("half(2)"))
                .startsWith("** java.lang.ArithmeticException: / by zero\n    at half (#");
        assertThat(shell.ok()).isFalse();
    }

    @Test
    void exitOfTheVirtualMachineIsRefused() {
        for (String line :
                new String[] {
                    "System.exit(3)",
                    "Runtime.getRuntime().halt(3)",
                    "List.of(3).forEach(System::exit)",
                    "Optional.of(3).ifPresent(Runtime.getRuntime()::exit)",
                    "((Runnable) () -> System.exit(3)).run()"
                }) {
            assertThat(shell.type(line)).as(line).contains("System.exit(3) would end the node");
        }
    }

    @Test
    void whoEndsTheProcessOfTheLinesIsTold() {
        shell.type("int kept = 42");
        assertThat(anonymous(shell.type("exit(self(), KILL)")))
                .isEqualTo(
                        """
                        ** (EXIT from #PID<>) the shell's process has exited: killed
                           self() is #PID<> now; the variables are still there\
                        """);
        assertThat(shell.type("kept")).isEqualTo("kept ==> 42");
        shell.type("var linked = spawnLink(() -> receive(String.class)); ");
        shell.type(
                "var monitor = spawnMonitor(() -> { receive(Pid.class); exit(linked, \"the end\"); })");
        shell.type("send(monitor.pid(), self())");
        // The end may come before this line, which then runs in the next process and so must come
        // to its own.
        String told = shell.type("poll(Thread.class, ofSeconds(3))");
        assertThat(told).contains("the shell's process has exited: the end");
    }

    @Test
    void interruptEndsALoopAndAWait() throws InterruptedException {
        for (String line :
                new String[] {
                    "{ IO.println(\"begun\"); while (true) {} }",
                    "{ IO.println(\"begun\"); receive(Thread.class); }",
                    "while (true) try { IO.println(\"begun\"); sleepForever(); } catch (Throwable t) {}"
                }) {
            assertThat(shell.typeAndInterrupt(line, shown -> shown.contains("begun")))
                    .as(line)
                    .contains("** stopped; self() was #PID<");
            assertThat(shell.type("1 + 1")).endsWith("==> 2");
        }
    }

    @Test
    void anInterruptIsNeverLost() throws InterruptedException {
        // whether it comes before, in or after the second part, or between the two
        for (int i = 0; i < 5; i++) {
            shell.typeAndInterrupt(
                    "IO.println(\"begun\"); while (true) {}", it -> it.contains("begun"));
            assertThat(shell.ok()).isFalse();
            assertThat(shell.type("1 + 1")).doesNotContain("EXIT").endsWith("==> 2");
        }
    }

    @Test
    void whatTheCompilerRefusesIsShownWithItsPlace() {
        assertThat(shell.type("int y = \"a\";"))
                .isEqualTo(
                        """
                        |  error: incompatible types: java.lang.String cannot be converted to int
                        |    int y = "a";
                        |            ^^^\
                        """);
    }

    @Test
    void aValueAloneIsPrintedAsItIs() {
        assertThat(shell.type("\"a \\\"b\\\"\"", Detail.VALUE)).isEqualTo("a \"b\"");
    }

    @Test
    void aLineThatNeedsMoreIsKnown() {
        assertThat(shell.node().isIncomplete("while (true) {")).isTrue();
        assertThat(shell.node().isIncomplete("1 + 1")).isFalse();
        assertThat(shell.node().isIncomplete(")")).isFalse();
    }

    @Test
    void wordsOfBureauAreCompleted() {
        var completed = shell.node().complete("var p = spawnL", 14);
        assertThat(completed.anchor()).isEqualTo(8);
        assertThat(completed.candidates()).containsExactly("spawnLink(");
    }

    @Test
    void outputThatIsTooMuchIsCutAndCounted() {
        var done =
                shell.node()
                        .evaluate(
                                "var line = \"x\".repeat(9_999); for (int i = 0; i < 2_000; i++) IO.println(line)",
                                Detail.NONE);
        assertThat(done.ok()).isTrue();
        assertThat(done.cut()).isEqualTo(20_000_000 - (4 << 20));
        shell.type("");
        assertThat(shell.type("\"z\".repeat(100_000)"))
                .hasSizeLessThan(21_000)
                .contains("80000 more characters");
    }

    @Test
    void whoPrintsAGigabyteIsCutAndGoesOn() {
        var done =
                shell.node()
                        .evaluate(
                                "var wide = \"x\".repeat(99_999); for (int i = 0; i < 10_000; i++) IO.println(wide)",
                                Detail.NONE);
        assertThat(done.ok()).isTrue();
        assertThat(done.cut()).isEqualTo(1_000_000_000L - (4 << 20));
        shell.type("");
        assertThat(shell.type("1 + 1")).endsWith("==> 2");
    }

    @Test
    void whoPrintsWithoutAnEndIsStopped() throws InterruptedException {
        // before and after it has printed all that is shown
        for (int shown : new int[] {10_000, 4 << 20}) {
            String printed =
                    shell.typeAndInterrupt(
                            "while (true) IO.println(\"printed and printed and printed\")",
                            screen -> screen.length() >= shown);
            assertThat(printed).contains("** stopped").hasSizeLessThan((4 << 20) + 1_000);
            assertThat(shell.type("1 + 1")).endsWith("==> 2");
        }
    }

    @Test
    void aValueAsItIsIsCutAsWhatIsPrinted() {
        var done = shell.node().evaluate("\"z\".repeat(100_000_000)", Detail.VALUE);
        assertThat(done.ok()).isTrue();
        assertThat(done.cut()).isEqualTo(100_000_001 - (4 << 20));
        shell.type("");
    }

    @Test
    void aCollectionIsReadNoFurtherThanItIsShown() {
        assertThat(shell.type("Collections.nCopies(Integer.MAX_VALUE, \"tea\")"))
                .contains("[tea, tea, ")
                .endsWith("...")
                .hasSizeLessThan(21_000);
        assertThat(shell.type("Map.of(\"a\", List.of(1, 2))")).endsWith("==> {a=[1, 2]}");
        shell.type("record Order(String what, Object many) {}");
        assertThat(shell.type("new Order(\"tea\", Collections.nCopies(Integer.MAX_VALUE, 1))"))
                .contains("Order[what=tea, many=[1, 1, ")
                .hasSizeLessThan(21_000);
    }

    @Test
    void theTextOfAValueIsMadeOnceAndCanBeStopped() throws InterruptedException {
        shell.type(
                """
                class Odd {
                    static int asked;
                    public String toString() {
                        if (asked++ == 0) return "odd";
                        IO.println("begun");
                        while (true) {}
                    }
                }
                """);
        assertThat(shell.type("new Odd()", Detail.VALUE)).isEqualTo("odd");
        Thread typing =
                Thread.ofPlatform().start(() -> shell.node().evaluate("new Odd()", Detail.VALUE));
        shell.await(screen -> screen.contains("begun"));
        shell.node().interrupt();
        typing.join();
        assertThat(shell.type("1 + 1")).contains("** stopped").endsWith("==> 2");
    }

    @Test
    void anInterruptOfWhoAsksCostsNoAnswer() {
        Thread.currentThread().interrupt();
        boolean incomplete = shell.node().isIncomplete("while (true) {");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(incomplete).isTrue();
        assertThat(shell.type("1 + 1")).endsWith("==> 2");
    }
}
