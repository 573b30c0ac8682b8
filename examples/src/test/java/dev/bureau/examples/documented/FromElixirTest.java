package dev.bureau.examples.documented;

import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.bureau.kernel.Bureau;
import java.io.InputStream;
import java.lang.reflect.Member;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// `docs/from-elixir.md` names what there is, and leaves no function of the modules it is about out.
class FromElixirTest {
    private static final Path PAGE =
            Path.of(System.getProperty("basedir", ""))
                    .toAbsolutePath()
                    .resolveSibling("docs/from-elixir.md");

    private static final Pattern CODE = Pattern.compile("`([^`]+)`");
    private static final Pattern HEADING = Pattern.compile("## `([^`]+)`");

    /// `Table.lookup(key)`, `self()`, `ProcessInfo.label`: the type, the member, what is in brackets.
    private static final Pattern CITED =
            Pattern.compile("((?:[A-Z]\\w*\\.)*)(\\w+)(?:\\((.*)\\))?", Pattern.DOTALL);

    private static final Pattern FUNCTION =
            Pattern.compile("(?::?[\\w.]+\\.)?([a-z_0-9]+[?!]?)/\\d.*");

    private static final List<String> PACKAGES =
            List.of(
                    "dev.bureau.otp",
                    "dev.bureau.kernel",
                    "java.lang",
                    "java.util",
                    "java.util.stream",
                    "java.time");

    /// A line of a table.
    record Row(int line, String section, List<String> cells) {
        String place() {
            return "docs/from-elixir.md:" + line;
        }

        List<String> code(int cell) {
            return CODE.matcher(cells.get(cell)).results().map(found -> found.group(1)).toList();
        }
    }

    private static List<Row> rows() throws Exception {
        var rows = new ArrayList<Row>();
        var section = "";
        int number = 0;
        for (var line : Files.readAllLines(PAGE)) {
            number++;
            var heading = HEADING.matcher(line);
            if (heading.lookingAt()) section = heading.group(1);
            if (!line.startsWith("| ") || section.isEmpty()) continue;
            var cells = Stream.of(line.substring(1).split("\\|", -1)).map(String::strip).toList();
            if (!Set.of("Elixir", "Erlang").contains(cells.getFirst())) {
                rows.add(new Row(number, section, cells.subList(0, cells.size() - 1)));
            }
        }
        return rows;
    }

    @Test
    void namesWhatThereIs() throws Exception {
        var missing = new ArrayList<String>();
        for (Row row : rows()) {
            assertThat(row.cells()).as(row.place()).hasSize(3);
            Stream.of(1, 2)
                    .flatMap(cell -> row.code(cell).stream())
                    .filter(code -> isCitation(code) && !exists(code))
                    .forEach(code -> missing.add(row.place() + ": " + code));
        }
        assertThat(missing).isEmpty();
    }

    @Test
    void saysOfEachWhatItIsHereOrWhyItIsNot() throws Exception {
        assertThat(rows())
                .allSatisfy(row ->
                        assertThat(row.cells().get(1))
                                .as(row.place())
                                .matches(".*`.*|not there( yet)?: .+"));
    }

    /// A name that does not exist would be found, and so would one with other parameters.
    @Test
    void canFail() {
        assertThat(exists("GenServer.startLink(server)")).isTrue();
        assertThat(exists("GenServer.startLink(a, b, c)")).isFalse();
        assertThat(exists("GenServer.begin()")).isFalse();
        assertThat(exists("SpawnOptions.link()")).isTrue(); // has options
        assertThat(exists("Clerk.begin()")).isFalse();
        assertThat(exists("receive(type, limit, otherwise)")).isTrue();
        assertThat(exists("receive(a, b, c, d, e)")).isFalse();
        assertThat(exists("ProcessInfo.label")).isTrue();
        assertThat(exists("ProcessInfo.height")).isFalse();
        assertThat(exists("Table.Wrap")).isTrue();
        assertThat(exists("Table.Bag")).isFalse();
    }

    @Test
    void leavesNoFunctionOut() throws Exception {
        var functions = new Properties();
        try (InputStream in = getClass().getResourceAsStream("functions.properties")) {
            functions.load(in);
        }
        var rows = rows();
        for (var module : functions.stringPropertyNames()) {
            var named =
                    rows.stream()
                            .filter(row -> row.section().equals(module))
                            .flatMap(row -> row.code(0).stream())
                            .map(FUNCTION::matcher)
                            .filter(Matcher::matches)
                            .map(found -> found.group(1))
                            .collect(toSet());
            assertThat(named).as(module).contains(functions.getProperty(module).split("\\s+"));
        }
    }

    private static boolean isCitation(String code) {
        var cited = CITED.matcher(code);
        return cited.matches()
                && (!cited.group(1).isEmpty()
                        || cited.group(3) != null
                        || Character.isUpperCase(code.charAt(0)));
    }

    private static boolean exists(String code) {
        var cited = CITED.matcher(code);
        if (!cited.matches()) return false;
        var path = cited.group(1);
        var name = cited.group(2);
        if (cited.group(3) == null && type(path + name).isPresent()) return true;
        var type =
                path.isEmpty()
                        ? Optional.<Class<?>>of(Bureau.class)
                        : type(path.substring(0, path.length() - 1));
        return type.isPresent() && hasMember(type.get(), name, cited.group(3));
    }

    private static boolean hasMember(Class<?> type, String name, String arguments) {
        var methods = Stream.of(type.getMethods()).filter(method -> method.getName().equals(name));
        if (arguments == null) {
            return methods.findAny().isPresent()
                    || Stream.of(type.getFields()).map(Member::getName).anyMatch(name::equals);
        }
        int count = arguments.isBlank() ? 0 : arguments.split(",").length;
        return methods.anyMatch(method -> takes(method, count));
    }

    private static boolean takes(Method method, int arguments) {
        int most = method.getParameterCount();
        return method.isVarArgs() ? arguments >= most - 1 : arguments == most;
    }

    private static Optional<Class<?>> type(String path) {
        var inner = path.replace('.', '$');
        return PACKAGES.stream().flatMap(name -> load(name + "." + inner).stream()).findFirst();
    }

    private static Optional<Class<?>> load(String name) {
        try {
            return Optional.of(Class.forName(name));
        } catch (ClassNotFoundException | NoClassDefFoundError _) {
            return Optional.empty();
        }
    }
}
