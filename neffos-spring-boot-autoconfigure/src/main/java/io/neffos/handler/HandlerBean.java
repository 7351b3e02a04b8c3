package io.neffos.handler;

import io.neffos.annotation.NeffosNamespace;

/**
 * A bean that declares a namespace.
 *
 * @param name the name of the bean
 * @param type its class, without proxies
 * @param declaration what it declares
 */
record HandlerBean(String name, Class<?> type, NeffosNamespace declaration) {

	String namespace() {
		return this.declaration.value();
	}

	boolean isClient() {
		return this.declaration.side() == NeffosNamespace.Side.CLIENT;
	}

	/** How it is named to the developer. */
	@Override
	public String toString() {
		return "bean '" + this.name + "' (" + this.type.getName() + ")";
	}

}
