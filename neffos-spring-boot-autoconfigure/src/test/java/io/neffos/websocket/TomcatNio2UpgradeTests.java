package io.neffos.websocket;

import org.apache.coyote.http11.Http11Nio2Protocol;
import org.junit.jupiter.api.Test;

import org.springframework.boot.tomcat.autoconfigure.servlet.TomcatServletWebServerAutoConfiguration;
import org.springframework.boot.tomcat.servlet.TomcatServletWebServerFactory;
import org.springframework.boot.web.server.WebServerFactoryCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

/** Tomcat with its other kind of channels, which cannot be taken over. */
class TomcatNio2UpgradeTests {

	@Test
	void leavesConnectionsToTheContainerOnceTheFirstHasShownThatItMust() throws Exception {
		try (RealServer server = RealServer.in(Nio2Container.class).start()) {
			try (RawClient first = new RawClient(server, 4096)) {
				first.awaitEnd();
			}
			try (JdkClient client = JdkClient.chat(server)) {
				client.say("$2;chat;;echo;0;0;hello").expect("$2;chat;;echo;0;0;hello");
			}
		}
	}

	@Configuration(proxyBeanMethods = false)
	@Import(TomcatServletWebServerAutoConfiguration.class)
	static class Nio2Container {

		@Bean
		WebServerFactoryCustomizer<TomcatServletWebServerFactory> nio2() {
			return (factory) -> factory.setProtocol(Http11Nio2Protocol.class.getName());
		}

	}

}
