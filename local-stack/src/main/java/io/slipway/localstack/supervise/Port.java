package io.slipway.localstack.supervise;

import io.slipway.localstack.machine.FreePorts;
import java.util.function.Consumer;

/** Which port a process asks for. */
public sealed interface Port {

    /** Whatever is free. */
    record Any() implements Port {}

    /** Usually this one; another one when it is taken. */
    record Preferred(int number) implements Port {}

    /** This one and no other. */
    record Fixed(int number) implements Port {
        public Fixed {
            if (number < 1 || number > 65_535) {
                throw new IllegalArgumentException("A port is a number from 1 to 65535, not " + number);
            }
        }
    }

    /** The port to listen on; a change of plan is told to {@code notes}. */
    default int choose(String owner, Consumer<String> notes) {
        return switch (this) {
            case Any() -> FreePorts.next();
            case Preferred(int number) -> {
                if (FreePorts.isFree(number)) {
                    yield number;
                }
                var other = FreePorts.next();
                notes.accept("port " + number + " is taken, so " + owner + " listens on " + other);
                yield other;
            }
            case Fixed(int number) -> {
                if (!FreePorts.isFree(number)) {
                    throw new IllegalStateException("Port " + number + ", asked for by --" + owner
                            + "-port, is taken. Name another one, or leave the option out to take a free one.");
                }
                yield number;
            }
        };
    }
}
