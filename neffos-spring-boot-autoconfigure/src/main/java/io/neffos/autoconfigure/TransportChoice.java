package io.neffos.autoconfigure;

import java.util.Locale;

import io.neffos.autoconfigure.NeffosProperties.Transport;
import io.neffos.websocket.Containers;
import jakarta.servlet.ServletContext;
import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;

/** Decides whether WebSockets are served by the library or by the container. */
final class TransportChoice {

	private static final Log logger = LogFactory.getLog(TransportChoice.class);

	private TransportChoice() {
	}

	static boolean upgrades(Transport wanted, ServletContext context) {
		String container = context.getServerInfo();
		boolean able = Containers.canUpgrade(context);
		if (wanted == Transport.UPGRADE && !able) {
			throw CheckedProperties.invalid("transport", "upgrade",
					"The library cannot take connections over from this servlet container (%s), only from Tomcat; legal here are 'auto' and 'standard'"
						.formatted(container));
		}
		boolean upgrades = able && wanted != Transport.STANDARD;
		if (logger.isInfoEnabled()) {
			logger.info("WebSockets are served by %s [neffos.transport=%s, container=%s%s]".formatted(
					upgrades ? "the library itself" : "the container", wanted.name().toLowerCase(Locale.ROOT),
					container, able ? "" : ", from which the library cannot take connections over"));
		}
		return upgrades;
	}

}
