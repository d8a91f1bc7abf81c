package io.slipway.localstack.supervise;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import org.junit.jupiter.api.Test;

class PortIT {

    @Test
    void takesAnotherPortThanAPreferredOneThatIsTakenAndSaysSo() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            // Given
            var notes = new ArrayList<String>();

            // When
            var port = new Port.Preferred(taken.getLocalPort()).choose("planner", notes::add);

            // Then
            assertThat(port).isNotEqualTo(taken.getLocalPort());
            assertThat(notes)
                    .containsExactly("port " + taken.getLocalPort() + " is taken, so planner listens on " + port);
        }
    }

    @Test
    void refusesAFixedPortThatIsTaken() throws Exception {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> new Port.Fixed(taken.getLocalPort()).choose("audit", note -> {}))
                    .hasMessageContaining("--audit-port");
        }
    }
}
