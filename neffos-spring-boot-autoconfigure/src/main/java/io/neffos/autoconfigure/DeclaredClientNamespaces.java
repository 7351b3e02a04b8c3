package io.neffos.autoconfigure;

import io.neffos.Namespaces;

/**
 * What the application declares for its clients.
 *
 * @param all the namespaces
 */
record DeclaredClientNamespaces(Namespaces all) {
}
