package dev.bureau.shell.session;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Gives the sealed types of a text their `permits`: in a file they need none, since their subtypes stand beside them; the
/// compiler sees the shell's snippets one by one.
final class SealedTypes {
    private static final Pattern SEALED =
            Pattern.compile("\\bsealed\\s+(?:\\w+\\s+)*?(?:interface|class)\\s+(\\w+)[^{]*");
    private static final Pattern TYPE =
            Pattern.compile("\\b(?:interface|class|record|enum)\\s+(\\w+)([^{]*)");
    private static final Pattern SUPERTYPES =
            Pattern.compile("\\b(?:implements|extends)\\b(.*)", Pattern.DOTALL);

    private SealedTypes() {}

    /// The sources with what they lack; types are looked for in all of them.
    static List<String> permitting(List<String> sources) {
        var completed = new ArrayList<String>();
        for (String source : sources) completed.add(permitting(source, sources));
        return completed;
    }

    private static String permitting(String source, List<String> all) {
        Matcher sealed = SEALED.matcher(source);
        if (!sealed.find() || sealed.group().matches("(?s).*\\bpermits\\b.*")) return source;
        var subtypes = new ArrayList<String>();
        for (String other : all) {
            Matcher type = TYPE.matcher(other);
            // the first one is what the snippet declares, the others are inside
            if (type.find() && extendsDirectly(type.group(2), sealed.group(1)))
                subtypes.add(type.group(1));
        }
        if (subtypes.isEmpty()) return source; // they are inside, or there are none
        int end = sealed.start() + sealed.group().stripTrailing().length();
        String inside = source.substring(sealed.end());
        Matcher nested = TYPE.matcher(inside);
        while (nested.find()) {
            if (extendsDirectly(nested.group(2), sealed.group(1)))
                subtypes.add(sealed.group(1) + "." + nested.group(1));
        }
        return source.substring(0, end)
                + " permits "
                + String.join(", ", subtypes)
                + source.substring(end);
    }

    private static boolean extendsDirectly(String header, String type) {
        Matcher supertypes = SUPERTYPES.matcher(header);
        return supertypes.find()
                && Pattern.compile("\\b" + type + "\\b").matcher(supertypes.group(1)).find();
    }
}
