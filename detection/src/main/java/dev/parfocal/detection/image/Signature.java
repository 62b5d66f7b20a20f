package dev.parfocal.detection.image;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/** What files that are called images but cannot be read here begin with, and what to do about each. */
enum Signature {
    WEBP(8, "WEBP", "WebP is not read here; convert it to PNG or JPEG"),
    AVIF(4, "ftypavif", "AVIF is not read here; convert it to PNG or JPEG"),
    HEIC(4, "ftyp", "HEIC is not read here; convert it to PNG or JPEG"),
    JPEG_2000(4, "jP  ", "JPEG 2000 is not read here; convert it to PNG or JPEG"),
    JPEG_XL(4, "JXL ", "JPEG XL is not read here; convert it to PNG or JPEG"),
    JPEG_XL_STREAM(0, "\u00ff\n", "JPEG XL is not read here; convert it to PNG or JPEG"),
    PHOTOSHOP(0, "8BPS", "Photoshop files are not read here; export it as PNG or JPEG"),
    PORTABLE_FLOAT(0, "PF\n", "portable float maps are not read here; convert it to PNG or JPEG"),
    PDF(0, "%PDF", "this is a PDF document; export its pictures as PNG or JPEG"),
    SVG(0, "<svg", "SVG is not read here; convert it to PNG or JPEG"),
    XML(0, "<?xml", "this is XML, not an image; SVG is to be converted to PNG or JPEG"),
    HTML(0, "<!DOCTYPE", "this is a web page, not an image; get the image again"),
    HTML_BARE(0, "<html", "this is a web page, not an image; get the image again"),
    LFS_POINTER(0, "version https://git-lfs", "this is a pointer of Git LFS, not the image; run 'git lfs pull'");

    private final int at;
    private final byte[] bytes;
    private final String advice;

    Signature(int at, String bytes, String advice) {
        this.at = at;
        this.bytes = bytes.getBytes(StandardCharsets.ISO_8859_1);
        this.advice = advice;
    }

    /** What to say of a file; empty when it begins like none of these. */
    static Optional<String> advice(Bytes file) throws IOException {
        for (Signature signature : values()) {
            if (signature.begins(file)) {
                return Optional.of(signature.advice);
            }
        }
        return Optional.empty();
    }

    private boolean begins(Bytes file) throws IOException {
        if (file.length() < at + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if (file.u8(at + i) != (bytes[i] & 0xFF)) {
                return false;
            }
        }
        return true;
    }
}
