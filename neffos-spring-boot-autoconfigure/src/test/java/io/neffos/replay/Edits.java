package io.neffos.replay;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.neffos.engine.Side;
import io.neffos.replay.Step.Kind;

/** Changes to what is expected, each made of what the original did. */
final class Edits {

	private static final Pattern LINE = Pattern.compile("(?:(\\S+): )?(<--|-->|on|result|closes|hangs up) (.*)");

	private static final Pattern ASKED = Pattern.compile("(?:S|\\$T)\\d+;([^;]*);([^;]*);(_OnRoom\\w+);0;0;");

	private static final Pattern EMPTY_REPLY = Pattern.compile("[^;]+;;;;;;");

	private Edits() {
	}

	/** These do not happen. */
	static Edit drop(String... lines) {
		return (steps) -> {
			boolean all = true;
			for (String line : lines) {
				int index = find(steps, 0, line);
				all &= index >= 0;
				if (index >= 0) {
					steps.remove(index);
				}
			}
			return all;
		};
	}

	/** Something else happens in its place. */
	static Edit replace(String line, String by) {
		return (steps) -> {
			int index = find(steps, 0, line);
			if (index >= 0) {
				steps.set(index, step(by));
			}
			return index >= 0;
		};
	}

	/** This happens too, right after what the client or the server did. */
	static Edit after(String line, String added) {
		return (steps) -> {
			int index = find(steps, 0, line);
			if (index >= 0) {
				steps.add(index + 1, step(added));
			}
			return index >= 0;
		};
	}

	/** The connection ends here, whatever its client goes on to send. */
	static Edit endAfter(String line, String close) {
		return (steps) -> {
			int index = find(steps, 0, line);
			if (index < 0) {
				return false;
			}
			List<Step> rest = steps.subList(index + 1, steps.size());
			rest.removeIf(
					(step) -> step.kind() != Kind.OPEN && step.kind() != Kind.SEND && step.kind() != Kind.HANG_UP);
			rest.add(0, step(close));
			rest.add(1, step("c1: on OnDisconnect"));
			return true;
		};
	}

	/** Several changes for one reason. */
	static Edit all(Edit... edits) {
		return (steps) -> {
			boolean all = true;
			for (Edit edit : edits) {
				all &= edit.apply(steps);
			}
			return all;
		};
	}

	/** The empty reply to a join leaves before OnRoomJoined fires. */
	static Edit replyBeforeJoined(Side side) {
		return (steps) -> {
			boolean changed = false;
			for (Step event : List.copyOf(steps)) {
				if (event.kind() != Kind.EVENT || !event.text().startsWith("_OnRoomJoined(")
						|| event.text().endsWith("+")) {
					continue;
				}
				int joined = steps.indexOf(event);
				int reply = joined;
				while (reply < steps.size() && !isEmptyReply(side, steps.get(reply), event.conn())) {
					reply++;
				}
				if (reply < steps.size()) {
					steps.add(joined, steps.remove(reply));
					changed = true;
				}
			}
			return changed;
		};
	}

	private static boolean isEmptyReply(Side side, Step step, String conn) {
		return step.kind() == Kind.frameOf(side) && step.conn().equals(conn)
				&& EMPTY_REPLY.matcher(step.text()).matches();
	}

	/** A join or leave asks the handler of its own side first, then the peer. */
	static Edit ownHandlerFirst(Side side, String event) {
		return (steps) -> {
			boolean changed = false;
			for (Step request : List.copyOf(steps)) {
				Matcher matcher = ASKED.matcher(request.text());
				if (request.kind() != Kind.frameOf(side) || !matcher.matches() || !matcher.group(3).equals(event)) {
					continue;
				}
				String own = "%s: on %s(%s, %s)+".formatted(request.conn(), event, matcher.group(1), matcher.group(2));
				int asked = steps.indexOf(request);
				int late = find(steps, asked, own);
				if (late >= 0) {
					steps.remove(late);
				}
				steps.add(asked, step(own));
				changed = true;
			}
			return changed;
		};
	}

	/** A client that is closed by its application says goodbye. */
	static boolean closeFrame(List<Step> steps) {
		List<Step> before = List.copyOf(steps);
		steps.replaceAll(
				(step) -> (step.kind() == Kind.HANG_UP && step.text().equals("1006")) ? step.text("1000") : step);
		return !steps.equals(before);
	}

	/** Forced events come in the order in which the client connected and joined. */
	static boolean forcedInOrder(List<Step> steps) {
		List<Step> before = List.copyOf(steps);
		List<Step> events = before.stream().filter((step) -> step.kind() == Kind.EVENT).toList();
		Comparator<Step> order = Comparator
			.comparingInt((Step step) -> first(events, step.conn() + ": on _OnNamespaceConnect(" + namespace(step)))
			.thenComparingInt((step) -> room(step).isEmpty() ? Integer.MAX_VALUE
					: first(events, step.conn() + ": on _OnRoomJoin(" + namespace(step) + ", " + room(step)));
		for (int i = 0; i < steps.size(); i++) {
			int end = i;
			while (end < steps.size() && isForced(steps.get(end))
					&& steps.get(end).conn().equals(steps.get(i).conn())) {
				end++;
			}
			steps.subList(i, end).sort(order);
		}
		return !steps.equals(before);
	}

	/** The server goes through its table in another order: two requests swap places. */
	static Edit swap(String first, String second, String end) {
		return (steps) -> {
			int from = find(steps, 0, first);
			int middle = find(steps, from + 1, second);
			int to = find(steps, middle + 1, end);
			if (from < 0 || middle < 0 || to < 0) {
				return false;
			}
			String one = token(steps.get(from));
			String two = token(steps.get(middle));
			List<Step> swapped = new ArrayList<>(steps.subList(middle, to));
			swapped.replaceAll((step) -> step.text(step.text().replace(two + ";", one + ";")));
			List<Step> last = new ArrayList<>(steps.subList(from, middle));
			last.replaceAll((step) -> step.text(step.text().replace(one + ";", two + ";")));
			swapped.addAll(last);
			for (Step step : swapped) {
				steps.set(from++, step);
			}
			return true;
		};
	}

	/** This happens later, right after something else. */
	static Edit moveDown(String line, String past) {
		return (steps) -> {
			int to = find(steps, 0, past);
			int from = (to < 0) ? -1 : findLast(steps.subList(0, to), line);
			if (from >= 0) {
				steps.add(to, steps.remove(from));
			}
			return from >= 0;
		};
	}

	private static String token(Step step) {
		return step.text().substring(0, step.text().indexOf(';'));
	}

	private static boolean isForced(Step step) {
		return step.kind() == Kind.EVENT && step.text().endsWith("!");
	}

	private static String namespace(Step event) {
		return names(event)[0];
	}

	private static String room(Step event) {
		String[] names = names(event);
		return (names.length > 1) ? names[1] : "";
	}

	private static String[] names(Step event) {
		String text = event.text();
		return text.substring(text.indexOf('(') + 1, text.indexOf(')')).split(", ");
	}

	private static int first(List<Step> events, String start) {
		for (int i = 0; i < events.size(); i++) {
			if (events.get(i).toString().startsWith(start + ")")) {
				return i;
			}
		}
		return Integer.MAX_VALUE;
	}

	private static int find(List<Step> steps, int from, String line) {
		for (int i = from; i < steps.size(); i++) {
			if (steps.get(i).reads(line)) {
				return i;
			}
		}
		return -1;
	}

	/** The last of those that read so. */
	private static int findLast(List<Step> steps, String line) {
		for (int i = steps.size() - 1; i >= 0; i--) {
			if (steps.get(i).reads(line)) {
				return i;
			}
		}
		return -1;
	}

	private static Step step(String line) {
		Matcher matcher = LINE.matcher(line);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("Not a step: " + line);
		}
		String conn = matcher.group(1);
		return new Step(Kind.of(matcher.group(2)), (conn != null) ? conn : "", matcher.group(3));
	}

	/** A change of what is expected. */
	@FunctionalInterface
	interface Edit {

		/**
		 * Change the steps.
		 * @return {@code false} if there was not everything to change that should be
		 */
		boolean apply(List<Step> steps);

	}

}
