package io.countersign.server.platform;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * What a route answers when it is done, for readers of the OpenAPI document, where its Java type is any object. A route of
 * such a type without it answers 204 and nothing.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.METHOD)
public @interface AnswersWith {

    /** The record that is written into the body. */
    Class<?> value();

    /** HTTP status, 200 to 299. */
    int status() default 201;
}
