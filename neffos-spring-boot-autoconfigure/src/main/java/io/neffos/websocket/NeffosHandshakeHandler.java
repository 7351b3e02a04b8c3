package io.neffos.websocket;

import java.util.List;

import org.springframework.web.socket.server.RequestUpgradeStrategy;
import org.springframework.web.socket.server.support.DefaultHandshakeHandler;

/**
 * Upgrades without extensions: compression costs each connection a hundred kilobytes and
 * more and is not worth it for small messages.
 *
 * @since 0.1.0
 */
public final class NeffosHandshakeHandler extends DefaultHandshakeHandler {

	/**
	 * Create a handshake handler that upgrades with the container's own strategy.
	 * @param subprotocols what is accepted; of those a client offers, the first match is
	 * agreed
	 */
	public NeffosHandshakeHandler(List<String> subprotocols) {
		this(new PlainUpgradeStrategy(), subprotocols);
	}

	/**
	 * Create a handshake handler.
	 * @param strategy upgrades, a {@link StreamUpgradeStrategy} for example
	 * @param subprotocols what is accepted; of those a client offers, the first match is
	 * agreed
	 */
	public NeffosHandshakeHandler(RequestUpgradeStrategy strategy, List<String> subprotocols) {
		super(strategy);
		setSupportedProtocols(subprotocols.toArray(new String[0]));
	}

}
