package dev.bureau.weaver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SelectionTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "java.util.ArrayList",
                "java/util/ArrayList",
                "javax.swing.JFrame",
                "jdk.internal.misc.Unsafe",
                "sun.misc.Unsafe",
                "dev.bureau.scheduler.Fiber",
                "dev.bureau.kernel.process.Mailbox",
                "dev.bureau.weaver.Weaver",
            })
    void neverTakesTheJdkOrTheRooms(String name) {
        assertThat(Selection.all().selects(name)).isFalse();
        assertThat(Selection.of("java.*,*").selects(name)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"Main", "com.acme.Shop", "dev.bureau.examples.Counter", "javassist.Loader"})
    void takesAllElse(String name) {
        assertThat(Selection.all().selects(name)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    com.acme.*                | com.acme.Shop      | true
                    com.acme.*                | com.acme.a.Shop    | true
                    com.acme.*                | com.acmes.Shop     | false
                    com.acme.*                | org.Other          | false
                    com.acme.*,!com.acme.gen.*| com.acme.Shop      | true
                    com.acme.*,!com.acme.gen.*| com.acme.gen.Shop  | false
                    !com.acme.*               | com.acme.Shop      | false
                    !com.acme.*               | org.Other          | true
                    !com.acme.*,com.acme.Shop | com.acme.Shop      | true
                    com.acme.Shop             | com.acme.Shop$Till | true
                    com.acme.Shop             | com.acme.Shopping  | false
                    com.acme.Shop*            | com.acme.Shopping  | true
                    """)
    void goesByTheLastPatternThatFits(String patterns, String name, boolean selected) {
        assertThat(Selection.of(patterns).selects(name)).isEqualTo(selected);
        assertThat(Selection.of(patterns).selects(name.replace('.', '/'))).isEqualTo(selected);
    }

    @Test
    void canLeaveMoreOut() {
        var selection = Selection.of("com.*").without("com.acme.*, com.other.One");
        assertThat(selection.selects("com.acme.Shop")).isFalse();
        assertThat(selection.selects("com.other.One")).isFalse();
        assertThat(selection.selects("com.other.Two")).isTrue();
    }

    @Test
    void refusesWhatIsNoPattern() {
        assertThatThrownBy(() -> Selection.of("com.*.gen"))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "expected a class name, or the start of one and a star, got: com.*.gen");
    }
}
