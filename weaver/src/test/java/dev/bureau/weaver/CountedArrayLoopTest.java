package dev.bureau.weaver;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CountedArrayLoopTest {
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
            })
    void isLeftAlone(String loop) {
        assertThat(polls(loop)).isZero();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "for (int i = 0; i < n; i++) x = x * 31 + 7;", // no array
                "for (int i = 0; i < n; i++) { if (a[i] > x) x = a[i]; }", // a branch
                "for (int i = 0; i < n; i++) a[i] = call(i);", // a call
                "for (int i = 0; i < n; i++) a[x] = i;", // another index
                "for (int i = 0; i < n; i++) { a[0] = i; }",
                "for (int i = 0; i < n; ) { a[i] = 1; i += field > -1 ? 1 : 0; }",
                "for (int i = 0; i < n; i++) { a[i] = 1; i = i + field - 1; }", // two changes
                "for (int i = 0; i < n; i++) a[i * 2 % n] = i;",
                "for (int i = 0; i < n; i++) a[i % 5 & i] = i;",
                "for (int i = 0; i < n; i++) a[i] = new int[] {i}.length;", // allocates
                "for (long i = 0; i < n; i++) a[(int) i] = 1;",
                "for (int i = 0; i < n; i++) for (int j = 0; j < 2; j++) a[i] = j;",
            })
    void isNotAnyOther(String loop) {
        assertThat(polls(loop)).isPositive();
    }

    private static int polls(String loop) {
        var code =
                Snippet.of(
                        """
                        static int field = 1;
                        static int call(int n) { return n + 1; }
                        static String run(int n) {
                            int[] a = new int[10], b = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, c = b.clone();
                            double[] d = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10}, e = d.clone();
                            long[] l = new long[10];
                            int x = 0;
                            String loop = "";
                        """
                                + loop
                                + "return x + Arrays.toString(a) + Arrays.toString(d) + Arrays.toString(l); }");
        return code.call("run", 10).polls();
    }
}
