package dev.bureau.conformance;

import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// The text of `docs/conformance.md`.
final class ConformanceTable {
    private static final String HEAD =
            """
            # Conformance

            What Erlang/OTP 28 and Elixir 1.19 do, item by item, and whether Bureau does it too. An item is *covered* when a
            test cites its id, *waived* when we do not follow it, for the reason given, and *open* until then. What each
            item says stands in [catalogue.tsv](../conformance/src/test/resources/catalogue.tsv); tests without a room are
            in [conformance](../conformance/src/test/java/dev/bureau/conformance).

            This page is made from the tests and from [waivers.properties](../conformance/waivers.properties); a test
            fails when it is out of date and says how to make it anew.

            | id | status | where |
            |---|---|---|
            """;

    private final Catalogue catalogue;
    private final Map<String, Set<Claim>> claims = new TreeMap<>();
    private final Map<String, String> waivers;

    ConformanceTable(Catalogue catalogue, Set<Claim> claims, Map<String, String> waivers) {
        this.catalogue = catalogue;
        this.waivers = waivers;
        for (Claim claim : claims) {
            this.claims.computeIfAbsent(claim.id(), _ -> new LinkedHashSet<>()).add(claim);
        }
    }

    /// What is cited or waived and is no item.
    Set<String> unknown() {
        Set<String> unknown = new LinkedHashSet<>(claims.keySet());
        unknown.addAll(waivers.keySet());
        unknown.removeIf(catalogue::has);
        return unknown;
    }

    String text() {
        StringBuilder text = new StringBuilder(HEAD);
        for (String id : catalogue.items().keySet()) {
            text.append("| ").append(id).append(" | ").append(status(id)).append(" |");
            String where = where(id);
            text.append(where.isEmpty() ? "" : " ").append(where).append(" |\n");
        }
        return text.toString();
    }

    private String status(String id) {
        if (claims.containsKey(id)) {
            return "covered";
        }
        return waivers.containsKey(id) ? "waived" : "open";
    }

    /// The tests; for an item of which a clause is waived, the reason too.
    private String where(String id) {
        String reason = waivers.getOrDefault(id, "").replace("|", "\\|");
        Set<Claim> tests = claims.get(id);
        if (tests == null) {
            return reason;
        }
        return tests(tests) + (reason.isEmpty() ? "" : "; waived in part: " + reason);
    }

    private static String tests(Set<Claim> tests) {
        Map<String, Set<String>> methods = new LinkedHashMap<>();
        for (Claim claim : tests) {
            String room = claim.room().equals("conformance") ? "" : claim.room() + " ";
            Set<String> ofClass =
                    methods.computeIfAbsent(room + claim.testClass(), _ -> new LinkedHashSet<>());
            if (!claim.method().isEmpty()) {
                ofClass.add(claim.method());
            }
        }
        return methods.entrySet().stream()
                .map(each ->
                        each.getValue().isEmpty()
                                ? each.getKey()
                                : each.getKey() + ": " + String.join(", ", each.getValue()))
                .collect(Collectors.joining("; "));
    }
}
