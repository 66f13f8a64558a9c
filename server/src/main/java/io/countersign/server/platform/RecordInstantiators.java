package io.countersign.server.platform;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.BeanDescription;
import tools.jackson.databind.DeserializationConfig;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.PropertyValueBuffer;
import tools.jackson.databind.module.SimpleValueInstantiators;

/** Calls the constructors of records by handles that fit; Jackson adapts a handle anew for each record that it makes. */
final class RecordInstantiators extends SimpleValueInstantiators {

    private static final long serialVersionUID = 1L;

    @Override
    public ValueInstantiator modifyValueInstantiator(
            DeserializationConfig config, BeanDescription.Supplier described, ValueInstantiator usual) {
        return described.getBeanClass().isRecord()
                        && usual.getWithArgsCreator() != null
                        && usual.getWithArgsCreator().getAnnotated() instanceof Constructor<?> constructor
                ? new ByHandle(usual, handle(constructor))
                : usual;
    }

    private static MethodHandle handle(Constructor<?> constructor) {
        try {
            constructor.setAccessible(true);
            return MethodHandles.lookup()
                    .unreflectConstructor(constructor)
                    .asSpreader(Object[].class, constructor.getParameterCount())
                    .asType(MethodType.methodType(Object.class, Object[].class));
        } catch (IllegalAccessException refused) {
            throw new IllegalStateException(refused);
        }
    }

    private static final class ByHandle extends ValueInstantiator.Delegating {

        private static final long serialVersionUID = 1L;

        private final transient MethodHandle handle;

        private ByHandle(ValueInstantiator usual, MethodHandle handle) {
            super(usual);
            this.handle = handle;
        }

        @Override
        public ValueInstantiator createContextual(DeserializationContext context, BeanDescription.Supplier described) {
            return new ByHandle(delegate().createContextual(context, described), handle);
        }

        @Override
        public @Nullable Object createFromObjectWith(
                DeserializationContext context, SettableBeanProperty[] properties, PropertyValueBuffer values) {
            return createFromObjectWith(context, values.getParameters(context, properties));
        }

        /** A constructor that refuses is called the usual way once more, which tells it as ever. */
        @Override
        public @Nullable Object createFromObjectWith(DeserializationContext context, Object[] arguments) {
            JsonParser parser = context.getParser();
            if (parser != null) {
                Bounds.demandFewBefore(parser);
            }
            try {
                return (Object) handle.invokeExact(arguments);
            } catch (Throwable refused) {
                return delegate().createFromObjectWith(context, arguments);
            }
        }
    }
}
