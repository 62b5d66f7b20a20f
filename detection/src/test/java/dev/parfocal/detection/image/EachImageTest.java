package dev.parfocal.detection.image;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.parfocal.core.ParfocalException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class EachImageTest {
    @Test
    void resultsComeInTheOrderOfTheImages() {
        assertThat(EachImage.of(5, image -> image * image)).containsExactly(0, 1, 4, 9, 16);
        assertThat(EachImage.of(0, image -> image)).isEmpty();
    }

    @Test
    void theRefusalOfTheFirstImageIsThrownAlsoIfALaterOneIsRefusedBefore() {
        CountDownLatch later = new CountDownLatch(1);
        assertThatThrownBy(() -> EachImage.of(64, image -> {
                    if (image == 40) {
                        later.countDown();
                        throw new ParfocalException("image 40");
                    }
                    if (image == 7) {
                        // With one core alone the later one does not come; then there is nothing to wait for.
                        wait(later);
                        throw new ParfocalException("image 7");
                    }
                    return image;
                }))
                .isInstanceOf(ParfocalException.class)
                .hasMessage("image 7");
    }

    private static void wait(CountDownLatch later) {
        try {
            later.await(100, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
