package io.neffos.interop;

import java.io.IOException;

/** The Java client against the sample application, over TLS. */
class JavaClientOverTlsIntegrationTests extends JavaClientIntegrationTests {

	@Override
	Peer start() throws IOException {
		return SampleApplication.startWithTls("java-client-tls");
	}

}
