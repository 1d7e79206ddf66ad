// Lucene (Debian: liblucene8-java): EnglishAnalyzer (stop list, Porter stems), positions. Run as a source file:
//   java -cp "/usr/share/java/*" LucenePeer.java index DOCS.tsv DIR THREADS [stored]
//   java -cp "/usr/share/java/*" LucenePeer.java query DIR QUERIES.tsv PASSES
// DOCS.tsv is "id TAB text" with tabs and line feeds as spaces, made by lucene_peer.py, so that no JSON library is needed.
import java.io.*;
import java.nio.charset.StandardCharsets;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import org.apache.lucene.analysis.*;
import org.apache.lucene.analysis.en.EnglishAnalyzer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.document.*;
import org.apache.lucene.index.*;
import org.apache.lucene.search.*;
import org.apache.lucene.store.*;

public class LucenePeer {
  static final Analyzer ANALYZER = new EnglishAnalyzer();

  public static void main(String[] a) throws Exception {
    if (a[0].equals("index")) index(a[1], a[2], Integer.parseInt(a[3]), a.length > 4);
    else query(a[1], a[2], Integer.parseInt(a[3]));
  }

  static void index(String docs, String folder, int threads, boolean stored) throws Exception {
    long started = System.nanoTime();
    IndexWriterConfig config = new IndexWriterConfig(ANALYZER);
    config.setRAMBufferSizeMB(256);
    config.setUseCompoundFile(false);
    config.setOpenMode(IndexWriterConfig.OpenMode.CREATE);
    IndexWriter writer = new IndexWriter(new MMapDirectory(Paths.get(folder)), config);
    BlockingQueue<List<String>> queue = new ArrayBlockingQueue<>(16);
    AtomicLong documents = new AtomicLong(), bytes = new AtomicLong();
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    for (int t = 0; t < threads; t++)
      pool.submit(() -> {
        try {
          for (List<String> batch = queue.take(); !batch.isEmpty(); batch = queue.take())
            for (String line : batch) {
              int tab = line.indexOf('\t');
              String text = line.substring(tab + 1);
              Document d = new Document();
              d.add(new StoredField("id", line.substring(0, tab)));
              d.add(new TextField("text", text, stored ? Field.Store.YES : Field.Store.NO));
              writer.addDocument(d);
              documents.incrementAndGet();
              bytes.addAndGet(text.getBytes(StandardCharsets.UTF_8).length);
            }
          queue.put(List.of());
        } catch (Exception e) { e.printStackTrace(); System.exit(1); }
      });
    try (BufferedReader in = Files.newBufferedReader(Paths.get(docs))) {
      List<String> batch = new ArrayList<>();
      for (String line; (line = in.readLine()) != null; ) {
        batch.add(line);
        if (batch.size() == 256) { queue.put(batch); batch = new ArrayList<>(); }
      }
      if (!batch.isEmpty()) queue.put(batch);
    }
    queue.put(List.of());
    pool.shutdown();
    pool.awaitTermination(1, TimeUnit.HOURS);
    writer.commit();
    writer.close();
    long size = 0;
    try (var files = Files.list(Paths.get(folder))) { for (Path p : (Iterable<Path>) files::iterator) size += Files.size(p); }
    double cpu = ((com.sun.management.OperatingSystemMXBean) java.lang.management.ManagementFactory
        .getOperatingSystemMXBean()).getProcessCpuTime() / 1e9;
    long peak = 0;
    for (String l : Files.readAllLines(Paths.get("/proc/self/status"))) if (l.startsWith("VmHWM")) peak = Long.parseLong(l.replaceAll("\\D", "")) * 1024;
    System.out.printf(Locale.ROOT, "{\"documents\": %d, \"textBytes\": %d, \"indexBytes\": %d, \"seconds\": %.2f, \"cpuSeconds\": %.2f, \"peakBytes\": %d, \"threads\": %d}%n",
        documents.get(), bytes.get(), size, (System.nanoTime() - started) / 1e9, cpu, peak, threads);
  }

  static List<String> analyse(String words) throws IOException {
    List<String> out = new ArrayList<>();
    try (TokenStream stream = ANALYZER.tokenStream("text", words)) {
      CharTermAttribute term = stream.addAttribute(CharTermAttribute.class);
      stream.reset();
      while (stream.incrementToken()) out.add(term.toString());
    }
    return out;
  }

  static Query parse(String kind, String words) throws IOException {
    List<String> terms = analyse(words);
    if (kind.equals("phrase")) return new PhraseQuery("text", terms.toArray(new String[0]));
    BooleanQuery.Builder b = new BooleanQuery.Builder();
    for (String t : terms) b.add(new TermQuery(new Term("text", t)), kind.equals("and") ? BooleanClause.Occur.MUST : BooleanClause.Occur.SHOULD);
    return b.build();
  }

  static void query(String folder, String file, int passes) throws Exception {
    IndexSearcher searcher = new IndexSearcher(DirectoryReader.open(new MMapDirectory(Paths.get(folder))));
    searcher.setQueryCache(null);
    Map<String, List<Double>> byClass = new LinkedHashMap<>();
    List<String> lines = Files.readAllLines(Paths.get(file));
    double[][] times = new double[lines.size()][passes];
    for (int pass = -2; pass < passes; pass++)  // two passes warm up the compiler
      for (int i = 0; i < lines.size(); i++) {
        String[] f = lines.get(i).split("\t");
        long start = System.nanoTime();
        searcher.search(parse(f[0], f[2]), 10);
        if (pass >= 0) times[i][pass] = (System.nanoTime() - start) / 1e3;
      }
    for (int i = 0; i < lines.size(); i++) {
      Arrays.sort(times[i]);
      byClass.computeIfAbsent(lines.get(i).split("\t")[0], k -> new ArrayList<>()).add(times[i][passes / 2]);
    }
    for (var e : byClass.entrySet()) {
      double[] v = e.getValue().stream().mapToDouble(x -> x).sorted().toArray();
      double sum = Arrays.stream(v).sum();
      System.out.printf(Locale.ROOT, "%s\t%d\t%.0f\t%.0f\t%.0f\t%.0f%n", e.getKey(), v.length, v[v.length / 2], v[(int) (0.95 * v.length)], v[(int) (0.99 * v.length)], sum / v.length);
    }
  }
}
