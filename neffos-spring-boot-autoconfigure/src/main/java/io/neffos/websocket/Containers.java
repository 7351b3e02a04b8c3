package io.neffos.websocket;

import jakarta.servlet.ServletContext;

/**
 * Which servlet containers let their connections be taken over. Refers to no class of any
 * of them.
 *
 * @since 0.1.0
 */
public final class Containers {

	private static final String TOMCAT = "org.apache.catalina.";

	private Containers() {
	}

	/**
	 * Whether {@link StreamUpgradeStrategy} works in a container. Told by the class of
	 * the servlet context, as what a container says of itself can be configured, and
	 * often is.
	 * @param context the servlet context
	 * @return {@code true} for Tomcat; Jetty ends the input of an upgraded {@code GET}
	 * before its first byte, and no other container was tried
	 */
	public static boolean canUpgrade(ServletContext context) {
		return context.getClass().getName().startsWith(TOMCAT);
	}

}
