package io.slipway.planner.policy;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The file, opened anew by its name at each look, so that a link that points elsewhere now is followed there. */
record PolicyFile(Path path) {
    /** More bytes than any policy that is accepted has; a device or a log named by mistake is not read to its end. */
    private static final int MOST_BYTES = 4 << 20;

    /** What a look found. */
    sealed interface Content {
        record Text(String yaml) implements Content {}

        record Unreadable(String why) implements Content {}
    }

    Content read() {
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            return bytes.length > MOST_BYTES
                    ? new Content.Unreadable("It has more than %d bytes; shorten it.".formatted(MOST_BYTES))
                    : new Content.Text(StandardCharsets.UTF_8
                            .newDecoder()
                            .decode(ByteBuffer.wrap(bytes))
                            .toString());
        } catch (CharacterCodingException e) {
            return new Content.Unreadable("It is not UTF-8; save it as such.");
        } catch (IOException e) {
            return new Content.Unreadable("It cannot be read (%s); see that it exists and may be read.".formatted(e));
        }
    }
}
