package io.neffos.autoconfigure;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Executor;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.scheduling.TaskScheduler;

/**
 * Finds the executor that runs handlers: the one that is named, else the application's
 * task executor, else the only one there is. A scheduler is never chosen unless named,
 * for it often has one thread.
 */
final class HandlerExecutors {

	private final ListableBeanFactory beans;

	private final String property;

	HandlerExecutors(ListableBeanFactory beans, String property) {
		this.beans = beans;
		this.property = property;
	}

	Executor find(@Nullable String name) {
		String chosen = (name != null) ? name : TaskExecutionAutoConfiguration.APPLICATION_TASK_EXECUTOR_BEAN_NAME;
		if (this.beans.containsBean(chosen) && this.beans.isTypeMatch(chosen, Executor.class)) {
			return this.beans.getBean(chosen, Executor.class);
		}
		List<String> others = Arrays.stream(this.beans.getBeanNamesForType(Executor.class))
			.filter((candidate) -> !this.beans.isTypeMatch(candidate, TaskScheduler.class))
			.toList();
		if (name == null && others.size() == 1) {
			return this.beans.getBean(others.get(0), Executor.class);
		}
		throw new InvalidConfigurationPropertyValueException(this.property, name,
				(name != null) ? "There is no Executor bean of that name; there are " + others
						: "There is no bean '%s', and not exactly one other Executor bean but %s. Name one, or set"
							.formatted(chosen, others) + " spring.task.execution.mode to 'force'");
	}

}
