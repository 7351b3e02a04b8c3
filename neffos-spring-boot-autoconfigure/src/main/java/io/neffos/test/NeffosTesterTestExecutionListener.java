package io.neffos.test;

import org.springframework.context.ApplicationContext;
import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.support.AbstractTestExecutionListener;

/**
 * Closes the connections of testers that are beans after each test method, so that the
 * next one finds a server without clients. Does so before other listeners have their
 * turn, which reset mocks, for example.
 */
final class NeffosTesterTestExecutionListener extends AbstractTestExecutionListener {

	@Override
	public int getOrder() {
		return Ordered.LOWEST_PRECEDENCE;
	}

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			ApplicationContext context = testContext.getApplicationContext();
			for (String name : context.getBeanNamesForType(NeffosTester.class, false, false)) {
				context.getBean(name, NeffosTester.class).close();
			}
		}
	}

}
