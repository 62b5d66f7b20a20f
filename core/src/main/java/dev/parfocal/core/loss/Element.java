package dev.parfocal.core.loss;

/**
 * One element of a batch.
 *
 * @param anchor its anchor, row or box
 * @param classOf its class; of a row the one that it is given, if it is given one; 0 for boxes
 * @param predicted one number for each predicted input, or the logits of a row
 * @param given one number for each given input
 */
public record Element(int anchor, int classOf, float[] predicted, float[] given) {

    /** The element of a number in {@code [0, batch.elements())}. */
    public static Element of(Loss loss, Batch batch, int number) {
        int width = batch.predicted().length() / batch.elements();
        float[] predicted = new float[width];
        batch.predicted().read(number * width, predicted, 0, width);
        float[] given = new float[loss.given().size()];
        Elements elements = Elements.of(loss, batch);
        for (int column = 0; column < given.length; column++) {
            given[column] = elements.given(number, column);
        }
        int classOf = loss.classInput()
                .map(input -> (int) given[loss.given().indexOf(input)])
                .orElse(number % batch.classes());
        return new Element(number / batch.classes(), classOf, predicted, given);
    }
}
