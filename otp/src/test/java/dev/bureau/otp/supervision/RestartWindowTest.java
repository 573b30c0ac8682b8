package dev.bureau.otp.supervision;

import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.otp.Intensity;
import java.time.Duration;
import org.junit.jupiter.api.Test;

class RestartWindowTest {
    private final RestartWindow window = new RestartWindow();
    private final Intensity two = Intensity.of(2, Duration.ofSeconds(5));

    @Test
    void countsThisOneToo() {
        assertThat(window.allows(two, 100)).isTrue();
        assertThat(window.allows(two, 100)).isTrue();
        assertThat(window.allows(two, 100)).isFalse();
    }

    @Test
    void includesTheEdge() {
        window.allows(two, 100);
        window.allows(two, 101);
        assertThat(window.allows(two, 105)).isFalse();
    }

    @Test
    void forgetsWhatIsOlder() {
        window.allows(two, 100);
        window.allows(two, 101);
        assertThat(window.allows(two, 106)).isTrue();
        assertThat(window.allows(two, 106)).isFalse();
        assertThat(window.allows(two, 112)).isTrue();
    }

    @Test
    void allowsNoneOfZero() {
        assertThat(window.allows(Intensity.of(0, Duration.ofSeconds(1)), 0)).isFalse();
    }
}
