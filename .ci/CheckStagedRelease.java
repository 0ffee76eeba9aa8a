import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import java.util.zip.ZipFile;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.Node;

/**
 * Checks a staged release, a folder in the layout of a Maven repository, against the rules by which Maven Central takes
 * or refuses one (https://central.sonatype.org/publish/requirements/), and against Gangway's own: LICENSE and NOTICE in
 * every archive, a bill of materials, POMs that need no parent. Names each fault and exits with 1 if there is one.
 *
 * <p>Run as {@code java .ci/CheckStagedRelease.java [--unsigned] FOLDER}.
 */
final class CheckStagedRelease {
    /** Algorithms of the checksums that Central demands, by extension. */
    private static final Map<String, String> CHECKSUMS = Map.of("md5", "MD5", "sha1", "SHA-1");

    private final List<String> faults = new ArrayList<>();
    private final boolean signed;
    private int checked;

    private CheckStagedRelease(boolean signed) {
        this.signed = signed;
    }

    public static void main(String[] args) throws Exception {
        boolean signed = args.length != 2 || !args[0].equals("--unsigned");
        if (args.length != (signed ? 1 : 2)) {
            System.err.println("usage: java .ci/CheckStagedRelease.java [--unsigned] FOLDER");
            System.exit(2);
        }
        CheckStagedRelease check = new CheckStagedRelease(signed);
        check.everyArtifactIn(Path.of(args[args.length - 1]));
        check.faults.forEach(System.err::println);
        if (!check.faults.isEmpty()) {
            System.exit(1);
        }
        System.out.println(check.checked + " artifacts keep Maven Central's rules" + (signed ? "" : ", signatures not checked"));
    }

    private void everyArtifactIn(Path folder) throws Exception {
        List<Path> files;
        try (Stream<Path> walk = Files.walk(folder)) {
            files = walk.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("maven-metadata"))
                    .sorted()
                    .toList();
        }
        for (Path file : files) {
            String name = file.getFileName().toString();
            if (name.endsWith(".pom")) {
                checked++;
                pom(folder, file);
            }
            if (!name.matches(".*\\.(asc|md5|sha1|sha256|sha512)")) {
                checksums(file);
                signature(file);
            }
            if (name.matches(".*\\.(jar|war)")) {
                license(file);
            }
        }
        if (checked == 0) {
            faults.add(folder + ": no POM in it");
        }
    }

    private void pom(Path folder, Path pom) throws Exception {
        Element project = DocumentBuilderFactory.newInstance()
                .newDocumentBuilder()
                .parse(pom.toFile())
                .getDocumentElement();
        for (String path : List.of(
                "groupId", "artifactId", "version", "name", "description", "url",
                "licenses/license/name", "licenses/license/url",
                "developers/developer/name", "developers/developer/email",
                "scm/connection", "scm/developerConnection", "scm/url")) {
            require(!text(project, path).isEmpty(), pom, path + " is missing or empty");
        }
        require(text(project, "url").startsWith("https://"), pom, "url is no https:// address");
        require(text(project, "scm/connection").matches("scm:git:\\S+"), pom, "scm/connection is not scm:git:…");
        require(!Files.readString(pom).contains("${"), pom, "holds a variable");
        for (String unwanted : List.of("parent", "repositories", "pluginRepositories", "distributionManagement", "build")) {
            require(child(project, unwanted) == null, pom, "has <" + unwanted + ">");
        }
        dependencies(project, pom);

        String version = text(project, "version");
        String artifact = text(project, "artifactId");
        require(!version.endsWith("-SNAPSHOT"), pom, "version " + version + " is no release");
        Path place = folder.resolve(text(project, "groupId").replace('.', '/')).resolve(artifact).resolve(version);
        require(pom.equals(place.resolve(artifact + "-" + version + ".pom")), pom, "lies in another place than its coordinates say");
        if (!text(project, "packaging").equals("pom")) {
            for (String file : List.of(".jar", "-sources.jar", "-javadoc.jar", "-cyclonedx.json", "-cyclonedx.xml")) {
                require(Files.exists(place.resolve(artifact + "-" + version + file)), pom, "has no " + artifact + "-" + version + file + " beside it");
            }
        }
    }

    private void dependencies(Element project, Path pom) {
        Element dependencies = child(project, "dependencies");
        for (Element dependency : dependencies == null ? List.<Element>of() : children(dependencies, "dependency")) {
            String name = text(dependency, "groupId") + ":" + text(dependency, "artifactId");
            String version = text(dependency, "version");
            require(!version.isEmpty(), pom, name + " has no version");
            require(!version.endsWith("-SNAPSHOT"), pom, name + " is no release");
            require(!List.of("system", "test").contains(text(dependency, "scope")), pom, name + " has a scope nobody else can use");
        }
    }

    private void checksums(Path file) throws Exception {
        for (Map.Entry<String, String> checksum : CHECKSUMS.entrySet()) {
            Path beside = file.resolveSibling(file.getFileName() + "." + checksum.getKey());
            if (!Files.exists(beside)) {
                faults.add(file + ": no ." + checksum.getKey() + " beside it");
                continue;
            }
            byte[] digest = MessageDigest.getInstance(checksum.getValue()).digest(Files.readAllBytes(file));
            String claimed = Files.readString(beside).strip().toLowerCase(Locale.ROOT);
            require(HexFormat.of().formatHex(digest).equals(claimed), file, "its ." + checksum.getKey() + " is of other bytes");
        }
    }

    private void signature(Path file) throws IOException, InterruptedException {
        if (!signed) {
            return;
        }
        Path signature = file.resolveSibling(file.getFileName() + ".asc");
        if (!Files.exists(signature)) {
            faults.add(file + ": no signature beside it");
            return;
        }
        Process gpg = new ProcessBuilder("gpg", "--batch", "--verify", signature.toString(), file.toString())
                .redirectErrorStream(true)
                .start();
        String said = new String(gpg.getInputStream().readAllBytes());
        require(gpg.waitFor() == 0, file, "its signature is not good: " + said.strip());
    }

    private void license(Path archive) throws IOException {
        try (ZipFile zip = new ZipFile(archive.toFile())) {
            for (String entry : List.of("META-INF/LICENSE", "META-INF/NOTICE")) {
                require(zip.getEntry(entry) != null, archive, "no " + entry + " in it");
            }
        }
    }

    private void require(boolean holds, Path file, String fault) {
        if (!holds) {
            faults.add(file + ": " + fault);
        }
    }

    private static String text(Element parent, String path) {
        Element at = parent;
        for (String name : path.split("/")) {
            at = child(at, name);
            if (at == null) {
                return "";
            }
        }
        return at.getTextContent().strip();
    }

    private static Element child(Element parent, String name) {
        List<Element> children = children(parent, name);
        return children.isEmpty() ? null : children.get(0);
    }

    private static List<Element> children(Element parent, String name) {
        List<Element> children = new ArrayList<>();
        for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
            if (node instanceof Element element && element.getTagName().equals(name)) {
                children.add(element);
            }
        }
        return children;
    }
}
