package dev.gangway.internal.jmx;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import javax.management.DescriptorKey;

/** The description of an attribute or an operation in JMX tools. */
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD})
public @interface Description {
    /** The field of the JMX descriptor that contains the text. */
    String FIELD = "dev.gangway.description";

    @DescriptorKey(FIELD)
    String value();
}
