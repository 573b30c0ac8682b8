package dev.bureau.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.weaver.LeftAlone.Reason;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScanningLoopTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (int i = 0; i < a.length; i++) x += a[i];",
                "for (int v : a) x += v;",
                "for (int i = 0; i < n; i++) a[i] = b[i] + c[i];",
                "for (int i = n - 1; i >= 0; i--) a[i] = i;",
                "for (int i = 1; i < n; i++) a[i] = a[i - 1] * 31 + 7;",
                "for (int i = 0; i < n; i += 2) a[i] ^= 5;",
                "for (int i = 0; i < n - 1; i++) a[1 + i]++;",
                "for (int i = 0, j = n - 1; i < j; i++, j--) { int t = a[i]; a[i] = a[j]; a[j] = t; }",
                "for (int i = 0; i < n; i++) d[i] = Math.fma(d[i], 2.0, Math.sqrt(e[i]));",
                "for (int i = 0; i < n; i++) l[i] = l[i] * 3 + (long) d[i] << 2;",
                "int i = 0; do { a[i++] = 1; } while (i < n);",
                "for (int i = 0; i < n && a[i] != 7; i++) ;",
                "for (int i = 0; i < n; i++) { if (a[i] < 0) break; x += a[i]; }",
                "for (int i = 0; i < n; i++) a[i] = field++;",
                "for (int i = 0; i < n; i++) if (a[i] == 5) return call(i) + loop;",
                // branches, and several ways round
                "for (int i = 0; i < n; i++) { if (a[i] > x) x = a[i]; }",
                "for (int i = 0; i < n; i++) { if (b[i] % 2 == 0) continue; x = x * 3 + b[i]; }",
                "for (int i = 0; i < n; i++) switch (b[i]) { case 1, 3 -> x += 5; case 4 -> x--; default -> {} }",
                "for (int i = 0; i < n; i++) x += b[i] > 3 ? c[i] : field;",
                "int i = 0; while (i < n) { if (b[i] > 5) i += 2; else i++; }",
                "for (int i = 0, j = 0; i < 5; ) if (b[i] < c[j]) a[i++] = 1; else a[i++] = c[j++];",
                // texts
                "for (int i = 0; i < s.length(); i++) x += s.charAt(i);",
                "int i = 0; while (i < n && s.charAt(i) != 'x') i++; x = i;",
                "for (int i = 0; i < q.length(); i++) switch (q.charAt(i)) { case 'l': x++; case 'o': x += 2; }",
                "for (int i = 0; n > i; i++) x = x * 31 + q.charAt(i);",
                "var t = new StringBuilder(); for (int i = n - 1; i >= 0; i--) t.append(s.charAt(i)); loop += t;",
                "for (int i = 0; i < n; i++) if (Character.isLetter(s.charAt(i))) x++;",
                // calls within the class that are as short
                "for (int i = 0; i < n; i++) x += call(a[i]);",
                "for (int i = 0; i < n; i++) if (b[i] > 5) swap(b, i, 0);",
                // two loops with one head
                "int i = 0, j = n - 1; while (true) { while (i <= j && b[i] < 5) i++; while (j >= i && b[j] > 5) j--; if (i >= j) break; return \"\" + i; }",
            })
    void isLeftAlone(String loop) {
        assertThat(polls(loop)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (int i = 0; i < n; i++) x = x * 31 + 7;", // no array
                "for (int i = 0; i < n; i++) a[i] = loops(i);", // a call that loops
                "for (int i = 0; i < n; i++) a[i] = open(i);", // one that others may override
                "for (int i = 0; i < n; i++) x += s.substring(i).length();", // one that takes
                // longer for more, in
                // each round
                "for (int i = 0; i < n; i++) a[x] = i;", // another index
                "for (int i = 0; i < n; i++) { a[0] = i; }",
                "for (int i = 0; i < n; ) { a[i] = 1; i += field > -1 ? 1 : 0; }",
                "for (int i = 0; i < n; i++) { a[i] = 1; i = i + field - 1; }", // changed otherwise
                "for (int i = 0, k = 0; k < n; k += 2) { if (b[i] > 0 && k < 3) i++; else i--; i++; x += b[i]; }", // to and fro
                "int i = 0, k = 0; while (k < n) { k = k + 1; if (b[i] > k) i++; }", // not in each
                // round
                "for (int i = 0; i < n; i++) { if (i > 3) continue; x += b[i]; }",
                "for (int i = 0; i < n; i++) a[i * 2 % n] = i;",
                "for (int i = 0; i < n; i++) a[i % 5 & i] = i;",
                "for (int i = 0; i < n; i++) a[i] = new int[] {i}.length;", // allocates in each
                // round
                "for (int i = 0; i < n; i++) synchronized (a) { a[i] = 1; }",
                "for (long i = 0; i < n; i++) a[(int) i] = 1;",
                "for (int i = 0; i < n; i++) for (int j = 0; j < 2; j++) a[i] = j;",
                "for (int i = 0; i < n; i++) try { a[i] = 10 / b[i]; } catch (ArithmeticException f) { x++; }",
                "for (int i = 0; q.charAt(i) != 'd'; i++) x++;", // who says that there is an end?
                "for (int i = n - 1; i >= 0; i--) x += q.charAt(i);",
            })
    void isNotAnyOther(String loop) {
        assertThat(polls(loop)).isPositive();
    }

    /// The other loop of two that share their head does not undo what the one steps without a poll in between.
    @Test
    void pollsWhereTheIndexStartsAnew() {
        var loop = "int i = 0, k = 0; while (k < 4) { while (i < n && b[i] < 8) i++; i = 0; k++; }";
        assertThat(polls(loop)).isEqualTo(4);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    0 | abc
                    1 | a&c
                    3 | &<&
                    """)
    void pollsWhereItCopies(int polls, String text) {
        var code =
                Snippet.of(
                        """
                        static String run(String text) {
                            var escaped = new StringBuilder();
                            for (int i = 0; i < text.length(); i++) {
                                char c = text.charAt(i);
                                switch (c) {
                                    case '&' -> escaped.append("&amp;");
                                    case '<' -> escaped.append("&lt;");
                                    default -> escaped.append(c);
                                }
                            }
                            return escaped.toString();
                        }
                        """);
        assertThat(code.call("run", text).polls()).isEqualTo(polls);
        if (polls > 0) assertThat(code.kill(polls, "run", text).wasKilled()).isTrue();
    }

    @Test
    void isNamed() {
        var code = Snippet.of("static void run(int[] a) { for (int i = 0; i < 9; i++) a[i] = 1; }");
        assertThat(Weaver.standard().inspect(code.classFile()).leftAlone())
                .containsExactly(new LeftAlone("run([I)V", Reason.SCANNING_LOOP));
    }

    private static int polls(String loop) {
        var code =
                Snippet.of(
                        """
                        static int field = 1;
                        static int call(int n) { return Math.max(n, 3) + 1; }
                        static int loops(int n) { for (int i = 0; i < n; i++) field += n; return field; }
                        int opened(int n) { return n + 1; }
                        static int open(int n) { return new Code().opened(n); }
                        private static void swap(int[] x, int i, int j) { int t = x[i]; x[i] = x[j]; x[j] = t; }
                        static String run(int n) {
                            int[] a = new int[10], b = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, c = b.clone();
                            double[] d = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, e = d.clone();
                            long[] l = new long[10];
                            String s = "hello, you";
                            CharSequence q = "hello, world";
                            int x = 0;
                            String loop = "";
                        """
                                + loop
                                + "return x + loop + Arrays.toString(a) + Arrays.toString(d) + Arrays.toString(l); }");
        return code.call("run", 10).polls();
    }
}
