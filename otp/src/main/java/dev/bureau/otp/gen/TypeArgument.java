package dev.bureau.otp.gen;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What classes say for a type parameter of a callback interface: which messages are theirs.
public final class TypeArgument {
    private final Class<?> generic;
    private final int index;

    private final ClassValue<Class<?>> known =
            new ClassValue<>() {
                @Override
                protected Class<?> computeValue(Class<?> type) {
                    Type argument = declared(type);
                    return argument == null ? Object.class : erased(argument);
                }
            };

    /// The parameter at `index` of `generic`, counted from zero.
    public TypeArgument(Class<?> generic, int index) {
        this.generic = generic;
        this.index = index;
    }

    /// The class that `type` says for it; its bound if it does not say.
    public Class<?> of(Class<?> type) {
        return known.get(type);
    }

    /// What `type` says: a variable of its own if that is open; null if it does not implement the interface.
    private @Nullable Type declared(Class<?> type) {
        if (type == generic) return type.getTypeParameters()[index];
        List<Type> parents = new ArrayList<>(List.of(type.getGenericInterfaces()));
        if (type.getGenericSuperclass() != null) parents.add(type.getGenericSuperclass());
        for (Type parent : parents) {
            Class<?> raw = erased(parent);
            Type found = declared(raw);
            if (found == null) continue;
            if (!(found instanceof TypeVariable<?> variable)) return found;
            // Without type arguments, all that is known is its bound.
            return parent instanceof ParameterizedType with
                    ? with.getActualTypeArguments()[indexOf(variable, raw)]
                    : erased(variable);
        }
        return null;
    }

    private static int indexOf(TypeVariable<?> variable, Class<?> of) {
        return List.of(of.getTypeParameters()).indexOf(variable);
    }

    private static Class<?> erased(Type type) {
        return switch (type) {
            case Class<?> plain -> plain;
            case ParameterizedType with -> erased(with.getRawType());
            case TypeVariable<?> variable -> erased(variable.getBounds()[0]);
            case GenericArrayType array -> erased(array.getGenericComponentType()).arrayType();
            default -> Object.class;
        };
    }
}
