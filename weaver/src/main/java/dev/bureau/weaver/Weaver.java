package dev.bureau.weaver;

import dev.bureau.weaver.LeftAlone.Reason;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Weaves yield points into classes.
///
/// ```java
/// byte[] woven = Weaver.standard().weave(classFile);
/// ```
///
/// Woven code calls `dev.bureau.scheduler.woven.YieldPoint.poll()`
/// - at the back of each loop;
/// - before a call that may lead back to the method itself, by a cycle of calls within the class or to a method of the same name
///   and type on another object, if another such call may have come before it;
/// - at the start of the body of a lambda, which a loop of the JDK may call.
///
/// Static initialisers are left alone; and loops that step through an array or a text, which end with that: they poll only
/// before what copies or allocates, if they do so in some of their rounds.
///
/// A weaver looks at one class file at a time and at nothing else. It may be used by any number of threads.
public final class Weaver {
    private static final String YIELD_POINT = "dev/bureau/scheduler/woven/YieldPoint";
    private static final String STATIC_INITIALISER = "<clinit>";

    private final ClassFile classFiles = ClassFile.of();
    private final Options options;

    private Weaver(Options options) {
        this.options = options;
    }

    /// What may be chosen.
    ///
    /// @param lambdas whether bodies of lambdas poll when they start
    public record Options(boolean lambdas) {}

    /// The weaver that is used unless somebody chooses otherwise.
    public static Weaver standard() {
        return with(new Options(true));
    }

    public static Weaver with(Options options) {
        return new Weaver(options);
    }

    /// The class file with yield points: the same array when there is nothing to do, or it was done before.
    ///
    /// @throws IllegalArgumentException if it is no class file
    public byte[] weave(byte[] classFile) {
        return inspect(classFile).classFile();
    }

    /// As [#weave], and says what was left alone.
    public Woven inspect(byte[] classFile) {
        var type = classFiles.parse(classFile);
        var left = new ArrayList<LeftAlone>();
        var plans = plans(type, left);
        if (plans.isEmpty() || isWoven(type)) return new Woven(classFile, false, left);
        try {
            return new Woven(woven(type, plans), true, left);
        } catch (IllegalArgumentException _) {
            for (var method : plans.keySet()) left.add(leftAlone(method, Reason.UNREADABLE));
            return new Woven(classFile, false, left);
        }
    }

    private Map<MethodModel, Polls> plans(ClassModel type, List<LeftAlone> left) {
        var plans = new IdentityHashMap<MethodModel, Polls>();
        var methods = MethodCode.of(type);
        var recursions = Recursions.among(type, methods, options.lambdas());
        var brief = new BriefCalls(type, methods);
        for (int index = 0; index < methods.size(); index++) {
            var method = methods.get(index);
            if (method.name().equals(STATIC_INITIALISER)) continue;
            var reasons = EnumSet.noneOf(Reason.class);
            plan(type, method, recursions.get(index), brief, reasons)
                    .ifPresent(polls -> plans.put(method.method(), polls));
            for (var reason : reasons) left.add(leftAlone(method.method(), reason));
        }
        return plans;
    }

    private static Optional<Polls> plan(
            ClassModel type,
            MethodCode method,
            Recursions.Recursion recursion,
            BriefCalls brief,
            Set<Reason> reasons) {
        try {
            return Planner.plan(type, method, recursion, brief, reasons);
        } catch (IllegalArgumentException _) {
            reasons.add(Reason.UNREADABLE);
            return Optional.empty();
        }
    }

    private static LeftAlone leftAlone(MethodModel method, Reason reason) {
        var name = method.methodName().stringValue() + method.methodType().stringValue();
        return new LeftAlone(name, reason);
    }

    private byte[] woven(ClassModel model, Map<MethodModel, Polls> plans) {
        return classFiles.transformClass(
                model,
                (type, element) -> {
                    var polls = element instanceof MethodModel method ? plans.get(method) : null;
                    if (polls == null) {
                        type.with(element);
                        return;
                    }
                    type.transformMethod(
                            (MethodModel) element,
                            (method, part) -> {
                                if (part instanceof CodeAttribute code)
                                    method.with(new WovenCode(code, polls, method.constantPool()));
                                else method.with(part);
                            });
                });
    }

    /// Whether it names the yield point, which nothing but woven code does.
    private static boolean isWoven(ClassModel model) {
        for (var constant : model.constantPool()) {
            if (constant instanceof ClassEntry type && type.name().equalsString(YIELD_POINT))
                return true;
        }
        return false;
    }
}
