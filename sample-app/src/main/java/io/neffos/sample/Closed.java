package io.neffos.sample;

import io.neffos.RefusedException;
import io.neffos.annotation.NeffosNamespace;
import io.neffos.annotation.OnNamespaceConnect;

/**
 * A namespace that lets nobody in.
 */
@NeffosNamespace("closed")
class Closed {

	@OnNamespaceConnect
	void refuse() {
		throw new RefusedException("closed for today");
	}

}
