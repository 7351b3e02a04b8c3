package io.neffos;

/** The one value that says "not me". */
enum NotHandled {

	INSTANCE

}
