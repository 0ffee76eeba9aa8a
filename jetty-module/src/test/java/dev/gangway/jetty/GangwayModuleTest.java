package dev.gangway.jetty;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.gangway.jetty.internal.GangwayModule;
import org.eclipse.jetty.server.Server;
import org.eclipse.jetty.server.ServerConnector;
import org.eclipse.jetty.server.SslConnectionFactory;
import org.eclipse.jetty.util.ssl.SslContextFactory;
import org.junit.jupiter.api.Test;

class GangwayModuleTest {
    private final Server server = new Server();

    @Test
    void replace_stockFactory_takesItsPlaceAndSettings() {
        SslContextFactory.Server stock = new SslContextFactory.Server();
        stock.setCertAlias("server");
        server.addBean(stock);

        GangwaySslContextFactory factory = GangwayModule.replace(server, stock);

        assertThat(server.getBeans(SslContextFactory.class)).containsExactly(factory);
        assertThat(factory.getCertAlias()).isEqualTo("server");
    }

    @Test
    void replace_gangwaysOwnFactory_staysInPlace() {
        GangwaySslContextFactory own = new GangwaySslContextFactory();
        server.addBean(own);

        assertThat(GangwayModule.replace(server, own)).isSameAs(own);
        assertThat(server.getBeans(SslContextFactory.class)).containsExactly(own);
    }

    @Test
    void replace_factoryWithAClassOfItsOwn_isRefused() {
        SslContextFactory.Server custom = new SslContextFactory.Server() {};

        assertThatThrownBy(() -> GangwayModule.replace(server, custom))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining(custom.getClass().getName())
                .hasMessageContaining("derive that class from " + GangwaySslContextFactory.class.getName());
    }

    @Test
    void replace_factoryThatAConnectorUses_isRefused() {
        SslContextFactory.Server stock = new SslContextFactory.Server();
        server.addConnector(new ServerConnector(server, new SslConnectionFactory(stock, "http/1.1")));

        assertThatThrownBy(() -> GangwayModule.replace(server, stock))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("add gangway to the section [after]");
    }
}
