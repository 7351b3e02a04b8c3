package io.neffos.websocket;

import java.io.IOException;

import io.neffos.nio.IoLoops;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;

/**
 * The only one who knows {@link TomcatUpgradeHandler}, and so loaded only in Tomcat: the
 * classes of Tomcat are missing elsewhere.
 */
final class TomcatUpgrade {

	private TomcatUpgrade() {
	}

	static void begin(HttpServletRequest request, StreamSession session, IoLoops loops)
			throws IOException, ServletException {
		request.upgrade(TomcatUpgradeHandler.class).prepare(session, loops);
	}

}
