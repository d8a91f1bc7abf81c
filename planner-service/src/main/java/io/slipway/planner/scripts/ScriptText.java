package io.slipway.planner.scripts;

import io.slipway.contracts.ScriptFile;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Makes scripts of bytes. */
final class ScriptText {
    private ScriptText() {}

    static ScriptFile file(String name, byte[] bytes) throws Unreadable {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new Unreadable(
                    "SCRIPT_NOT_UTF8",
                    "The script '%s' is not encoded in UTF-8.".formatted(name),
                    "Convert it to UTF-8; Flyway's default encoding is the only one that is taken.",
                    e);
        }
        try {
            return new ScriptFile(name, text);
        } catch (IllegalArgumentException e) {
            throw new Unreadable(
                    "SCRIPT_NAME_UNUSABLE",
                    "A script has a name that cannot travel: " + e.getMessage(),
                    "Rename the file: at most 500 characters with its folders, and no backslash.",
                    e);
        }
    }
}
