package io.neffos.benchmark;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * A drawing. It brings its own background and knows two sets of colours, so that it can
 * be read on light and on dark pages.
 */
final class Svg {

	/** What colour a peer has: the class of the style sheet. */
	private static final Map<String, String> COLOURS = Map.of(Peer.OURS, "ours", Peer.STANDARD, "ours2", Peer.TUNED,
			"ours3", Peer.STOMP, "stomp", Peer.SOCKETIO, "socketio", Peer.PLAIN, "plain", Peer.GO, "go");

	private static final String STYLE = """
			.back{fill:#ffffff;stroke:#d0d7de}.title{fill:#1f2328}.text{fill:#424a53}.weak{fill:#6e7781}
			.grid{stroke:#d8dee4;stroke-width:1}.axis{stroke:#8c959f;stroke-width:1}
			.ours{fill:#0f7b5f;stroke:#0f7b5f}.ours2{fill:#4fae93;stroke:#4fae93}.ours3{fill:#8fd0bc;stroke:#8fd0bc}
			.stomp{fill:#8250df;stroke:#8250df}.socketio{fill:#bf6a02;stroke:#bf6a02}.plain{fill:#768390;stroke:#768390}
			.go{fill:#0969da;stroke:#0969da}.line{fill:none;stroke-width:2.5}.back{stroke-width:1}.bar{stroke:none}
			@media (prefers-color-scheme:dark){.back{fill:#0d1117;stroke:#30363d}.title{fill:#e6edf3}.text{fill:#c3ccd5}
			.weak{fill:#8d96a0}.grid{stroke:#252c35}.axis{stroke:#6e7681}
			.ours{fill:#2fb98f;stroke:#2fb98f}.ours2{fill:#1f8468;stroke:#1f8468}.ours3{fill:#185c49;stroke:#185c49}
			.stomp{fill:#a371f7;stroke:#a371f7}.socketio{fill:#e09b38;stroke:#e09b38}.plain{fill:#8b949e;stroke:#8b949e}
			.go{fill:#58a6ff;stroke:#58a6ff}.line{fill:none}.bar{stroke:none}}
			""";

	private final StringBuilder body = new StringBuilder();

	static String colour(Peer peer) {
		return COLOURS.getOrDefault(peer.name(), "ours2");
	}

	Svg text(double x, double y, String anchor, String kind, int size, String text) {
		this.body
			.append(format("<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\" class=\"%s\" font-size=\"%d\"%s>%s</text>%n",
					x, y, anchor, kind, size, kind.equals("title") ? " font-weight=\"600\"" : "", escape(text)));
		return this;
	}

	Svg bar(double x, double y, double width, double height, String kind) {
		this.body
			.append(format("<rect x=\"%.1f\" y=\"%.1f\" width=\"%.1f\" height=\"%.1f\" rx=\"2\" class=\"%s bar\"/>%n",
					x, y, width, height, kind));
		return this;
	}

	/** A gap in a bar: it is longer than it is drawn. */
	Svg tear(double x, double y, double height) {
		this.body.append(format("<path d=\"M%.1f %.1fl4 0l-6 %.1fl-4 0z\" class=\"back bar\"/>%n", x, y, height));
		return this;
	}

	Svg rule(double x1, double y1, double x2, double y2, String kind) {
		this.body.append(
				format("<line x1=\"%.1f\" y1=\"%.1f\" x2=\"%.1f\" y2=\"%.1f\" class=\"%s\"/>%n", x1, y1, x2, y2, kind));
		return this;
	}

	Svg line(List<double[]> points, String kind) {
		List<String> path = new ArrayList<>();
		points.forEach((point) -> path.add(format("%.1f,%.1f", point[0], point[1])));
		this.body.append(format("<polyline points=\"%s\" class=\"%s line\"/>%n", String.join(" ", path), kind));
		points.forEach((point) -> this.body
			.append(format("<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3.5\" class=\"%s\"/>%n", point[0], point[1], kind)));
		return this;
	}

	String document(int width, int height, String title) {
		return format("""
				<svg xmlns="http://www.w3.org/2000/svg" width="%1$d" height="%2$d" viewBox="0 0 %1$d %2$d" role="img" \
				font-family="-apple-system,'Segoe UI',Helvetica,Arial,sans-serif">
				<title>%3$s</title>
				<style>
				%4$s</style>
				<rect x="0.5" y="0.5" width="%5$d" height="%6$d" rx="8" class="back"/>
				%7$s</svg>
				""", width, height, escape(title), STYLE, width - 1, height - 1, this.body);
	}

	private static String format(String format, Object... values) {
		return String.format(Locale.ROOT, format, values);
	}

	private static String escape(String text) {
		return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
	}

}
