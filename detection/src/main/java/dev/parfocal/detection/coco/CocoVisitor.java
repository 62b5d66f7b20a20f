package dev.parfocal.detection.coco;

/**
 * Is told of the records of an annotation file, whatever the order of its sections. A {@link
 * dev.parfocal.core.ParfocalException} that it throws gets the file, the line and the record put before its message.
 */
public interface CocoVisitor {

    /** Whether images are wanted with their attributes, which takes memory. */
    default boolean readsAttributes() {
        return false;
    }

    void image(ImageRecord image);

    void category(CategoryRecord category);

    void object(ObjectRecord object);
}
