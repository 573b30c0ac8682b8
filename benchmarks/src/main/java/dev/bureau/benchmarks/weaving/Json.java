package dev.bureau.benchmarks.weaving;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.IntToLongFunction;

/// A page of a shop's orders, 170 kB: read into records and written, read as a tree and written.
public final class Json implements IntToLongFunction {
    private final ObjectMapper mapper = new ObjectMapper();
    private final byte[] document;

    record Page(int number, List<Order> orders, Map<String, Integer> totals) {}

    record Order(long id, String placed, Customer customer, List<Item> items, Status status) {}

    record Customer(String name, String email, Address address, boolean newsletter) {}

    record Address(String street, String city, String country, double latitude, double longitude) {}

    record Item(
            String sku, String title, String note, int count, double price, List<String> tags) {}

    enum Status {
        PLACED,
        PAID,
        SENT,
        RETURNED
    }

    public Json() {
        try {
            document = mapper.writeValueAsBytes(page());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public long applyAsLong(int times) {
        try {
            long result = 0;
            for (int i = 0; i < times; i++) result += once();
            return result;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private long once() throws IOException {
        Page page = mapper.readValue(document, Page.class);
        long count = 0;
        for (Order order : page.orders()) {
            for (Item item : order.items()) count += item.count();
        }
        JsonNode tree = mapper.readTree(document);
        for (JsonNode order : tree.get("orders")) count += order.get("items").size();
        return count
                + mapper.writeValueAsBytes(page).length
                + mapper.writeValueAsBytes(tree).length;
    }

    private static Page page() {
        Words words = new Words(1);
        List<Order> orders = new ArrayList<>();
        for (int i = 0; i < 200; i++) orders.add(order(i, words));
        return new Page(7, orders, Map.of("orders", orders.size()));
    }

    private static Order order(int id, Words words) {
        List<Item> items = new ArrayList<>();
        int count = 1 + words.number(6);
        for (int i = 0; i < count; i++) items.add(item(words));
        Status status = Status.values()[words.number(4)];
        String placed = "2026-03-%02dT%02d:00:00Z".formatted(1 + id % 28, id % 24);
        return new Order(5_000_000_000L + id, placed, customer(words), items, status);
    }

    private static Customer customer(Words words) {
        Address address =
                new Address(
                        words.word() + "straße " + words.number(200),
                        "Malmö",
                        "SE",
                        55 + words.number(1_000_000) / 1e6,
                        13 + words.number(1_000_000) / 1e6);
        String name = words.word() + " " + words.word();
        String email = words.word() + "@" + words.word() + ".example";
        return new Customer(name, email, address, words.number(2) == 0);
    }

    private static Item item(Words words) {
        return new Item(
                "sku-" + words.number(100_000),
                words.word() + " " + words.word() + " \"" + words.word() + "\"",
                words.sentence(),
                1 + words.number(9),
                words.number(100_000) / 100.0,
                List.of(words.word(), words.word()));
    }
}
