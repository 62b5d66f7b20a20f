package dev.parfocal.training.weights;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.file.BinaryFile;
import dev.parfocal.training.weights.file.SafetensorsFile;
import dev.parfocal.training.weights.file.WeightSource;
import dev.parfocal.training.weights.torch.TorchFile;
import java.nio.file.Path;

/** Opens a file of weights by what it holds, whatever its name. */
public final class WeightFile {
    private static final int ZIP = 'P' << 8 | 'K';
    private static final int PICKLE = 0x80;

    private WeightFile() {}

    /**
     * Opens a safetensors file or a state dict that {@code torch.save} wrote.
     *
     * @throws ParfocalException if it is neither, is cut off, or asks for more than tensors and plain data
     */
    public static WeightSource open(Path path) {
        BinaryFile file = BinaryFile.of(path);
        if (file.size() < 2) {
            throw new ParfocalException(path + " is empty; restore it or use another");
        }
        byte[] start = file.bytes(0, 2);
        if (((start[0] & 0xFF) << 8 | start[1] & 0xFF) == ZIP) {
            return TorchFile.open(file);
        }
        if ((start[0] & 0xFF) == PICKLE && start[1] >= 1 && start[1] <= 5) {
            throw new ParfocalException(path + " is a pickle in torch.save's old format, which is not read; in Python,"
                    + " load it and save its weights: torch.save(model.state_dict(), 'weights.pth')");
        }
        return SafetensorsFile.open(path);
    }
}
