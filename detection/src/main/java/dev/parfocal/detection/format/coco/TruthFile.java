package dev.parfocal.detection.format.coco;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.detection.box.Box;
import dev.parfocal.detection.coco.CocoFile;
import dev.parfocal.detection.coco.ImageRecord;
import dev.parfocal.detection.coco.ObjectRecord;
import dev.parfocal.detection.data.Annotation;
import dev.parfocal.detection.data.Category;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Labels;
import dev.parfocal.detection.data.RecordId;
import dev.parfocal.detection.data.Sample;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A COCO annotation file as the truth to score against: exactly as it stands, whatever images there are. */
public final class TruthFile {

    private TruthFile() {}

    public static Dataset read(Path json) {
        CocoFile file = CocoFile.read(json);
        if (file.images().isEmpty() || file.categories().isEmpty()) {
            throw new ParfocalException(json + ": nothing to score against: the file lists "
                    + file.images().size() + " images and " + file.categories().size() + " categories");
        }
        List<Category> categories = CocoReader.categories(json, file);
        Labels labels = Labels.of(categories);
        Map<RecordId, Truth> truths = new LinkedHashMap<>();
        file.images().forEach(image -> truths.putIfAbsent(image.id(), new Truth(image, new ArrayList<>())));
        for (ObjectRecord object : file.objects()) {
            Truth truth = truths.get(object.image());
            int label = object.category() instanceof RecordId.Whole whole ? labels.label(whole.number()) : -1;
            if (truth != null && label >= 0 && object.xywh() != null) {
                Box box = CocoReader.box(object);
                truth.annotations.add(
                        new Annotation(box, label, object.crowd(), object.areaOrBox(), object.hasZeroId()));
            }
        }
        List<Sample> samples = new ArrayList<>();
        Map<RecordId, Long> numbers = CocoReader.numbers(file);
        truths.forEach((id, truth) -> samples.add(truth.sample(numbers.getOrDefault(id, 0L))));
        return new Dataset(json.toString(), categories, samples, Map.of());
    }

    private record Truth(ImageRecord image, List<Annotation> annotations) {

        Sample sample(long id) {
            Path file = Path.of(image.fileName() == null ? "" : image.fileName());
            return new Sample(id, image.id(), file, image.width(), image.height(), annotations);
        }
    }
}
