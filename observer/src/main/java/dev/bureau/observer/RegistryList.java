package dev.bureau.observer;

import dev.bureau.kernel.Pid;
import dev.bureau.otp.Registry;
import java.util.List;
import java.util.stream.Collectors;

/// Who is registered on a node: local names, and the registries with what is in them.
///
/// @param totalNames how many local names there are
/// @param names the first of them in the order of the alphabet, a thousand at most
/// @param registries all registries, by name
public record RegistryList(int totalNames, List<LocalName> names, List<OfRegistry> registries) {
    static final int MOST = 1_000;
    private static final int MOST_PRINTED = 50;

    public RegistryList {
        names = List.copyOf(names);
        registries = List.copyOf(registries);
    }

    /// A local name, and whose it is.
    public record LocalName(String name, Pid pid) {}

    /// A registry.
    ///
    /// @param size how many entries it has
    /// @param entries some of them, a hundred at most
    public record OfRegistry(String name, Registry.Keys keys, long size, List<Entry> entries) {
        static final int MOST = 100;

        public OfRegistry {
            entries = List.copyOf(entries);
        }
    }

    /// An entry of a registry. What was registered with it is not shown.
    ///
    /// @param key as text
    public record Entry(String key, Pid pid) {}

    /// The names, and the registries with some of their entries.
    @Override
    public String toString() {
        TextTable text = new TextTable().text("name").text("pid");
        names.stream().limit(MOST_PRINTED).forEach(each -> text.row(each.name, each.pid));
        int more = totalNames - Math.min(names.size(), MOST_PRINTED);
        return text
                + (more > 0 ? "\nand " + more + " more names" : "")
                + registries.stream().map(RegistryList::text).collect(Collectors.joining());
    }

    private static String text(OfRegistry registry) {
        TextTable text = new TextTable().text("  key").text("pid");
        registry.entries.stream()
                .limit(MOST_PRINTED)
                .forEach(entry -> text.row("  " + entry.key, entry.pid));
        long more = registry.size - Math.min(registry.entries.size(), MOST_PRINTED);
        return "\n\nregistry "
                + registry.name
                + ", "
                + registry.keys.name().toLowerCase(java.util.Locale.ROOT)
                + " keys, "
                + registry.size
                + " entries\n"
                + text
                + (more > 0 ? "\n  and " + more + " more" : "");
    }
}
