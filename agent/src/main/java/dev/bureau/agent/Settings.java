package dev.bureau.agent;

import dev.bureau.weaver.Selection;
import dev.bureau.weaver.Weaver;
import org.jspecify.annotations.Nullable;

/// What stands behind the agent's `=`.
record Settings(Selection selection, Weaver.Options options) {
    /// Reads settings such as `include=com.acme.*;exclude=com.acme.gen.*;lambdas=no`.
    static Settings of(@Nullable String written) {
        var selection = Selection.all();
        boolean lambdas = true;
        for (var setting : written == null ? new String[0] : written.split(";")) {
            if (setting.isBlank()) continue;
            int end = setting.indexOf('=');
            var key = end < 0 ? setting : setting.substring(0, end);
            var value = setting.substring(end + 1);
            switch (key.strip()) {
                case "include" -> selection = selection.and(value);
                case "exclude" -> selection = selection.without(value);
                case "lambdas" -> lambdas = !value.equals("no");
                default ->
                        throw new IllegalArgumentException(
                                "expected include=, exclude= or lambdas=, got: " + setting);
            }
        }
        return new Settings(selection, new Weaver.Options(lambdas));
    }
}
