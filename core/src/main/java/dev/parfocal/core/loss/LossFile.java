package dev.parfocal.core.loss;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;

/** Reads the text of a loss from a file. */
final class LossFile {

    /** More bytes than the longest legal text can have. */
    private static final int MAX_BYTES = 1 << 18;

    private LossFile() {}

    static String text(Path file) {
        if (Files.isDirectory(file)) {
            throw new ParfocalException(file + " is a directory; name a .loss file in it");
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            if (bytes.length > MAX_BYTES) {
                throw new ParfocalException(file + " is larger than " + MAX_BYTES + " bytes: this is no .loss file");
            }
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new ParfocalException(file + " is not UTF-8 text; save it as UTF-8", e);
        } catch (NoSuchFileException e) {
            throw new ParfocalException(file + " does not exist", e);
        } catch (IOException e) {
            throw new ParfocalException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }
}
