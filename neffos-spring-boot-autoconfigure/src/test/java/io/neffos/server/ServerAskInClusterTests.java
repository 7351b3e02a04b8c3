package io.neffos.server;

import io.neffos.testkit.InCluster;
import org.junit.jupiter.api.extension.ExtendWith;

/** The same on three servers that are one. */
@ExtendWith(InCluster.class)
class ServerAskInClusterTests extends ServerAskTests {

}
