package dev.gangway;

import java.util.Map;
import java.util.Set;

/**
 * Makes the {@link KeysetStore} of one type. Gangway finds it through {@link java.util.ServiceLoader} by the property
 * {@code type} of the store's properties file, or by its class name as the value of that property. It has a public
 * constructor without parameters.
 */
public interface KeysetStoreProvider {
    /** The value of the property {@code type}, such as {@code jdbc}. */
    String type();

    /**
     * The properties that must be in the file, in addition to Gangway's own. Any other property is refused. Instead of
     * {@code NAME=VALUE}, the file may have {@code NAMEFile=PATH} with the path of a file that contains the value.
     */
    Set<String> requiredProperties();

    /** The properties that may be in the file, in addition to Gangway's own. */
    Set<String> optionalProperties();

    /**
     * Makes the store. It need not connect to it.
     *
     * @param documentName the name of the document, as {@code name} in the properties file says
     * @param properties the properties of this type that are in the file
     * @throws KeysetStoreException if a value cannot be used; the message names the property
     */
    KeysetStore open(String documentName, Map<String, String> properties) throws KeysetStoreException;
}
