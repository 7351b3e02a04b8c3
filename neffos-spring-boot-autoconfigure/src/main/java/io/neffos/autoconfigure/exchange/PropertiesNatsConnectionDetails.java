package io.neffos.autoconfigure.exchange;

import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.core.io.Resource;

/** What the properties say. */
final class PropertiesNatsConnectionDetails implements NatsConnectionDetails {

	private final NeffosExchangeProperties.Nats properties;

	private final @Nullable SslBundle bundle;

	PropertiesNatsConnectionDetails(NeffosExchangeProperties.Nats properties, @Nullable SslBundle bundle) {
		this.properties = properties;
		this.bundle = bundle;
	}

	@Override
	public List<String> getServers() {
		return this.properties.servers();
	}

	@Override
	public @Nullable String getUsername() {
		return this.properties.username();
	}

	@Override
	public @Nullable String getPassword() {
		return this.properties.password();
	}

	@Override
	public @Nullable String getToken() {
		return this.properties.token();
	}

	@Override
	public @Nullable Resource getCredentials() {
		return this.properties.credentials();
	}

	@Override
	public @Nullable SslBundle getSslBundle() {
		return this.bundle;
	}

}
