package io.neffos.exchange.nats;

import java.io.IOException;
import java.net.SocketTimeoutException;

import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;

import io.nats.client.Options;
import io.nats.client.impl.SocketDataPort;

/**
 * A socket that looks at the name in the broker's certificate, which that of the client
 * does not. Made by the client, by its name.
 */
public final class BrokerPort extends SocketDataPort {

	private Options options = Options.builder().build();

	/** Create a socket that is not connected. */
	public BrokerPort() {
	}

	@Override
	public void afterConstruct(Options chosen) {
		this.options = chosen;
	}

	@Override
	public void upgradeToSecure() throws IOException {
		SSLSocket secure = (SSLSocket) this.options.getSslContext()
			.getSocketFactory()
			.createSocket(this.socket, this.host, this.port, true);
		SSLParameters parameters = secure.getSSLParameters();
		parameters.setEndpointIdentificationAlgorithm("HTTPS");
		secure.setSSLParameters(parameters);
		secure.setUseClientMode(true);
		int before = secure.getSoTimeout();
		secure.setSoTimeout(Math.toIntExact(this.options.getConnectionTimeout().toMillis()));
		try {
			secure.startHandshake();
		}
		catch (SocketTimeoutException ex) {
			throw new IOException("The TLS handshake was not answered", ex);
		}
		secure.setSoTimeout(before);
		this.socket = secure;
		this.in = secure.getInputStream();
		this.out = secure.getOutputStream();
		this.isSecure = true;
	}

}
