package dev.bureau.kernel.isolation;

import dev.bureau.kernel.isolation.Verdict.Refused;
import dev.bureau.kernel.isolation.Verdict.Settled;

/// The verdict on each class, computed on first use and kept with the class.
final class ClassVerdicts extends ClassValue<Verdict> {
    private static final ClassVerdicts VERDICTS = new ClassVerdicts();

    private ClassVerdicts() {}

    static Verdict of(Class<?> type) {
        return VERDICTS.get(type);
    }

    // Depends on nothing but the class, and asks no other class's verdict: so threads that compute
    // it at once agree, and classes that refer to each other may be judged from either end.
    @Override
    protected Verdict computeValue(Class<?> type) {
        try {
            return judge(type);
        } catch (Refusal e) {
            return e.verdict();
        } catch (LinkageError e) {
            return new Refused("its fields cannot be examined: " + e, Mending.of(type));
        }
    }

    private static Verdict judge(Class<?> type) {
        if (type.isArray()) {
            return ArrayShape.of(type);
        }
        Verdict known = KnownTypes.verdict(type);
        if (known != null) {
            return known;
        }
        if (Throwable.class.isAssignableFrom(type)) {
            return ThrowableShape.of(type);
        }
        if (StaticTypes.isImmutable(type)) {
            return Settled.IMMUTABLE;
        }
        if (KnownTypes.isJdk(type)) {
            return ClosedComparator.fits(type)
                    ? new ClosedComparator()
                    : new Refused(Mending.UNKNOWN, Mending.of(type));
        }
        if (type.isRecord()) {
            return Records.shapeOf(type);
        }
        return Lambdas.isLambda(type) ? Lambdas.shapeOf(type) : PlainObjects.shapeOf(type);
    }
}
