package io.slipway.cli.validate;

import io.slipway.sql.rule.Finding;
import io.slipway.sql.rule.ScriptRules;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a file holds, or why it cannot be looked at. */
sealed interface ScriptText {
    /** A larger one is a dump and no migration; it would not fit into memory with all that is known of it. */
    long MAX_BYTES = 128L << 20;

    /** @param sql as in the file, a byte order mark included */
    record Readable(String sql) implements ScriptText {}

    record Unreadable(Finding finding) implements ScriptText {}

    static ScriptText read(Path file, String name) {
        try {
            long size = Files.size(file);
            return size > MAX_BYTES
                    ? unreadable(
                            name,
                            0,
                            0,
                            "%s has %,d bytes, and only files of up to %,d are looked at."
                                    .formatted(name, size, MAX_BYTES))
                    : decode(Files.readAllBytes(file), name);
        } catch (IOException e) {
            return unreadable(name, 0, 0, "%s cannot be read: %s.".formatted(name, e));
        }
    }

    private static ScriptText decode(byte[] bytes, String name) {
        var decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        ByteBuffer in = ByteBuffer.wrap(bytes);
        CharBuffer out = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isError()) {
            out.flip();
            var end = io.slipway.sql.source.Lines.of(out.toString()).at(out.length());
            return unreadable(
                    name,
                    end.line(),
                    end.column(),
                    "%s is not UTF-8: byte %d of it, 0x%02X, does not fit."
                            .formatted(name, in.position() + 1, bytes[in.position()]));
        }
        out.flip();
        return new Readable(out.toString());
    }

    private static Unreadable unreadable(String name, int line, int column, String message) {
        return new Unreadable(new Finding(
                ScriptRules.UNREADABLE_FILE.id(),
                ScriptRules.UNREADABLE_FILE.severity(),
                name,
                line,
                column,
                0,
                0,
                message,
                ScriptRules.UNREADABLE_FILE.whatHappens(),
                null,
                null));
    }
}
