package dev.parfocal.detection.synth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.format.DatasetReader;
import dev.parfocal.detection.format.Format;
import dev.parfocal.detection.format.Loaded;
import dev.parfocal.detection.image.ImageFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SceneFilesTest {

    private final SceneGenerator generator = new SceneGenerator(7, SceneOptions.defaults());

    @TempDir
    private Path folder;

    @Test
    void whatIsWrittenReadsBackWithoutADefect() {
        Path target = folder.resolve("scenes");
        Dataset written = SceneFiles.write(generator, target, SceneFiles.parts(6, 2, 2), "png");
        Loaded read = DatasetReader.read(target, Format.COCO, true);
        assertThat(read.dataset()).isEqualTo(written);
        assertThat(read.lint().defects()).isZero();
        assertThat(written.split("train").samples()).hasSize(6);
        assertThat(ImageFiles.read(written.samples().get(9).file()))
                .isEqualTo(generator.draw(9).image());
    }

    @Test
    void aTenthEachIsForValAndTest() {
        assertThat(SceneFiles.parts(300)).isEqualTo(Map.of("train", 240, "val", 30, "test", 30));
        assertThat(SceneFiles.parts(4)).isEqualTo(Map.of("train", 2, "val", 1, "test", 1));
        assertThat(SceneFiles.parts(2)).isEqualTo(Map.of("train", 2));
    }

    @Test
    void aFolderThatHoldsSomethingIsRefusedAndLeftAlone() throws IOException {
        Path mine = Files.writeString(folder.resolve("mine.txt"), "precious");
        assertThatThrownBy(() -> SceneFiles.write(generator, folder, SceneFiles.parts(1), "jpg"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(folder + ": this folder is not empty; name a new one for the scenes");
        assertThat(folder.toFile().list()).containsExactly("mine.txt");
        assertThatThrownBy(() -> SceneFiles.write(generator, mine, SceneFiles.parts(1), "jpg"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage(mine + ": this is a file, not a folder; name a new folder for the scenes");
        assertThat(mine).hasContent("precious");
    }

    @Test
    void noScenesAndUnknownFormatsAreRefused() {
        assertThatThrownBy(() -> SceneFiles.write(generator, folder, SceneFiles.parts(0), "jpg"))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("scenes: ask for at least one image, not 0");
        assertThatThrownBy(() -> SceneFiles.write(generator, folder, SceneFiles.parts(1), "gif"))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("images are written as .png or .jpg");
    }
}
