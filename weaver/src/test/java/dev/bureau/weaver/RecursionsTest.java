package dev.bureau.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// Which methods poll, though they do not loop, and where.
class RecursionsTest {
    @Test
    void pollInAMethodThatCallsItself() {
        var code =
                Snippet.of("static int run(int n) { return n < 2 ? n : run(n - 1) + run(n - 2); }");
        assertThat(code.call("run", 5).polls()).isEqualTo(7); // once for each of the 15 that calls
        assertThat(code.kill(3, "run", 5).wasKilled()).isTrue();
    }

    @Test
    void pollInMethodsThatCallEachOther() {
        var code =
                Snippet.of(
                        """
                        static int run(int n) { return down(n); }
                        static int down(int n) { return n < 1 ? aside(n) : up(n - 1) + up(n - 2); }
                        static int up(int n) { return n < 1 ? aside(n) : down(n - 1); }
                        static int aside(int n) { return n == 3 ? 1 : 0; }
                        """);
        assertThat(code.call("run", 5).polls()).isEqualTo(4);
    }

    @Test
    void leaveChainsAlone() {
        var code =
                Snippet.of(
                        """
                        static int run(int n) { return sum(n) + (even(n) ? 1 : 0) + list(n).sum(); }
                        static int sum(int n) { return n == 0 ? 0 : n + sum(n - 1); }
                        static boolean even(int n) { return n == 0 || odd(n - 1); }
                        static boolean odd(int n) { return n != 0 && even(n - 1); }
                        interface Summed { int sum(); }
                        record Nil() implements Summed { public int sum() { return 0; } }
                        record Pair(int first, Summed rest) implements Summed {
                            public int sum() { return first + rest.sum(); }
                        }
                        static Summed list(int n) { return n == 0 ? new Nil() : new Pair(n, list(n - 1)); }
                        """);
        assertThat(code.call("run", 5).polls()).isZero();
    }

    @Test
    void pollWhereALoopCallsBack() {
        var code =
                Snippet.of(
                        """
                        static int run(int n) {
                            int sum = 1;
                            for (int i = 0; i < n; i++) sum += run(i);
                            return sum;
                        }
                        """);
        assertThat(code.call("run", 4).polls()).isEqualTo(15);
    }

    @Test
    void pollInConstructors() {
        var code =
                Snippet.of(
                        """
                        final Code left, right;
                        Code(int n) { left = n == 0 ? null : new Code(n - 1); right = n == 0 ? null : new Code(n - 1); }
                        static void run(int n) { new Code(n); }
                        """);
        assertThat(code.call("run", 3).polls()).isEqualTo(7);
        assertThat(code.kill(3, "run", 3).wasKilled()).isTrue();
    }

    @Test
    void pollInCompositesAndVisitors() {
        var code =
                Snippet.of(
                        """
                        interface Tree { int sum(); }
                        record Leaf(int value) implements Tree { public int sum() { return value; } }
                        record Fork(Tree left, Tree right) implements Tree {
                            public int sum() { return left.sum() + right.sum(); }
                        }
                        static Tree tree(int n) { return n == 0 ? new Leaf(1) : new Fork(tree(n - 1), tree(n - 1)); }
                        static int run(int n) { return tree(n).sum(); }
                        """);
        assertThat(code.call("run", 3).polls()).isEqualTo(7 + 7);
    }

    /// One of the two in each call, and so a chain.
    @Test
    void leaveCallsThatExcludeEachOtherAlone() {
        var code =
                Snippet.of(
                        """
                        static int run(int n) { return n == 0 ? 0 : n % 2 == 0 ? run(n - 1) + 1 : run(n - 1) + 2; }
                        """);
        assertThat(code.call("run", 9).polls()).isZero();
    }

    @Test
    void pollBeforeACallAfterOneThatFailed() {
        var code =
                Snippet.of(
                        """
                        static int run(int n) {
                            if (n < 1) throw new IllegalStateException();
                            try {
                                return run(n - 1);
                            } catch (IllegalStateException e) {
                                return n < 3 ? run(n - 2) : 7;
                            }
                        }
                        """);
        assertThat(code.call("run", 3).polls()).isEqualTo(2);
        assertThat(code.kill(1, "run", 3).wasKilled()).isTrue();
    }

    @Test
    void pollOnceAtTheStartWhereCallsAreMany() {
        var code =
                Snippet.of(
                        """
                        static int run(int n) {
                            return n == 0 ? 1 : run(n - 1) + run(n - 1) + run(n - 1) + run(n - 1) + run(n - 1);
                        }
                        """);
        assertThat(code.call("run", 2).polls()).isEqualTo(1 + 5 + 25);
        assertThat(code.kill(20, "run", 2).wasKilled()).isTrue();
    }

    /// Jumps to a call that polls, and over it, and what waits on the stack meanwhile.
    @Test
    void pollAmidstWhatIsOnTheStack() {
        var code =
                Snippet.of(
                        """
                        final int sum;
                        Code(Code first, Code second) { sum = first.sum + second.sum; }
                        Code(int n) { sum = n; }
                        static Code make(int n, long m) {
                            long more = m + n;
                            return n < 2
                                    ? new Code((int) more)
                                    : new Code(make(n - 1, more), make(n % 3 == 0 ? n - 2 : n - 1, n > 3 ? m : -m));
                        }
                        static int run(int n) { return make(n, 3).sum; }
                        """);
        assertThat(code.call("run", 9).polls()).isGreaterThan(50);
        assertThat(code.kill(40, "run", 9).wasKilled()).isTrue();
    }

    @Test
    void pollInLambdasThatComeBack() {
        var code =
                Snippet.of(
                        """
                        static int run(int n) {
                            IntUnaryOperator next = m -> run(m);
                            return n == 0 ? 1 : next.applyAsInt(n - 1) + 1;
                        }
                        """);
        assertThat(code.call("run", 3).polls()).isEqualTo(4 + 3);
    }

    @Test
    void pollInLambdasUnlessToldNotTo() {
        var members =
                """
                static long run(int n) {
                    return IntStream.range(0, n).mapToObj(i -> "a".repeat(i)).filter(s -> s.length() > 0).count();
                }
                """;
        assertThat(Snippet.of(members).call("run", 10).polls()).isEqualTo(20);
        var without = Weaver.with(new Weaver.Options(false));
        assertThat(Snippet.of(members, without).call("run", 10).polls()).isZero();
    }

    @Test
    void leaveStraightMethodsAlone() {
        var code =
                Snippet.of(
                        """
                        String name = "a";
                        @Override public int hashCode() { return name.hashCode(); }
                        @Override public String toString() { return new StringBuilder(name).append(hashCode()).toString(); }
                        static int one() { return 1; }
                        static int run(int n) {
                            IntSupplier two = () -> 2;
                            return one() + two.getAsInt() + new Code().toString().length();
                        }
                        """);
        assertThat(code.call("run", 3).polls()).isZero();
    }
}
