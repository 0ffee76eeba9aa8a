package dev.gangway.status;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import javax.management.Attribute;
import javax.management.InstanceNotFoundException;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.MalformedObjectNameException;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;

/**
 * Reads the MBeans {@code dev.gangway:type=TicketKeys,*}, whatever attributes they have, into maps and lists that can be
 * written as JSON. Attributes come in {@code lowerCamelCase}.
 */
final class TicketKeysBeans {
    private static final ObjectName PATTERN = pattern();

    private final MBeanServer server;

    TicketKeysBeans(MBeanServer server) {
        this.server = server;
    }

    /** One map for each server that runs with Gangway, by name. */
    List<Map<String, Object>> read() {
        return server.queryNames(PATTERN, null).stream()
                .sorted()
                .map(this::read)
                .flatMap(Optional::stream)
                .toList();
    }

    private Optional<Map<String, Object>> read(ObjectName name) {
        try {
            String[] attributes = Arrays.stream(server.getMBeanInfo(name).getAttributes())
                    .filter(MBeanAttributeInfo::isReadable)
                    .map(MBeanAttributeInfo::getName)
                    .toArray(String[]::new);
            Map<String, Object> node = new LinkedHashMap<>();
            node.put("name", unquoted(name.getKeyProperty("name")));
            node.put("condition", NodeCondition.REPORTS.name());
            // An attribute that fails is left out.
            for (Attribute attribute : server.getAttributes(name, attributes).asList()) {
                node.put(lowerCamelCase(attribute.getName()), plain(attribute.getValue()));
            }
            return Optional.of(node);
        } catch (InstanceNotFoundException e) {
            // The server was stopped a moment ago.
            return Optional.empty();
        } catch (JMException e) {
            throw new IllegalStateException(name + " cannot be read", e);
        }
    }

    private static Object plain(Object value) {
        if (value instanceof CompositeData composite) {
            Map<String, Object> fields = new LinkedHashMap<>();
            for (String key : composite.getCompositeType().keySet()) {
                fields.put(key, plain(composite.get(key)));
            }
            return fields;
        }
        if (value instanceof Object[] array) {
            List<Object> list = new ArrayList<>();
            Stream.of(array).map(TicketKeysBeans::plain).forEach(list::add);
            return list;
        }
        return value;
    }

    private static String lowerCamelCase(String attribute) {
        return Character.toLowerCase(attribute.charAt(0)) + attribute.substring(1);
    }

    private static String unquoted(String name) {
        return name.startsWith("\"") ? ObjectName.unquote(name) : name;
    }

    private static ObjectName pattern() {
        try {
            return new ObjectName("dev.gangway:type=TicketKeys,*");
        } catch (MalformedObjectNameException e) {
            throw new IllegalStateException(e);
        }
    }
}
