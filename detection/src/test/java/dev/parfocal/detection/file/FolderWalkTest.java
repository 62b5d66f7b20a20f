package dev.parfocal.detection.file;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.parfocal.core.ParfocalException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class FolderWalkTest {

    @TempDir
    private Path folder;

    private void image(String name) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "");
    }

    @Test
    void eachFoldersFilesComeBeforeThoseBelowIt() throws IOException {
        image("b/c/3.png");
        image("b/2.png");
        image("a/1.png");
        image("z.png");
        image(".hidden/4.png");
        assertThat(Folders.imagesBelow(folder))
                .extracting(file -> folder.relativize(file).toString().replace('\\', '/'))
                .containsExactly("z.png", "a/1.png", "b/2.png", "b/c/3.png");
        assertThat(Folders.imagesBelow(folder.resolve("none"))).isEmpty();
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void linksAreFollowedButNotInCircles() throws IOException {
        image("pool/1.png");
        image("data/images/2.png");
        Files.createSymbolicLink(folder.resolve("data/images/more"), folder.resolve("pool"));
        Files.createSymbolicLink(folder.resolve("data/images/again"), folder.resolve("pool"));
        Files.createSymbolicLink(folder.resolve("pool/back"), folder.resolve("data"));
        Files.createSymbolicLink(folder.resolve("pool/self"), folder.resolve("pool"));
        Path images = folder.resolve("data/images");
        assertThat(Folders.imagesBelow(images))
                .contains(images.resolve("2.png"), images.resolve("again/1.png"), images.resolve("more/1.png"))
                .hasSizeLessThan(8);
    }

    @Test
    @DisabledOnOs(OS.WINDOWS)
    void theRootOfTheFileSystemIsNoFolderOfImages() {
        assertThatExceptionOfType(ParfocalException.class)
                .isThrownBy(() -> Folders.imagesBelow(Path.of("/")))
                .withMessage("/: the root of the file system; name the folder with the images");
    }
}
