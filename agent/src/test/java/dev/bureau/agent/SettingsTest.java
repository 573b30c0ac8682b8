package dev.bureau.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class SettingsTest {
    @Test
    void weavesEverythingWithoutAny() {
        for (var written : new String[] {null, "", ";"}) {
            var settings = Settings.of(written);
            assertThat(settings.selection().selects("com.acme.Shop")).isTrue();
            assertThat(settings.options().lambdas()).isTrue();
        }
    }

    @Test
    void takesWhatToIncludeAndWhatNot() {
        var settings = Settings.of("include=com.*,!com.other.*;exclude=com.acme.*;lambdas=no");
        assertThat(settings.selection().selects("com.shop.Till")).isTrue();
        assertThat(settings.selection().selects("com.acme.Till")).isFalse();
        assertThat(settings.selection().selects("com.other.Till")).isFalse();
        assertThat(settings.selection().selects("org.Till")).isFalse();
        assertThat(settings.options().lambdas()).isFalse();
    }

    @Test
    void refusesWhatItDoesNotKnow() {
        assertThatThrownBy(() -> Settings.of("inclde=com.*"))
                .hasMessage("expected include=, exclude= or lambdas=, got: inclde=com.*");
    }
}
