/**
 * Holds the server against what the original Go server did, conversation by conversation.
 * The test thread walks through a transcript; handlers run on the threads of the server.
 */
@NullMarked
package io.neffos.replay;

import org.jspecify.annotations.NullMarked;
