package dev.parfocal.detection.file;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class FileErrorsTest {

    @Test
    void theReasonIsInWordsAndNotThePathAgain() {
        assertThat(FileErrors.reason(new NoSuchFileException("a"))).isEqualTo("there is no such file or folder");
        assertThat(FileErrors.reason(new UncheckedIOException(new AccessDeniedException("a"))))
                .isEqualTo("no permission");
        assertThat(FileErrors.reason(new DirectoryNotEmptyException("a"))).isEqualTo("the folder is not empty");
        assertThat(FileErrors.reason(new FileAlreadyExistsException("a"))).isEqualTo("a is a file, not a folder");
        assertThat(FileErrors.reason(new IOException("cut off"))).isEqualTo("cut off");
        assertThat(FileErrors.unreadable(Path.of("a"), new FileSystemException("a", null, "Read-only file system")))
                .hasMessage("a: cannot read this file: Read-only file system");
    }
}
