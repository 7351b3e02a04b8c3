package io.neffos.autoconfigure;

import java.util.Collection;
import java.util.ConcurrentModificationException;
import java.util.Iterator;
import java.util.List;

import io.neffos.LocalRoomCreated;
import io.neffos.LocalRoomDestroyed;
import io.neffos.RoomCreated;
import io.neffos.RoomDestroyed;
import io.neffos.server.RoomEvents;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactoryUtils;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.PayloadApplicationEvent;
import org.springframework.context.event.ApplicationEventMulticaster;
import org.springframework.context.event.GenericApplicationListenerAdapter;
import org.springframework.context.event.SimpleApplicationEventMulticaster;
import org.springframework.context.support.AbstractApplicationContext;
import org.springframework.core.ResolvableType;

/**
 * Publishes events of rooms as application events, and knows when nobody listens.
 * <p>
 * Spring does not say whether anybody does, but it names the listeners of a context. They
 * are asked again only when there are others. Wherever they cannot be known (a
 * multicaster of the application's own, listeners that are made when they are needed)
 * somebody is taken to listen.
 */
final class ApplicationRoomEvents implements RoomEvents {

	private static final List<ResolvableType> TYPES = List.of(
			ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, RoomCreated.class),
			ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, RoomDestroyed.class),
			ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, LocalRoomCreated.class),
			ResolvableType.forClassWithGenerics(PayloadApplicationEvent.class, LocalRoomDestroyed.class));

	private final ApplicationContext context;

	private volatile @Nullable Answer answer;

	ApplicationRoomEvents(ApplicationContext context) {
		this.context = context;
	}

	@Override
	public void publish(Object event) {
		this.context.publishEvent(event);
	}

	@Override
	public boolean hasListeners() {
		if (!(this.context instanceof AbstractApplicationContext known) || known.getParent() != null) {
			return true;
		}
		Answer last = this.answer;
		try {
			Collection<ApplicationListener<?>> listeners = known.getApplicationListeners();
			if (last == null || !last.isFor(listeners)) {
				List<ApplicationListener<?>> all = List.copyOf(listeners);
				last = new Answer(all, all.stream().anyMatch(ApplicationRoomEvents::listens) || hides(known));
				this.answer = last;
			}
			return last.listening();
		}
		catch (ConcurrentModificationException ex) {
			// One is being added, so the next look tells.
			return true;
		}
	}

	private static boolean listens(ApplicationListener<?> listener) {
		GenericApplicationListenerAdapter adapter = new GenericApplicationListenerAdapter(listener);
		return TYPES.stream().anyMatch(adapter::supportsEventType);
	}

	/** Whether there may be listeners that the context does not name. */
	private static boolean hides(AbstractApplicationContext context) {
		Object multicaster = context.getBean(AbstractApplicationContext.APPLICATION_EVENT_MULTICASTER_BEAN_NAME,
				ApplicationEventMulticaster.class);
		if (multicaster.getClass() != SimpleApplicationEventMulticaster.class) {
			return true;
		}
		for (String name : context.getBeanNamesForType(ApplicationListener.class, true, false)) {
			if (!context.getBeanFactory().containsSingleton(BeanFactoryUtils.transformedBeanName(name))) {
				return true;
			}
		}
		return false;
	}

	/**
	 * What was found out.
	 *
	 * @param listeners whom it is for
	 * @param listening whether one of them wants to know
	 */
	private record Answer(List<ApplicationListener<?>> listeners, boolean listening) {

		boolean isFor(Collection<ApplicationListener<?>> now) {
			if (now.size() != this.listeners.size()) {
				return false;
			}
			Iterator<ApplicationListener<?>> known = this.listeners.iterator();
			for (ApplicationListener<?> listener : now) {
				if (!known.hasNext() || known.next() != listener) {
					return false;
				}
			}
			return true;
		}

	}

}
