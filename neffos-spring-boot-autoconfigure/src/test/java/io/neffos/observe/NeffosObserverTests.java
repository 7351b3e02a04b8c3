package io.neffos.observe;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Proxy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** Tests for {@link NeffosObserver#all}. */
class NeffosObserverTests {

	private final List<String> told = new ArrayList<>();

	@Test
	void noneIsNone() {
		assertThat(NeffosObserver.all(List.of())).isSameAs(NeffosObserver.NONE);
	}

	@Test
	void oneStaysItself() {
		NeffosObserver only = observer("only");
		assertThat(NeffosObserver.all(List.of(only))).isSameAs(only);
	}

	@ParameterizedTest
	@MethodSource("everything")
	void severalAreToldEverythingInOrder(Method what) throws Exception {
		List<NeffosObserver> mutable = new ArrayList<>(List.of(observer("a"), observer("b"), observer("c")));
		NeffosObserver all = NeffosObserver.all(mutable);
		mutable.clear();
		@Nullable Object[] arguments = Arrays.stream(what.getParameterTypes()).map(NeffosObserverTests::value).toArray();
		what.invoke(all, arguments);
		String call = what.getName() + Arrays.toString(arguments);
		assertThat(this.told).containsExactly("a " + call, "b " + call, "c " + call);
	}

	/** What an observer can be told, so that nothing is forgotten that is added later. */
	static Stream<Method> everything() {
		return Arrays.stream(NeffosObserver.class.getMethods())
			.filter((method) -> !Modifier.isStatic(method.getModifiers()));
	}

	private NeffosObserver observer(String name) {
		return (NeffosObserver) Proxy.newProxyInstance(NeffosObserver.class.getClassLoader(),
				new Class<?>[] { NeffosObserver.class }, (proxy, method, arguments) -> {
					this.told.add(name + " " + method.getName()
							+ Arrays.toString((arguments != null) ? arguments : new Object[0]));
					return null;
				});
	}

	private static @Nullable Object value(Class<?> type) {
		if (type == String.class) {
			return "text";
		}
		if (type == int.class) {
			return 2;
		}
		if (type == long.class) {
			return 3L;
		}
		return null;
	}

}
