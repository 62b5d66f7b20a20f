package dev.parfocal.detection.box;

/** How an image is brought to a network's input size. */
public enum Fit {
    /** Width and height each to the frame's; the aspect ratio changes. */
    STRETCH {
        @Override
        public Placement place(int width, int height, int frameWidth, int frameHeight) {
            return new Placement((double) frameWidth / width, (double) frameHeight / height, 0, 0);
        }
    },
    /** As large as fits with its aspect ratio kept, centred, the rest filled with grey. */
    LETTERBOX {
        @Override
        public Placement place(int width, int height, int frameWidth, int frameHeight) {
            double scale = Math.min((double) frameWidth / width, (double) frameHeight / height);
            double shiftX = Math.floor((frameWidth - scale * width) / 2);
            double shiftY = Math.floor((frameHeight - scale * height) / 2);
            return new Placement(scale, scale, shiftX, shiftY);
        }
    };

    /** Where an image of {@code width × height} pixels lies in the frame. */
    public abstract Placement place(int width, int height, int frameWidth, int frameHeight);
}
