package io.neffos.websocket;

import jakarta.servlet.ServletContext;

/**
 * Which servlet container this is. Told by the class of the servlet context, as what the
 * container says of itself can be configured, and often is.
 *
 * @since 0.1.0
 */
public final class Containers {

	private static final String TOMCAT = "org.apache.catalina.";

	private static final String JETTY = "org.eclipse.jetty.";

	private Containers() {
	}

	static boolean isTomcat(ServletContext context) {
		return context.getClass().getName().startsWith(TOMCAT);
	}

	/**
	 * Whether {@link StreamUpgradeStrategy} is known to work in a container.
	 * @param context the servlet context
	 * @return {@code true} for Tomcat and Jetty
	 */
	public static boolean canUpgrade(ServletContext context) {
		return isTomcat(context) || context.getClass().getName().startsWith(JETTY);
	}

}
