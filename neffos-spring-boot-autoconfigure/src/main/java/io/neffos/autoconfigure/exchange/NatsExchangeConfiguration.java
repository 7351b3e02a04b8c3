package io.neffos.autoconfigure.exchange;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

import javax.net.ssl.SSLContext;

import io.nats.client.Connection;
import io.neffos.exchange.StackExchange;
import io.neffos.exchange.nats.NatsExchange;
import io.neffos.exchange.nats.NatsSettings;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.io.Resource;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/** The exchange over NATS. */
@Configuration(proxyBeanMethods = false)
@ConditionalOnClass(Connection.class)
@ConditionalOnProperty(name = "neffos.exchange.type", havingValue = "nats")
@ConditionalOnMissingBean(StackExchange.class)
final class NatsExchangeConfiguration {

	@Bean
	@ConditionalOnMissingBean(NatsConnectionDetails.class)
	PropertiesNatsConnectionDetails neffosNatsConnectionDetails(CheckedExchangeProperties properties,
			ObjectProvider<SslBundles> bundles) {
		String name = properties.nats().ssl().bundle();
		SslBundle bundle = (name != null) ? bundles.getObject().getBundle(name) : null;
		return new PropertiesNatsConnectionDetails(properties.nats(), bundle);
	}

	// The server starts and closes it, in its own order.
	@Bean(destroyMethod = "")
	NatsExchange neffosNatsExchange(CheckedExchangeProperties properties, NatsConnectionDetails details) {
		NatsSettings.Login login = new NatsSettings.Login(details.getUsername(), details.getPassword(),
				details.getToken(), read(details.getCredentials()));
		NatsSettings settings = new NatsSettings(details.getServers(), login, context(details.getSslBundle()),
				properties.connectionName(), properties.nats().connectTimeout(), properties.subscribeTimeout(),
				properties.publishBuffer(), properties.isToWait());
		return new NatsExchange(settings, new CustomizableThreadFactory("neffos-exchange-"));
	}

	private static @Nullable String read(@Nullable Resource credentials) {
		if (credentials == null) {
			return null;
		}
		try {
			return credentials.getContentAsString(StandardCharsets.UTF_8);
		}
		catch (IOException ex) {
			throw new UncheckedIOException("The credentials for NATS cannot be read", ex);
		}
	}

	private static @Nullable SSLContext context(@Nullable SslBundle bundle) {
		return (bundle != null) ? bundle.createSslContext() : null;
	}

}
