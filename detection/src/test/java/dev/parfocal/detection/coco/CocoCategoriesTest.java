package dev.parfocal.detection.coco;

import static org.assertj.core.api.Assertions.assertThat;

import dev.parfocal.detection.data.Category;
import java.util.List;
import org.junit.jupiter.api.Test;

class CocoCategoriesTest {
    @Test
    void labelsAreIndicesOrIds() {
        List<Category> compact = CocoCategories.ofDetector(80).orElseThrow();
        assertThat(compact).hasSize(80).doesNotHaveDuplicates();
        assertThat(compact.get(0)).isEqualTo(new Category(1, "person"));
        assertThat(compact.get(79)).isEqualTo(new Category(90, "toothbrush"));
        List<Category> byId = CocoCategories.ofDetector(91).orElseThrow();
        assertThat(byId).hasSize(91).containsAll(compact);
        for (int id = 0; id < byId.size(); id++) {
            assertThat(byId.get(id).id()).isEqualTo(id);
        }
        assertThat(CocoCategories.ofDetector(90)).contains(byId.subList(1, 91));
        assertThat(byId).filteredOn(c -> c.name().startsWith("N/A")).hasSize(11);
    }

    @Test
    void otherNumbersOfClassesAreNotCocos() {
        assertThat(CocoCategories.ofDetector(3)).isEmpty();
        assertThat(CocoCategories.ofDetector(92)).isEmpty();
    }
}
