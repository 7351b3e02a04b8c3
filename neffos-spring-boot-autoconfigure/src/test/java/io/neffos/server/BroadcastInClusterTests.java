package io.neffos.server;

import io.neffos.testkit.ClusterInMemory;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same on three servers that are one. */
@ExtendWith(ClusterInMemory.class)
class BroadcastInClusterTests extends BroadcastTests {

}
