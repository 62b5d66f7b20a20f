package dev.parfocal.cli.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.data.Sample;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TruthIdsTest {

    private static final String TRUTH = """
            {"images": [{"id": "a7", "file_name": "day/1.jpg"}, {"id": "a9", "file_name": "night\\\\1.jpg"},
                        {"id": "b", "file_name": "2.jpg"}],
             "categories": [{"id": 1, "name": "dog"}, {"id": 0, "name": "box"}, {"id": 3, "name": "dog"}]}
            """;

    @TempDir
    private Path folder;

    private TruthIds ids;

    @BeforeEach
    void read() throws IOException {
        ids = TruthIds.read(Files.writeString(folder.resolve("gt.json"), TRUTH));
    }

    @Test
    void imagesAreFoundByTheirPathsAndNames() {
        List<Path> files =
                List.of(folder.resolve("day/1.jpg"), folder.resolve("night/1.jpg"), folder.resolve("x/2.jpg"));

        assertThat(ids.samples(files, folder).values())
                .extracting(Sample::source)
                .containsExactly(RecordId.of("a7"), RecordId.of("a9"), RecordId.of("b"));
    }

    @Test
    void anImageThatIsNotListedOrTwiceIsRefused() {
        assertThatThrownBy(() -> ids.samples(List.of(folder.resolve("3.jpg")), folder))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("gt.json: does not list the image ");
        assertThatThrownBy(() -> ids.samples(List.of(folder.resolve("1.jpg")), folder))
                .isInstanceOf(ParfocalException.class)
                .hasMessageContaining("gt.json: lists several images of the name of ");
    }

    @Test
    void classesAreFoundByTheirNames() {
        assertThat(ids.categories(List.of(new Category(5, "box")))).containsExactly(new Category(0, "box"));
        assertThatThrownBy(() -> ids.categories(List.of(new Category(1, "cat"))))
                .isInstanceOf(ParfocalException.class)
                .hasMessageEndingWith("has no category named 'cat', which the detector finds; it has box, dog, dog");
        assertThatThrownBy(() -> ids.categories(List.of(new Category(1, "dog"))))
                .hasMessageContaining("has several categories named 'dog'");
    }
}
