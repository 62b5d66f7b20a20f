package dev.parfocal.cli.fuzz;

import dev.parfocal.detection.image.ImageFiles;
import dev.parfocal.detection.image.RgbImage;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Small files that are right, of every kind that the program reads, and copies of them that are wrong. */
record SeedFiles(Path folder) {

    private static final String IMAGE = "images/a.png";

    private static final Map<String, String> CONTENT = new LinkedHashMap<>();

    static {
        CONTENT.put(
                "coco/train.json",
                "{\"images\": [{\"id\": 1, \"file_name\": \"images/a.png\", \"width\": 32, \"height\": 24, \"weather\":"
                        + " \"fog\", \"neg_category_ids\": [2], \"not_exhaustive_category_ids\": [1]}], \"annotations\":"
                        + " [{\"id\": 1, \"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 2, 9, 8.5], \"area\": 70,"
                        + " \"iscrowd\": 0, \"attributes\": {\"rotation\": 0.0}}, {\"id\": 2, \"image_id\": 1,"
                        + " \"category_id\": 2, \"bbox\": [3, 2, 9, 8.5], \"ignore\": 0}], \"categories\": [{\"id\": 1,"
                        + " \"name\": \"cat\", \"frequency\": \"r\"}, {\"id\": 2, \"name\": \"dog\"}]}");
        CONTENT.put(
                "detections.json",
                "[{\"image_id\": 1, \"category_id\": 1, \"bbox\": [1, 2, 9, 8], \"score\": 0.5}, {\"image_id\": 1,"
                        + " \"category_id\": 2, \"bbox\": [3, 2, 9, 8], \"score\": 0.75}]");
        CONTENT.put(
                "voc/Annotations/a.xml",
                "<annotation><filename>a.png</filename><size><width>32</width><height>24</height></size><object>"
                        + "<name>cat</name><difficult>0</difficult><bndbox><xmin>1</xmin><ymin>2</ymin><xmax>9</xmax>"
                        + "<ymax>8</ymax></bndbox></object></annotation>");
        CONTENT.put("voc/ImageSets/Main/train.txt", "a\n");
        CONTENT.put("yolo/data.yaml", "path: .\ntrain: images\nval: images\nnc: 2\nnames:\n  0: cat\n  1: dog\n");
        CONTENT.put("yolo/labels/a.txt", "0 0.5 0.5 0.2 0.25\n1 0.1 0.1 0.3 0.1 0.3 0.4 0.2 0.5\n");
        CONTENT.put("darknet/obj.data", "classes = 1\nnames = obj.names\ntrain = train.txt\n");
        CONTENT.put("darknet/obj.names", "cat\ndog\n");
        CONTENT.put("darknet/train.txt", "images/a.png\n");
        CONTENT.put("darknet/images/a.txt", "0 0.5 0.5 0.2 0.25\n");
        CONTENT.put(
                "cvat/annotations.xml",
                "<annotations><version>1.1</version><meta><task><labels><label><name>cat</name><type>any</type></label>"
                        + "</labels></task></meta><image id=\"0\" name=\"a.png\" subset=\"Train\" width=\"32\""
                        + " height=\"24\"><box label=\"cat\" xtl=\"1\" ytl=\"2\" xbr=\"9\" ybr=\"8\" rotation=\"5\"/>"
                        + "<polygon label=\"cat\" points=\"1,2;9,2;4,8\"/><mask label=\"cat\" left=\"1\" top=\"2\""
                        + " width=\"5\" height=\"4\" rle=\"1, 2\"/></image></annotations>");
        CONTENT.put(
                "studio/project.json",
                "[{\"id\": 1, \"annotations\": [{\"id\": 2, \"was_cancelled\": false, \"result\": [{\"original_width\":"
                        + " 32, \"original_height\": 24, \"image_rotation\": 0, \"value\": {\"x\": 10, \"y\": 25,"
                        + " \"width\": 20, \"height\": 50, \"rotation\": 0, \"rectanglelabels\": [\"cat\"]}, \"id\":"
                        + " \"r\", \"type\": \"rectanglelabels\"}, {\"value\": {\"points\": [[1, 2], [30, 40], [5, 60]],"
                        + " \"polygonlabels\": [\"cat\"]}, \"type\": \"polygonlabels\"}]}], \"data\": {\"image\":"
                        + " \"/data/upload/1/0a1b2c3d-a.png\"}}]");
        CONTENT.put(
                "vott/p-export.json",
                "{\"name\": \"p\", \"tags\": [{\"name\": \"cat\"}], \"assets\": {\"0f\": {\"asset\": {\"name\":"
                        + " \"a.png\", \"path\": \"file:/x/a.png\", \"size\": {\"width\": 32, \"height\": 24}, \"state\":"
                        + " 2}, \"regions\": [{\"type\": \"RECTANGLE\", \"tags\": [\"cat\"], \"boundingBox\":"
                        + " {\"height\": 8, \"width\": 9, \"left\": 1, \"top\": 2}, \"points\": [{\"x\": 1, \"y\":"
                        + " 2}]}]}}}");
        CONTENT.put(
                "csv/p-export.csv",
                "\"image\",\"xmin\",\"ymin\",\"xmax\",\"ymax\",\"label\"\n\"a.png\",1,2,9,8,\"cat\"\n");
        CONTENT.put("points.csv", "logit,target,note\n0.5,1,a\n-3,0,\"b, c\"\n");
        CONTENT.put(
                "my.loss",
                "# Mine.\nloss mine(logit; target in [0, 1])\nparam gamma = 2 in [0, 5] \"how much\"\nnormalize by"
                        + " positives\nprior 0.01\np = sigmoid(logit)\n-(target * log(p) + (1 - target) * log(1 - p)) *"
                        + " abs(target - p)^gamma\n");
        CONTENT.put(
                "run.yaml", "epochs: 1\nmodel:\n  input: {width: 64, height: 64}\noptimizer:\n  learningRate: 0.1\n");
    }

    /** Writes all of them, right; answers their names. */
    static SeedFiles write(Path folder) throws IOException {
        SeedFiles seeds = new SeedFiles(folder);
        byte[] image = ImageFiles.encode(RgbImage.filled(32, 24, 0x808080), "png");
        for (Map.Entry<String, String> each : CONTENT.entrySet()) {
            seeds.write(each.getKey(), each.getValue().getBytes(StandardCharsets.UTF_8));
            int slash = each.getKey().indexOf('/');
            if (slash > 0) {
                seeds.write(each.getKey().substring(0, slash + 1) + IMAGE, image);
            }
        }
        seeds.write("images/a.png", image);
        Files.createDirectories(folder.resolve("empty"));
        return seeds;
    }

    private void write(String name, byte[] content) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        Files.write(file, content);
    }

    /** Makes one file wrong, and answers its name. */
    String spoil(Random dice) throws IOException {
        List<String> names = new ArrayList<>(CONTENT.keySet());
        names.addAll(List.of("coco/images/a.png", "yolo/images/a.png"));
        String name = names.get(dice.nextInt(names.size()));
        write(name, Mutation.any(Files.readAllBytes(folder.resolve(name)), dice));
        return name;
    }

    /** Makes a file right again. */
    void restore(String name) throws IOException {
        String content = CONTENT.get(name);
        write(
                name,
                content == null
                        ? ImageFiles.encode(RgbImage.filled(32, 24, 0x808080), "png")
                        : content.getBytes(StandardCharsets.UTF_8));
    }

    String path(String name) {
        return folder.resolve(name).toString();
    }
}
