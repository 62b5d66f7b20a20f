package dev.parfocal.training.weights.torch;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.training.weights.file.BinaryFile;
import dev.parfocal.training.weights.file.ElementType;
import dev.parfocal.training.weights.file.PlainName;
import dev.parfocal.training.weights.file.TensorInfo;
import dev.parfocal.training.weights.file.WeightSource;
import dev.parfocal.training.weights.torch.ZipDirectory.Entry;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A state dict in the zip format of {@code torch.save}: a pickle, {@code data.pkl}, that describes tensors as views of
 * storages, and an entry {@code data/KEY} for each storage.
 */
public final class TorchFile implements WeightSource {
    private static final String PICKLE = "data.pkl";
    private static final int MOST_PICKLE = 1 << 24;
    private static final String ADVICE =
            "; only tensors and plain data are read. In Python, load it and save its weights alone: torch.save(model.state_dict(), 'weights.pth')";

    private final BinaryFile file;
    private final ZipDirectory zip;
    private final String folder;
    private final ByteOrder order;
    private final StateDict state;
    private final Set<String> checked = new HashSet<>();
    private final Map<String, TensorInfo> tensors = new LinkedHashMap<>();

    private TorchFile(BinaryFile file) {
        this.file = file;
        zip = new ZipDirectory(file);
        Entry pickle = pickle();
        folder = pickle.name().substring(0, pickle.name().length() - PICKLE.length());
        order = order();
        state = StateDict.in(unpickled(checkedBytes(pickle)))
                .orElseThrow(() -> new ParfocalException(file.path() + " holds no tensors by name" + ADVICE));
        state.tensors().forEach((name, view) -> {
            storage(name, view);
            tensors.put(name, view.info());
        });
    }

    /**
     * Reads the file's directory and pickle.
     *
     * @throws ParfocalException if it is cut off or damaged, or asks for more than tensors and plain data
     */
    public static TorchFile open(BinaryFile file) {
        return new TorchFile(file);
    }

    private Entry pickle() {
        List<Entry> pickles = zip.entries().values().stream()
                .filter(e -> e.name().equals(PICKLE) || e.name().endsWith("/" + PICKLE))
                .toList();
        if (pickles.size() != 1) {
            throw new ParfocalException(file.path() + " is a zip file but not one of torch.save: it has "
                    + pickles.size() + " entries " + PICKLE + " and not one");
        }
        if (zip.entries().containsKey(pickles.get(0).name().replace(PICKLE, "constants.pkl"))) {
            throw new ParfocalException(file.path() + " is a TorchScript program" + ADVICE);
        }
        if (pickles.get(0).size() > MOST_PICKLE) {
            throw new ParfocalException(file.path() + ": its pickle has "
                    + pickles.get(0).size() + " bytes, " + MOST_PICKLE + " is the most" + ADVICE);
        }
        return pickles.get(0);
    }

    private ByteOrder order() {
        Entry entry = zip.entries().get(folder + "byteorder");
        boolean big = entry != null
                && entry.size() == 3
                && new String(checkedBytes(entry), StandardCharsets.US_ASCII).equals("big");
        return big ? ByteOrder.BIG_ENDIAN : ByteOrder.LITTLE_ENDIAN;
    }

    /** Compares an entry's checksum, where one was computed, the first time that the entry is read. */
    private void check(Entry entry) {
        boolean computed = entry.checksum() != 0;
        if (computed
                && checked.add(entry.name())
                && file.checksum(zip.start(entry), entry.size()) != entry.checksum()) {
            throw damaged("the checksum of " + PlainName.of(entry.name()) + " is another");
        }
    }

    private byte[] checkedBytes(Entry entry) {
        check(entry);
        return file.bytes(zip.start(entry), (int) entry.size());
    }

    private Object unpickled(byte[] pickle) {
        try {
            return Unpickler.read(pickle);
        } catch (PickleException e) {
            if (e.isRefused()) {
                throw new ParfocalException(file.path() + " asks for " + e.getMessage() + ": refused" + ADVICE, e);
            }
            throw damaged("its pickle has " + e.getMessage());
        } catch (ParfocalException e) {
            throw damaged("its pickle has " + e.getMessage());
        }
    }

    private Entry storage(String name, TensorView view) {
        Storage storage = view.storage();
        Entry entry = zip.entries().get(folder + "data/" + storage.key());
        long bytes = storage.type().map(ElementType::bytes).orElse(1) * storage.size();
        if (entry == null || entry.size() < bytes || storage.size() > entry.size()) {
            throw damaged("the values of tensor " + PlainName.of(name) + " are missing");
        }
        return entry;
    }

    private ParfocalException damaged(String reason) {
        return new ParfocalException(file.path() + " is damaged (" + reason + "); restore it or use another");
    }

    @Override
    public String origin() {
        return file.path() + state.part().map(part -> " (" + part + ")").orElse("");
    }

    @Override
    public Map<String, TensorInfo> tensors() {
        return Collections.unmodifiableMap(tensors);
    }

    @Override
    public Map<String, String> notes() {
        return Map.of();
    }

    @Override
    public float[] read(String name) {
        TensorView view = state.tensors().get(name);
        if (view == null) {
            throw new ParfocalException(origin() + " has no tensor " + name);
        }
        Entry entry = storage(name, view);
        check(entry);
        long start = zip.start(entry);
        int width = view.info().type().bytes();
        return view.arrange(file.floats(view.info().type(), order, start + view.offset() * width, view.span()));
    }
}
