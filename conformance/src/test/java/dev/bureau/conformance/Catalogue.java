package dev.bureau.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/// The items that OTP's behaviour was divided into, in their order.
///
/// @param items each item by its id
record Catalogue(Map<String, Item> items) {
    /// One item.
    record Item(String id, String area, String says) {}

    static Catalogue read(Path file) {
        Map<String, Item> items = new LinkedHashMap<>();
        try {
            for (String line : Files.readAllLines(file)) {
                if (line.isBlank() || line.startsWith("#")) {
                    continue;
                }
                String[] parts = line.split("\t", -1);
                if (parts.length != 3) {
                    throw new IllegalArgumentException(
                            "expected id, area and text between tabs, got: " + line);
                }
                Item item = new Item(parts[0], parts[1], parts[2]);
                if (items.put(item.id(), item) != null) {
                    throw new IllegalArgumentException("two items have the id " + item.id());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Catalogue(items);
    }

    boolean has(String id) {
        return items.containsKey(id);
    }
}
