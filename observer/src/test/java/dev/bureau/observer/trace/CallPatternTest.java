package dev.bureau.observer.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class CallPatternTest {
    private static boolean fits(String pattern, String type, String method) {
        var methods = CallPattern.of(pattern).methods();
        return methods.types().test(type) && methods.methods().test(method);
    }

    @Test
    void aClassIsNamedWithWhatStandsBeforeItOrWithout() {
        for (String pattern :
                List.of("Shop.order", "acme.Shop.order", "com.acme.Shop.order", "Shop.*")) {
            assertThat(fits(pattern, "com.acme.Shop", "order")).as(pattern).isTrue();
        }
        for (String pattern :
                List.of("hop.order", "Shop.orders", "Sho.order", "me.Shop.order", "Shop.rder")) {
            assertThat(fits(pattern, "com.acme.Shop", "order")).as(pattern).isFalse();
        }
    }

    @Test
    void whatIsNestedIsNamedByBothNames() {
        for (String pattern :
                List.of("Desk.order", "Shop.Desk.order", "Shop$Desk.order", "com.*.order")) {
            assertThat(fits(pattern, "com.acme.Shop$Desk", "order")).as(pattern).isTrue();
        }
        assertThat(fits("Shop.order", "com.acme.Shop$Desk", "order")).isFalse();
    }

    @Test
    void aStarStandsForAnyCharacters() {
        for (String pattern :
                List.of(
                        "com.*.order",
                        "*.order",
                        "S*p.o*r",
                        "c*a*e.Shop.*r*e*",
                        "*Shop*.order",
                        "Shop**.order")) {
            assertThat(fits(pattern, "com.acme.Shop", "order")).as(pattern).isTrue();
        }
        for (String pattern : List.of("S*q.order", "Sho*ops.order", "Shop*hop.order", "x*.order")) {
            assertThat(fits(pattern, "com.acme.Shop", "order")).as(pattern).isFalse();
        }
        assertThat(Glob.of("a*a").fits("a")).isFalse();
        assertThat(Glob.of("").fits("")).isTrue();
    }
}
