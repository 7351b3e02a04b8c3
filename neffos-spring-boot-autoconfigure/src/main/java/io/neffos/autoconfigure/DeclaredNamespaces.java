package io.neffos.autoconfigure;

import io.neffos.Namespaces;

/**
 * What the application declares, all together. A type of its own, because beans of type
 * {@link Namespaces} are the application's parts of it.
 *
 * @param all the namespaces
 */
record DeclaredNamespaces(Namespaces all) {
}
