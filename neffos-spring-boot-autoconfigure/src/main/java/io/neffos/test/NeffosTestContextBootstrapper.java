package io.neffos.test;

import org.springframework.boot.test.autoconfigure.TestSliceTestContextBootstrapper;
import org.springframework.test.context.MergedContextConfiguration;
import org.springframework.test.context.web.WebMergedContextConfiguration;

/**
 * Starts the application of a {@link NeffosTest} as a servlet application on a mock
 * servlet context, since there is a server in servlet applications only.
 */
class NeffosTestContextBootstrapper extends TestSliceTestContextBootstrapper<NeffosTest> {

	@Override
	protected MergedContextConfiguration processMergedContextConfiguration(MergedContextConfiguration mergedConfig) {
		MergedContextConfiguration processed = super.processMergedContextConfiguration(mergedConfig);
		return new WebMergedContextConfiguration(processed, determineResourceBasePath(mergedConfig));
	}

}
