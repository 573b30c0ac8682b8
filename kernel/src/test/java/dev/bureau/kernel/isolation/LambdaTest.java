package dev.bureau.kernel.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.IntSupplier;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

/// What a lambda captures passes, or is refused, as if it were the message.
@SuppressWarnings("unchecked")
class LambdaTest {
    private int state;

    static <T> T pass(T message) {
        return (T) Isolation.pass(message);
    }

    @Test
    void capturingNothingPassesByReference() {
        Runnable lambda = () -> {};
        assertThat(pass(lambda)).isSameAs(lambda);
    }

    @Test
    void capturingImmutablesPassesByReference() {
        String text = "a" + state;
        long number = state;
        List<String> list = List.of("a");
        Supplier<String> lambda = () -> text + number + list;
        assertThat(pass(lambda)).isSameAs(lambda);
    }

    @Test
    void capturingSomethingMutableIsRebuiltOverACopy() {
        int[] array = {1};
        long wide = 5;
        List<Integer> list = new ArrayList<>(List.of(2));
        double real = 0.5;
        Supplier<String> lambda = () -> array[0] + " " + wide + " " + list + " " + real;
        Supplier<String> copy = pass(lambda);
        array[0] = 9;
        list.add(9);
        assertThat(copy.get()).isEqualTo("1 5 [2] 0.5");
    }

    @Test
    void whatItCapturesAndTheMessageAroundItStayShared() {
        int[] array = {1};
        IntSupplier lambda = () -> array[0]++;
        List<Object> copy = pass(List.of(lambda, array));
        assertThat(((IntSupplier) copy.get(0)).getAsInt()).isEqualTo(1);
        assertThat((int[]) copy.get(1)).containsExactly(2);
        assertThat(array).containsExactly(1);
    }

    @Test
    void aBoundMethodReferenceIsALambda() {
        List<Integer> list = new ArrayList<>(List.of(1));
        Supplier<Integer> size = list::size;
        Supplier<Integer> copy = pass(size);
        list.add(2);
        assertThat(copy.get()).isEqualTo(1);
        Supplier<Integer> length = "abc"::length;
        assertThat(pass(length)).isSameAs(length);
    }

    @Test
    void aSerializableLambdaIsALambda() {
        int[] array = {1};
        IntSupplier lambda = (IntSupplier & Serializable) () -> array[0];
        IntSupplier copy = pass(lambda);
        array[0] = 2;
        assertThat(copy.getAsInt()).isEqualTo(1);
    }

    @Test
    void aLambdaThatCapturesALambdaIsLookedInto() {
        int[] array = {1};
        IntSupplier inner = () -> array[0];
        IntSupplier outer = () -> inner.getAsInt() + 1;
        IntSupplier copy = pass(outer);
        array[0] = 9;
        assertThat(copy.getAsInt()).isEqualTo(2);
    }

    @Test
    void theCulpritIsNamedByThePlaceOfTheLambdaAndTheArgument() {
        String text = "a" + state;
        AtomicLong count = new AtomicLong();
        Supplier<String> lambda = () -> text + count;
        assertThat(RefusedTest.refusal(lambda))
                .startsWith(
                        "lambda in LambdaTest (captured argument 2) -> java.util.concurrent.atomic.AtomicLong: ");
    }

    @Test
    void capturingAMutableThisIsRefusedWithTheAdviceToUseLocals() {
        IntSupplier lambda = () -> state;
        assertThat(RefusedTest.refusal(lambda))
                .isEqualTo(
                        "lambda in LambdaTest (LambdaTest.this) -> dev.bureau.kernel.isolation.LambdaTest: "
                                + "its field state is not final; copy what the lambda needs into local variables, "
                                + "so that it does not capture LambdaTest.this");
    }

    static final class Stateless {
        int one() {
            return 1;
        }

        IntSupplier lambda() {
            return () -> one();
        }
    }

    @Test
    void capturingAThisWithoutFieldsPassesByReference() {
        IntSupplier lambda = new Stateless().lambda();
        assertThat(pass(lambda)).isSameAs(lambda);
        assertThat(ClassVerdicts.of(lambda.getClass())).isSameAs(Verdict.Settled.IMMUTABLE);
    }
}
