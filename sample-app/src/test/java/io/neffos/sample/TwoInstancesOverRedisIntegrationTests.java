package io.neffos.sample;

import java.io.IOException;

class TwoInstancesOverRedisIntegrationTests extends TwoInstancesTests {

	@Override
	TestBroker startBroker() throws IOException {
		return TestBroker.redis();
	}

}
