package dev.bureau.weaver;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.ConstantPool;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which calls take a moment only, whatever they are given: arithmetic, a character of a text or one more at its end; and
/// methods of the class that nobody can override, do not loop, allocate nothing of any size, and make only such calls.
final class BriefCalls {
    static final String CHAR_SEQUENCE = "java/lang/CharSequence";
    static final String STRING = "java/lang/String";
    static final String STRING_BUILDER = "java/lang/StringBuilder";

    private static final Set<String> ARITHMETIC =
            Set.of(
                    "java/lang/Math",
                    "java/lang/StrictMath",
                    "java/lang/Byte",
                    "java/lang/Short",
                    "java/lang/Character",
                    "java/lang/Integer",
                    "java/lang/Long",
                    "java/lang/Float",
                    "java/lang/Double");

    /// By owner, what else is brief; the JDK's classes are final, and who implements an interface of theirs keeps to it.
    private static final Map<String, Set<String>> TEXT =
            Map.of(
                    CHAR_SEQUENCE,
                    Set.of("charAt(I)C", "length()I"),
                    STRING,
                    Set.of("charAt(I)C", "length()I", "isEmpty()Z", "codePointAt(I)I"),
                    STRING_BUILDER,
                    Set.of(
                            "<init>()V",
                            "charAt(I)C",
                            "length()I",
                            "setCharAt(IC)V",
                            "append(C)Ljava/lang/StringBuilder;",
                            "append(I)Ljava/lang/StringBuilder;",
                            "append(J)Ljava/lang/StringBuilder;",
                            "append(Z)Ljava/lang/StringBuilder;",
                            "appendCodePoint(I)Ljava/lang/StringBuilder;"));

    /// Who calls nothing but himself, though he may be given much.
    private static final Set<String> COPYING =
            Set.of(STRING, STRING_BUILDER, "java/lang/System", "java/util/Arrays");

    private final ClassModel type;
    private final Map<String, MethodCode> own = new HashMap<>();
    private final Map<String, Boolean> known = new HashMap<>();

    BriefCalls(ClassModel type, List<MethodCode> methods) {
        this.type = type;
        for (var method : methods) own.put(method.signature(), method);
    }

    /// Whether the call at this place is one.
    boolean isAt(Instructions code, int at) {
        if (code.opcode(at) == Instructions.INVOKEDYNAMIC) return false;
        var callee = pool().entryByIndex(code.u2(at + 1), MemberRefEntry.class);
        return isBriefInJdk(callee) || isBriefHere(callee);
    }

    /// Whether the call at this place is one of the JDK's that take as long as what they are given: rare in a loop, most often,
    /// since it is a piece of text found or an array that has grown.
    boolean copies(Instructions code, int at) {
        return pool().entryByIndex(code.u2(at + 1)) instanceof MemberRefEntry callee
                && COPYING.contains(callee.owner().asInternalName());
    }

    private ConstantPool pool() {
        return type.constantPool();
    }

    private static boolean isBriefInJdk(MemberRefEntry callee) {
        var owner = callee.owner().asInternalName();
        return ARITHMETIC.contains(owner)
                || TEXT.getOrDefault(owner, Set.of()).contains(signature(callee));
    }

    private boolean isBriefHere(MemberRefEntry callee) {
        return callee.owner().equals(type.thisClass())
                && known.computeIfAbsent(signature(callee), this::isBrief);
    }

    private boolean isBrief(String signature) {
        var method = own.get(signature);
        if (method == null || !isFixed(method)) return false;
        var code = method.instructions();
        for (int at = 0; at < code.length(); at = code.next(at)) {
            if (code.takesLong(at) || code.isSubroutine(at)) return false;
            if (code.branches(at) && code.jumpsBack(at)) return false;
            if (!code.invokes(at)) continue;
            // No calls from one to the next: they could double at each step.
            if (code.opcode(at) == Instructions.INVOKEDYNAMIC) return false;
            if (!isBriefInJdk(pool().entryByIndex(code.u2(at + 1), MemberRefEntry.class)))
                return false;
        }
        return true;
    }

    /// Whether a call of it comes to it and to no other.
    private boolean isFixed(MethodCode method) {
        int fixed = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_FINAL;
        int flags = method.method().flags().flagsMask();
        if ((flags & ClassFile.ACC_SYNCHRONIZED) != 0) return false;
        return (flags & fixed) != 0 || (type.flags().flagsMask() & ClassFile.ACC_FINAL) != 0;
    }

    private static String signature(MemberRefEntry callee) {
        return callee.name().stringValue() + callee.type().stringValue();
    }
}
