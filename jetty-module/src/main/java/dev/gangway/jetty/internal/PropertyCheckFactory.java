package dev.gangway.jetty.internal;

import java.util.Map;
import org.eclipse.jetty.util.resource.Resource;
import org.eclipse.jetty.xml.ConfigurationProcessor;
import org.eclipse.jetty.xml.ConfigurationProcessorFactory;
import org.eclipse.jetty.xml.XmlConfiguration;
import org.eclipse.jetty.xml.XmlParser;

/**
 * Processes {@code etc/gangway-properties.xml} of the Jetty module {@code gangway}. That file is empty; it makes Jetty
 * call this class, which it loads as a service, with all properties. Jetty's own XML can only read properties one by
 * one, by name.
 */
public final class PropertyCheckFactory implements ConfigurationProcessorFactory {
    private static final String TAG = "gangway-properties";

    @Override
    public ConfigurationProcessor getConfigurationProcessor(String dtd, String tag) {
        return tag.equals(TAG) ? new PropertyCheck() : null;
    }

    private static final class PropertyCheck implements ConfigurationProcessor {
        private XmlConfiguration configuration;

        @Override
        public void init(Resource resource, XmlParser.Node root, XmlConfiguration ofFile) {
            configuration = ofFile;
        }

        // Jetty sets the properties between init and this call.

        @Override
        public Object configure(Object given) {
            ModuleProperties.requireKnown(Map.copyOf(configuration.getProperties()));
            return given;
        }

        /** @return null, because there is nothing to start */
        @Override
        public Object configure() {
            return configure(null);
        }
    }
}
