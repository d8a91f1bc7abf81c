package io.slipway.cli.policy;

import io.slipway.cli.CommandFailed;
import io.slipway.cli.ExitCode;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** The text of a policy file. */
final class PolicyText {
    /** More bytes than any policy that is accepted has. */
    private static final int MOST_BYTES = 4 << 20;

    private PolicyText() {}

    /** @throws CommandFailed when there is none that can be read */
    static String read(Path directory, Path file) {
        try (InputStream in = Files.newInputStream(directory.resolve(file))) {
            byte[] bytes = in.readNBytes(MOST_BYTES + 1);
            if (bytes.length > MOST_BYTES) {
                throw unreadable("%s has more than %d bytes.".formatted(file, MOST_BYTES));
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw unreadable("%s is not UTF-8.".formatted(file));
        } catch (IOException e) {
            throw unreadable("%s cannot be read: %s.".formatted(file, e));
        }
    }

    private static CommandFailed unreadable(String detail) {
        return new CommandFailed(ExitCode.UNREADABLE_INPUT, "Unreadable input", detail, "Name a policy file.");
    }
}
