package io.neffos.interop;

import java.io.IOException;

/** The Java client against the sample application. */
class JavaClientWithSampleIntegrationTests extends JavaClientIntegrationTests {

	@Override
	Peer start() throws IOException {
		return SampleApplication.start("java-client");
	}

}
