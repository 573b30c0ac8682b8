package dev.bureau.conformance;

import java.util.Comparator;

/// A test that says which item it proves.
///
/// @param id the item
/// @param room the folder of the test's module
/// @param testClass its class, an inner one with its outer ones
/// @param method its method; empty for a whole class
record Claim(String id, String room, String testClass, String method) implements Comparable<Claim> {
    private static final Comparator<Claim> ORDER =
            Comparator.comparing((Claim claim) -> claim.id)
                    .thenComparing(claim -> claim.room)
                    .thenComparing(claim -> claim.testClass)
                    .thenComparing(claim -> claim.method);

    @Override
    public int compareTo(Claim other) {
        return ORDER.compare(this, other);
    }
}
