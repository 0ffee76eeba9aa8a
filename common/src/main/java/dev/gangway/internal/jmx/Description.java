package dev.gangway.internal.jmx;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;

/** What a JMX tool shows beside an attribute or an operation. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Description {
    /** The field of the JMX descriptor that takes the text. */
    String FIELD = "dev.gangway.description";

    @DescriptorKey(FIELD)
    String value();
}
