package io.neffos.sample;

import io.neffos.annotation.NeffosNamespace;

/**
 * A namespace without handlers: what a member sends to a room is relayed to its members.
 * The page uses it for "is typing". Anybody may join any of its rooms and say anything in
 * them, so nothing goes here that a handler of another namespace guards.
 */
@NeffosNamespace("default")
class Relay {

}
