package dev.parfocal.cli.command;

import dev.parfocal.core.ParfocalException;
import dev.parfocal.core.catalogue.Catalogue;
import dev.parfocal.core.loss.Loss;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import picocli.CommandLine.Parameters;

/** The argument NAME|FILE: a loss of the catalogue, or a text of one's own. */
final class LossArgument {

    @Parameters(
            index = "0",
            paramLabel = "NAME|FILE",
            description = "A loss of the catalogue (see 'parfocal losses'), or a .loss file.")
    private String source = "";

    /** The loss with the default values of its parameters. */
    Loss loss() {
        return of(source);
    }

    /** The file that the loss is read from; none for one of the catalogue. */
    List<Path> files() {
        Path file = Path.of(source);
        return Files.isRegularFile(file) ? List.of(file) : List.of();
    }

    /** The loss that a command line names: a file if it looks like one, else a loss of the catalogue. */
    static Loss of(String source) {
        Path file = Path.of(source);
        if (Files.isDirectory(file)) {
            throw new ParfocalException(source + " is a folder; name a loss of the catalogue, or a .loss file");
        }
        boolean isPath = source.endsWith(".loss") || file.getNameCount() > 1 || source.matches(".+\\.\\w+");
        if (isPath || !Catalogue.names().contains(source) && Files.isRegularFile(file)) {
            if (!Files.exists(file)) {
                throw new ParfocalException(source + ": no such file");
            }
            return Loss.read(file);
        }
        return Catalogue.get(source);
    }
}
