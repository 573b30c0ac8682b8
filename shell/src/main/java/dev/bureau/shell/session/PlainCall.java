package dev.bureau.shell.session;

import dev.bureau.kernel.Bureau;
import dev.bureau.observer.Top;
import dev.bureau.shell.Prompt;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/// A line that is no more than a call of a word of the prompt: `top(10)`, `stack("cart")`, `kill(pid("0.12.0"))`. It is run as it is, since in a node that is busy the
/// compiler is what takes long.
///
/*
 * It means what the compiler would make of it, or is left to the compiler: arguments are literals, constants of Top.Order and other such calls, and of all
 * methods of that name and number of arguments exactly one takes them by their types, without variable arguments and type parameters. Imports of
 * single names go before those of all, as in Java (LineCompiler.IMPORTS).
 */
final class PlainCall {
    private static final Pattern TOKEN =
            Pattern.compile(
                    "\\s*(?:(?<name>[a-z]\\w*)\\s*\\(|\"(?<text>[^\"\\\\\\n]*)\"|(?<number>-?\\d{1,9})(?![\\w.])"
                            + "|Top\\s*\\.\\s*Order\\s*\\.\\s*(?<order>[A-Z]+)\\b)");
    private static final Set<String> OF_THE_PROMPT_ONLY =
            Set.of("info", "stack", "suspend", "resume");

    /// A part of the line, with the type that it has for the compiler.
    private sealed interface Part {
        Class<?> type();
    }

    private record Literal(Object value, Class<?> type) implements Part {}

    private record Call(Method method, List<Part> arguments) implements Part {
        @Override
        public Class<?> type() {
            return method.getReturnType();
        }
    }

    private final Call call;

    private PlainCall(Call call) {
        this.call = call;
    }

    /// The line as such a call; empty if it is anything else.
    static Optional<PlainCall> of(String line) {
        var reader = new Reader(line);
        return reader.part() instanceof Call call && reader.isAtEnd()
                ? Optional.of(new PlainCall(call))
                : Optional.empty();
    }

    /// Whether there is a value to be shown.
    boolean hasValue() {
        return call.type() != void.class;
    }

    /// Makes the call; what it throws is thrown as it is.
    @Nullable Object run() throws Exception {
        return value(call);
    }

    private static @Nullable Object value(Part part) throws Exception {
        return switch (part) {
            case Literal(Object value, _) -> value;
            case Call(Method method, List<Part> arguments) -> {
                var values = new ArrayList<@Nullable Object>();
                for (Part argument : arguments) values.add(value(argument));
                try {
                    yield method.invoke(null, values.toArray());
                } catch (InvocationTargetException thrown) {
                    // also what is neither: it is how the kernel takes a process down
                    throw SnippetControl.unchecked(Objects.requireNonNull(thrown.getCause()));
                }
            }
        };
    }

    /// Reads a line from left to right; what it does not understand is null.
    private static final class Reader {
        private final String line;
        private int at;

        Reader(String line) {
            this.line = line;
        }

        boolean isAtEnd() {
            return line.substring(at).matches("\\s*;?\\s*");
        }

        @Nullable Part part() {
            Matcher token = TOKEN.matcher(line).region(at, line.length());
            if (!token.lookingAt()) return null;
            at = token.end();
            if (token.group("text") != null) return new Literal(token.group("text"), String.class);
            if (token.group("number") != null) {
                return new Literal(Integer.valueOf(token.group("number")), int.class);
            }
            if (token.group("order") != null) return order(token.group("order"));
            List<Part> arguments = arguments();
            if (arguments == null) return null;
            Method method = method(token.group("name"), arguments);
            return method == null ? null : new Call(method, arguments);
        }

        private static @Nullable Part order(String name) {
            return Stream.of(Top.Order.values())
                    .filter(order -> order.name().equals(name))
                    .findFirst()
                    .map(order -> new Literal(order, Top.Order.class))
                    .orElse(null);
        }

        private @Nullable List<Part> arguments() {
            var arguments = new ArrayList<Part>();
            if (skip(')')) return arguments;
            do {
                Part argument = part();
                if (argument == null || argument.type() == void.class) return null;
                arguments.add(argument);
            } while (skip(','));
            return skip(')') ? arguments : null;
        }

        private boolean skip(char wanted) {
            int next = at;
            while (next < line.length() && Character.isWhitespace(line.charAt(next))) next++;
            if (next == line.length() || line.charAt(next) != wanted) return false;
            at = next + 1;
            return true;
        }
    }

    private static @Nullable Method method(String name, List<Part> arguments) {
        var holders =
                OF_THE_PROMPT_ONLY.contains(name)
                        ? Stream.<Class<?>>of(Prompt.class)
                        : Stream.<Class<?>>of(Prompt.class, Bureau.class);
        List<Method> known =
                holders.flatMap(holder -> Stream.of(holder.getMethods()))
                        .filter(method -> Modifier.isStatic(method.getModifiers()))
                        .filter(method -> method.getName().equals(name))
                        .filter(method ->
                                method.isVarArgs()
                                        || method.getParameterCount() == arguments.size())
                        .toList();
        boolean plain =
                known.stream()
                        .noneMatch(method ->
                                method.isVarArgs() || method.getTypeParameters().length > 0);
        List<Method> fitting =
                plain ? known.stream().filter(it -> takes(it, arguments)).toList() : List.of();
        return fitting.size() == 1 ? fitting.getFirst() : null;
    }

    private static boolean takes(Method method, List<Part> arguments) {
        Class<?>[] wanted = method.getParameterTypes();
        for (int i = 0; i < wanted.length; i++) {
            Class<?> given = arguments.get(i).type();
            boolean fits =
                    given.isPrimitive() ? wanted[i] == given : wanted[i].isAssignableFrom(given);
            if (!fits) return false;
        }
        return true;
    }
}
