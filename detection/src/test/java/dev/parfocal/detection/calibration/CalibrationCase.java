package dev.parfocal.detection.calibration;

import dev.parfocal.detection.coco.CocoDetections;
import dev.parfocal.detection.data.Dataset;
import dev.parfocal.detection.data.Detection;
import dev.parfocal.detection.format.DatasetReader;
import dev.parfocal.detection.metric.Matcher;
import dev.parfocal.detection.metric.Matches;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.ObjectMapper;

/** A case with what pycocotools, numpy and scipy say of it, recorded by src/test/python/record_calibration_cases.py. */
record CalibrationCase(Dataset truth, List<Detection> detections, JsonNode expected) {

    static List<CalibrationCase> all() {
        ObjectMapper json = new ObjectMapper();
        List<CalibrationCase> cases = new ArrayList<>();
        try (InputStream bytes = CalibrationCase.class.getResourceAsStream("calibration.json")) {
            for (JsonNode each : json.readTree(bytes)) {
                Path folder = Files.createTempDirectory("calibration");
                Path truth = folder.resolve("truth.json");
                Path detections = folder.resolve("detections.json");
                json.writeValue(truth, each.get("truth"));
                json.writeValue(detections, each.get("detections"));
                Dataset data = DatasetReader.readTruth(truth);
                cases.add(new CalibrationCase(data, CocoDetections.read(detections, data), each));
                Files.delete(truth);
                Files.delete(detections);
                Files.delete(folder);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return cases;
    }

    Matches at(double iou) {
        return Matcher.match(truth, detections, iou);
    }

    double number(String name) {
        return expected.get(name).asDouble();
    }

    @Override
    public String toString() {
        return detections.size() + " detections";
    }
}
