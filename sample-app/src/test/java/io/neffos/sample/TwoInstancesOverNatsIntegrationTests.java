package io.neffos.sample;

import java.io.IOException;

class TwoInstancesOverNatsIntegrationTests extends TwoInstancesTests {

	@Override
	TestBroker startBroker() throws IOException {
		return TestBroker.nats();
	}

}
